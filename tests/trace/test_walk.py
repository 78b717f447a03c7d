"""The static walk: any length, any tangle, dead references, without running anything."""

import numpy as np
import pytest

from dezero_lab.trace import walk


def facts(tape):
    return [(e.owner, e.attr, e.targets) for e in tape.events if e.kind == "link" and e.attr != "generation"]


def test_chain(engine):
    module = engine("stage07")
    live = module.example()
    tape = walk(live["y"], names=live)
    assert [info.label for info in tape.variables.values()] == ["x", "a", "b", "y"]
    assert [info.label for info in tape.functions.values()] == ["Square", "Exp", "Square"]
    assert ("f1", "input", ("v1",)) in facts(tape)
    assert tape.state().grad["v1"].values == pytest.approx((3.297442541400256,))
    assert walk(live["a"], names=live).functions.keys() == {"f1"}


@pytest.mark.parametrize("stage", [*range(7, 23), 32])
def test_every_stage_with_links(engine, stage):
    module = engine(f"stage{stage:02d}")
    live = module.example()
    tape = walk(live["z" if stage == 13 else "y"], names=live)
    assert tape.functions
    assert {e.kind for e in tape.events} == {"variable", "function", "link"}


def test_long_chain_without_recursion(engine):
    module = engine("stage17")
    y = module.Variable(np.array(1.0))
    for _ in range(5000):
        y = module.square(y)
    tape = walk(y)
    assert len(tape.functions) == 5000
    assert tape.variables["v5001"].label == "y"


def test_loop(engine):
    """A function that is its own creator's function (chapter 9) does not trap the walk."""
    module = engine("stage09")
    f = module.Square()
    y = f(f(module.Variable(np.array(0.5))))
    tape = walk(y)
    assert len(tape.functions) == 1
    links = tape.state().links
    assert links[links["f1", "input"][0], "creator"] == ("f1",)


def test_dead_outputs(engine):
    module = engine(
        "stage17", after="\n\nclass Both(Function):\n    def forward(self, x):\n        return x, x\n"
    )
    x = module.Variable(np.array(1.0))
    y, other = module.Both()(x)
    del other
    assert ("f1", "outputs", ("v2", None)) in facts(walk(y))


def test_broken_link_ends_the_walk(engine):
    module = engine("stage07")
    live = module.example()
    live["a"].creator = None
    tape = walk(live["y"], names=live)
    assert [info.label for info in tape.variables.values()] == ["a", "b", "y"]


def test_limit(engine):
    module = engine("stage17")
    y = module.Variable(np.array(1.0))
    for _ in range(100):
        y = module.square(y)
    tape = walk(y, max_events=100)
    assert len(tape.events) <= 100
    assert tape.events[-1].text_id == "truncated"


def test_classes_of_other_names():
    class Box:
        def __init__(self, data, creator=None):
            self.data, self.creator = data, creator

    class Twice:
        def __init__(self, input):
            self.input = input

        def forward(self, x):
            return 2 * x

        def __call__(self, x):
            return x

    x = Box(1.0)
    y = Box(2.0, Twice(x))
    tape = walk(y)
    assert [i.label for i in tape.variables.values()] == ["x", "y"]
    assert [i.label for i in tape.functions.values()] == ["Twice"]


@pytest.mark.parametrize("thing", [3.0, np.array(1.0), None, "y"])
def test_not_a_variable(thing):
    with pytest.raises(TypeError, match="Pass the variable itself"):
        walk(thing)


def test_nothing_is_changed_or_kept(engine):
    import gc
    import weakref

    module = engine("stage17")
    x = module.Variable(np.array(1.0))
    y = module.square(x)
    before = {k: dict(vars(v)) for k, v in {"x": x, "y": y}.items()}
    walk(y)
    assert {k: dict(vars(v)) for k, v in {"x": x, "y": y}.items()} == before
    probe = weakref.ref(y)
    gc.disable()
    try:
        del y, before
        assert probe() is None
    finally:
        gc.enable()
