"""Opening a group in place."""

from __future__ import annotations

from itertools import combinations

import pytest

from dezero_lab.graph import layout, unfold
from dezero_lab.graph.route import points_of


def assert_nothing_overlaps(scene) -> None:
    for a, b in combinations(scene.nodes, 2):
        if a.open or b.open:
            continue
        apart = abs(a.x - b.x) >= (a.w + b.w) / 2 or abs(a.y - b.y) >= (a.h + b.h) / 2
        assert apart, f"{a.id} and {b.id} overlap"


def within(inner, outer) -> bool:
    return (
        abs(inner.x - outer.x) <= (outer.w - inner.w) / 2 + 0.2
        and abs(inner.y - outer.y) <= (outer.h - inner.h) / 2 + 0.2
    )


@pytest.fixture
def folded(graphs):
    return layout(graphs.define_by_run(300, seed=4), fold_above=100)


def test_the_inside_is_in_the_frame_and_all_else_outside(folded):
    group = folded.groups[2]
    opened = unfold(folded, [group.id])
    frame = opened.node(group.id)
    inside = {node.id for node in group.scene.nodes}
    assert frame.open
    for node in opened.nodes:
        if node.id in inside:
            assert within(node, frame)
        elif node is not frame:
            assert (
                abs(node.x - frame.x) >= (node.w + frame.w) / 2
                or abs(node.y - frame.y) >= (node.h + frame.h) / 2
            )
    assert_nothing_overlaps(opened)
    assert inside <= set(opened.reveal_order)


def test_all_groups_can_be_open_at_once(folded):
    opened = unfold(folded, [group.id for group in folded.groups])
    assert opened.groups == []
    assert_nothing_overlaps(opened)
    for node in opened.nodes:
        assert node.w / 2 <= node.x <= opened.w - node.w / 2
        assert node.h / 2 <= node.y <= opened.h - node.h / 2


def test_lines_still_end_at_their_nodes(folded):
    opened = unfold(folded, [folded.groups[1].id, folded.groups[3].id])
    place = {node.id: node for node in opened.nodes}
    for edge in opened.edges:
        points = points_of(edge.path)
        a, b = place[edge.source], place[edge.target]
        assert abs(points[0][0] - (a.x + a.w / 2)) < 9
        assert abs(points[0][1] - a.y) < a.h / 2 + 1
        assert abs(points[-1][0] - (b.x - b.w / 2)) < 9
        assert abs(points[-1][1] - b.y) < b.h / 2 + 1
        assert points[0][0] < points[-1][0]


def test_groups_inside_groups_open_too(graphs):
    folded = layout(graphs.mlp(400), fold_above=60)
    outer = folded.groups[1]
    inner = outer.scene.groups[0]
    opened = unfold(folded, [outer.id, inner.id])
    assert within(opened.node(inner.id), opened.node(outer.id))
    assert_nothing_overlaps(opened)


def test_opening_nothing_changes_nothing(folded):
    assert unfold(folded, []) is folded


def test_the_folded_scene_is_left_alone(folded):
    before = folded.to_json()
    unfold(folded, [folded.groups[0].id])
    assert folded.to_json() == before


def test_columns_beside_the_opened_one_keep_their_distances(folded):
    group = folded.groups[2]
    opened = unfold(folded, [group.id])
    at = folded.node(group.id)
    left = [node for node in folded.nodes if node.x < at.x - 150]
    assert left
    assert all(opened.node(node.id).x == node.x for node in left)
    assert len({round(opened.node(node.id).y - node.y, 6) for node in left}) == 1


def test_a_group_out_of_sight_cannot_be_opened(folded):
    with pytest.raises(KeyError, match=r"no group g99 to open here; groups in sight: g1, g2"):
        unfold(folded, ["g99"])
