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


def test_a_long_line_runs_level_from_where_it_starts():
    # 0 -> bends 2, 3, 4 -> 1; node 5 stands in the column of bend 3, above the line.
    layers = [[0], [2], [5, 3], [4], [1]]
    left = [[], [4], [0], [2], [3], []]
    right = [[2], [], [3], [4], [1], []]
    rows = [0.0, 100.0, 25.0, 50.0, 75.0, -60.0]
    straighten(layers, left, right, [[], [], [20.0], [], []], 2, rows)
    assert rows[2] == rows[3] == rows[4] == 0.0


def test_a_long_line_bends_once_to_pass_an_obstacle():
    layers = [[0], [2], [5, 3], [4], [1]]
    left = [[], [4], [0], [2], [3], []]
    right = [[2], [], [3], [4], [1], []]
    rows = [0.0, 100.0, 20.0, 50.0, 75.0, 0.0]
    straighten(layers, left, right, [[], [], [30.0], [], []], 2, rows)
    levels = [rows[item] for item in (0, 2, 3, 4, 1)]
    assert sum(a != b for a, b in pairwise(levels)) <= 2
    assert rows[3] - rows[5] >= 30.0


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
