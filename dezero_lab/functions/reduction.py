"""Functions that make arrays smaller: sum, average, max, min, logsumexp. `axis` may be None, a number or a sequence."""

from __future__ import annotations

from collections.abc import Sequence
from operator import index
from typing import Any

import numpy as np

from .. import cuda, utils
from ..core import Function, Variable, as_variable
from .elementwise import floats
from .shape import broadcast_to, reshape

Axis = int | Sequence[int] | None


class Sum(Function):
    __slots__ = ("axis", "keepdims")

    def __init__(self, axis: Any, keepdims: bool) -> None:
        self.axis = axis
        self.keepdims = keepdims

    def forward(self, x: Any) -> Any:
        return x.sum(axis=self.axis, keepdims=self.keepdims)

    def backward(self, gy: Any) -> Any:
        shape = self.inputs[0].data.shape
        return broadcast_to(gy.reshape(utils.kept_shape(shape, self.axis)), shape)

    def vjp(self, gy: Any) -> Any:
        shape = self.inputs[0].data.shape
        return cuda.get_array_module(gy).broadcast_to(gy.reshape(utils.kept_shape(shape, self.axis)), shape)


class Max(Function):
    """The largest element along the axes; elements that tie for it share the gradient equally."""

    __slots__ = ("axis", "keepdims")
    _name = "max"

    def __init__(self, axis: Any = None, keepdims: bool = False) -> None:
        self.axis = axis
        self.keepdims = keepdims

    def forward(self, x: Any) -> Any:
        return getattr(x, self._name)(axis=self.axis, keepdims=self.keepdims)

    def share(self, dtype: Any) -> Any:
        x = self.inputs[0].data
        winners = (x == getattr(x, self._name)(axis=self.axis, keepdims=True)).astype(dtype)
        return winners / winners.sum(axis=self.axis, keepdims=True)

    def backward(self, gy: Any) -> Any:
        shape = self.inputs[0].data.shape
        return broadcast_to(gy.reshape(utils.kept_shape(shape, self.axis)), shape) * self.share(gy.dtype)

    def vjp(self, gy: Any) -> Any:
        return gy.reshape(utils.kept_shape(self.inputs[0].data.shape, self.axis)) * self.share(gy.dtype)


class Min(Max):
    """The smallest element along the axes; elements that tie for it share the gradient equally."""

    __slots__ = ()
    _name = "min"


def _checked(x: Variable, axis: Axis) -> int | tuple[int, ...] | None:
    """Axes as NumPy wants them; a clear error for one that does not exist."""
    if axis is None:
        return None
    try:
        axes = (index(axis),) if isinstance(axis, (int, np.integer)) else tuple([index(a) for a in axis])
    except TypeError:
        raise TypeError(
            f"axis must be a whole number, several of them, or None, but it is {axis!r}"
        ) from None
    for a in axes:
        if not -x.ndim <= a < x.ndim:
            raise ValueError(f"axis {a} does not exist: shape {x.shape} has {x.ndim} axes, 0 to {x.ndim - 1}")
    if len({a % x.ndim for a in axes}) < len(axes):
        raise ValueError(f"an axis is named twice in {axes}")
    return axes[0] if len(axes) == 1 else axes


def _checked_extreme(x: Variable, axis: Axis, name: str) -> int | tuple[int, ...] | None:
    checked = _checked(x, axis)
    if x.data.size == 0:
        axes = range(x.ndim) if checked is None else (checked,) if isinstance(checked, int) else checked
        if any(x.shape[a] == 0 for a in axes):
            raise ValueError(f"the {name} of nothing is not defined: shape {x.shape}, axis {axis}")
    return checked


def sum(x: Any, axis: Axis = None, keepdims: bool = False) -> Variable:
    """The sum over all elements or over some axes. Result: () or the shape without those axes (length 1 with keepdims).

    >>> sum(Variable(np.ones((2, 3))), axis=0)
    variable([2. 2. 2.])
    """
    x = as_variable(x)
    return Sum(_checked(x, axis), keepdims)(x)


def average(x: Any, axis: Axis = None, keepdims: bool = False) -> Variable:
    """The mean over all elements or over some axes."""
    x = as_variable(x)
    y = sum(x, axis, keepdims)
    if y.size == 0:
        return floats(y)
    if x.size == 0:
        raise ValueError(f"the mean of nothing is not defined: shape {x.shape}, axis {axis}")
    return y * (y.size / x.size)


mean = average


def max(x: Any, axis: Axis = None, keepdims: bool = False) -> Variable:
    """The largest element. Ties share the gradient equally, so that it stays a slope of the sum.

    >>> x = Variable(np.array([1.0, 3.0, 3.0]))
    >>> max(x).backward(); x.grad
    variable([0.  0.5 0.5])
    """
    x = as_variable(x)
    return Max(_checked_extreme(x, axis, "largest"), keepdims)(x)


def min(x: Any, axis: Axis = None, keepdims: bool = False) -> Variable:
    """The smallest element. Ties share the gradient equally."""
    x = as_variable(x)
    return Min(_checked_extreme(x, axis, "smallest"), keepdims)(x)


def logsumexp(x: Any, axis: int = 1, keepdims: bool = False) -> Variable:
    """log(sum(exp(x))) without overflow."""
    from .elementwise import exp, log

    x = floats(x)
    largest = x.data.max(axis=axis, keepdims=True)
    y = log(sum(exp(x - largest), axis, True)) + largest
    return y if keepdims else reshape(y, y.data.squeeze(axis).shape)
