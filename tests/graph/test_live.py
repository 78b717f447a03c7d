"""Growing graphs: nothing moves."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dezero_lab.graph import Graph, LivePlacement
from dezero_lab.graph.route import points_of


def grow(g: Graph):
    """Plays `g` into a live placement; yields the scene after each call and each result."""
    live = LivePlacement()
    for node in g.nodes.values():
        if node.kind == "variable" and g.is_leaf(node.id):
            live.add_variable(node.id, node.label, node.value)
    for call in g.calls:
        live.add_function(call, g.nodes[call].label, [edge.source for edge in g.inputs[call]])
        yield live.scene()
        for edge in g.outputs[call]:
            live.add_variable(edge.target, g.nodes[edge.target].label, creator=call, slot=edge.slot)
            yield live.scene()


def test_no_node_and_no_line_ever_moves(small_graph):
    places: dict[str, tuple[float, float]] = {}
    lines: dict[str, str] = {}
    size = (0.0, 0.0)
    for scene in grow(small_graph):
        assert scene.w >= size[0]
        assert scene.h >= size[1]
        size = scene.w, scene.h
        for node in scene.nodes:
            assert places.setdefault(node.id, (node.x, node.y)) == (node.x, node.y)
        for edge in scene.edges:
            assert lines.setdefault(edge.id, edge.path) == edge.path
    assert len(places) >= len(small_graph)
    assert len(lines) == len(small_graph.edges)


def test_columns_are_generations(small_graph):
    scene = list(grow(small_graph))[-1]
    for node in scene.nodes:
        if node.kind == "function":
            band = scene.bands[node.gen]
            assert band.x < node.x < band.x + band.w
            assert band.gen == node.gen


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.lists(st.integers(0, 30), max_size=3), st.integers(0, 3)), max_size=25))
def test_nothing_overlaps_and_lines_go_forward(plan):
    g = Graph()
    values = ["x0", "x1"]
    for k, (arguments, results) in enumerate(plan):
        outputs = [f"v{k}_{r}" for r in range(results)]
        g.add_function(f"f{k}", "Fn", [values[a % len(values)] for a in arguments], outputs)
        values += outputs
    for scene in list(grow(g))[-1:]:
        for a, b in combinations(scene.nodes, 2):
            assert abs(a.x - b.x) >= (a.w + b.w) / 2 or abs(a.y - b.y) >= (a.h + b.h) / 2
        for node in scene.nodes:
            assert node.w / 2 <= node.x <= scene.w - node.w / 2
            assert node.h / 2 <= node.y <= scene.h - node.h / 2
        for edge in scene.edges:
            points = points_of(edge.path)
            assert all(a[0] <= b[0] for a, b in pairwise(points))
            assert all(0 <= y <= scene.h for _, y in points)


def test_long_lines_pass_between_the_nodes():
    g = Graph()
    for k in range(6):
        g.add_function(f"f{k}", "Exp", [f"v{k}"], [f"v{k + 1}"])
    g.add_function("add", "Add", ["v6", "v1"], ["y"])
    scene = list(grow(g))[-1]
    line = next(edge for edge in scene.edges if edge.id == "v1>add:1")
    for x, y in points_of(line.path)[1:-1]:
        for node in scene.nodes:
            inside = abs(node.x - x) < node.w / 2 and abs(node.y - y) < node.h / 2
            assert not inside or node.id in ("v1", "add")


def test_a_leaf_waits_for_its_first_call_and_sits_before_it():
    live = LivePlacement()
    assert live.add_variable("W", "W") is None
    assert live.nodes == []
    x, _ = live.add_function("f", "MatMul", ["x", "W"])
    assert [node.id for node in live.nodes] == ["x", "W", "f"]
    assert all(node.x < x for node in live.nodes[:2])


def test_a_parameter_used_far_away_is_drawn_again():
    live = LivePlacement()
    for k in range(6):
        live.add_function(f"f{k}", "Add", [f"h{k}", "W"])
        live.add_variable(f"h{k + 1}", creator=f"f{k}")
    copies = [node for node in live.nodes if node.label == "W"]
    assert len(copies) > 1
    assert {node.same_as for node in copies} == {None, "W"}


def test_a_result_needs_its_call_first():
    with pytest.raises(KeyError, match=r"call 'f7' has no place yet; use add_function\('f7', \.\.\.\)"):
        LivePlacement().add_variable("y", creator="f7")


def test_the_same_function_object_called_twice():
    live = LivePlacement()
    live.add_function("f", "Square", ["x"])
    live.add_variable("a", creator="f")
    live.add_function("f", "Square", ["a"])
    live.add_variable("y", creator="f")
    assert [(edge.source, edge.target) for edge in live.edges][-2:] == [("a", "f.2"), ("f.2", "y")]


def test_before_the_first_call_the_scene_is_empty():
    scene = LivePlacement().scene()
    assert scene.nodes == []
    assert scene.w > 0
