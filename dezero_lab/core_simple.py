"""The engine as it stands between chapters 23 and 31: gradients are plain arrays, and there is no broadcasting.

    >>> x = Variable(np.array(3.0))
    >>> y = x * x + 2.0
    >>> y.backward()
    >>> float(x.grad)
    6.0

The finished engine is `core`. Both have the same words: data, grad, creator, generation, forward, backward.
"""

from __future__ import annotations

import heapq
import itertools
import weakref
from typing import TYPE_CHECKING, Any

import numpy as np

from .config import Config, no_grad, using_config

__all__ = [
    "Add",
    "Config",
    "Div",
    "Function",
    "Mul",
    "Neg",
    "Pow",
    "Sub",
    "Variable",
    "add",
    "as_array",
    "as_variable",
    "div",
    "mul",
    "neg",
    "no_grad",
    "pow",
    "rdiv",
    "rsub",
    "setup_variable",
    "sub",
    "using_config",
]


class Variable:
    """A box for an array, with its gradient (an array or None) and its creator."""

    __array_priority__ = 200

    def __init__(self, data: Any, name: str | None = None) -> None:
        if data is not None and not isinstance(data, np.ndarray):
            raise TypeError(
                f"a Variable holds an array, but {type(data)} is not supported; write np.array({data!r})"
            )
        self.data: Any = data
        self.name = name
        self.grad: Any = None
        self.creator: Function | None = None
        self.generation = 0

    @property
    def shape(self) -> tuple[int, ...]:
        return self.data.shape

    @property
    def ndim(self) -> int:
        return self.data.ndim

    @property
    def size(self) -> int:
        return self.data.size

    @property
    def dtype(self) -> Any:
        return self.data.dtype

    def __len__(self) -> int:
        return len(self.data)

    def __repr__(self) -> str:
        if self.data is None:
            return "variable(None)"
        return "variable(" + str(self.data).replace("\n", "\n" + " " * 9) + ")"

    def set_creator(self, func: Function) -> None:
        self.creator = func
        self.generation = func.generation + 1

    def cleargrad(self) -> None:
        self.grad = None

    def backward(self, retain_grad: bool = False) -> None:
        """Send gradients to everything this variable was computed from, highest generation first."""
        if self.grad is None:
            self.grad = np.ones_like(self.data)
        if self.creator is None:
            return
        ticket = (
            itertools.count()
        )  # two functions of one generation are taken in the order in which they came
        waiting = [(-self.creator.generation, next(ticket), self.creator)]
        seen = {self.creator}
        while waiting:
            _, _, func = heapq.heappop(waiting)
            outputs = [ref() for ref in func.outputs]
            gys = [np.zeros(()) if y is None or y.grad is None else y.grad for y in outputs]
            gxs = func.backward(*gys)
            if not isinstance(gxs, tuple):
                gxs = (gxs,)
            for x, gx in zip(func.inputs, gxs, strict=True):
                x.grad = (
                    np.array(gx) if x.grad is None else x.grad + gx
                )  # a copy: Add gives one array to both
                if x.creator is not None and x.creator not in seen:
                    seen.add(x.creator)
                    heapq.heappush(waiting, (-x.creator.generation, next(ticket), x.creator))
            if not retain_grad:
                for y in outputs:
                    if y is not None:
                        y.grad = None


class Function:
    """One operation on arrays: `forward(*xs)` and `backward(*gys)`."""

    def __call__(self, *inputs: Any) -> Any:
        inputs = tuple(as_variable(x) for x in inputs)
        ys = self.forward(*[x.data for x in inputs])
        if not isinstance(ys, tuple):
            ys = (ys,)
        outputs = [Variable(as_array(y)) for y in ys]
        if Config.enable_backprop:
            self.generation = max(x.generation for x in inputs)
            for y in outputs:
                y.set_creator(self)
            self.inputs = inputs
            self.outputs = [weakref.ref(y) for y in outputs]
        return outputs if len(outputs) > 1 else outputs[0]

    if TYPE_CHECKING:  # each subclass names its own arguments
        forward: Any
        backward: Any
    else:

        def forward(self, *xs):
            raise NotImplementedError(f"{type(self).__name__} has no forward(self, *arrays)")

        def backward(self, *gys):
            raise NotImplementedError(f"{type(self).__name__} has no backward(self, *gradients)")


def as_array(x: Any) -> np.ndarray:
    return x if isinstance(x, np.ndarray) else np.asarray(x)


def as_variable(obj: Any) -> Variable:
    return obj if isinstance(obj, Variable) else Variable(as_array(obj))


class Add(Function):
    def forward(self, x0: Any, x1: Any) -> Any:
        return x0 + x1

    def backward(self, gy: Any) -> Any:
        return gy, gy


class Mul(Function):
    def forward(self, x0: Any, x1: Any) -> Any:
        return x0 * x1

    def backward(self, gy: Any) -> Any:
        x0, x1 = self.inputs[0].data, self.inputs[1].data
        return gy * x1, gy * x0


class Neg(Function):
    def forward(self, x: Any) -> Any:
        return -x

    def backward(self, gy: Any) -> Any:
        return -gy


class Sub(Function):
    def forward(self, x0: Any, x1: Any) -> Any:
        return x0 - x1

    def backward(self, gy: Any) -> Any:
        return gy, -gy


class Div(Function):
    def forward(self, x0: Any, x1: Any) -> Any:
        return x0 / x1

    def backward(self, gy: Any) -> Any:
        x0, x1 = self.inputs[0].data, self.inputs[1].data
        return gy / x1, -gy * x0 / x1**2


class Pow(Function):
    def __init__(self, c: float) -> None:
        self.c = c

    def forward(self, x: Any) -> Any:
        return x**self.c

    def backward(self, gy: Any) -> Any:
        x, c = self.inputs[0].data, self.c
        return gy * c * x ** (c - 1) if c else gy * 0.0


def add(x0: Any, x1: Any) -> Variable:
    return Add()(x0, x1)


def mul(x0: Any, x1: Any) -> Variable:
    return Mul()(x0, x1)


def neg(x: Any) -> Variable:
    return Neg()(x)


def sub(x0: Any, x1: Any) -> Variable:
    return Sub()(x0, x1)


def rsub(x0: Any, x1: Any) -> Variable:
    return Sub()(x1, x0)


def div(x0: Any, x1: Any) -> Variable:
    return Div()(x0, x1)


def rdiv(x0: Any, x1: Any) -> Variable:
    return Div()(x1, x0)


def pow(x: Any, c: float) -> Variable:
    return Pow(c)(x)


def setup_variable() -> None:
    """Attach the operators to Variable."""
    operators = {
        "__add__": add,
        "__radd__": add,
        "__mul__": mul,
        "__rmul__": mul,
        "__neg__": neg,
        "__sub__": sub,
        "__rsub__": rsub,
        "__truediv__": div,
        "__rtruediv__": rdiv,
        "__pow__": pow,
    }
    for name, operator in operators.items():
        setattr(Variable, name, operator)


setup_variable()
