"""Lines and where they meet a node."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dezero_lab.graph.route import curve, detour, pill_inset, spread_ports


@given(st.lists(st.floats(-500, 500), min_size=1, max_size=9))
def test_ports_stay_on_the_side_of_the_node_and_in_order(offsets):
    ports = spread_ports(offsets, 36.0)
    assert all(-18 < port < 18 for port in ports)
    by_origin = [port for _, port in sorted(zip(offsets, ports, strict=True))]
    assert by_origin == sorted(by_origin)


def test_a_straight_line_stays_straight_when_another_joins():
    assert spread_ports([0.0, -300.0], 36.0)[0] == 0.0


def test_one_line_meets_the_middle():
    assert spread_ports([123.0], 52.0) == [0.0]


def test_level_stretches_become_one():
    assert curve([(0, 5), (10, 5), (20, 5)]) == "M0 5H20"


def test_a_pill_is_round_and_a_box_is_not():
    assert pill_inset(26.0, 52.0, "variable") == 26.0
    assert pill_inset(10.0, 36.0, "function") == 0.0


@given(st.tuples(*[st.floats(0, 900)] * 4))
def test_lines_that_may_meet_nodes_bow_upwards(ends):
    x, y, to_x, to_y = ends
    path = detour((x, y), (to_x, to_y))
    numbers = [float(n) for n in path.replace("M", "").replace("C", " ").split()]
    assert numbers[:2] == [round(x, 1), round(y, 1)]
    assert numbers[-2:] == [round(to_x, 1), round(to_y, 1)]
    assert numbers[3] <= y - 39
    assert numbers[5] <= to_y - 39
