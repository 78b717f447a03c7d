"""Crossings: counted right, and fewer afterwards."""

from __future__ import annotations

import random
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from dezero_lab.graph.order import Work, count_crossings, reduce_crossings


def bipartite(pairs: list[tuple[int, int]], top: int, bottom: int):
    left: list[list[int]] = [[] for _ in range(top + bottom)]
    right: list[list[int]] = [[] for _ in range(top + bottom)]
    for a, b in pairs:
        right[a].append(top + b)
        left[top + b].append(a)
    return [list(range(top)), list(range(top, top + bottom))], left, right


pairs_of = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=25)


@given(pairs_of)
def test_counting_agrees_with_looking_at_every_pair_of_lines(pairs):
    layers, _, right = bipartite(pairs, 6, 6)
    slow = sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for a, b in combinations(pairs, 2))
    assert count_crossings(layers, right) == slow


@given(pairs_of)
def test_reducing_never_adds_crossings_and_loses_no_item(pairs):
    layers, left, right = bipartite(pairs, 6, 6)
    before = count_crossings(layers, right)
    remaining = reduce_crossings(layers, left, right, Work(10**9))
    assert remaining == count_crossings(layers, right) <= before
    assert [sorted(layer) for layer in layers] == [list(range(6)), list(range(6, 12))]


def test_a_tangled_matching_becomes_free_of_crossings():
    shuffled = random.Random(0).sample(range(20), 20)
    layers, left, right = bipartite(list(enumerate(shuffled)), 20, 20)
    assert count_crossings(layers, right) > 0
    assert reduce_crossings(layers, left, right, Work(10**9)) == 0


def test_without_budget_nothing_is_tried():
    layers, left, right = bipartite([(0, 1), (1, 0)], 2, 2)
    assert reduce_crossings(layers, left, right, Work(0)) == 1
    assert layers == [[0, 1], [2, 3]]


def test_the_budget_bounds_the_work():
    choose = random.Random(1)
    pairs = [(choose.randrange(100), choose.randrange(100)) for _ in range(600)]
    layers, left, right = bipartite(pairs, 100, 100)
    work = Work(5_000)
    reduce_crossings(layers, left, right, work)
    one_sweep = 2 * 200 + 3 * 600 + 4 * 200
    assert work.left > -one_sweep
