"""Convolution and its transpose, differentiable to any order.

Layouts: images (N, C, H, W); kernels (OC, C, KH, KW) for conv2d and (C, OC, KH, KW) for deconv2d; biases (OC,).
The gradient of each of the three maps in `conv_kernels` is made of the other two.
"""

from __future__ import annotations

from typing import Any

from .. import utils
from ..core import Function, Variable
from . import conv_kernels
from .linear import as_operand_array, linear
from .reduction import sum
from .windows import Geometry, check_images, im2col


class Conv2d(Function):
    def __init__(self, stride: Any = 1, pad: Any = 0) -> None:
        self.stride = utils.pair(stride)
        self.pad = utils.pair(pad)

    def forward(self, x: Any, W: Any, b: Any = None) -> Any:
        self.geometry = Geometry.of(x.shape[2:], W.shape[2:], self.stride, self.pad)
        return conv_kernels.correlate(x, W, self.geometry, b)

    def backward(self, gy: Any) -> Any:
        x, W, *b = self.inputs
        gx = Spread(self.geometry)(gy, W) if x.requires_grad else None
        gW = Conv2DGradW(self)(x, gy)
        return (gx, gW, sum(gy, (0, 2, 3))) if b else (gx, gW)

    def vjp(self, gy: Any) -> Any:
        x, W, *b = self.inputs
        gx = conv_kernels.spread(gy, W.data, self.geometry) if x.requires_grad else None
        gW = conv_kernels.correlate_kernel(x.data, gy, self.geometry) if W.requires_grad else None
        return (gx, gW, _sum_of_channels(gy)) if b else (gx, gW)


class Correlate(Function):
    """A convolution whose geometry is known: how the gradients below run forward again."""

    def __init__(self, geometry: Geometry) -> None:
        self.geometry = geometry

    def forward(self, x: Any, W: Any) -> Any:
        return conv_kernels.correlate(x, W, self.geometry)

    def backward(self, gy: Any) -> Any:
        x, W = self.inputs
        return Spread(self.geometry)(gy, W), Conv2DGradW(self)(x, gy)


class Spread(Function):
    """The transpose of a convolution in its images."""

    def __init__(self, geometry: Geometry) -> None:
        self.geometry = geometry

    def forward(self, y: Any, W: Any) -> Any:
        return conv_kernels.spread(y, W, self.geometry)

    def backward(self, gx: Any) -> Any:
        y, W = self.inputs
        return Correlate(self.geometry)(gx, W), Conv2DGradW(self)(gx, y)

    def vjp(self, gx: Any) -> Any:
        y, W = self.inputs
        gy = conv_kernels.correlate(gx, W.data, self.geometry) if y.requires_grad else None
        gW = conv_kernels.correlate_kernel(gx, y.data, self.geometry) if W.requires_grad else None
        return gy, gW


class Conv2DGradW(Function):
    """The gradient of a convolution in its kernel, as a function of the images and of the output's gradient.

    conv2d: a function that has run and knows its `geometry`.
    """

    def __init__(self, conv2d: Any) -> None:
        self.geometry: Geometry = conv2d.geometry

    def forward(self, x: Any, gy: Any) -> Any:
        return conv_kernels.correlate_kernel(x, gy, self.geometry)

    def backward(self, gW: Any) -> Any:
        x, gy = self.inputs
        return Spread(self.geometry)(gy, gW), Correlate(self.geometry)(x, gW)


