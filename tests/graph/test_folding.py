"""Folding: complete, free of cycles, along the repetitions, and never too deep."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dezero_lab.graph import Graph, Scene, layout, unfold
from dezero_lab.graph.folding import find_repeats, fold


def scenes(scene: Scene) -> list[Scene]:
    """The scene and all scenes inside its groups."""
    found, waiting = [], [scene]
    while waiting:
        found.append(waiting.pop())
        waiting += [group.scene for group in found[-1].groups]
    return found


def long_chain(calls: int) -> Graph:
    g = Graph()
    for k in range(calls):
        g.add_function(f"f{k}", "Sin", [f"v{k}"], [f"v{k + 1}"])
    return g


def test_small_graphs_stay_as_they_are(small_graph):
    folded = fold(small_graph, 400)
    assert folded.graph is small_graph
    assert folded.inside == {}


@pytest.mark.parametrize("name", ["mlp", "shared_parameter", "ladder"])
def test_blocks_end_where_the_repetition_ends(graphs, name):
    g = getattr(graphs, name)(300)
    period = {"mlp": 3, "shared_parameter": 5, "ladder": 2}[name]
    folded = fold(g, 400)
    repeated = [inner for inner in folded.inside.values() if len(inner.calls) >= period]
    assert len(repeated) >= 10
    assert all(len(inner.calls) % period == 0 for inner in repeated)
    first_labels = {inner.nodes[inner.calls[0]].label for inner in repeated}
    assert len(first_labels) == 1


def test_a_group_is_named_after_its_block_and_how_often_it_repeats(graphs):
    folded = fold(graphs.mlp(160), 400)
    assert folded.graph.nodes["g1"].label == "MatMul → Add → ReLU ×10"
    assert folded.graph.nodes["loss"].label == "MeanSquaredError"


def test_repeats_take_the_shortest_block():
    assert [(r.start, r.stop, r.period) for r in find_repeats(list("ababababab"))] == [(0, 10, 2)]


@given(st.lists(st.sampled_from("abc"), max_size=60))
def test_repeats_do_repeat_and_do_not_overlap(labels):
    found = find_repeats(labels)
    for r in found:
        block = labels[r.start : r.start + r.period]
        assert labels[r.start : r.stop] == block * ((r.stop - r.start) // r.period)
        assert r.stop - r.start >= 2 * r.period
    for a, b in pairwise(found):
        assert a.stop <= b.start


@pytest.mark.parametrize("size", [401, 2_000])
def test_everything_is_somewhere(graphs, size):
    g = graphs.define_by_run(size // 2, seed=5)
    scene = layout(g)
    assert len(scene.nodes) <= 400
    shown = {node.same_as or node.id for s in scenes(scene) for node in s.nodes}
    assert set(g.nodes) <= shown
    members = {m for group in scene.groups for m in group.members}
    on_top = {node.id for node in scene.nodes}
    assert members | on_top >= set(g.nodes)
    calls = [m for group in scene.groups for m in group.members if m in g.inputs]
    assert len(calls) == len(set(calls))
    assert not members & on_top


def test_no_id_occurs_twice_in_the_whole_picture(graphs):
    scene = layout(graphs.shared_parameter(400))
    ids = [node.id for s in scenes(scene) for node in s.nodes]
    assert len(ids) == len(set(ids))
    assert len(scenes(scene)) > 10


def test_edges_between_groups_go_forward(graphs):
    scene = layout(graphs.define_by_run(600, seed=2, recent=30))
    x = {node.id: node.x for node in scene.nodes}
    assert all(x[edge.source] < x[edge.target] for edge in scene.edges)


def test_every_group_has_something_going_in(graphs):
    scene = layout(graphs.mlp(200))
    targets = {edge.target for edge in scene.edges}
    assert {group.id for group in scene.groups} <= targets


def test_bands_of_a_folded_picture_name_their_generations(graphs):
    scene = layout(long_chain(300))
    spans = [(band.gen, band.last) for band in scene.bands]
    assert spans[0][0] == 0
    assert spans[-1][1] == 299
    assert all(a[1] + 1 == b[0] for a, b in pairwise(spans))


@pytest.mark.parametrize("calls", [5_000])
def test_ten_thousand_nodes_in_a_chain(calls):
    scene = layout(long_chain(calls))
    assert len(scene.nodes) < 100
    assert all(len(s.nodes) <= 400 for s in scenes(scene))
    assert sum(node.kind == "function" for s in scenes(scene) for node in s.nodes) == calls


def test_ten_thousand_nodes_of_a_random_run(graphs):
    scene = layout(graphs.define_by_run(5_000))
    assert len(scene.nodes) <= 400


def test_many_lone_variables_become_one_group():
    g = Graph()
    for k in range(1_000):
        g.add_variable(f"v{k}", f"x{k}")
    scene = layout(g)
    assert [(node.kind, node.label, node.parts) for node in scene.nodes] == [("group", "x0 … x999", 1_000)]
    assert len(scene.groups[0].scene.nodes) == 1_000


def test_a_call_with_a_thousand_results_is_drawn_although_it_cannot_be_folded():
    g = Graph()
    g.add_function("split", "Split", ["x"], [f"v{k}" for k in range(1_000)])
    g.add_function("join", "Concat", [f"v{k}" for k in range(1_000)], ["y"])
    scene = layout(g)
    shown = {node.same_as or node.id for s in scenes(scene) for node in s.nodes}
    assert shown >= set(g.nodes)


def anywhere(calls: int) -> Graph:
    """Arguments from anywhere in the past: wherever one cuts, many values cross the cut."""
    choose = random.Random(0)
    g = Graph()
    values = ["x0", "x1"]
    for k in range(calls):
        g.add_function(f"f{k}", choose.choice("abc"), choose.choices(values, k=3), [f"v{k}"])
        values.append(f"v{k}")
    return g


def test_many_values_between_groups_are_bundled():
    g = anywhere(1_000)
    scene = layout(g)
    assert 10 < len(scene.nodes) < 150
    bundles = [group for group in scene.groups if not any(m in g.inputs for m in group.members)]
    assert bundles
    for bundle in bundles:
        assert [node.same_as or node.id for node in bundle.scene.nodes] == bundle.members
    members = [
        m for group in scene.groups for m in group.members if g.nodes[m].kind == "function" or m in g.producer
    ]
    assert len(members) == len(set(members))


def test_group_ids_avoid_the_ids_of_the_graph():
    g = Graph()
    for k in range(300):
        g.add_function(f"g{k}", "Sin", [f"v{k}"], [f"v{k + 1}"])
    scene = layout(g)
    assert {group.id for group in scene.groups}.isdisjoint(g.nodes)


def test_a_bundle_can_be_opened():
    g = anywhere(1_000)
    scene = layout(g)
    bundle = next(group for group in scene.groups if not any(m in g.inputs for m in group.members))
    opened = unfold(scene, [bundle.id])
    assert opened.node(bundle.id).open
    assert {node.id for node in bundle.scene.nodes} <= {node.id for node in opened.nodes}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.lists(st.integers(0, 40), max_size=3), st.integers(0, 2)), max_size=40),
    st.integers(1, 12),
)
def test_any_graph_folds(plan, limit):
    g = Graph()
    values = ["x0"]
    for k, (arguments, results) in enumerate(plan):
        outputs = [f"v{k}_{r}" for r in range(results)]
        g.add_function(f"f{k}", "Fn", [values[a % len(values)] for a in arguments], outputs)
        values += outputs
    scene = layout(g, fold_above=limit)
    everything = scenes(scene)
    ids = [node.id for s in everything for node in s.nodes]
    assert len(ids) == len(set(ids))
    shown = {node.same_as or node.id for s in everything for node in s.nodes}
    assert shown >= set(g.nodes)
    for s in everything:
        assert sorted(s.reveal_order) == sorted(node.id for node in s.nodes)
