"""Activation functions: sigmoid, relu and relatives, softmax. Shapes and float dtypes are kept."""

from __future__ import annotations

from typing import Any

from .. import cuda
from ..arity import Unary
from ..core import Function, Variable, as_variable
from .elementwise import exp, floats, tanh, times, where
from .reduction import sum

SQRT_2_OVER_PI = 0.7978845608028654


class Sigmoid(Unary):
    """1 / (1 + e^−x), as (tanh(x/2) + 1)/2, which does not overflow. Its slope y(1 − y) uses the output."""

    __slots__ = ("y",)

    def forward(self, x: Any) -> Any:
        self.y = _sigmoid(x)
        return self.y

    def backward(self, gy: Any) -> Any:
        y = self.outputs[0]()
        y = sigmoid(self.inputs[0]) if y is None else y
        return gy * y * (1 - y)

    def vjp(self, gy: Any) -> Any:
        return times(times(1 - self.y, self.y), gy)


class ReLU(Unary):
    """max(x, 0); the slope at 0 is 0, and a gradient that is not a number passes through where x is not a number."""

    __slots__ = ()

    def forward(self, x: Any) -> Any:
        return cuda.get_array_module(x).maximum(x, 0)

    def backward(self, gy: Any) -> Any:
        x = self.inputs[0].data
        return gy * ~(x <= 0)

    def vjp(self, gy: Any) -> Any:
        x = self.inputs[0].data
        return times((~(x <= 0)).astype(gy.dtype), gy)


class LeakyReLU(Unary):
    """x for positive x, slope · x below; the slope at 0 is `slope`."""

    __slots__ = ("slope",)

    def __init__(self, slope: float) -> None:
        self.slope = float(slope)

    def forward(self, x: Any) -> Any:
        xp = cuda.get_array_module(x)
        if 0 < self.slope <= 1:
            return xp.maximum(x, x * self.slope)  # five times as fast as a choice between two
        return xp.where(x <= 0, x * self.slope, x)

    def factor(self, dtype: Any) -> Any:
        below = self.inputs[0].data <= 0
        return below.astype(dtype) * self.slope + ~below

    def backward(self, gy: Any) -> Any:
        return gy * self.factor(gy.dtype)

    def vjp(self, gy: Any) -> Any:
        return times(self.factor(gy.dtype), gy)


class ELU(Unary):
    """x for positive x, alpha · (e^x − 1) elsewhere; the slope at 0 is alpha."""

    __slots__ = ("alpha",)

    def __init__(self, alpha: float) -> None:
        self.alpha = float(alpha)

    def forward(self, x: Any) -> Any:
        xp = cuda.get_array_module(x)
        return xp.where(x > 0, x, xp.expm1(xp.minimum(x, 0)) * self.alpha)

    def backward(self, gy: Any) -> Any:
        (x,) = self.inputs
        curved = ~(x.data > 0)
        return gy * where(curved, exp(where(curved, x, 0)) * self.alpha, 1)

    def vjp(self, gy: Any) -> Any:
        x = self.inputs[0].data
        xp = cuda.get_array_module(x)
        return times(xp.where(x > 0, 1, xp.exp(xp.minimum(x, 0)) * self.alpha), gy)


class Softmax(Function):
    """Positive numbers that sum to 1 along an axis."""

    __slots__ = ("axis", "y")

    def __init__(self, axis: Any = 1) -> None:
        self.axis = axis

    def forward(self, x: Any) -> Any:
        xp = cuda.get_array_module(x)
        y = xp.exp(x - x.max(axis=self.axis, keepdims=True))
        y /= y.sum(axis=self.axis, keepdims=True)
        self.y = y
        return y

    def backward(self, gy: Any) -> Any:
        y = self.outputs[0]()
        y = softmax(self.inputs[0], self.axis) if y is None else y
        gx = y * gy
        return gx - y * sum(gx, self.axis, True)

    def vjp(self, gy: Any) -> Any:
        gx = self.y * gy
        gx -= self.y * gx.sum(axis=self.axis, keepdims=True)
        return gx


