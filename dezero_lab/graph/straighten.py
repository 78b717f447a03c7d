"""The last touch to the heights: lines that are nearly level become level, and long lines bend as seldom as they can.

The order within the columns and all distances stay as they are, so nothing can overlap or cross that did not before.
"""

from __future__ import annotations

from itertools import pairwise
from math import inf

from dezero_lab.graph.order import Adjacency

NEARLY = 14.0


def straighten(
    layers: Adjacency,
    left: Adjacency,
    right: Adjacency,
    gaps: list[list[float]],
    real: int,
    rows: list[float],
) -> None:
    """Change `rows` in place. `gaps[c][k]` is the least distance of items `k` and `k + 1` in column `c`; bends start at `real`."""
    fit = _Fit(layers, gaps, rows)
    for columns, towards in ((layers, left), (layers[::-1], right)):
        for layer in columns:
            for item in layer:
                near = [rows[other] for other in towards[item] if abs(rows[other] - rows[item]) < NEARLY]
                for row in sorted(near, key=lambda row: abs(row - rows[item]))[:1]:
                    low, high = fit.room(item)
                    if low <= row <= high:
                        rows[item] = row
    for trunk in _trunks(left, right, real):
        _level(trunk, rows[left[trunk[0]][0]], _mean([rows[item] for item in right[trunk[-1]]]), fit)


class _Fit:
    """How far each item may move while its neighbours in the column stay."""

    def __init__(self, layers: Adjacency, gaps: list[list[float]], rows: list[float]) -> None:
        self.rows = rows
        self.above: dict[int, tuple[int, float]] = {}
        self.under: dict[int, tuple[int, float]] = {}
        for layer, gap in zip(layers, gaps, strict=True):
            for (a, b), distance in zip(pairwise(layer), gap, strict=True):
                self.above[b] = a, distance
                self.under[a] = b, distance

    def room(self, item: int) -> tuple[float, float]:
        low, high = -inf, inf
        if item in self.above:
            other, distance = self.above[item]
            low = self.rows[other] + distance
        if item in self.under:
            other, distance = self.under[item]
            high = self.rows[other] - distance
        return low, high


def _trunks(left: Adjacency, right: Adjacency, real: int) -> list[list[int]]:
    """The bends of each long line, from left to right."""
    trunks = []
    for head in range(real, len(left)):
        if left[head][0] < real:
            trunk = [head]
            while following := [item for item in right[trunk[-1]] if item >= real]:
                trunk.append(following[0])
            trunks.append(trunk)
    return trunks


def _level(trunk: list[int], start: float, end: float, fit: _Fit) -> None:
    """Cut the trunk into as few level pieces as there is room for; each keeps the height of the one before if it can."""
    at, row = 0, start
    while at < len(trunk):
        low, high = fit.room(trunk[at])
        stop = at + 1
        while stop < len(trunk):
            next_low, next_high = fit.room(trunk[stop])
            if max(low, next_low) > min(high, next_high):
                break
            low, high = max(low, next_low), min(high, next_high)
            stop += 1
        wish = end if stop == len(trunk) and not low <= row <= high else row
        row = max(low, min(high, wish))
        for item in trunk[at:stop]:
            fit.rows[item] = row
        at = stop


def _mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers)