class Deconv2d(Function):
    def __init__(self, stride: Any = 1, pad: Any = 0, outsize: Any = None) -> None:
        self.stride = utils.pair(stride)
        self.pad = utils.pair(pad)
        self.outsize = None if outsize is None else utils.pair(outsize)

    def forward(self, x: Any, W: Any, b: Any = None) -> Any:
        self.geometry = self._geometry(x, W)
        y = conv_kernels.spread(x, W, self.geometry)
        return y if b is None else y + b.reshape(1, -1, 1, 1)

    def _geometry(self, x: Any, W: Any) -> Geometry:
        kernel = W.shape[2:]
        size = self.outsize or tuple(
            utils.get_deconv_outsize(n, k, s, p)
            for n, k, s, p in zip(x.shape[2:], kernel, self.stride, self.pad, strict=True)
        )
        geometry = Geometry.of((size[0], size[1]), kernel, self.stride, self.pad)
        if tuple(x.shape[2:]) != (geometry.OH, geometry.OW):
            raise ValueError(
                f"an output of {size[0]} x {size[1]} does not belong to an input of {x.shape[2]} x {x.shape[3]}: a "
                f"convolution with kernel {tuple(kernel)}, stride {self.stride} and padding {self.pad} would make "
                f"{geometry.OH} x {geometry.OW} of it"
            )
        return geometry

    def backward(self, gy: Any) -> Any:
        x, W, *b = self.inputs
        gx = Correlate(self.geometry)(gy, W) if x.requires_grad else None
        gW = Conv2DGradW(self)(gy, x)
        return (gx, gW, sum(gy, (0, 2, 3))) if b else (gx, gW)

    def vjp(self, gy: Any) -> Any:
        x, W, *b = self.inputs
        gx = conv_kernels.correlate(gy, W.data, self.geometry) if x.requires_grad else None
        gW = conv_kernels.correlate_kernel(gy, x.data, self.geometry) if W.requires_grad else None
        return (gx, gW, _sum_of_channels(gy)) if b else (gx, gW)


def _sum_of_channels(gy: Any) -> Any:
    return utils.sum_to(gy, (1, gy.shape[1], 1, 1)).reshape(-1)


def _checked(x: Any, W: Any, b: Any, name: str, channels_axis: int) -> list[Variable]:
    x, W = as_operand_array(x), as_operand_array(W)
    check_images(x, name)
    order = "(OC, C, KH, KW)" if channels_axis else "(C, OC, KH, KW)"
    if W.ndim != 4 or W.shape[channels_axis] != x.shape[1]:
        raise ValueError(
            f"{name} of images with {x.shape[1]} channels needs a kernel {order} with C = {x.shape[1]}, "
            f"but the kernel has shape {W.shape}"
        )
    if b is None:
        return [x, W]
    b = as_operand_array(b)
    OC = W.shape[1 - channels_axis]
    if b.shape != (OC,):
        raise ValueError(
            f"the bias must have shape ({OC},), one number for each output channel, but it has {b.shape}"
        )
    return [x, W, b]


def conv2d(x: Any, W: Any, b: Any = None, stride: Any = 1, pad: Any = 0) -> Variable:
    """Slide the kernels W over the images x. x (N, C, H, W), W (OC, C, KH, KW), b (OC,) or None.

    Result (N, OC, OH, OW) with OH = (H + 2·pad − KH) // stride + 1. In float32, kernels of 3 x 3 between many channels
    round to about 1e-5 of the largest output. Source: book, step 57.

    >>> import numpy as np
    >>> conv2d(np.ones((1, 5, 15, 15)), np.ones((8, 5, 3, 3)), pad=1).shape
    (1, 8, 15, 15)
    """
    return Conv2d(stride, pad)(*_checked(x, W, b, "conv2d", 1))


def deconv2d(x: Any, W: Any, b: Any = None, stride: Any = 1, pad: Any = 0, outsize: Any = None) -> Variable:
    """The transpose of conv2d: small images to large ones. x (N, C, H, W), W (C, OC, KH, KW), b (OC,) or None.

    Result (N, OC, OH, OW) with OH = stride·(H − 1) + KH − 2·pad, or `outsize` where a stride leaves a choice.
    """
    return Deconv2d(stride, pad, outsize)(*_checked(x, W, b, "deconv2d", 0))


def conv2d_simple(x: Any, W: Any, b: Any = None, stride: Any = 1, pad: Any = 0) -> Variable:
    """The same as conv2d from im2col and one matrix product."""
    x, W, *_ = _checked(x, W, b, "conv2d_simple", 1)
    N, (OC, _, KH, KW) = x.shape[0], W.shape
    g = Geometry.of(x.shape[2:], (KH, KW), stride, pad)  # type: ignore[arg-type]
    rows = linear(im2col(x, (KH, KW), stride, pad), W.reshape(OC, -1).T, b)
    return rows.reshape(N, g.OH, g.OW, OC).transpose(0, 3, 1, 2)
