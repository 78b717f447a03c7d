"""The four beats, observed on right and wrong machines, without changing a class."""

from types import SimpleNamespace

import numpy as np
import pytest

from dezero_lab.stages.ch02 import Function, Square, Variable
from dezero_widgets import machine_view


class NoBox(Function):
    def __call__(self, input):
        return self.forward(input.data)

    def forward(self, x):
        return x + 1


class OwnCall(Function):
    def __call__(self, input):
        return Variable(input.data * 3)


class SeesBox(Function):
    def __call__(self, input):
        return Variable(self.forward(input))

    def forward(self, x):
        return x.data


class Raises(Function):
    def forward(self, x):
        raise NotImplementedError("your turn")


class Twice(Function):
    def forward(self, x):
        y = 2 * x
        return y


def test_a_right_machine():
    run = machine_view.observe(Square, Variable, 3.0)
    assert run["formula"] == "x**2"
    assert run["into"]["inner"] == {"type": "ndarray", "text": "3.0", "inner": None}
    assert run["took"]["type"] == "ndarray"
    assert run["gave"]["type"] == "float64"
    assert run["out"]["type"] == "Variable"
    assert machine_view.trouble(run) is None


@pytest.mark.parametrize(
    ("cls", "key"), [(NoBox, "no_box"), (OwnCall, "no_forward"), (SeesBox, "box_inside"), (Raises, "error")]
)
def test_each_wrong_machine_has_its_own_trouble(cls, key):
    assert machine_view.trouble(machine_view.observe(cls, Variable, 3.0)) == key


def test_an_assigned_result_is_shown_as_its_formula():
    assert machine_view.formula(Twice) == "2 * x"


def test_nothing_is_left_behind():
    machine = Square()
    machine_view.observe(machine, Variable, np.ones(3))
    assert vars(machine) == {}
    assert "forward" in vars(Square)


def test_without_arguments_the_notebooks_functions_are_taken():
    names = {"Variable": Variable, "Function": Function, "Square": Square, "NoBox": NoBox, "_Hidden": Twice}
    view = machine_view.show(SimpleNamespace(number=2, lang="ko", namespace=names))
    assert [run["label"] for run in view.data["runs"]] == ["Square", "NoBox"]
    assert "나온 것이 상자가 아니어서" in view.text_form()