class LogSoftmax(Function):
    """log(softmax(x)) without overflow and without the log of a rounded 0."""

    __slots__ = ("axis", "y")

    def __init__(self, axis: Any = 1) -> None:
        self.axis = axis

    def forward(self, x: Any) -> Any:
        xp = cuda.get_array_module(x)
        shifted = x - x.max(axis=self.axis, keepdims=True)
        self.y = shifted - xp.log(xp.exp(shifted).sum(axis=self.axis, keepdims=True))
        return self.y

    def backward(self, gy: Any) -> Any:
        y = self.outputs[0]()
        y = log_softmax(self.inputs[0], self.axis) if y is None else y
        return gy - exp(y) * sum(gy, self.axis, True)

    def vjp(self, gy: Any) -> Any:
        return gy - cuda.get_array_module(gy).exp(self.y) * gy.sum(axis=self.axis, keepdims=True)


def _sigmoid(x: Any) -> Any:
    y = cuda.get_array_module(x).tanh(x * 0.5)
    y *= 0.5
    y += 0.5
    return y


def _check_axis(x: Variable, axis: Any) -> None:
    ndim = x.data.ndim
    if isinstance(axis, int) and not -ndim <= axis < ndim:
        hint = f"; give axis={ndim - 1}" if ndim else ""
        raise ValueError(f"axis {axis} does not exist for shape {x.shape}{hint}")


def sigmoid(x: Any) -> Variable:
    """1 / (1 + e^−x), between 0 and 1, without overflow.

    >>> import numpy as np
    >>> sigmoid(np.array([0.0, 1000.0]))
    variable([0.5 1. ])
    """
    return Sigmoid()(x)


def sigmoid_simple(x: Any) -> Variable:
    """The formula as it is written, from small functions."""
    return 1 / (1 + exp(-as_variable(x)))


def relu(x: Any) -> Variable:
    """max(x, 0)."""
    return ReLU()(x)


def leaky_relu(x: Any, slope: float = 0.2) -> Variable:
    """x where it is positive, slope · x elsewhere."""
    return LeakyReLU(slope)(x)


def softmax(x: Any, axis: int = 1) -> Variable:
    """e^x divided by its sum along the axis."""
    x = floats(x)
    _check_axis(x, axis)
    return Softmax(axis)(x)


def softmax_simple(x: Any, axis: int = 1) -> Variable:
    """The same from small functions. Source: book, step 47."""
    x = floats(x)
    _check_axis(x, axis)
    y = exp(x - x.data.max(axis=axis, keepdims=True))
    return y / sum(y, axis, True)


def log_softmax(x: Any, axis: int = 1) -> Variable:
    """The logarithm of softmax."""
    x = floats(x)
    _check_axis(x, axis)
    return LogSoftmax(axis)(x)


def softplus(x: Any) -> Variable:
    """log(1 + e^x), without overflow."""
    return Softplus()(x)


def silu(x: Any) -> Variable:
    """x · sigmoid(x). Source: Elfwing, Uchibe and Doya 2018."""
    x = as_variable(x)
    return x * sigmoid(x)


def gelu(x: Any) -> Variable:
    """x times the normal distribution function, in its tanh form. Source: Hendrycks and Gimpel 2016."""
    x = as_variable(x)
    return 0.5 * x * (1 + tanh(SQRT_2_OVER_PI * (x + 0.044715 * x**3)))


def elu(x: Any, alpha: float = 1.0) -> Variable:
    """x where it is positive, alpha · (e^x − 1) elsewhere. Source: Clevert, Unterthiner and Hochreiter 2016."""
    return ELU(alpha)(floats(x))


class Softplus(Unary):
    """log(1 + e^x); its slope is the sigmoid."""

    __slots__ = ()

    def forward(self, x: Any) -> Any:
        return cuda.get_array_module(x).logaddexp(x, x.dtype.type(0) if x.dtype.kind == "f" else 0.0)

    def backward(self, gy: Any) -> Any:
        return gy * sigmoid(self.inputs[0])

    def vjp(self, gy: Any) -> Any:
        x = self.inputs[0].data
        return times(_sigmoid(x), gy)
