"""Max and average pooling.

Max pooling pads with −∞, so that padding never wins; where several places of a window tie, the first in reading
order gets the gradient. Average pooling counts the padding as zeros.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .. import cuda
from ..core import Function, Variable, as_variable
from .reduction import max
from .windows import Geometry, check_images, im2col

BLOCK = 32768  # numbers: a few images at a time


class Pooling(Function):
    def __init__(self, kernel_size: Any, stride: Any = 1, pad: Any = 0) -> None:
        self.sizes = (kernel_size, stride, pad)

    def forward(self, x: Any) -> Any:
        self.geometry = Geometry.of(x.shape[2:], *self.sizes)
        xp = cuda.get_array_module(x)
        first, *others = self.geometry.views(self.geometry.padded(x, _lowest(x.dtype)))
        y = first.copy()
        for view in others:
            xp.maximum(y, view, out=y)
        self.y = y
        return y

    def backward(self, gy: Any) -> Any:
        return Pooling2DGrad(self)(gy)

    def vjp(self, gy: Any) -> Any:
        x, g = self.inputs[0].data, self.geometry
        xp = cuda.get_array_module(gy)
        padded = g.padded(x, _lowest(x.dtype))
        gx = xp.zeros(padded.shape, gy.dtype)
        step = 1 + BLOCK // (1 + math.prod(gy.shape[1:])) if xp is np else 1 + len(gy)
        for n in range(0, len(gy), step):  # a few images at a time, which stay in the processor's cache
            images = slice(n, n + step)
            rest, y = gy[images].copy(), self.y[images]  # what no earlier place of the window has won
            won, wins = xp.empty_like(rest), xp.empty(rest.shape, bool)
            for view, place in zip(g.views(padded[images]), g.views(gx[images]), strict=True):
                xp.equal(view, y, out=wins)
                xp.multiply(rest, wins, out=won)
                rest -= won
                place += won
        return g.inside(gx)

    @property
    def winners(self) -> list[Any]:
        """For each place of the window, where it holds the maximum and no earlier place does."""
        x = self.inputs[0].data
        found: list[Any] = []
        free = cuda.get_array_module(x).ones(self.y.shape, bool)
        for view in self.geometry.views(self.geometry.padded(x, _lowest(x.dtype))):
            wins = view == self.y
            wins &= free
            free &= ~wins
            found.append(wins)
        return found


class Pooling2DGrad(Function):
    """gy put back to the winning places, added up where windows overlap."""

    def __init__(self, mpool2d: Any) -> None:
        self.geometry: Geometry = mpool2d.geometry
        self.winners: list[Any] = mpool2d.winners

    def forward(self, gy: Any) -> Any:
        g = self.geometry
        gx = cuda.get_array_module(gy).zeros((*gy.shape[:2], g.H + 2 * g.PH, g.W + 2 * g.PW), gy.dtype)
        for view, wins in zip(g.views(gx), self.winners, strict=True):
            view += gy * wins
        return g.inside(gx)

    def backward(self, ggx: Any) -> Any:
        return Pooling2DWithIndexes(self)(ggx)


class Pooling2DWithIndexes(Function):
    """The numbers at the winning places: what max pooling becomes once the winners are fixed."""

    def __init__(self, mpool2d: Any) -> None:
        self.geometry: Geometry = mpool2d.geometry
        self.winners: list[Any] = mpool2d.winners

    def forward(self, x: Any) -> Any:
        y = cuda.get_array_module(x).zeros(self.winners[0].shape, x.dtype)
        for view, wins in zip(self.geometry.views(self.geometry.padded(x)), self.winners, strict=True):
            y += view * wins
        return y

    def backward(self, gy: Any) -> Any:
        return Pooling2DGrad(self)(gy)


class AveragePooling(Function):
    def __init__(self, kernel_size: Any, stride: Any = 1, pad: Any = 0) -> None:
        self.sizes = (kernel_size, stride, pad)

    def forward(self, x: Any) -> Any:
        g = self.geometry = Geometry.of(x.shape[2:], *self.sizes)
        first, *others = g.views(g.padded(x))
        y = first.copy()
        for view in others:
            y += view
        y *= y.dtype.type(1 / (g.KH * g.KW))
        return y

    def backward(self, gy: Any) -> Any:
        return AveragePoolingGrad(self.geometry)(gy)

    def vjp(self, gy: Any) -> Any:
        return AveragePoolingGrad(self.geometry).forward(gy)


class AveragePoolingGrad(Function):
    def __init__(self, geometry: Geometry) -> None:
        self.geometry = geometry

    def forward(self, gy: Any) -> Any:
        g = self.geometry
        share = gy * gy.dtype.type(1 / (g.KH * g.KW))
        gx = cuda.get_array_module(gy).zeros((*gy.shape[:2], g.H + 2 * g.PH, g.W + 2 * g.PW), gy.dtype)
        for view in g.views(gx):
            view += share
        return g.inside(gx)

    def backward(self, ggx: Any) -> Any:
        g = self.geometry
        return AveragePooling((g.KH, g.KW), (g.SH, g.SW), (g.PH, g.PW))(ggx)


def _lowest(dtype: Any) -> Any:
    return -np.inf if dtype.kind == "f" else np.iinfo(dtype).min


def pooling(x: Any, kernel_size: Any, stride: Any = 1, pad: Any = 0) -> Variable:
    """The largest number of each window. x (N, C, H, W); result (N, C, OH, OW). Source: book, step 57.

    >>> import numpy as np
    >>> pooling(np.arange(16.0).reshape(1, 1, 4, 4), 2, 2)
    variable([[[[ 5.  7.]
                [13. 15.]]]])
    """
    x = as_variable(x)
    check_images(x, "pooling")
    return Pooling(kernel_size, stride, pad)(x)


def average_pooling(x: Any, kernel_size: Any, stride: Any = 1, pad: Any = 0) -> Variable:
    """The mean of each window; padding counts as zeros. x (N, C, H, W); result (N, C, OH, OW)."""
    x = as_variable(x)
    check_images(x, "average_pooling")
    return AveragePooling(kernel_size, stride, pad)(x)


def pooling_simple(x: Any, kernel_size: Any, stride: Any = 1, pad: Any = 0) -> Variable:
    """Max pooling from im2col and max; padding counts as zeros, and ties share the gradient."""
    x = as_variable(x)
    N, C = x.shape[:2]
    g = Geometry.of(x.shape[2:], kernel_size, stride, pad)  # type: ignore[arg-type]
    windows = im2col(x, kernel_size, stride, pad).reshape(-1, g.KH * g.KW)
    return max(windows, axis=1).reshape(N, g.OH, g.OW, C).transpose(0, 3, 1, 2)
