"""How high each node sits: lines as straight as the order within the columns allows, nothing overlapping.

One column at a time, every item is pulled to the mean of its neighbours. Keeping the order and the distances while staying as
near as possible to those wishes is a least-squares problem with an exact solution: pool the items that would overlap and
move each pool to its weighted mean (isotonic regression).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dezero_lab.graph.order import Adjacency, Work
from dezero_lab.graph.straighten import straighten

GAP = 10.0
SWEEPS = 4
RELAXATIONS = 6
LINE_WEIGHTS = (1.0, 3.0, 8.0)
RESULT_WEIGHT = 8.0
LEAF_WEIGHT = 0.02


def spaced(wishes: Sequence[float], gaps: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The positions nearest to `wishes` (weighted least squares) with ``result[i+1] - result[i] >= gaps[i]``.

    >>> spaced([0.0, 0.0, 30.0], [10.0, 10.0], [1.0, 1.0, 1.0])
    [-5.0, 5.0, 30.0]
    """
    offsets = [0.0]
    for gap in gaps:
        offsets.append(offsets[-1] + gap)
    pools: list[tuple[float, float, int]] = []
    for wish, offset, weight in zip(wishes, offsets, weights, strict=True):
        mean, total, count = wish - offset, weight, 1
        while pools and pools[-1][0] > mean:
            other, other_total, other_count = pools.pop()
            mean = (mean * total + other * other_total) / (total + other_total)
            total += other_total
            count += other_count
        pools.append((mean, total, count))
    placed = [mean for mean, _, count in pools for _ in range(count)]
    return [start + offset for start, offset in zip(placed, offsets, strict=True)]


def assign_rows(
    layers: Adjacency, left: Adjacency, right: Adjacency, reach: list[float], real: int, work: Work
) -> list[float]:
    """A height for every item. `reach` is the room above and below its centre; items from `real` on are bends of long lines."""
    items = len(reach)
    rows = [0.0] * items
    gaps: list[list[float]] = []
    for layer in layers:
        gap = [reach[a] + reach[b] + GAP for a, b in pairwise(layer)]
        gaps.append(gap)
        height = -sum(gap) / 2
        for item, step in zip(layer, [*gap, 0.0], strict=False):
            rows[item] = height
            height += step

    def weight(a: int, b: int) -> float:
        """How stiff the line from `a` to `b` is.

        Long lines stay straight, a call stays level with its only result, and a leaf follows its call, not the other way
        round: else a chain of layers would become a staircase, one step down for each parameter.
        """
        bends = (a >= real) + (b >= real)
        if bends:
            return LINE_WEIGHTS[bends]
        if not left[a]:
            return LEAF_WEIGHT
        return RESULT_WEIGHT if len(left[b]) == 1 and len(right[a]) == 1 else LINE_WEIGHTS[0]

    def pull(
        column: int, towards: list[list[tuple[int, float]]], also: list[list[tuple[int, float]]] | None
    ) -> None:
        layer = layers[column]
        wishes, weights = [], []
        for item in layer:
            links = towards[item] + also[item] if also else towards[item]
            total = sum([weight for _, weight in links])
            wishes.append(
                sum([rows[other] * weight for other, weight in links]) / total if total else rows[item]
            )
            weights.append(total or 0.1)
        if len(layer) < 2:
            for item in layer:
                rows[item] = wishes[0]
            return
        for item, row in zip(layer, spaced(wishes, gaps[column], weights), strict=True):
            rows[item] = row

    pulls_left = [[(other, weight(other, item)) for other in others] for item, others in enumerate(left)]
    pulls_right = [[(other, weight(item, other)) for other in others] for item, others in enumerate(right)]
    forward, backward = range(len(layers)), range(len(layers) - 1, -1, -1)
    cost = 2 * items + sum(map(len, right))
    for _ in range(SWEEPS):
        if not work.spend(2 * cost):
            break
        for column in forward:
            pull(column, pulls_left, None)
        for column in backward:
            pull(column, pulls_right, None)
    for sweep in range(RELAXATIONS):
        if not work.spend(2 * cost):
            break
        for column in forward if sweep % 2 else backward:
            pull(column, pulls_left, pulls_right)
    straighten(layers, left, right, gaps, real, rows)
    return rows
