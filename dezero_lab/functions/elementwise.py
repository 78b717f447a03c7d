"""Functions that work number by number: sin, cos, tanh, exp, log, sqrt, clip, maximum, minimum, where.

Result shapes are those of the input (with broadcasting where there are two); dtypes are kept for floats, and whole
numbers become float64.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import cuda
from ..arity import Binary, Unary
from ..core import Function, Variable, as_constant
from ..operators import back_to, operands


def times(own: Any, gy: Any) -> Any:
    """own * gy, written into `own`, an array that nobody else holds: one array less for each gradient."""
    if own.dtype == gy.dtype and own.shape == gy.shape:
        own *= gy
        return own
    return own * gy


def one_minus_square(y: Any) -> Any:
    """1 − y² in one new array."""
    slope = y * y
    return cuda.get_array_module(y).subtract(1, slope, out=slope) if slope.ndim else 1 - slope


class AsFloat(Unary):
    """The same numbers with a floating dtype; the gradient passes."""

    __slots__ = ("dtype",)

    def __init__(self, dtype: Any) -> None:
        self.dtype = dtype

    def forward(self, x: Any) -> Any:
        return x.astype(self.dtype)

    def backward(self, gy: Any) -> Any:
        return gy

    vjp = backward


def floats(x: Any, dtype: Any = np.float64) -> Variable:
    """x as it is where it holds floats; whole numbers and bools get the dtype, so that nothing is cut off or wraps."""
    x = x if isinstance(x, Variable) else as_constant(x)
    return AsFloat(dtype)(x) if x.data.dtype.kind in "iub" else x


class Sin(Unary):
    __slots__ = ()

    def forward(self, x: Any) -> Any:
        return cuda.get_array_module(x).sin(x)

    def backward(self, gy: Any) -> Any:
        return gy * cos(self.inputs[0])

    def vjp(self, gy: Any) -> Any:
        x = self.inputs[0].data
        return times(cuda.get_array_module(x).cos(x), gy)


class Cos(Unary):
    __slots__ = ()

    def forward(self, x: Any) -> Any:
        return cuda.get_array_module(x).cos(x)

    def backward(self, gy: Any) -> Any:
        return gy * -sin(self.inputs[0])

    def vjp(self, gy: Any) -> Any:
        x = self.inputs[0].data
        return -times(cuda.get_array_module(x).sin(x), gy)


class Tanh(Unary):
    """tanh(x); its slope 1 − y² is one node of the graph, which keeps graphs of high derivatives small."""

    __slots__ = ("y",)

    def forward(self, x: Any) -> Any:
        self.y = cuda.get_array_module(x).tanh(x)
        return self.y

    def backward(self, gy: Any) -> Any:
        y = self.outputs[0]()
        return TanhGrad()(gy, tanh(self.inputs[0]) if y is None else y)

    def vjp(self, gy: Any) -> Any:
        return times(one_minus_square(self.y), gy)


class TanhGrad(Binary):
    """gy · (1 − y²) for y = tanh(x)."""

    __slots__ = ()

    def forward(self, gy: Any, y: Any) -> Any:
        return gy * (1 - y * y)

    def backward(self, g: Any) -> Any:
        gy, y = self.inputs
        return TanhGrad()(g, y), g * gy * y * -2

    def vjp(self, g: Any) -> Any:
        gy, y = self.inputs[0].data, self.inputs[1].data
        return times(one_minus_square(y), g), times(gy * y * -2, g)


class Exp(Unary):
    __slots__ = ("y",)

    def forward(self, x: Any) -> Any:
        self.y = cuda.get_array_module(x).exp(x)
        return self.y

    def backward(self, gy: Any) -> Any:
        y = self.outputs[0]()
        return gy * (exp(self.inputs[0]) if y is None else y)

    def vjp(self, gy: Any) -> Any:
        return gy * self.y


class Log(Unary):
    __slots__ = ()

    def forward(self, x: Any) -> Any:
        return cuda.get_array_module(x).log(x)

    def backward(self, gy: Any) -> Any:
        return gy / self.inputs[0]

    def vjp(self, gy: Any) -> Any:
        return gy / self.inputs[0].data


class Clip(Unary):
    """x cut off at both ends, of which None is no end; the slope is 1 inside and on the ends, 0 outside."""

    __slots__ = ("x_max", "x_min")

    def __init__(self, x_min: Any, x_max: Any) -> None:
        self.x_min = x_min
        self.x_max = x_max

    def forward(self, x: Any) -> Any:
        return cuda.get_array_module(x).clip(x, self.x_min, self.x_max)

    def backward(self, gy: Any) -> Any:
        x = self.inputs[0].data
        low = -np.inf if self.x_min is None else self.x_min
        high = np.inf if self.x_max is None else self.x_max
        inside = (x >= low) & (x <= high)
        return gy * inside.astype(gy.dtype)

    vjp = backward


class Maximum(Binary):
    """The larger of two; where they are equal each gets half of the gradient."""

    __slots__ = ()
    _name = "maximum"

    def forward(self, x0: Any, x1: Any) -> Any:
        return getattr(cuda.get_array_module(x0), self._name)(x0, x1)

    def share(self, x0: Any, x1: Any, dtype: Any) -> Any:
        wins = (x0 > x1) if self._name == "maximum" else (x0 < x1)
        return wins.astype(dtype) + (x0 == x1).astype(dtype) / 2

    def backward(self, gy: Any) -> Any:
        x0, x1 = self.inputs
        share = self.share(x0.data, x1.data, gy.dtype)
        gx0 = back_to(gy * share, x0) if x0.requires_grad else None
        return gx0, back_to(gy * (1 - share), x1) if x1.requires_grad else None

    vjp = backward


class Minimum(Maximum):
    """The smaller of two; where they are equal each gets half of the gradient."""

    __slots__ = ()
    _name = "minimum"


class Where(Function):
    __slots__ = ("condition",)

    def __init__(self, condition: Any) -> None:
        self.condition = condition

    def forward(self, x0: Any, x1: Any) -> Any:
        return cuda.get_array_module(x0).where(self.condition, x0, x1)

    def backward(self, gy: Any) -> Any:
        x0, x1 = self.inputs
        taken = self.condition.astype(gy.dtype)
        gx0 = back_to(gy * taken, x0) if x0.requires_grad else None
        return gx0, back_to(gy * (1 - taken), x1) if x1.requires_grad else None

    vjp = backward


def sin(x: Any) -> Variable:
    """Sine, x in radians.

    >>> round(sin(Variable(np.array(0.5))).item(), 6)
    0.479426
    """
    return Sin()(x)


def cos(x: Any) -> Variable:
    """Cosine, x in radians."""
    return Cos()(x)


def tanh(x: Any) -> Variable:
    """Hyperbolic tangent."""
    return Tanh()(x)


def exp(x: Any) -> Variable:
    """e to the power of x."""
    return Exp()(x)


def log(x: Any) -> Variable:
    """Natural logarithm."""
    return Log()(x)


def sqrt(x: Any) -> Variable:
    """Square root."""
    return x**0.5 if isinstance(x, Variable) else Variable(np.asarray(x)) ** 0.5


def clip(x: Any, x_min: Any, x_max: Any) -> Variable:
    """x with everything below x_min set to x_min and everything above x_max set to x_max.

    Bounds are numbers, arrays, or None for no bound, and get no gradient. Raises TypeError for bounds that are variables,
    ValueError where x_min is above x_max.

    >>> clip(Variable(np.array([-2.0, 0.5, 3.0])), 0, 1)
    variable([0.  0.5 1. ])
    """
    x = x if isinstance(x, Variable) else as_constant(x)
    low, high = _bound(x_min, x.data.dtype), _bound(x_max, x.data.dtype)
    if low is not None and high is not None and cuda.get_array_module(x.data).any(low > high):
        raise ValueError(f"x_min must not be above x_max, but they are {low} and {high}")
    return Clip(low, high)(x)


def _bound(bound: Any, dtype: Any) -> Any:
    """A bound that leaves the dtype of floats as it is."""
    if isinstance(bound, Variable):
        raise TypeError("the bounds of clip get no gradient; use F.maximum and F.minimum for bounds that do")
    if isinstance(bound, np.generic):
        return bound.item()
    return bound.astype(dtype) if cuda.is_array(bound) and dtype.kind == "f" else bound


def maximum(x0: Any, x1: Any) -> Variable:
    """The larger of two, element by element, with broadcasting. Equal elements share the gradient."""
    return Maximum()(*operands(x0, x1))


def minimum(x0: Any, x1: Any) -> Variable:
    """The smaller of two, element by element, with broadcasting. Equal elements share the gradient."""
    return Minimum()(*operands(x0, x1))


def where(condition: Any, x0: Any, x1: Any) -> Variable:
    """x0 where the condition (an array of bool) holds, otherwise x1; with broadcasting.

    >>> where(np.array([True, False]), Variable(np.array([1.0, 2.0])), 0)
    variable([1. 0.])
    """
    condition = condition.data if isinstance(condition, Variable) else condition
    pair = operands(x0, x1)
    xp = cuda.get_array_module(pair[0].data)
    condition = xp.asarray(condition, dtype=bool)
    shapes = [condition.shape, *[x.shape for x in pair]]
    try:
        np.broadcast_shapes(*shapes)
    except ValueError:
        raise ValueError(
            f"where was given a condition of shape {shapes[0]} and choices of the shapes {shapes[1]} and {shapes[2]}, "
            "which do not go together: compared from the right, each axis must agree or have length 1"
        ) from None
    return Where(condition)(*pair)
