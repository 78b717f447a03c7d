"""The work list as the learner's own backward keeps it: found by any name, with refusals and second visits."""

from types import SimpleNamespace

import numpy as np
import pytest

from dezero_lab.stages import ch08
from dezero_widgets import queue_view

ENGINE = """
class Variable:
    def __init__(self, data):
        self.data, self.grad, self.creator, self.generation = data, None, None, 0
    def backward(self):
        self.grad = np.ones_like(self.data)
        waiting, seen = [], set()
        def add(f):
            if {guard}:
                waiting.append(f)
                seen.add(f)
                waiting.sort(key=lambda f: f.generation)
        add(self.creator)
        while waiting:
            f = waiting.pop({end})
            gxs = f.backward(f.outputs[0].grad)
            for x, gx in zip(f.inputs, gxs):
                x.grad = gx if x.grad is None else x.grad + gx
                if x.creator is not None:
                    add(x.creator)

class Function:
    def __call__(self, *inputs):
        y = Variable(np.asarray(self.forward(*[v.data for v in inputs])))
        self.generation = max(v.generation for v in inputs)
        y.creator, y.generation = self, self.generation + 1
        self.inputs, self.outputs = inputs, [y]
        return y

class Square(Function):
    def forward(self, x):
        return x ** 2
    def backward(self, gy):
        return (2 * self.inputs[0].data * gy,)

class Add(Function):
    def forward(self, a, b):
        return a + b
    def backward(self, gy):
        return gy, gy
"""


def engine(tmp_path, guard="f not in seen", end=""):
    import linecache

    source = ENGINE.replace("{guard}", guard).replace("{end}", end)
    file = str(tmp_path / "engine.py")
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    names = {"np": np, "__name__": "notebook"}
    exec(compile(source, file, "exec"), names)  # noqa: S102  the test's own text
    return names


def diamond(names):
    x = names["Variable"](np.array(2.0))
    a = names["Square"]()(x)
    names["y"] = names["Add"]()(names["Square"]()(a), names["Square"]()(a))
    return names["y"]


def look(names, given):
    view = queue_view.show(SimpleNamespace(number=16, lang="en", namespace=names), given)
    return view, [
        (s["kind"], view.data["labels"].get(s["f"], s["f"]).split(" ")[0]) for s in view.data["steps"]
    ]


def test_a_second_arrival_is_refused_and_generations_are_known(tmp_path):
    names = engine(tmp_path)
    view, steps = look(names, diamond(names))
    assert view.data["name"] == "waiting"
    assert [k for k, _ in steps].count("refuse") == 1
    assert [f for k, f in steps if k == "run"] == ["Add", "Square", "Square", "Square"]
    assert {g for s in view.data["steps"] for _, g in s["items"]} == {0, 1, 2}
    refused = next(i for i, (k, _) in enumerate(steps) if k == "refuse")
    assert steps[refused - 1][0] == "run"
    assert steps[refused + 1][0] == "pop"


def test_without_a_seen_set_a_function_runs_twice(tmp_path):
    names = engine(tmp_path, guard="True")
    view, steps = look(names, diamond(names))
    assert [k for k, _ in steps].count("refuse") == 0
    assert max(s.get("visit", 1) for s in view.data["steps"]) == 2


def test_taking_from_the_front_is_seen(tmp_path):
    names = engine(tmp_path, end="0")
    view, _ = look(names, diamond(names))
    ends = [s["end"] for s in view.data["steps"] if s["kind"] == "pop" and s["items"]]
    assert 0 in ends


def test_a_block_is_run_and_its_error_shown(tmp_path):
    names = engine(tmp_path, guard="f.nothing")
    y = diamond(names)
    view, _ = look(names, lambda: y.backward())
    assert "AttributeError" in view.data["error"]
    assert "AttributeError" in view.text_form()


def test_an_endless_list_is_stopped(tmp_path):
    names = engine(
        tmp_path, guard="True", end="0), waiting.append(waiting[0]) if waiting else waiting.append(f"
    )
    names["y"] = diamond(names)
    _, steps = look(names, names["y"])
    assert len(steps) < 5000


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_on_a_chain_the_list_never_holds_more_than_one(lang):
    names = {name: getattr(ch08, name) for name in ch08.__all__}
    y = ch08.Square()(ch08.Exp()(ch08.Square()(ch08.Variable(np.array(0.5)))))
    y.grad = np.array(1.0)
    view = queue_view.show(SimpleNamespace(number=8, lang=lang, namespace=names), y)
    assert max(len(s["items"]) for s in view.data["steps"]) == 1
    assert "+ Exp" in view.text_form()
