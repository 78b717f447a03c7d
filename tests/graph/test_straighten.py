"""Level lines, without touching order or distances."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dezero_lab.graph.straighten import straighten


def test_a_nearly_level_line_becomes_level():
    rows = [0.0, 9.0]
    straighten([[0], [1]], [[], [0]], [[1], []], [[], []], 2, rows)
    assert rows[0] == rows[1]


def test_a_clearly_sloping_line_stays():
    rows = [0.0, 40.0]
    straighten([[0], [1]], [[], [0]], [[1], []], [[], []], 2, rows)
    assert rows == [0.0, 40.0]


def long_line(obstacle: float) -> tuple[list[float], list[int]]:
    """0 -> bends 3, 4, 5 -> 1; item 2 stands above the line in the column of bend 4."""
    layers = [[0], [3], [2, 4], [5], [1]]
    left = [[], [5], [], [0], [3], [4]]
    right = [[3], [], [], [4], [5], [1]]
    rows = [0.0, 100.0, obstacle, 20.0, 50.0, 75.0]
    straighten(layers, left, right, [[], [], [30.0], [], []], 3, rows)
    return rows, [0, 3, 4, 5, 1]


def test_a_long_line_runs_level_from_where_it_starts():
    rows, line = long_line(obstacle=-60.0)
    assert [rows[item] for item in line] == [0.0, 0.0, 0.0, 0.0, 100.0]


def test_a_long_line_bends_as_seldom_as_it_can_to_pass_an_obstacle():
    rows, line = long_line(obstacle=0.0)
    assert sum(rows[a] != rows[b] for a, b in pairwise(line)) <= 2
    assert rows[4] - rows[2] >= 30.0


@given(
    st.lists(st.lists(st.floats(0, 200), min_size=1, max_size=5), min_size=2, max_size=5),
    st.randoms(use_true_random=False),
)
def test_distances_and_order_are_kept(columns, choose):
    layers, rows, gaps = [], [], []
    for column in columns:
        layers.append(list(range(len(rows), len(rows) + len(column))))
        row = 0.0
        for step in column:
            row += 30.0 + step
            rows.append(row)
        gaps.append([30.0] * (len(column) - 1))
    left: list[list[int]] = [[] for _ in rows]
    right: list[list[int]] = [[] for _ in rows]
    for a, b in pairwise(layers):
        for item in a:
            other = choose.choice(b)
            right[item].append(other)
            left[other].append(item)
    straighten(layers, left, right, gaps, len(rows), rows)
    for layer in layers:
        assert all(rows[b] - rows[a] >= 30.0 - 1e-9 for a, b in pairwise(layer))
