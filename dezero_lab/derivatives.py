"""Derivatives as functions: `grad(f)`, `hessian`, `hvp` by running backward again, `taylor` by carrying a whole series.

>>> import numpy as np
>>> from dezero_lab import functions as F
>>> grad(lambda x: x**3)(np.array(2.0))
variable(12.0)
>>> taylor(F.tanh, 0.0, 3).round(6)   # tanh and its first three derivatives at 0
array([ 0.,  1.,  0., -2.])
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from . import functions as F
from .config import using_config
from .core import Variable, as_variable
from .sweep import functions_behind

Scalar = Callable[..., Variable]


def _leaf(x: Any) -> Variable:
    data = np.asarray(as_variable(x).data)
    return Variable(data if data.dtype.kind in "fc" else data.astype(np.float64))


def _scalar_output(y: Variable) -> Variable:
    if y.size != 1:
        raise ValueError(
            f"f must return one number as a Variable, but it returned {y.shape}; reduce it, for example with sum"
        )
    return y


@contextlib.contextmanager
def _watched(f: Scalar, inputs: Sequence[Any]) -> Iterator[Variable]:
    """The output of f, recorded also under `no_grad`; the gradients that its variables hold come back at the end."""
    with using_config("enable_backprop", True):
        y = f(*inputs)
        if not isinstance(y, Variable):
            raise ValueError(f"f must return one number as a Variable, but it returned {type(y).__name__}")
        kept = [
            (x, x._grad) for x in {id(x): x for func in functions_behind(y) for x in func.inputs}.values()
        ]
        kept.append((y, y._grad))
        try:
            for x, _ in kept:
                x._grad = None
            yield y
        finally:
            for x, gx in kept:
                x._grad = gx


def _gradients(y: Variable, variables: Sequence[Variable]) -> list[Variable]:
    """The gradients of y in the variables, with a graph of their own."""
    _scalar_output(y).backward(create_graph=True)
    found = [Variable(np.zeros_like(x.data)) if x.grad is None else x.grad for x in variables]
    for x in variables:
        x.cleargrad()
    return found


def grad(f: Scalar, argnum: int = 0) -> Callable[..., Variable]:
    """The gradient of f in argument number `argnum`, as a function that can be differentiated again.

    f takes variables and returns one number. A variable that is given is used as it is, so gradients of gradients work;
    its `grad` is restored afterwards.

    >>> second = grad(grad(lambda x: x**3))
    >>> second(np.array(2.0))
    variable(12.0)
    """

    def gradient(*xs: Any) -> Variable:
        inputs = [x if isinstance(x, Variable) else _leaf(x) for x in xs]
        x = inputs[argnum]
        with using_config("enable_backprop", True):
            here = Identity()(x)  # a node of its own: what x itself collects stays apart
        inputs[argnum] = here
        with _watched(f, inputs) as y:
            _scalar_output(y).backward(retain_grad=True, create_graph=True)
            found = here.grad
        return Variable(np.zeros_like(x.data)) if found is None else found

    return gradient


class Identity(F.Reshape):
    """x itself under another name in the graph."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(())

    def forward(self, x: Any) -> Any:
        return x


def hessian(f: Scalar, xs: Sequence[Any]) -> np.ndarray:
    """All second derivatives of f at the point xs: an array (n, n) for n numbers in all arguments together.

    >>> hessian(lambda x, y: x**2 * y, [2.0, 3.0])
    array([[6., 4.],
           [4., 0.]])
    """
    variables = [_leaf(x) for x in xs]
    with _watched(f, variables) as y:
        gradient = F.concatenate([gx.reshape((-1,)) for gx in _gradients(y, variables)])
        rows = []
        for i in range(gradient.size):
            for x in variables:
                x.cleargrad()
            gradient[i].backward()
            rows.append(np.concatenate([_array_of_gradient(x).ravel() for x in variables]))
    return np.array(rows)


def _array_of_gradient(x: Variable) -> np.ndarray:
    return np.zeros_like(x.data) if x.grad is None else x.grad.data


def hvp(f: Scalar, xs: Sequence[Any], v: Sequence[Any]) -> list[np.ndarray]:
    """The Hessian of f at xs times the direction v, without the Hessian: one array for each argument.

    >>> hvp(lambda x, y: x**2 * y, [2.0, 3.0], [1.0, 0.0])
    [array(6.), array(4.)]
    """
    variables, directions = [_leaf(x) for x in xs], [np.asarray(d) for d in v]
    if [x.shape for x in variables] != [d.shape for d in directions]:
        raise ValueError(
            f"hvp needs a direction of the shape of each argument, {[x.shape for x in variables]}, but the directions "
            f"have {[d.shape for d in directions]}"
        )
    with _watched(f, variables) as y:
        pairs = zip(_gradients(y, variables), directions, strict=True)
        product = sum((F.sum(gx * d) for gx, d in pairs), start=Variable(np.zeros(())))
        product.backward()
        return [_array_of_gradient(x) for x in variables]


