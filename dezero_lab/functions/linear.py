"""matmul and linear: where networks spend their time."""

from __future__ import annotations

from typing import Any

from .. import utils
from ..core import Function, Variable, as_constant
from .shape import sum_to


class MatMul(Function):
    """The matrix product as NumPy's `@` defines it: 1-D operands are vectors, further axes broadcast."""

    __slots__ = ()

    def forward(self, x: Any, W: Any) -> Any:
        return x @ W

    def backward(self, gy: Any) -> Any:
        x, W = self.inputs
        return _gradients(gy, x, W, matmul, sum_to)

    def vjp(self, gy: Any) -> Any:
        x, W = self.inputs
        if x.data.ndim == 2 and W.data.ndim == 2:
            gx = gy.dot(W.data.T) if x.requires_grad else None
            gW = x.data.T.dot(gy) if W.requires_grad else None
            return gx, gW
        return _gradients(gy, x.data, W.data, lambda a, b: a @ b, utils.sum_to)


def _gradients(gy: Any, x: Any, W: Any, product: Any, back_to: Any) -> tuple[Any, Any]:
    """gx and gW for operands with any number of axes; works on arrays and on variables alike."""
    row = x.reshape((1, -1)) if x.ndim == 1 else x
    column = W.reshape((-1, 1)) if W.ndim == 1 else W
    shape = list(gy.shape)
    if W.ndim == 1:
        shape.append(1)
    if x.ndim == 1:
        shape.insert(len(shape) - 1, 1)
    gy = gy.reshape(tuple(shape))
    gx = back_to(product(gy, _swap(column)), row.shape)
    gW = back_to(product(_swap(row), gy), column.shape)
    return gx.reshape(x.shape), gW.reshape(W.shape)


def _swap(x: Any) -> Any:
    axes = list(range(x.ndim))
    axes[-2:] = axes[-1], axes[-2]
    return x.transpose(tuple(axes))


class Linear(Function):
    """x @ W + b for x (N, D), W (D, H), b (H,)."""

    __slots__ = ()

    def forward(self, x: Any, W: Any, b: Any = None) -> Any:
        y = x.dot(W)  # on two axes the same as @, and faster where D is 1
        if b is not None:
            if y.dtype == b.dtype:
                y += b  # y is ours: no second array
            else:
                y = y + b
        return y

    def backward(self, gy: Any) -> Any:
        x, W, *b = self.inputs
        gx = matmul(gy, W.T) if x.requires_grad else None
        gW = matmul(x.T, gy)
        return (gx, gW, sum_to(gy, b[0].data.shape)) if b else (gx, gW)

    def vjp(self, gy: Any) -> Any:
        x, W, *b = self.inputs
        gx = gy.dot(W.data.T) if x.requires_grad else None
        gW = x.data.T.dot(gy) if W.requires_grad else None
        return (gx, gW, utils.sum_to(gy, b[0].data.shape)) if b else (gx, gW)


def matmul(x: Any, W: Any) -> Variable:
    """The matrix product, as `x @ W`. Shapes (..., N, D) and (..., D, H) give (..., N, H); 1-D operands are vectors.

    >>> import numpy as np
    >>> matmul(np.ones((2, 3)), np.ones((3, 4))).shape
    (2, 4)
    """
    x, W = as_operand_array(x), as_operand_array(W)
    inner = x.shape[-1] if x.ndim else None
    if not x.ndim or not W.ndim or inner != W.shape[-2 if W.ndim > 1 else 0]:
        raise ValueError(
            f"matmul needs x (..., N, D) and W (..., D, H): the last axis of x must agree with the second last of W, "
            f"but the shapes are {x.shape} and {W.shape}"
        )
    return MatMul()(x, W)


def linear(x: Any, W: Any, b: Any = None) -> Variable:
    """x @ W + b. x (N, D), W (D, H), b (H,) or None; result (N, H). More leading axes of x are batch axes.

    Source: book, step 43. Raises ValueError when the shapes do not fit.
    """
    x, W = as_operand_array(x), as_operand_array(W)
    if W.ndim != 2 or not x.ndim or x.shape[-1] != W.shape[0]:
        raise ValueError(f"linear needs x (N, D) and W (D, H), but the shapes are {x.shape} and {W.shape}")
    if b is not None:
        b = as_operand_array(b)
        if b.shape not in ((W.shape[1],), (1, W.shape[1]), (1,), ()):
            raise ValueError(f"the bias must have shape ({W.shape[1]},), but it has {b.shape}")
    if x.ndim != 2:
        y = matmul(x, W)
        return y if b is None else y + b
    return Linear()(x, W) if b is None else Linear()(x, W, b)


def linear_simple(x: Any, W: Any, b: Any = None) -> Variable:
    """The same from `matmul` and `+`; the product's data is released, since no gradient needs it."""
    t = matmul(x, W)
    if b is None:
        return t
    y = t + b
    t.data = None
    return y


def as_operand_array(x: Any) -> Variable:
    """Variables pass; arrays become constants without a gradient."""
    return x if isinstance(x, Variable) else as_constant(x)
