"""Picking elements: `x[...]` and embeddings. Indices may repeat: their gradients add up."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import cuda
from ..core import Function, Variable, as_constant, as_variable

BLOCK = 32768  # numbers that fit into a second-level cache with their places


class GetItem(Function):
    __slots__ = ("slices",)

    def __init__(self, slices: Any) -> None:
        self.slices = slices

    def forward(self, x: Any) -> Any:
        return x[self.slices]

    def backward(self, gy: Any) -> Any:
        return GetItemGrad(self.slices, self.inputs[0].data.shape)(gy)

    def vjp(self, gy: Any) -> Any:
        return _scatter(gy, self.slices, self.inputs[0].data.shape)


class GetItemGrad(Function):
    """Zeros of a shape, with gy added at the picked places."""

    __slots__ = ("in_shape", "slices")

    def __init__(self, slices: Any, in_shape: tuple[int, ...]) -> None:
        self.slices = slices
        self.in_shape = in_shape

    def forward(self, gy: Any) -> Any:
        return _scatter(gy, self.slices, self.in_shape)

    def backward(self, ggx: Any) -> Any:
        return get_item(ggx, self.slices)

    def vjp(self, ggx: Any) -> Any:
        return ggx[self.slices]


def _is_basic(slices: Any) -> bool:
    """Slices and single numbers pick each place at most once: plain assignment is right and much faster."""
    parts = slices if isinstance(slices, tuple) else (slices,)
    return all(
        part is None
        or part is Ellipsis
        or isinstance(part, slice)
        or (isinstance(part, (int, np.integer)) and not isinstance(part, bool))
        for part in parts
    )


def _scatter(gy: Any, slices: Any, shape: tuple[int, ...]) -> Any:
    xp = cuda.get_array_module(gy)
    gx = xp.zeros(shape, gy.dtype)
    if _is_basic(slices):
        gx[slices] = gy
    elif _picks_rows(slices, shape):
        rows = xp.asarray(slices).ravel()
        _add_rows(xp, gx, rows, gy.reshape(rows.size, *shape[1:]))
    elif xp is np:
        np.add.at(gx, slices, gy)
    else:
        xp.add.at(gx, slices, gy)
    return gx


def _picks_rows(slices: Any, shape: tuple[int, ...]) -> bool:
    return len(shape) > 1 and cuda.is_array(slices) and slices.dtype.kind in "iu"


def _add_rows(xp: Any, gx: Any, rows: Any, gy: Any) -> None:
    """gx[rows] += gy with repeated rows. NumPy's `add.at` is fast only on flat arrays, so the index is flattened."""
    if xp is not np:
        xp.add.at(gx, rows, gy)
        return
    width = int(np.prod(gx.shape[1:], dtype=np.int64))
    starts, columns, flat = rows.astype(np.intp) % gx.shape[0] * width, np.arange(width), gx.reshape(-1)
    step = 1 + BLOCK // (1 + width)
    places = np.empty((min(step, len(rows)), width), np.intp)
    for n in range(0, len(rows), step):  # a few rows at a time: their places stay in the processor's cache
        at = places[: len(starts[n : n + step])]
        np.add(starts[n : n + step, None], columns, out=at)
        np.add.at(flat, at.reshape(-1), gy[n : n + step].reshape(-1))


def get_item(x: Any, slices: Any) -> Variable:
    """x[slices]; picks with slices, numbers, and arrays of indices (which may repeat) or bools.

    Source: book, step 47 and appendix B. Raises IndexError for a place that does not exist.

    >>> x = Variable(np.array([[1.0, 2.0], [3.0, 4.0]]))
    >>> get_item(x, (slice(None), 0))
    variable([1. 3.])
    """
    x = as_variable(x)
    return GetItem(_plain(slices, cuda.get_array_module(x.data)))(x)


def _plain(slices: Any, xp: Any) -> Any:
    """Indices without variables and lists, and on the device of what they pick from."""
    if isinstance(slices, tuple):
        return tuple([_plain(part, xp) for part in slices])
    if isinstance(slices, Variable):
        slices = slices.data
    if isinstance(slices, list):
        slices = xp.asarray(slices)
        return slices if slices.size else slices.astype(int)  # of an empty list NumPy makes floats
    if not cuda.is_array(slices):
        return slices
    if slices.dtype.kind == "f":
        raise IndexError(
            f"indices are whole numbers, but they have dtype {slices.dtype}; use ids.astype(int)"
        )
    return xp.array(slices)  # a copy: the gradient needs the indices of now


def embed_id(x: Any, W: Any) -> Variable:
    """Rows of W (V, H) for the ids x (any shape of whole numbers); result x.shape + (H,).

    Raises IndexError for an id that is not between 0 and V − 1, TypeError for ids that are no whole numbers.

    >>> embed_id([0, 2, 0], np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])).shape
    (3, 2)
    """
    W = W if isinstance(W, Variable) else as_constant(W)
    ids = x.data if isinstance(x, Variable) else x
    if not cuda.is_array(ids):
        ids = np.asarray(ids)
        ids = ids if ids.size else ids.astype(int)
    if ids.dtype.kind not in "iu":
        raise TypeError(f"ids are whole numbers, but they have dtype {ids.dtype}; use ids.astype(int)")
    rows = len(W.data)
    if ids.size and ids.astype(np.uint64).max() >= rows:  # negative ids become very large
        wrong = int(ids.min() if ids.min() < 0 else ids.max())
        raise IndexError(f"id {wrong} does not exist: the table has {rows} rows, 0 to {rows - 1}")
    return get_item(W, ids)
