"""What a learner ran becomes one file that runs alone and does the same."""

from __future__ import annotations

import linecache

import numpy as np
import pytest

from dezero_widgets.carry_over import collect, put_back

START = """import numpy as np
import dezero_widgets as lab
from dezero_lab.stages.ch06 import Variable, Function, Square

ch = lab.chapter(7)
"""


def run(source: str) -> dict:
    space: dict = {}
    exec(source, space)  # noqa: S102 what the learner wrote
    return space


def test_a_cell_run_again_replaces_its_definition():
    saved = collect(["def f():\n    return 1", "x = 3", "def f():\n    return 2  # second try"])
    assert saved.source == "def f():\n    return 2  # second try\n"
    assert saved.names == ("f",)


def test_a_ladder_of_one_class_is_folded():
    cells = [
        'class Box:\n    """mine"""\n\n    def __init__(self, data):\n        self.data = data\n\n'
        "    @property\n    def size(self):\n        return 1",
        "class Box(Box):\n    # counts\n    @property\n    def size(self):\n        return len(self.data)",
        "class Box(Box):\n    def first(self):\n        return self.data[0]",
    ]
    saved = collect(cells)
    assert saved.source.count("class ") == 1
    assert "# counts" in saved.source
    box = run(saved.source)["Box"]([7, 8])
    assert (box.size, box.first(), type(box).__doc__) == (2, 7, "mine")


def test_super_keeps_the_ladder():
    cells = [
        "class A:\n    def f(self):\n        return 1",
        "class A(A):\n    def f(self):\n        return super().f() + 1",
    ]
    saved = collect(cells)
    assert saved.source.count("class A") == 2
    assert run(saved.source)["A"]().f() == 2


def test_a_fresh_definition_ends_the_ladder():
    cells = [
        "class A:\n    def f(self):\n        return 1",
        "class A(A):\n    def f(self):\n        return super().f() + 1",
        "class A:\n    def f(self):\n        return 10",
    ]
    assert run(collect(cells).source)["A"]().f() == 10


def test_extending_something_imported_keeps_the_import():
    saved = collect([START, "class Variable(Variable):\n    def twice(self):\n        return 2 * self.data"])
    assert "from dezero_lab.stages.ch06 import Variable\n" in saved.source
    assert "Square" not in saved.source
    assert "dezero_widgets" not in saved.source
    assert run(saved.source)["Variable"](np.array(3.0)).twice() == 6.0


def test_a_definition_of_ones_own_needs_no_import():
    saved = collect(
        [START, "class Variable:\n    def __init__(self, data):\n        self.data = np.array(data)"]
    )
    assert "import numpy as np" in saved.source
    assert "stages" not in saved.source


def test_attributes_set_on_a_class_come_along():
    cells = [
        "class V:\n    pass",
        "def add(a, b):\n    return 'sum'",
        "V.__add__ = add\nV.priority = 200\nx = V()\nx.data = 1",
    ]
    space = run(collect(cells).source)
    assert space["V"]() + space["V"]() == "sum"
    assert space["V"].priority == 200
    assert "x" not in space


def test_plain_values_only_when_they_are_used():
    saved = collect(["limit = 3\nunused = 4\ndef f():\n    return limit"])
    assert "unused" not in saved.source
    assert run(saved.source)["f"]() == 3


def test_what_mentions_the_lab_stays_in_the_notebook():
    saved = collect([START, "def show():\n    ch.check('E07.1')", "def f():\n    return 1"])
    assert saved.names == ("f",)


def test_wanted_names_bring_what_they_use():
    cells = [
        "class Helper:\n    pass",
        "class Square:\n    helper = Helper",
        "class Careless(Square):\n    pass",
    ]
    assert collect(cells, wanted={"Square"}).names == ("Helper", "Square")


def test_deleted_names_stay_away():
    assert collect(["def f(): pass", "def g(): pass"], names={"g": None}).names == ("g",)


def test_a_base_redefined_later_still_comes_first():
    """The learner defines Function again after Square: in the file the base must stand above."""
    cells = [
        "class Function:\n    def tell(self):\n        return 'old'",
        "class Square(Function):\n    pass",
        "del_me = 1",
        "class Function:\n    def tell(self):\n        return 'new'",
    ]
    assert run(collect(cells).source)["Square"]().tell() == "new"


def test_cells_that_are_not_python_are_skipped():
    assert collect(["this is ( not", "!ls", "def f(): pass"]).names == ("f",)


def test_a_class_on_one_line():
    assert run(collect(["class A: x = 1", "class A(A):\n    y = 2"]).source)["A"].y == 2


def test_collecting_what_was_collected_changes_nothing():
    cells = [
        START,
        "class Variable(Variable):\n    def twice(self):\n        return 2",
        "def square(x):\n    return Square()(x)",
    ]
    once = collect(cells)
    assert collect([once.source]) == once


def test_put_back_shows_its_source():
    space: dict = {"keep": 1}
    put_back("class A:\n    pass\n", "<your chapter 6>", space)
    assert space["keep"] == 1
    assert linecache.getline("<your chapter 6>", 1) == "class A:\n"


def test_put_back_leaves_no_half_way_house():
    space = {"A": "old", "keep": 1}
    with pytest.raises(ZeroDivisionError):
        put_back("A = 'new'\nB = 2\n1 / 0\n", "<your chapter 6>", space)
    assert space == {"A": "old", "keep": 1}


def test_put_back_refuses_what_does_not_compile():
    space = {"A": "old"}
    with pytest.raises(SyntaxError):
        put_back("def (", "<your chapter 6>", space)
    assert space == {"A": "old"}