def nth(f: Scalar, x: Any, n: int) -> Variable:
    """The n-th derivative of f at x by n sweeps, element by element: what chapters 33 to 35 do in a loop."""
    if n < 0:
        raise ValueError(f"n must be at least 0, but it is {n}")
    x = _leaf(x)
    with _watched(f, [x]) as y:
        for _ in range(n):
            x.cleargrad()
            y.backward(create_graph=True)
            if x.grad is None:
                return Variable(np.zeros_like(x.data))
            y = x.grad
    return y


class Series:
    """A Taylor polynomial carried through a computation: coefficients c[k] of t^k. Source: Griewank and Walther 2008.

    All derivatives up to order n come out of one forward run, in time n² instead of a graph that grows with each order.
    """

    def __init__(self, c: np.ndarray) -> None:
        self.c = c

    def __len__(self) -> int:
        return len(self.c)

    def __add__(self, other: Any) -> Series:
        return Series(self.c + self._beside(other).c)

    __radd__ = __add__

    def __neg__(self) -> Series:
        return Series(-self.c)

    def __sub__(self, other: Any) -> Series:
        return self + -self._beside(other)

    def __rsub__(self, other: Any) -> Series:
        return self._beside(other) + -self

    def __mul__(self, other: Any) -> Series:
        a, b = self.c, self._beside(other).c
        return Series(np.array([sum(a[j] * b[k - j] for j in range(k + 1)) for k in range(len(a))]))

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Series:
        a, b = self.c, self._beside(other).c
        y = np.zeros_like(a)
        for k in range(len(a)):
            y[k] = (a[k] - sum(y[j] * b[k - j] for j in range(k))) / b[0]
        return Series(y)

    def __rtruediv__(self, other: Any) -> Series:
        return self._beside(other) / self

    def __pow__(self, p: float) -> Series:
        if float(p).is_integer() and p >= 0:
            y, base, p = self._beside(1.0), self, int(p)
            while p:
                if p & 1:
                    y = y * base
                base, p = base * base, p >> 1
            return y
        return (self.log() * p).exp()

    def _beside(self, other: Any) -> Series:
        if isinstance(other, Series):
            return other
        c = np.zeros_like(self.c)
        c[0] = np.asarray(other, dtype=self.c.dtype)
        return Series(c)

    def exp(self) -> Series:
        y = np.zeros_like(self.c)
        y[0] = np.exp(self.c[0])
        for k in range(1, len(y)):
            y[k] = sum(j * self.c[j] * y[k - j] for j in range(1, k + 1)) / k
        return Series(y)

    def log(self) -> Series:
        y = np.zeros_like(self.c)
        y[0] = np.log(self.c[0])
        for k in range(1, len(y)):
            y[k] = (self.c[k] - sum(j * y[j] * self.c[k - j] for j in range(1, k)) / k) / self.c[0]
        return Series(y)

    def sin_cos(self) -> tuple[Series, Series]:
        s, c = np.zeros_like(self.c), np.zeros_like(self.c)
        s[0], c[0] = np.sin(self.c[0]), np.cos(self.c[0])
        for k in range(1, len(s)):
            s[k] = sum(j * self.c[j] * c[k - j] for j in range(1, k + 1)) / k
            c[k] = -sum(j * self.c[j] * s[k - j] for j in range(1, k + 1)) / k
        return Series(s), Series(c)

    def tanh(self) -> Series:
        y = np.zeros_like(self.c)
        y[0] = np.tanh(self.c[0])
        slope = np.zeros_like(self.c)  # 1 − y², one order behind y
        slope[0] = 1 - y[0] ** 2
        for k in range(1, len(y)):
            y[k] = sum(j * self.c[j] * slope[k - j] for j in range(1, k + 1)) / k
            slope[k] = -sum(y[j] * y[k - j] for j in range(k + 1))
        return Series(y)


_SERIES: dict[Any, Callable[[Series], Series]] = {
    F.exp: Series.exp,
    F.log: Series.log,
    F.sin: lambda x: x.sin_cos()[0],
    F.cos: lambda x: x.sin_cos()[1],
    F.tanh: Series.tanh,
    F.sqrt: lambda x: x**0.5,
}


def taylor(f: Callable[[Any], Any], x: Any, n: int) -> np.ndarray:
    """f and its derivatives 1 to n at x: an array (n + 1,) + the shape of x, all from one run.

    f: one of exp, log, sin, cos, tanh, sqrt of `functions`, or a plain function of + - * / ** and the methods of
    `Series`. The time grows with n²; the graphs of n sweeps grow much faster.

    >>> taylor(lambda x: x**3, 2.0, 3)
    array([ 8., 12., 12.,  6.])
    """
    x = np.asarray(as_variable(x).data, dtype=np.float64)
    c = np.zeros((n + 1, *x.shape))
    c[0] = x
    if n:
        c[1] = 1.0
    y = _SERIES.get(f, f)(Series(c))
    if not isinstance(y, Series):
        raise TypeError(
            f"f must work on a Series: + - * / ** and its methods exp, log, tanh, sin_cos; it returned {type(y).__name__}"
        )
    factorials = np.array([math.factorial(k) for k in range(n + 1)], dtype=np.float64)
    return y.c * factorials.reshape(-1, *[1] * x.ndim)
