"""From a recorded tape to a graph, on engines of several chapters and on made-up event lists."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from dezero_lab.graph import Graph
from dezero_lab.graph.flow import value_text
from dezero_lab.trace import Snapshot, Tape, record, walk

ENGINES = Path(__file__).parents[1] / "fixtures" / "engines"


def load(number: int):
    spec = importlib.util.spec_from_file_location(f"graph_stage{number:02}", ENGINES / f"stage{number:02}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def by_label(g: Graph) -> list[tuple[str, str]]:
    return sorted((g.nodes[e.source].label, g.nodes[e.target].label) for e in g.edges)


def facts(g: Graph) -> list[tuple]:
    """All that is independent of names: for each node its kind, generation, and what goes in and out."""
    return sorted(
        (n.kind, n.generation, n.value, len(g.inputs.get(i, [])), len(g.consumers.get(i, [])))
        for i, n in g.nodes.items()
    )


def fake_tape(*events: tuple, **labels: str):
    """Events as (kind, {fields}); ids label themselves."""
    made = [SimpleNamespace(kind=kind, i=i, **fields) for i, (kind, fields) in enumerate(events)]
    return SimpleNamespace(events=made, label=lambda name: labels.get(name, name))


def call(f, inputs, outputs, *inner):
    begin = ("call_begin", {"f": f, "inputs": inputs})
    return [begin, *inner, ("call_end", {"f": f, "inputs": inputs, "outputs": outputs})]


def link(owner, attr, *targets):
    return ("link", {"owner": owner, "attr": attr, "targets": targets, "value": None})


def record_diamond(number: int):
    e = load(number)
    with record(e.Variable, e.Function, lines=False) as tape:
        x = e.Variable(np.array(2.0))
        a = e.square(x)
        y = e.add(e.square(a), e.square(a))
    return tape, y


DIAMOND = sorted([
    ("x", "Square"), ("Square", "a"), ("a", "Square"), ("a", "Square"), ("Square", "t1"), ("Square", "t2"),
    ("t1", "Add"), ("t2", "Add"), ("Add", "y"),
])  # fmt: skip


@pytest.mark.parametrize("number", [13, 14, 16, 17, 18])
def test_the_diamond_of_every_stage(number):
    tape, _ = record_diamond(number)
    assert by_label(Graph.from_tape(tape)) == DIAMOND


@pytest.mark.parametrize("number", [13, 16, 17])
def test_walking_the_links_gives_the_same_graph_as_recording_the_run(number):
    tape, y = record_diamond(number)
    recorded, walked = Graph.from_tape(tape), Graph.from_tape(walk(y))
    assert len(walked) == 9
    assert facts(recorded) == facts(walked)


def test_the_graph_of_a_saved_tape_is_the_same():
    tape, _ = record_diamond(16)
    g, again = Graph.from_tape(tape), Graph.from_tape(Tape.from_json(tape.to_json()))
    assert (g.nodes, g.edges) == (again.nodes, again.edges)


def test_upto_shows_the_graph_while_it_grows():
    tape, _ = record_diamond(16)
    sizes = [len(Graph.from_tape(tape, upto=k)) for k in range(len(tape.events))]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1] == 9


def test_values_are_the_latest_ones():
    e = load(16)
    with record(e.Variable, e.Function, lines=False) as tape:
        x = e.Variable(None)
        x.data = np.array(3.0)
        e.square(x)
    assert Graph.from_tape(tape).nodes["v1"].value == "3.0"
    assert Graph.from_tape(tape, upto=0).nodes["v1"].value == ""


def test_numbers_wrapped_on_the_way_are_inputs_too():
    e = load(21)
    with record(e.Variable, e.Function, lines=False) as tape:
        x = e.Variable(np.array(2.0))
        y = 3.0 * x + 1.0
    g = Graph.from_tape(tape)
    assert [len(g.inputs[c]) for c in g.calls] == [2, 2]
    assert {n.value for n in g.nodes.values() if n.kind == "variable"} == {"2.0", "3.0", "6.0", "1.0", "7.0"}
    assert y.data == 7.0


def test_gradients_that_are_variables_make_a_graph_of_their_own():
    e = load(32)
    with record(e.Variable, e.Function, lines=False) as tape:
        x = e.Variable(np.array(2.0))
        y = x * x
        y.backward(create_graph=True)
    g = Graph.from_tape(tape, links=True)
    assert len(g.calls) > 1
    assert all(edge.kind == "flow" for edge in g.edges)


@pytest.mark.parametrize(("create_graph", "calls"), [(False, 2), (True, 4)])
def test_calls_of_a_backward_pass_that_left_no_links_can_be_left_out(create_graph, calls):
    e = load(32)
    with record(e.Variable, e.Function, lines=False) as tape:
        x = e.Variable(np.array(2.0))
        y = x * 3.0 + 1.0
        y.backward(create_graph=create_graph)
    everything = Graph.from_tape(tape)
    g = Graph.from_tape(tape, unlinked=False)
    assert len(everything.calls) == 4
    assert len(g.calls) == calls
    if not create_graph:
        assert {n.value for n in g.nodes.values() if n.kind == "variable"} == {
            "2.0",
            "3.0",
            "6.0",
            "1.0",
            "7.0",
        }


@pytest.mark.parametrize("number", [7, 9, 13, 16, 17, 21, 32])
def test_right_engines_have_no_wrong_links(number):
    e = load(number)
    with record(e.Variable, e.Function, lines=False) as tape:
        x = e.Variable(np.array(2.0))
        y = e.Square()(x) if hasattr(e, "Square") else x * x
    assert {edge.kind for edge in Graph.from_tape(tape, links=True).edges} == {"flow"}
    assert y is not None


def test_a_forgotten_creator_is_a_missing_edge():
    tape = fake_tape(
        *call("f1", ["x"], ["a"]), link("f1", "input", "x"), link("a", "creator", "f1"),
        *call("f2", ["a"], ["y"]), link("f2", "input", "a"), link("y", "creator", None),
    )  # fmt: skip
    kinds = {(e.source, e.target): e.kind for e in Graph.from_tape(tape, links=True).edges}
    assert kinds == {("x", "f1"): "flow", ("f1", "a"): "flow", ("a", "f2"): "flow", ("f2", "y"): "missing"}
    assert {e.kind for e in Graph.from_tape(tape).edges} == {"flow"}


def test_a_link_to_the_wrong_function_is_both_missing_and_wrong():
    tape = fake_tape(
        *call("f1", ["x"], ["a"]), link("f1", "inputs", "x"), link("a", "creator", "f1"),
        *call("f2", ["a"], ["y"]), link("f2", "inputs", "x"), link("y", "creator", "f1"),
    )  # fmt: skip
    found = [
        (e.source, e.target, e.kind) for e in Graph.from_tape(tape, links=True).edges if e.kind != "flow"
    ]
    assert sorted(found) == [
        ("a", "f2", "missing"), ("f1", "y", "wrong"), ("f2", "y", "missing"), ("x", "f2", "wrong"),
    ]  # fmt: skip


def test_calls_without_any_link_ran_with_recording_off():
    tape = fake_tape(
        *call("f1", ["x"], ["a"]),
        link("f1", "inputs", "x"),
        link("a", "creator", "f1"),
        *call("f2", ["a"], ["y"]),
    )
    assert {e.kind for e in Graph.from_tape(tape, links=True).edges} == {"flow"}


def test_a_call_that_only_passes_on_what_calls_inside_it_made_is_no_node():
    tape = fake_tape(*call("net", ["x"], ["y"], *call("f1", ["x"], ["a"]), *call("f2", ["a"], ["y"])))
    assert Graph.from_tape(tape).calls == ["f1", "f2"]


def test_a_call_that_failed_keeps_its_inputs():
    tape = fake_tape(
        ("call_begin", {"f": "f1", "inputs": ["x"]}), ("call_end", {"f": "f1", "inputs": [], "outputs": []})
    )
    assert [(e.source, e.target) for e in Graph.from_tape(tape).edges] == [("x", "f1")]


def test_one_function_object_called_twice():
    tape = fake_tape(*call("f1", ["x"], ["a"]), *call("f1", ["a"], ["y"]))
    assert [(e.source, e.target) for e in Graph.from_tape(tape).edges] == [
        ("x", "f1"), ("f1", "a"), ("a", "f1.2"), ("f1.2", "y"),
    ]  # fmt: skip


def test_links_in_a_circle_still_make_a_graph():
    tape = fake_tape(
        ("function", {"f": "f1"}), ("function", {"f": "f2"}),
        link("f1", "inputs", "b"), link("a", "creator", "f1"), link("f2", "inputs", "a"), link("b", "creator", "f2"),
    )  # fmt: skip
    g = Graph.from_tape(tape)
    assert sorted(g.calls) == ["f1", "f2"]
    assert len(g.edges) == 4


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.array(2.0), "2.0"),
        (np.array(3), "3"),
        (np.array(1 / 3), "0.3333"),
        (np.array(1.5e-9), "1.5e-09"),
        (np.array(np.nan), "nan"),
        (np.zeros((2, 3)), "(2, 3)"),
        (np.zeros((100, 100)), "(100, 100)"),
        (np.zeros(0), "(0,)"),
        (2, "2"),
        (None, ""),
        ("text", "text"),
    ],
)
def test_the_second_line_of_a_variable(value, text):
    assert value_text(Snapshot.of(value)) == text
