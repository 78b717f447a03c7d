"""Which node is above which: fewer crossings by sweeping over the columns.

Each sweep sorts a column by where its neighbours are (their median, then their mean), then swaps neighbours as long as that
helps. Where that ends depends on where it starts, so it is done from several starts, in both directions, and the best order
is polished with swaps that neither help nor hurt. The best order seen is kept: more work never makes it worse.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

PATIENCE = 3
MOST_SWEEPS = 24

Adjacency = list[list[int]]


@dataclass(slots=True)
class Work:
    """A budget counted in elementary steps, not in seconds, so that every machine draws the same picture."""

    left: int

    def spend(self, steps: int) -> bool:
        """Take `steps` from the budget; False once it is used up."""
        self.left -= steps
        return self.left > 0


def count_crossings(layers: Adjacency, right: Adjacency) -> int:
    """Crossings between straight lines from each column to the next; `right[i]` lists the neighbours of `i` to the right.

    >>> count_crossings([[0, 1], [2, 3]], [[3], [2], [], []])
    1
    """
    position = _positions(layers, len(right))
    return sum(_crossings_after(layer, right, position) for layer in layers)


def _crossings_after(layer: list[int], right: Adjacency, position: list[int]) -> int:
    seen: list[int] = []
    crossings = 0
    for item in layer:
        ends = sorted([position[other] for other in right[item]])
        for end in ends:
            crossings += len(seen) - bisect_right(seen, end)
        for end in ends:
            insort(seen, end)
    return crossings


def reduce_crossings(layers: Adjacency, left: Adjacency, right: Adjacency, work: Work) -> int:
    """Reorder `layers` in place; return the number of crossings that remain."""
    best, fewest = layers, count_crossings(layers, right)
    for start in _starts(layers, left, right):
        for forward in (True, False):
            order, crossings = _improve(start, left, right, work, forward, PATIENCE)
            if crossings < fewest:
                best, fewest = order, crossings
            if not fewest or work.left <= 0:
                layers[:] = best
                return fewest
    best, fewest = _improve(best, left, right, work, True, 2 * PATIENCE, restless=True)
    layers[:] = best
    return fewest


def _starts(layers: Adjacency, left: Adjacency, right: Adjacency) -> Iterator[Adjacency]:
    """Orders to begin with: as given, upside down, and by when walks along the lines arrive."""
    yield layers
    yield [layer[::-1] for layer in layers]
    both = [a + b for a, b in zip(left, right, strict=True)]
    for neighbours in (right, left, both):
        arrival = _walk(layers if neighbours is not left else layers[::-1], neighbours)
        yield [sorted(layer, key=arrival.__getitem__) for layer in layers]


def _walk(layers: Adjacency, neighbours: Adjacency) -> dict[int, int]:
    """When a walk, depth first, comes by each item."""
    arrival: dict[int, int] = {}
    for root in (item for layer in layers for item in layer):
        waiting = [root]
        while waiting:
            item = waiting.pop()
            if item not in arrival:
                arrival[item] = len(arrival)
                waiting.extend(reversed(neighbours[item]))
    return arrival


def _improve(
    start: Adjacency,
    left: Adjacency,
    right: Adjacency,
    work: Work,
    forward: bool,
    patience: int,
    restless: bool = False,
) -> tuple[Adjacency, int]:
    """Sweep to and fro until `patience` sweeps in a row found nothing better; return the best order and its crossings."""
    layers = [layer[:] for layer in start]
    best, fewest = start, count_crossings(start, right)
    cost = 2 * len(left) + 3 * sum(map(len, right))
    stale = 0
    for sweep in range(MOST_SWEEPS):
        if not fewest or stale >= patience or not work.spend(cost):
            break
        _sort_columns(layers, left if forward else right, forward, use_median=sweep % 4 < 2)
        _swap_neighbours(layers, left, right, work, restless=restless and sweep % 2 == 1)
        crossings = count_crossings(layers, right)
        forward = not forward
        stale += 1
        if crossings < fewest:
            stale = 0
            best, fewest = [layer[:] for layer in layers], crossings
    return best, fewest


def _sort_columns(layers: Adjacency, towards: Adjacency, forward: bool, use_median: bool) -> None:
    position = _positions(layers, len(towards))
    for layer in layers if forward else reversed(layers):
        keys: dict[int, float] = {}
        for place, item in enumerate(layer):
            ends = [position[other] for other in towards[item]]
            if not ends:
                keys[item] = place
            elif use_median:
                keys[item] = _median(sorted(ends))
            else:
                keys[item] = sum(ends) / len(ends)
        layer.sort(key=keys.__getitem__)
        for place, item in enumerate(layer):
            position[item] = place


def _median(ends: list[int]) -> float:
    """The middle, or between the two middles nearer to the side where the neighbours are denser."""
    middle, odd = divmod(len(ends), 2)
    if odd:
        return ends[middle]
    below, above = ends[middle - 1], ends[middle]
    spread_below, spread_above = below - ends[0], ends[-1] - above
    if len(ends) == 2 or spread_below + spread_above == 0:
        return (below + above) / 2
    return (below * spread_above + above * spread_below) / (spread_below + spread_above)


def _swap_neighbours(
    layers: Adjacency, left: Adjacency, right: Adjacency, work: Work, restless: bool
) -> None:
    """Swap items that are next to each other where it helps; once also where it changes nothing, if `restless`."""
    position = _positions(layers, len(left))
    active: Sequence[int] = range(len(layers))
    for _ in range(MOST_SWEEPS):
        changed: set[int] = set()
        for column in active:
            layer = layers[column]
            if len(layer) < 2:
                continue
            if not work.spend(4 * len(layer)):
                return
            ends_left = [sorted([position[other] for other in left[item]]) for item in layer]
            ends_right = [sorted([position[other] for other in right[item]]) for item in layer]
            for above in range(len(layer) - 1):
                under = above + 1
                gain = _cross(ends_left[above], ends_left[under]) + _cross(
                    ends_right[above], ends_right[under]
                )
                if not gain and not restless:
                    continue
                gain -= _cross(ends_left[under], ends_left[above]) + _cross(
                    ends_right[under], ends_right[above]
                )
                if gain > 0 or (restless and not gain):
                    _swap(layer, above)
                    _swap(ends_left, above)
                    _swap(ends_right, above)
                    changed.add(column)
            for place, item in enumerate(layer):
                position[item] = place
        if not changed:
            return
        restless = False
        near = {column + step for column in changed for step in (-1, 0, 1)}
        active = [column for column in sorted(near) if 0 <= column < len(layers)]


def _swap(row: list[Any], above: int) -> None:
    row[above], row[above + 1] = row[above + 1], row[above]


def _cross(upper: list[int], lower: list[int]) -> int:
    """Crossings between the lines of two items, the first above the second; both lists are sorted."""
    if not upper or not lower or upper[-1] <= lower[0]:
        return 0
    return sum([bisect_left(lower, end) for end in upper])


def _positions(layers: Adjacency, items: int) -> list[int]:
    position = [0] * items
    for layer in layers:
        for place, item in enumerate(layer):
            position[item] = place
    return position
