"""The JSON form of a scene."""

from __future__ import annotations

import json

import pytest

from dezero_lab.graph import layout
from dezero_lab.graph.scene import tidy


def test_the_json_form_has_the_fields_the_browser_reads(graphs):
    record = json.loads(json.dumps(layout(graphs.diamond()).to_json(), allow_nan=False))
    assert list(record) == ["version", "kind", "w", "h", "bands", "nodes", "edges", "groups", "reveal_order"]
    assert (record["version"], record["kind"]) == (1, "dezero_lab.scene")
    assert record["nodes"][0] | {"x": 0, "y": 0} == {
        "id": "x", "kind": "variable", "label": "x", "x": 0, "y": 0, "w": 66, "h": 52, "gen": 0, "value": "2.0",
    }  # fmt: skip
    assert list(record["edges"][0]) == ["id", "from", "to", "slot", "path"]
    assert list(record["bands"][0]) == ["gen", "x", "w"]


def test_groups_carry_their_members_and_their_own_scene(graphs):
    record = layout(graphs.mlp(200)).to_json()
    group = record["groups"][0]
    assert list(group) == ["id", "label", "members", "scene"]
    assert group["scene"]["kind"] == "dezero_lab.scene"
    node = next(node for node in record["nodes"] if node["id"] == group["id"])
    assert (node["kind"], node["parts"]) == ("group", len(group["members"]))


def test_numbers_have_at_most_one_decimal(graphs):
    def numbers(value):
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            for item in value:
                yield from numbers(item)
        elif isinstance(value, float):
            yield value

    found = list(numbers(layout(graphs.define_by_run(40)).to_json()))
    assert found
    assert all(number == round(number, 1) for number in found)


@pytest.mark.parametrize(("number", "short"), [(0.04, 0), (-0.04, 0), (12.34, 12.3), (12.0, 12), (-7.96, -8)])
def test_tidy(number, short):
    assert tidy(number) == short
    assert str(tidy(number)) == str(short)


def test_a_missing_node_is_named(graphs):
    with pytest.raises(KeyError, match=r"no node 'nope' in this scene; scene.nodes lists the 9 there are"):
        layout(graphs.diamond()).node("nope")
