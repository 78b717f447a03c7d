"""The arithmetic of variables: + - * / ** and what Python's operators need to find them.

A number beside a variable takes the variable's dtype: `x + 1.0` of a float32 variable stays float32. Operands of
different shapes broadcast, and each gradient is summed back to the shape of its operand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from . import cuda
from .arity import Binary, Unary
from .core import Variable, as_constant
from .utils import sum_of_product_to
from .utils import sum_to as sum_array_to


def as_operand(obj: Any, beside: Any) -> Variable:
    """`obj` as a Variable fit to stand beside `beside`; numbers take its dtype and its device.

    >>> as_operand(2, beside=Variable(np.zeros(3, np.float32))).dtype
    dtype('float32')
    """
    if isinstance(obj, Variable):
        return obj
    data = beside.data if isinstance(beside, Variable) else beside
    if (type(obj) is int or type(obj) is float) and type(data) is np.ndarray and data.dtype.kind == "f":
        return as_constant(np.array(obj, data.dtype))  # what nearly all are
    if isinstance(obj, (bool, int, float, complex, np.generic)) and not cuda.is_array(obj):
        if cuda.is_array(data):
            number = obj.item() if isinstance(obj, np.generic) else obj
            xp = cuda.get_array_module(data)
            obj = xp.asarray(number, dtype=np.result_type(data.dtype, number))
    elif not cuda.is_array(obj):
        obj = np.asarray(obj)
        if obj.dtype.kind not in "biufc":
            raise TypeError(f"an operand must be a number, an array or a Variable, not {obj.dtype} data")
    return as_constant(obj)


def operands(x0: Any, x1: Any) -> tuple[Variable, Variable]:
    """Both as variables, each fit to stand beside the other; see `as_operand`."""
    if isinstance(x0, Variable):
        return x0, x1 if isinstance(x1, Variable) else as_operand(x1, x0)
    return as_operand(x0, x1), as_operand(x1, x0)


def back_to(gx: Any, x: Variable) -> Any:
    """The gradient summed to the shape of x, as an array or as a Variable."""
    if x.data is None or gx.shape == x.data.shape:  # data may have been released: `linear_simple` does
        return gx
    shape = x.data.shape
    if isinstance(gx, Variable):
        from .functions.shape import sum_to

        return sum_to(gx, shape)
    return sum_array_to(gx, shape)


class Add(Binary):
    __slots__ = ()

    def forward(self, x0: Any, x1: Any) -> Any:
        return x0 + x1

    def backward(self, gy: Any) -> Any:
        x0, x1 = self.inputs
        if x0.data is not None and x0.data.shape == x1.data.shape:
            return gy, gy  # nothing was stretched
        gx0 = back_to(gy, x0) if x0.requires_grad else None
        return gx0, back_to(gy, x1) if x1.requires_grad else None

    vjp = backward


class Sub(Binary):
    __slots__ = ()

    def forward(self, x0: Any, x1: Any) -> Any:
        return x0 - x1

    def backward(self, gy: Any) -> Any:
        x0, x1 = self.inputs
        gx0 = back_to(gy, x0) if x0.requires_grad else None
        return gx0, back_to(-gy, x1) if x1.requires_grad else None

    vjp = backward


class Mul(Binary):
    __slots__ = ()

    def forward(self, x0: Any, x1: Any) -> Any:
        return x0 * x1

    def backward(self, gy: Any) -> Any:
        x0, x1 = self.inputs
        gx0 = gy * x1 if x0.requires_grad else None
        gx1 = gy * x0 if x1.requires_grad else None
        if x0.data.shape == x1.data.shape:
            return gx0, gx1
        return gx0 if gx0 is None else back_to(gx0, x0), gx1 if gx1 is None else back_to(gx1, x1)

    def vjp(self, gy: Any) -> Any:
        x0, x1 = self.inputs
        data0, data1 = x0.data, x1.data
        if gy.ndim == 0:
            data0, data1 = data0[()], data1[()]  # numbers, which NumPy multiplies faster than arrays
        if data0.shape == data1.shape:
            return gy * data1 if x0.requires_grad else None, gy * data0 if x1.requires_grad else None
        gx0 = sum_of_product_to(gy, data1, data0.shape) if x0.requires_grad else None
        return gx0, sum_of_product_to(gy, data0, data1.shape) if x1.requires_grad else None


class Div(Binary):
    __slots__ = ()

    def forward(self, x0: Any, x1: Any) -> Any:
        return x0 / x1

    def backward(self, gy: Any) -> Any:
        x0, x1 = self.inputs
        gx0 = gy / x1
        gx1 = back_to(-gx0 * (x0 / x1), x1) if x1.requires_grad else None
        return back_to(gx0, x0), gx1

    def vjp(self, gy: Any) -> Any:
        x0, x1 = self.inputs
        data0, data1 = x0.data, x1.data
        if gy.ndim == 0:
            data0, data1 = data0[()], data1[()]
        gx0 = gy / data1
        gx1 = back_to(-gx0 * (data0 / data1), x1) if x1.requires_grad else None
        return back_to(gx0, x0), gx1


class Neg(Unary):
    __slots__ = ()

    def forward(self, x: Any) -> Any:
        return -x

    def backward(self, gy: Any) -> Any:
        return -gy

    vjp = backward


class Pow(Unary):
    """x ** c for a number c, which is no variable of the graph."""

    __slots__ = ("c",)

    def __init__(self, c: float) -> None:
        self.c = c

    def forward(self, x: Any) -> Any:
        if x.dtype.kind in "iu" and self.c < 0:
            x = x.astype(np.float64)  # NumPy refuses whole numbers to negative whole powers
        return x * x if self.c == 2 else x**self.c

    def backward(self, gy: Any) -> Any:
        (x,) = self.inputs
        if self.c == 0:
            return gy * 0.0
        if self.c == 1:
            return gy
        return gy * (self.c * x ** (self.c - 1))

    def vjp(self, gy: Any) -> Any:
        x, c = self.inputs[0].data, self.c
        if gy.ndim == 0:
            x = x[()]
        if c == 0:
            return gy * 0.0
        if c == 1:
            return gy
        if c == 2:
            return gy * (2 * x)
        return gy * (c * (x.astype(gy.dtype) if x.dtype.kind in "iu" else x) ** (c - 1))


class PowVariable(Binary):
    """x0 ** x1 where the exponent is a variable too: gradients x1·x0^(x1−1) and x0^x1·log(x0)."""

    __slots__ = ()

    def forward(self, x0: Any, x1: Any) -> Any:
        return x0**x1

    def backward(self, gy: Any) -> Any:
        from .functions.elementwise import log, where

        x0, x1 = self.inputs
        gx0 = None
        if x0.requires_grad:
            # 0 ** 0 has the slope 0, but 0 · 0 ** −1 is not a number
            flat = (x0.data == 0) & (x1.data == 0)
            less = where(flat, 0, x1 - 1) if flat.any() else x1 - 1
            gx0 = back_to(gy * x1 * power(x0, less), x0)
        gx1 = back_to(gy * power(x0, x1) * log(x0), x1) if x1.requires_grad else None
        return gx0, gx1


class Abs(Unary):
    """|x|; the slope at 0 is taken as 0."""

    __slots__ = ()

    def forward(self, x: Any) -> Any:
        return abs(x)

    def backward(self, gy: Any) -> Any:
        x = self.inputs[0].data
        return gy * cuda.get_array_module(x).sign(x)

    vjp = backward


def add(x0: Any, x1: Any) -> Variable:
    """x0 + x1, with broadcasting. Operands: variables, arrays or numbers; the result has the broadcast shape.

    >>> add(Variable(np.array([1.0, 2.0])), 3)
    variable([4. 5.])
    """
    if not (isinstance(x0, Variable) and isinstance(x1, Variable)):
        x0, x1 = operands(x0, x1)
    return Add()(x0, x1)


def sub(x0: Any, x1: Any) -> Variable:
    """x0 - x1, with broadcasting."""
    if not (isinstance(x0, Variable) and isinstance(x1, Variable)):
        x0, x1 = operands(x0, x1)
    return Sub()(x0, x1)


def rsub(x0: Any, x1: Any) -> Variable:
    """x1 - x0: what Python asks the right operand for."""
    return sub(x1, x0)


def mul(x0: Any, x1: Any) -> Variable:
    """x0 * x1 element by element, with broadcasting."""
    if not (isinstance(x0, Variable) and isinstance(x1, Variable)):
        x0, x1 = operands(x0, x1)
    return Mul()(x0, x1)


def div(x0: Any, x1: Any) -> Variable:
    """x0 / x1, with broadcasting."""
    if not (isinstance(x0, Variable) and isinstance(x1, Variable)):
        x0, x1 = operands(x0, x1)
    return Div()(x0, x1)


def rdiv(x0: Any, x1: Any) -> Variable:
    """x1 / x0: what Python asks the right operand for."""
    return div(x1, x0)


def neg(x: Any) -> Variable:
    """-x."""
    return Neg()(x)


def pow(x: Any, c: Any) -> Variable:
    """x ** c. A number c is a constant of the function; a Variable c gets a gradient too.

    >>> pow(Variable(np.array(3.0)), 2)
    variable(9.0)
    """
    if type(c) is int or type(c) is float:
        return Pow(c)(x)
    if isinstance(c, (Variable, list, tuple)) or cuda.is_array(c):
        return power(x, c)
    return Pow(c.item() if isinstance(c, np.generic) else c)(x)


def power(x0: Any, x1: Any) -> Variable:
    """x0 ** x1 with both as variables; x0 must be positive where the exponent gets a gradient."""
    return PowVariable()(*operands(x0, x1))


def absolute(x: Any) -> Variable:
    """|x| element by element."""
    return Abs()(x)


def _comparison(name: str) -> Callable[[Variable, Any], Any]:
    def compare(self: Variable, other: Any) -> Any:
        return getattr(self.data, name)(other.data if isinstance(other, Variable) else other)

    compare.__name__ = name
    return compare


def _iterate(x: Variable) -> Any:
    if x.ndim == 0:
        raise TypeError("a variable without axes has nothing to iterate over; use x.item() for its number")
    return (x[i] for i in range(len(x)))


def _set_item(x: Variable, index: Any, value: Any) -> None:
    if x.creator is not None:
        raise RuntimeError(
            "only a leaf may be changed in place; this variable is the result of "
            f"{type(x.creator).__name__}, and its graph needs the old values. Make a new variable instead"
        )
    x.data[index.data if isinstance(index, Variable) else index] = (
        value.data if isinstance(value, Variable) else value
    )


def attach(cls: type[Variable], counterparts: dict[str, Callable[..., Any]]) -> None:
    """Give Variable its operators and methods, and NumPy the names of our functions."""
    from . import functions as F

    methods: dict[str, Any] = {
        "__add__": add,
        "__radd__": add,
        "__sub__": sub,
        "__rsub__": rsub,
        "__mul__": mul,
        "__rmul__": mul,
        "__truediv__": div,
        "__rtruediv__": rdiv,
        "__neg__": neg,
        "__pos__": lambda x: x,
        "__abs__": absolute,
        "__pow__": pow,
        "__rpow__": lambda x, base: power(base, x),
        "__matmul__": F.matmul,
        "__rmatmul__": lambda x, other: F.matmul(other, x),
        "__getitem__": F.get_item,
        "__setitem__": _set_item,
        "__iter__": _iterate,
        "T": property(lambda x: F.transpose(x)),
        "reshape": lambda x, *shape: F.reshape(
            x, shape[0] if len(shape) == 1 and not isinstance(shape[0], int) else shape
        ),
        "transpose": lambda x, *axes: F.transpose(
            x, None if not axes else axes[0] if len(axes) == 1 and not isinstance(axes[0], int) else axes
        ),
        "flatten": F.flatten,
        "sum": F.sum,
        "mean": F.mean,
        "max": F.max,
        "min": F.min,
        "dot": F.matmul,
        "matmul": F.matmul,
    }
    for name in ("__lt__", "__le__", "__gt__", "__ge__"):
        methods[name] = _comparison(name)
    for name, method in methods.items():
        setattr(cls, name, method)
    counterparts.update(
        add=add,
        subtract=sub,
        multiply=mul,
        divide=div,
        negative=neg,
        power=pow,
        absolute=absolute,
        matmul=F.matmul,
        exp=F.exp,
        log=F.log,
        sin=F.sin,
        cos=F.cos,
        tanh=F.tanh,
        sqrt=F.sqrt,
        maximum=F.maximum,
        minimum=F.minimum,
    )
