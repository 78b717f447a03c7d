"""The inputs checks use: fixed sets with names, and seeded draws that are never constant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import numpy as np

PUBLISHED_SEED = 0  # the learner can draw the failing line again

SCALARS = (-1.7, -0.3, 0.4, 2.0)
UPSTREAMS = (1.7, -0.6)
SHAPES: tuple[tuple[int, ...], ...] = ((), (1,), (3,), (1, 3), (3, 1), (2, 3), (4, 2, 3))
BROADCAST_PAIRS: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = (
    ((3,), (1,)),
    ((2, 3), (3,)),
    ((2, 3), (1, 3)),
    ((2, 3), (2, 1)),
    ((2, 3), ()),
    ((4, 2, 3), (2, 1)),
    ((4, 2, 3), (3,)),
    ((1, 3), (2, 1)),
    ((2, 3), (2, 3)),
)
AXES: tuple[tuple[tuple[int, ...], int | tuple[int, ...] | None], ...] = (
    ((2, 3, 4), None),
    ((2, 3, 4), 0),
    ((2, 3, 4), 1),
    ((2, 3, 4), -1),
    ((2, 3, 4), (0, 2)),
    ((2, 3, 4), (2, 0)),
    ((3, 3), 0),
    ((3, 3), 1),
)
MATRIX_PAIRS = (((2, 3), (3, 4)), ((1, 5), (5, 1)), ((4, 1), (1, 2)), ((3, 3), (3, 3)))

_Item = TypeVar("_Item")


class Inputs:
    """Seeded draws. The same seed gives the same inputs; `coarse` rounds them, which is how a failing input shrinks.

    coarse 0: as drawn; 1: one decimal; 2: small whole numbers where the range has enough of them.

    >>> a = Inputs(seed=0).array((2, 3))
    >>> a.shape, bool((a == Inputs(seed=0).array((2, 3))).all())
    ((2, 3), True)
    >>> Inputs(seed=0, coarse=2).array((3,), 1, 9).tolist()
    [6.0, 3.0, 1.0]
    """

    def __init__(self, seed: int = PUBLISHED_SEED, coarse: int = 0) -> None:
        self.seed = seed
        self.coarse = coarse
        self.rng = np.random.default_rng(seed)

    def number(self, low: float = -2.0, high: float = 2.0, away: float = 0.3) -> float:
        """One number in [low, high], at least `away` from zero."""
        return float(self.array((), low, high, away))

    def array(
        self,
        shape: int | Sequence[int] = (),
        low: float = -2.0,
        high: float = 2.0,
        away: float = 0.3,
        dtype: Any = np.float64,
    ) -> np.ndarray:
        """An array drawn in [low, high], entries at least `away` from zero (and so from the usual kinks), all different."""
        shape = (shape,) if isinstance(shape, int) else tuple(shape)
        n = int(np.prod(shape, dtype=int))
        values = self._draw(n, low, high, away)
        if n > 1 and np.ptp(values) == 0:
            raise ValueError(f"a constant draw from [{low}, {high}] hides mistakes; give a wider range.")
        return values.reshape(shape).astype(dtype)

    def integers(self, shape: int | Sequence[int] = (), low: int = 0, high: int = 9) -> np.ndarray:
        """Whole numbers in [low, high], not all equal when there are two or more."""
        for _ in range(100):
            values = self.rng.integers(low, high + 1, shape)
            if np.size(values) < 2 or np.ptp(values) > 0:
                return np.asarray(values)
        raise ValueError(f"every draw from [{low}, {high}] is constant; give a wider range.")

    def choice(self, items: Sequence[_Item]) -> _Item:
        """One of the items."""
        return items[int(self.rng.integers(len(items)))]

    def shuffled(self, items: Sequence[_Item]) -> list[_Item]:
        """All items, in another order."""
        return [items[i] for i in self.rng.permutation(len(items))]

    def scalars(self, zero: bool = False) -> Iterator[float]:
        """The four standard numbers (and 0.0 where the function is defined there), then one drawn."""
        yield from SCALARS
        if zero:
            yield 0.0
        yield self.number()

    def upstreams(self) -> Iterator[float]:
        """Upstream values, never one: 1.7 and -0.6."""
        yield from UPSTREAMS

    def shapes(self) -> Iterator[tuple[int, ...]]:
        """The standard shapes, from a single number to three axes."""
        yield from SHAPES

    def broadcast_pairs(self) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
        """The nine pairs, each also exchanged (the last one is its own exchange)."""
        for a, b in BROADCAST_PAIRS:
            yield a, b
            if a != b:
                yield b, a

    def axes(self) -> Iterator[tuple[tuple[int, ...], Any, bool]]:
        """(shape, axis, keepdims), the standard axis cases."""
        for shape, axis in AXES:
            for keepdims in (False, True):
                yield shape, axis, keepdims

    def matrix_pairs(self) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """Shapes of two matrices that can be multiplied: oblong, with sides of 1, and square."""
        yield from MATRIX_PAIRS

    def _draw(self, n: int, low: float, high: float, away: float) -> np.ndarray:
        """n numbers; the generator advances alike at every coarseness, so that the same cases come up."""
        raw = self.rng.uniform(low, high, max(4 * n, 16))
        kept = raw[np.abs(raw) >= away]
        while kept.size < n:
            raw = self.rng.uniform(low, high, max(4 * n, 16))
            kept = np.concatenate([kept, raw[np.abs(raw) >= away]])
            if not raw.size or max(abs(low), abs(high)) < away:
                raise ValueError(f"no number in [{low}, {high}] is {away} away from zero.")
        kept = kept[:n]
        for decimals in (0, 1) if self.coarse == 2 else (1,) if self.coarse == 1 else ():
            rounded = np.round(kept, decimals)
            inside = (rounded >= low) & (rounded <= high) & (np.abs(rounded) >= away)
            if inside.all() and np.unique(rounded).size == n:
                return rounded + 0.0  # no minus zero
        return kept
