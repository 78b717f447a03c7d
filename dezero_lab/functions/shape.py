"""Functions that move numbers without changing them: reshape, transpose, broadcast_to, sum_to, concatenate, ..."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from .. import cuda, utils
from ..core import Function, Variable, as_variable


class Reshape(Function):
    __slots__ = ("shape",)

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.shape = shape

    def forward(self, x: Any) -> Any:
        return x.reshape(self.shape)

    def backward(self, gy: Any) -> Any:
        return gy.reshape(self.inputs[0].data.shape)

    vjp = backward


class Transpose(Function):
    __slots__ = ("axes",)

    def __init__(self, axes: tuple[int, ...] | None = None) -> None:
        self.axes = axes

    def forward(self, x: Any) -> Any:
        return x.transpose(self.axes)

    def backward(self, gy: Any) -> Any:
        if self.axes is None:
            return gy.transpose()
        ndim = len(self.axes)
        return gy.transpose(tuple(int(i) for i in np.argsort([axis % ndim for axis in self.axes])))

    vjp = backward


class SumTo(Function):
    __slots__ = ("shape",)

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.shape = shape

    def forward(self, x: Any) -> Any:
        return utils.sum_to(x, self.shape)

    def backward(self, gy: Any) -> Any:
        return broadcast_to(gy, self.inputs[0].data.shape)

    def vjp(self, gy: Any) -> Any:
        return _broadcast(gy, self.inputs[0].data.shape)


class BroadcastTo(Function):
    __slots__ = ("shape",)

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.shape = shape

    def forward(self, x: Any) -> Any:
        return _broadcast(x, self.shape)

    def backward(self, gy: Any) -> Any:
        return sum_to(gy, self.inputs[0].data.shape)

    def vjp(self, gy: Any) -> Any:
        return utils.sum_to(gy, self.inputs[0].data.shape)


class Concatenate(Function):
    __slots__ = ("axis",)

    def __init__(self, axis: int) -> None:
        self.axis = axis

    def forward(self, *xs: Any) -> Any:
        return cuda.get_array_module(xs[0]).concatenate(xs, axis=self.axis)

    def backward(self, gy: Any) -> Any:
        pieces, start = [], 0
        for x in self.inputs:
            stop = start + x.data.shape[self.axis]
            index = [slice(None)] * x.data.ndim
            index[self.axis] = slice(start, stop)
            pieces.append(gy[tuple(index)])
            start = stop
        return tuple(pieces)

    vjp = backward


def _broadcast(x: Any, shape: tuple[int, ...]) -> Any:
    try:
        return cuda.get_array_module(x).broadcast_to(x, shape)
    except ValueError:
        raise ValueError(
            f"an array of shape {x.shape} cannot be broadcast to {shape}: compared from the right, each axis must "
            "agree or have length 1"
        ) from None


def _as_shape(shape: Any) -> tuple[int, ...]:
    return (int(shape),) if isinstance(shape, (int, np.integer)) else tuple(shape)


def reshape(x: Any, shape: int | Sequence[int]) -> Variable:
    """The same numbers in another shape; one entry may be -1.

    >>> reshape(Variable(np.arange(6.0)), (2, 3)).shape
    (2, 3)
    """
    x = as_variable(x)
    shape = _as_shape(shape)
    if x.data.shape == shape:
        return x
    if any(n < -1 for n in shape):
        raise ValueError(f"lengths are 0 or more, or -1 for what is left over, but the shape is {shape}")
    known = int(np.prod([n for n in shape if n != -1], dtype=np.int64))
    if shape.count(-1) > 1 or (x.size != known if -1 not in shape else known == 0 or x.size % known):
        raise ValueError(f"{x.size} numbers of shape {x.shape} do not fill the shape {shape}")
    return Reshape(shape)(x)


def transpose(x: Any, axes: Sequence[int] | None = None) -> Variable:
    """x with its axes reversed, or in the order `axes` (a permutation; negative axes count from the end)."""
    x = as_variable(x)
    if axes is not None:
        axes = tuple(int(axis) for axis in axes)
        if sorted(axis % max(x.ndim, 1) for axis in axes) != list(range(x.ndim)):
            raise ValueError(
                f"axes must be an order of all {x.ndim} axes of shape {x.shape}, but they are {axes}"
            )
    return Transpose(axes)(x)


def broadcast_to(x: Any, shape: int | Sequence[int]) -> Variable:
    """x stretched to `shape`; the gradient is summed back. Source: book, step 40."""
    x = as_variable(x)
    shape = _as_shape(shape)
    return x if x.data.shape == shape else BroadcastTo(shape)(x)


def sum_to(x: Any, shape: int | Sequence[int]) -> Variable:
    """x summed over the axes along which `shape` would have to be stretched; the opposite of `broadcast_to`.

    >>> sum_to(Variable(np.ones((2, 3))), (1, 3))
    variable([[2. 2. 2.]])
    """
    x = as_variable(x)
    shape = _as_shape(shape)
    return x if x.data.shape == shape else SumTo(shape)(x)


def expand_dims(x: Any, axis: int) -> Variable:
    """x with a new axis of length 1 at position `axis` of the result; negative positions count from its end.

    >>> expand_dims(Variable(np.zeros((2, 3))), -1).shape
    (2, 3, 1)
    """
    x = as_variable(x)
    if not -x.ndim - 1 <= axis <= x.ndim:
        raise ValueError(
            f"axis must lie between {-x.ndim - 1} and {x.ndim} for shape {x.shape}, but it is {axis}"
        )
    position = axis % (x.ndim + 1)
    return reshape(x, (*x.shape[:position], 1, *x.shape[position:]))


def squeeze(x: Any, axis: int | Sequence[int] | None = None) -> Variable:
    """x without its axes of length 1, or without the given ones only."""
    x = as_variable(x)
    try:
        shape = np.squeeze(np.empty(x.shape, np.bool_), axis).shape
    except ValueError:
        raise ValueError(
            f"squeeze removes axes of length 1, but axis {axis} of shape {x.shape} is none"
        ) from None
    return reshape(x, shape)


def flatten(x: Any) -> Variable:
    """x as (N, everything else): the batch axis stays."""
    x = as_variable(x)
    return reshape(x, (x.shape[0] if x.ndim else 1, math.prod(x.shape[1:])))


def concatenate(xs: Sequence[Any], axis: int = 0) -> Variable:
    """Several variables joined along one axis; all other axes must agree."""
    variables = [as_variable(x) for x in xs]
    if not variables:
        raise ValueError("concatenate needs at least one array")
    shapes = [x.shape for x in variables]
    ndim = variables[0].ndim
    if not -ndim <= axis < ndim:
        raise ValueError(f"axis {axis} does not exist for shape {shapes[0]}, which has {ndim} axes")
    axis = axis % ndim
    if any(
        x.ndim != ndim
        or (*x.shape[:axis], *x.shape[axis + 1 :]) != (*shapes[0][:axis], *shapes[0][axis + 1 :])
        for x in variables
    ):
        raise ValueError(
            f"all axes but axis {axis} must agree, but the shapes are {', '.join(map(str, shapes))}"
        )
    return Concatenate(axis)(*variables)


def stack(xs: Sequence[Any], axis: int = 0) -> Variable:
    """Several variables of one shape, side by side along a new axis."""
    return concatenate([expand_dims(x, axis) for x in xs], axis)
