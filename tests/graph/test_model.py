"""The graph as facts."""

from __future__ import annotations

from dezero_lab.graph import Graph


def test_generations_follow_the_longest_way(graphs):
    g = graphs.diamond()
    assert {i: n.generation for i, n in g.nodes.items()} == {
        "x": 0, "f1": 0, "a": 1, "f2": 1, "b": 2, "f3": 1, "c": 2, "f4": 2, "y": 3,
    }  # fmt: skip


def test_a_variable_used_twice_in_one_call_has_two_edges():
    g = Graph()
    g.add_function("f", "Add", ["x", "x"], ["y"])
    assert [(e.source, e.target, e.slot) for e in g.edges] == [("x", "f", 0), ("x", "f", 1), ("f", "y", 0)]


def test_arguments_that_are_no_variables_keep_their_slot():
    g = Graph()
    g.add_function("f", "Pow", [None, "x"], ["y"])
    assert [(e.source, e.slot) for e in g.inputs["f"]] == [("x", 1)]


def test_a_function_called_twice_gets_a_second_node():
    g = Graph()
    assert g.add_function("f1", "Square", ["x"], ["a"]) == "f1"
    assert g.add_function("f1", "Square", ["a"], ["b"]) == "f1.2"
    assert g.add_function("f1", "Square", ["b"], ["c"]) == "f1.3"
    assert g.nodes["f1.2"].same_as == "f1"
    assert g.nodes["c"].generation == 3


def test_a_value_given_out_again_gets_a_second_node_so_there_is_no_cycle():
    g = Graph()
    g.add_function("f1", "Identity", ["x"], ["x"])
    g.add_function("f2", "Exp", ["x"], ["y"])
    assert [(e.source, e.target) for e in g.edges] == [("x", "f1"), ("f1", "x.2"), ("x.2", "f2"), ("f2", "y")]
    assert g.nodes["x.2"].same_as == "x"
    assert g.nodes["y"].generation == 2


def test_labels_and_values_can_come_later():
    g = Graph()
    g.add_function("f", "Exp", ["v1"])
    g.add_variable("v1", "x", "2.0")
    g.add_variable("v1", value="9.0")
    assert (g.nodes["v1"].label, g.nodes["v1"].value) == ("x", "2.0")


def test_a_call_that_failed_has_no_outputs():
    g = Graph()
    g.add_function("f", "Log", ["x"])
    assert g.outputs["f"] == []
    assert g.is_leaf("x")
    assert not g.is_leaf("f")
    assert repr(g) == "Graph(1 variables, 1 calls, 1 edges)"
