"""Heights: the nearest allowed to what is wished."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dezero_lab.graph.place import spaced

heights = st.lists(
    st.tuples(st.floats(-100, 100), st.floats(0, 30), st.floats(0.1, 5)), min_size=1, max_size=8
)


@given(heights)
def test_gaps_are_kept(items):
    wishes, gaps, weights = (list(column) for column in zip(*items, strict=True))
    placed = np.array(spaced(wishes, gaps[1:], weights))
    assert (np.diff(placed) >= np.array(gaps[1:]) - 1e-6).all()


@given(heights, st.integers(0, 2**32 - 1))
def test_no_other_allowed_placement_is_nearer(items, seed):
    wishes, gaps, weights = (np.array(column) for column in zip(*items, strict=True))
    placed = np.array(spaced(list(wishes), list(gaps[1:]), list(weights)))
    cost = (weights * (placed - wishes) ** 2).sum()
    rng = np.random.default_rng(seed)
    for scale in (0.1, 1.0, 10.0, 100.0):
        other = (
            placed[0]
            + rng.normal(0, scale)
            + np.concatenate([[0], np.cumsum(gaps[1:] + rng.exponential(scale, len(gaps) - 1))])
        )
        nearer = placed + 0.5 * (other - placed)
        for candidate in (other, nearer):
            assert (weights * (candidate - wishes) ** 2).sum() >= cost - 1e-6


def test_wishes_with_room_come_true():
    assert spaced([0.0, 50.0, 100.0], [10.0, 10.0], [1.0, 1.0, 1.0]) == [0.0, 50.0, 100.0]


def test_the_heavier_one_moves_less():
    light, heavy = spaced([0.0, 0.0], [10.0], [1.0, 9.0])
    assert (round(light, 6), round(heavy, 6)) == (-9.0, 1.0)
