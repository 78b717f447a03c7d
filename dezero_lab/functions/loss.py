"""Losses: mean squared error, softmax with cross entropy, binary cross entropy; and accuracy, which has no gradient."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .. import cuda
from ..core import Function, Variable, as_variable
from ..operators import back_to
from .activation import log_softmax, softmax, softplus
from .elementwise import clip, floats, log
from .indexing import get_item
from .reduction import sum

BLOCK = 65536  # numbers that fit into a second-level cache


class MeanSquaredError(Function):
    """The sum of squared differences divided by the number of rows."""

    __slots__ = ()

    def forward(self, x0: Any, x1: Any) -> Any:
        difference = x0 - x1
        return (difference * difference).sum() / _rows(difference)

    def backward(self, gy: Any) -> Any:
        x0, x1 = self.inputs
        difference = x0 - x1
        gx = gy * difference * (2.0 / _rows(difference))
        return back_to(gx, x0), back_to(-gx, x1)

    def vjp(self, gy: Any) -> Any:
        x0, x1 = self.inputs
        gx = x0.data - x1.data
        gx *= gy * (2.0 / _rows(gx)) if gx.ndim else gy * 2.0
        return back_to(gx, x0), back_to(-gx, x1) if x1.requires_grad else None


class SoftmaxCrossEntropy(Function):
    """−log softmax(x)[label], averaged over the rows. The gradient is (softmax − one-hot) / N, without a one-hot table."""

    __slots__ = (
        "p",
        "total",
    )  # softmax is p / total, and the division waits for the factor that backward brings

    def forward(self, x: Any, t: Any) -> Any:
        xp = cuda.get_array_module(x)
        p = self.p = xp.empty(x.shape, x.dtype if x.dtype.kind == "f" else np.float64)
        losses, total = xp.empty(len(t), p.dtype), xp.empty((len(t), 1), p.dtype)
        self.total = total
        step = 1 + BLOCK // (1 + x.shape[1]) if xp is np else 1 + len(t)
        for start in range(0, len(t), step):  # a few rows at a time, which stay in the processor's cache
            rows = slice(start, start + step)
            block = xp.subtract(x[rows], x[rows].max(axis=1, keepdims=True), out=p[rows])
            picked = block[xp.arange(len(block)), t[rows]]
            xp.exp(block, out=block)
            total[rows] = block.sum(axis=1, keepdims=True)
            losses[rows] = xp.log(total[rows, 0]) - picked
        return losses.mean()

    def backward(self, gy: Any) -> Any:
        x, t = self.inputs
        xp = cuda.get_array_module(x.data)
        one_hot = xp.zeros(x.data.shape, x.data.dtype)
        one_hot[xp.arange(len(t.data)), t.data] = 1
        return (softmax(x) - one_hot) * (gy * (1.0 / len(t.data))), None

    def vjp(self, gy: Any) -> Any:
        t, share = self.inputs[1].data, gy / len(self.p)
        gx = self.p * (share / self.total)
        gx[cuda.get_array_module(gx).arange(len(t)), t] -= share
        return gx, None


def _rows(x: Any) -> int:
    rows = len(x) if x.ndim else 1
    if rows == 0:
        raise ValueError(f"the loss of no examples: the shape is {x.shape}")
    return rows


def _floats(x0: Any, x1: Any) -> tuple[Variable, Variable]:
    """Both as floats; whole numbers take the dtype of the other where that has floats."""
    x0, x1 = as_variable(x0), as_variable(x1)
    kind0, kind1 = x0.data.dtype.kind, x1.data.dtype.kind
    if kind0 == "f" == kind1:
        return x0, x1
    return floats(x0, x1.dtype if kind1 == "f" else np.float64), floats(
        x1, x0.dtype if kind0 == "f" else np.float64
    )


def _same_shapes(name: str, x0: Variable, x1: Variable) -> None:
    """Shapes may differ in axes of length 1 that stretch nothing, as (1, 1) and (1,); nothing is compared twice."""
    if x0.shape == x1.shape:
        return
    try:
        together = np.broadcast_shapes(x0.shape, x1.shape)
    except ValueError:
        together = None
    if together is None or not x0.size == x1.size == math.prod(together):
        raise ValueError(
            f"{name} compares element by element, but the shapes are {x0.shape} and {x1.shape}; "
            "reshape one of them, or every prediction is compared with every target"
        )


def _labels(t: Any, x: Variable, name: str) -> Any:
    """Labels as an array (N,) of whole numbers between 0 and C − 1; a clear error for anything else."""
    t = t.data if isinstance(t, Variable) else t
    t = t if cuda.is_array(t) else np.asarray(t)
    if x.ndim != 2:
        raise ValueError(f"{name} needs scores of shape (N, C), but they have shape {x.shape}")
    if x.shape[0] == 0:
        raise ValueError(
            f"the {'accuracy' if name == 'accuracy' else 'loss'} of no examples: the shape is {x.shape}"
        )
    if t.shape == x.shape and x.shape[1] > 1:
        raise ValueError(
            f"{name} needs one label for each row, but the labels have the shape of the scores, {t.shape}; "
            "these look one-hot: use t.argmax(axis=1)"
        )
    if t.shape == (x.shape[0], 1):
        t = t[:, 0]
    if t.shape != (x.shape[0],):
        raise ValueError(
            f"{name} needs one label for each of the {x.shape[0]} rows, but the labels have shape {t.shape}"
        )
    if t.dtype.kind not in "iu":
        raise TypeError(f"labels are whole numbers, but they have dtype {t.dtype}; use t.astype(int)")
    if t.size and not (int(t.min()) >= 0 and int(t.max()) < x.shape[1]):
        raise ValueError(
            f"labels must lie between 0 and {x.shape[1] - 1}, but they reach from {t.min()} to {t.max()}"
        )
    return _beside(t, x)


def _beside(t: Any, x: Variable) -> Any:
    """Labels and targets take no gradient, so they may come from the host."""
    return cuda.get_array_module(x.data).asarray(t)


def mean_squared_error(x0: Any, x1: Any) -> Variable:
    """The squared differences, summed and divided by the number of rows. x0, x1: same shape; result ().

    Source: book, step 42.

    >>> mean_squared_error(np.array([1.0, 3.0]), np.array([1.0, 1.0]))
    variable(2.0)
    """
    x0, x1 = _floats(x0, x1)
    _same_shapes("mean_squared_error", x0, x1)
    return MeanSquaredError()(x0, x1)


def mean_squared_error_simple(x0: Any, x1: Any) -> Variable:
    """The same from small functions."""
    x0, x1 = _floats(x0, x1)
    _same_shapes("mean_squared_error", x0, x1)
    difference = x0 - x1
    return sum(difference**2) / _rows(difference)


def softmax_cross_entropy(x: Any, t: Any) -> Variable:
    """How surprised softmax(x) is by the labels, averaged. x (N, C) scores, t (N,) labels 0 to C − 1; result ().

    Source: book, step 47. Takes raw scores: do not apply softmax first.

    >>> softmax_cross_entropy(np.array([[0.0, 0.0]]), np.array([1]))
    variable(0.6931471805599453)
    """
    x = floats(x)
    t = _labels(t, x, "softmax_cross_entropy")
    return SoftmaxCrossEntropy()(x, Variable(t, requires_grad=False))


def softmax_cross_entropy_simple(x: Any, t: Any) -> Variable:
    """The same from small functions."""
    x = floats(x)
    t = _labels(t, x, "softmax_cross_entropy")
    xp = cuda.get_array_module(t)
    picked = get_item(log_softmax(x), (xp.arange(len(t)), t))
    return sum(picked) * (-1.0 / len(t))


def sigmoid_cross_entropy(x: Any, t: Any) -> Variable:
    """Binary cross entropy of sigmoid(x) against t in 0..1, averaged over the rows; exact for scores of any size."""
    x, t = floats(x), as_variable(t)
    if x.ndim != t.ndim:
        t = t.reshape(x.shape)
    _same_shapes("sigmoid_cross_entropy", x, t)
    t = _beside(t.data, x).astype(x.dtype)
    return sum(softplus(x) - x * t) / _rows(x)


def binary_cross_entropy(p: Any, t: Any) -> Variable:
    """Cross entropy of probabilities p against t in 0..1, averaged over the rows. p is clipped to [1e-15, 0.999]."""
    p, t = floats(p), as_variable(t)
    if p.ndim != t.ndim:
        t = t.reshape(p.shape)
    _same_shapes("binary_cross_entropy", p, t)
    p = clip(p, 1e-15, 0.999)
    t = _beside(t.data, p).astype(p.dtype)
    return sum(t * log(p) + (1 - t) * log(1 - p)) * (-1.0 / _rows(p))


def accuracy(y: Any, t: Any) -> Variable:
    """The share of rows whose largest score is at the label. y (N, C), t (N,); result (), no gradient."""
    y = as_variable(y)
    t = _labels(t, y, "accuracy")
    return Variable(np.asarray(float((y.data.argmax(axis=1) == t).mean())))
