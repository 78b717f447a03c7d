"""Columns, and who is drawn how often."""

from __future__ import annotations

from dezero_lab.graph import Graph
from dezero_lab.graph.drawing import draw
from dezero_lab.graph.lattice import Lattice


def chain(calls: int) -> Graph:
    g = Graph()
    for k in range(calls):
        g.add_function(f"f{k}", "Exp", [f"v{k}"], [f"v{k + 1}"])
    return g


def test_variables_are_in_even_columns_and_calls_in_odd_ones(small_graph):
    drawing = draw(small_graph, {})
    for node, column in zip(drawing.nodes, drawing.column, strict=True):
        assert column % 2 == (node.kind == "function")
    assert all(drawing.column[a] < drawing.column[b] for a, b, _ in drawing.edges)


def test_a_leaf_stands_directly_before_its_first_call():
    g = chain(4)
    g.add_function("add", "Add", ["v4", "late"], ["y"])
    drawing = draw(g, {})
    column = dict(zip(drawing.ids, drawing.column, strict=True))
    assert column["late"] == column["add"] - 1 == 8


def test_a_computed_value_is_drawn_once_as_long_as_the_picture_stays_small():
    g = chain(20)
    g.add_function("add", "Add", ["v20", "v1"], ["y"])
    assert "v1~2" not in draw(g, {}).ids


def test_values_used_everywhere_later_are_drawn_again():
    g = chain(40)
    for k in range(1, 40):
        g.add_function(f"skip{k}", "Add", [f"v{k}", "v40"], [f"s{k}"])
    drawing = draw(g, {})
    assert len(drawing.ids) < drawing.dummies() + len(drawing.ids) <= 4 * len(drawing.ids) + 200


def test_pictures_that_belong_together_share_no_id():
    g = Graph()
    g.add_function("f", "MatMul", ["x", "W"], ["y"])
    drawn: dict[str, int] = {}
    first, second = draw(g, drawn), draw(g, drawn)
    assert first.ids == ["x", "W", "f", "y"]
    assert [i for i in second.ids if i != "f"] == ["x~2", "W~2", "y~2"]


def test_long_lines_out_of_one_value_share_their_bends():
    g = chain(6)
    for k in range(3):
        g.add_function(f"end{k}", "Add", ["v6", "v1"], [f"y{k}"])
    drawing = draw(g, {})
    lattice = Lattice(drawing)
    chains = [lattice.chains[k] for k, (a, b, _) in enumerate(drawing.edges) if drawing.ids[a] == "v1"]
    long = [chain for chain in chains if chain]
    assert len(long) == 3
    assert long[0] == long[1] == long[2]
    assert drawing.dummies() == len(long[0]) == len(lattice.column) - len(drawing.ids)
