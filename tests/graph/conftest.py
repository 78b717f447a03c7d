"""Small graphs that several tests of the drawing part share, built call by call."""

from __future__ import annotations

import random

import pytest

from dezero_lab.graph import Graph


def chain() -> Graph:
    g = Graph()
    g.add_variable("x", value="0.5")
    g.add_function("f1", "Square", ["x"], ["a"])
    g.add_function("f2", "Exp", ["a"], ["b"])
    g.add_function("f3", "Square", ["b"], ["y"])
    return g


def diamond() -> Graph:
    g = Graph()
    g.add_variable("x", value="2.0")
    g.add_function("f1", "square", ["x"], ["a"])
    g.add_function("f2", "square", ["a"], ["b"])
    g.add_function("f3", "square", ["a"], ["c"])
    g.add_function("f4", "add", ["b", "c"], ["y"])
    return g


def ladder(rungs: int = 5) -> Graph:
    g = Graph()
    a, b = "a0", "b0"
    for k in range(1, rungs + 1):
        g.add_function(f"add{k}", "Add", [a, b], [f"a{k}"])
        g.add_function(f"mul{k}", "Mul", [a, b], [f"b{k}"])
        a, b = f"a{k}", f"b{k}"
    g.add_function("end", "Add", [a, b], ["y"])
    return g


def goldstein_price() -> Graph:
    """Two inputs used again and again at many generations, and constants: the shape of the Goldstein-Price function."""
    g = Graph()
    count = 0

    def call(label: str, *inputs: str) -> str:
        nonlocal count
        count += 1
        g.add_function(f"f{count}", label, inputs, [f"v{count}"])
        return f"v{count}"

    def constant(value: str) -> str:
        nonlocal count
        count += 1
        return g.add_variable(f"c{count}", "", value)

    halves = []
    for signs in ((1, 14, 6), (2, 32, 48)):
        linear = call("Pow", call("Add", call("Add", "x", "y"), constant(str(signs[0]))))
        poly = constant(str(signs[1]))
        for term in (call("Mul", constant("14"), "x"), call("Mul", constant("3"), call("Pow", "x"))):
            poly = call("Sub", poly, term)
        for term in (call("Mul", constant(str(signs[2])), call("Mul", "x", "y")), call("Pow", "y")):
            poly = call("Add", poly, term)
        halves.append(call("Add", constant("1"), call("Mul", linear, poly)))
    call("Mul", *halves)
    return g


def two_outputs() -> Graph:
    g = Graph()
    g.add_function("f1", "Split", ["x"], ["left", "right"])
    g.add_function("f2", "Sin", ["left"], ["u"])
    g.add_function("f3", "Cos", ["right"], ["v"])
    return g


def shared_parameter(steps: int = 4) -> Graph:
    """A recurrent net: the same three parameters at every time step."""
    g = Graph()
    h = "h0"
    for k in range(1, steps + 1):
        g.add_function(f"x2h{k}", "MatMul", [f"x{k}", "Wx"], [f"p{k}"])
        g.add_function(f"h2h{k}", "MatMul", [h, "Wh"], [f"q{k}"])
        g.add_function(f"sum{k}", "Add", [f"p{k}", f"q{k}"], [f"s{k}"])
        g.add_function(f"bias{k}", "Add", [f"s{k}", "b"], [f"u{k}"])
        h = f"h{k}"
        g.add_function(f"act{k}", "Tanh", [f"u{k}"], [h])
    return g


def mlp(layers: int = 2) -> Graph:
    g = Graph()
    h = "x"
    for k in range(1, layers + 1):
        g.add_function(f"mat{k}", "MatMul", [h, f"W{k}"], [f"m{k}"])
        g.add_function(f"bias{k}", "Add", [f"m{k}", f"b{k}"], [f"s{k}"])
        h = f"h{k}"
        g.add_function(f"act{k}", "ReLU", [f"s{k}"], [h])
    g.add_function("loss", "MeanSquaredError", [h, "t"], ["L"])
    return g


def define_by_run(calls: int, seed: int = 0, recent: int = 8) -> Graph:
    """What a learner's loop could do: every call takes one to three of the latest values."""
    choose = random.Random(seed)
    g = Graph()
    values = ["x0", "x1", "x2"]
    for k in range(1, calls + 1):
        inputs = [choose.choice(values[-recent:]) for _ in range(choose.choice([1, 1, 2, 2, 3]))]
        g.add_function(f"f{k}", choose.choice(["Add", "Mul", "Sin", "MatMul", "Exp"]), inputs, [f"v{k}"])
        values.append(f"v{k}")
    return g


SMALL = {f.__name__: f for f in (chain, diamond, ladder, goldstein_price, two_outputs, shared_parameter, mlp)}


@pytest.fixture(params=sorted(SMALL))
def small_graph(request: pytest.FixtureRequest) -> Graph:
    return SMALL[request.param]()


@pytest.fixture
def graphs():
    """The builders themselves, for tests that need a size of their own."""
    from types import SimpleNamespace

    return SimpleNamespace(**SMALL, define_by_run=define_by_run, small=SMALL)
