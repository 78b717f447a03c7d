"""Max and average pooling.

Max pooling pads with −∞, so that padding never wins; where several places of a window tie, the first in reading
order gets the gradient, and so does the first that is not a number. Average pooling counts the padding as zeros.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .. import cuda
from ..config import backprop
from ..core import Function, Variable, as_variable
from .elementwise import floats
from .reduction import max
from .windows import Geometry, check_images, im2col

BLOCK = 32768  # numbers: a few images at a time


class Pooling(Function):
    def __init__(self, kernel_size: Any, stride: Any = 1, pad: Any = 0) -> None:
        self.sizes = (kernel_size, stride, pad)

    def forward(self, x: Any) -> Any:
        g = self.geometry = Geometry.of(x.shape[2:], *self.sizes)
        if g.PH >= g.KH or g.PW >= g.KW:
            raise ValueError(
                f"the padding must be smaller than the kernel, or a window holds nothing but padding; they are "
                f"{(g.PH, g.PW)} and {(g.KH, g.KW)}"
            )
        xp = cuda.get_array_module(x)
        y = xp.empty_like(x, shape=(*x.shape[:2], g.OH, g.OW))
        number = np.min_scalar_type(g.KH * g.KW - 1)
        # for each window the place that won, counted in reading order
        self.places: Any = xp.zeros_like(y, dtype=number) if backprop.get() else None
        blocks = _blocks(y)
        second = xp.empty_like(y[blocks[0]])
        for images in blocks:
            views = list(g.views(_padded(g, x[images], _lowest(x.dtype))))
            first, *others = views
            best, spare = y[images], second[: len(y[images])]
            if len(others) % 2:  # the last of them is to be y
                best, spare = spare, best
            best[...] = first
            for k, view in enumerate(others, 1):
                xp.maximum(best, view, out=spare)
                if self.places is not None:
                    won, place = spare > best, self.places[images]
                    xp.maximum(place, won.view(np.uint8) * number.type(k), out=place)
                best, spare = spare, best
            if self.places is not None and best.size and xp.isnan(best.max()):
                for k, view in reversed(list(enumerate(views))):
                    self.places[images][xp.isnan(view)] = k
        return y

    def backward(self, gy: Any) -> Any:
        return Pooling2DGrad(self)(gy)

    def vjp(self, gy: Any) -> Any:
        """Each number of gy is added at its place in the flat images, which `add.at` is fast at."""
        x, g, places = self.inputs[0].data, self.geometry, self.places
        xp = cuda.get_array_module(gy)
        gx = xp.zeros_like(x, gy.dtype, shape=_padded_shape(g, x))
        order = sorted(range(4), key=lambda axis: -gx.strides[axis])  # as the numbers lie in memory
        steps = [stride // gx.itemsize for stride in gx.strides]
        start = xp.zeros(1, int)  # of each window
        blocks = _blocks(gy) if order[0] == 0 else [slice(None)]
        counts = (len(gy[blocks[0]]), *gy.shape[1:])
        for axis in order:
            step = steps[axis] * (1, 1, g.SH, g.SW)[axis]
            start = (start[:, None] + step * xp.arange(counts[axis])).reshape(-1)
        inside = steps[2] * xp.arange(g.KH)[:, None] + steps[3] * xp.arange(g.KW)
        for images in blocks:
            at = inside.reshape(-1).take(places[images].transpose(order).reshape(-1))
            at += start[: at.size]
            xp.add.at(gx[images].transpose(order).reshape(-1), at, gy[images].transpose(order).reshape(-1))
        return g.inside(gx) if gx.shape != x.shape else gx

    @property
    def winners(self) -> list[Any]:
        """For each place of the window, where it holds the maximum and no earlier place does."""
        return [self.places == k for k in range(self.geometry.KH * self.geometry.KW)]


class Pooling2DGrad(Function):
    """gy put back to the winning places, added up where windows overlap."""

    def __init__(self, mpool2d: Any) -> None:
        self.geometry: Geometry = mpool2d.geometry
        self.winners: list[Any] = mpool2d.winners

    def forward(self, gy: Any) -> Any:
        g = self.geometry
        gx = cuda.get_array_module(gy).zeros_like(gy, shape=_padded_shape(g, gy))
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
        for view, wins in zip(self.geometry.views(_padded(self.geometry, x)), self.winners, strict=True):
            y += view * wins
        return y

    def backward(self, gy: Any) -> Any:
        return Pooling2DGrad(self)(gy)


class AveragePooling(Function):
    def __init__(self, kernel_size: Any, stride: Any = 1, pad: Any = 0) -> None:
        self.sizes = (kernel_size, stride, pad)

    def forward(self, x: Any) -> Any:
        g = self.geometry = Geometry.of(x.shape[2:], *self.sizes)
        y = cuda.get_array_module(x).empty_like(x, shape=(*x.shape[:2], g.OH, g.OW))
        for images in _blocks(y):
            first, *others = g.views(_padded(g, x[images]))
            mean = y[images]
            mean[...] = first
            for view in others:
                mean += view
            mean *= y.dtype.type(1 / (g.KH * g.KW))
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
        gx = cuda.get_array_module(gy).zeros_like(gy, shape=_padded_shape(g, gy))
        for view in g.views(gx):
            view += share
        return g.inside(gx)

    def backward(self, ggx: Any) -> Any:
        g = self.geometry
        return AveragePooling((g.KH, g.KW), (g.SH, g.SW), (g.PH, g.PW))(ggx)


def _blocks(y: Any) -> list[slice]:
    """A few images at a time, which stay in the processor's cache."""
    step = 1 + BLOCK // (1 + math.prod(y.shape[1:])) if cuda.get_array_module(y) is np else 1 + len(y)
    return [slice(n, n + step) for n in range(0, len(y) or 1, step)]


def _padded_shape(g: Geometry, x: Any) -> tuple[int, ...]:
    return (*x.shape[:2], g.H + 2 * g.PH, g.W + 2 * g.PW)


def _padded(g: Geometry, x: Any, value: Any = 0) -> Any:
    """x with the padding around it; its axes stay in the order in which they lie in memory."""
    if g.PH == 0 and g.PW == 0:
        return x
    out = cuda.get_array_module(x).full_like(x, value, shape=_padded_shape(g, x))
    g.inside(out)[...] = x
    return out


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
    return AveragePooling(kernel_size, stride, pad)(floats(x))


def pooling_simple(x: Any, kernel_size: Any, stride: Any = 1, pad: Any = 0) -> Variable:
    """Max pooling from im2col and max; padding counts as zeros, and ties share the gradient."""
    x = as_variable(x)
    N, C = x.shape[:2]
    g = Geometry.of(x.shape[2:], kernel_size, stride, pad)  # type: ignore[arg-type]
    windows = im2col(x, kernel_size, stride, pad).reshape(-1, g.KH * g.KW)
    return max(windows, axis=1).reshape(N, g.OH, g.OW, C).transpose(0, 3, 1, 2)
