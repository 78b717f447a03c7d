"""Windows that slide over images: im2col and col2im, on arrays and as functions.

Images are (N, C, H, W). Columns are (N, C, KH, KW, OH, OW), or as a matrix (N·OH·OW, C·KH·KW) with one row for each
position of the window. Sizes, strides and paddings are one number or a pair (height, width).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from .. import cuda, utils
from ..core import Function, Variable, as_variable


class Geometry(NamedTuple):
    """Where the windows lie on an image of H x W: kernel, stride, padding and the number of positions, as pairs."""

    H: int
    W: int
    KH: int
    KW: int
    SH: int
    SW: int
    PH: int
    PW: int
    OH: int
    OW: int

    @classmethod
    def of(cls, size: tuple[int, int], kernel_size: Any, stride: Any, pad: Any) -> Geometry:
        """ValueError when no window fits, or a stride or kernel is not positive."""
        (KH, KW), (SH, SW), (PH, PW) = utils.pair(kernel_size), utils.pair(stride), utils.pair(pad)
        if min(KH, KW, SH, SW) < 1 or min(PH, PW) < 0:
            raise ValueError(
                f"kernel and stride must be at least 1 and the padding at least 0, but they are {(KH, KW)}, "
                f"{(SH, SW)} and {(PH, PW)}"
            )
        H, W = size
        OH, OW = utils.get_conv_outsize(H, KH, SH, PH), utils.get_conv_outsize(W, KW, SW, PW)
        if OH < 1 or OW < 1:
            raise ValueError(
                f"a window of {KH} x {KW} does not fit on an image of {H} x {W} with padding {(PH, PW)}; "
                "use a smaller kernel or more padding"
            )
        return cls(H, W, KH, KW, SH, SW, PH, PW, OH, OW)

    def views(self, padded: Any) -> Any:
        """One view (N, C, OH, OW) of a padded image for each place in the window, in reading order."""
        for i in range(self.KH):
            for j in range(self.KW):
                yield padded[:, :, i : i + self.SH * self.OH : self.SH, j : j + self.SW * self.OW : self.SW]

    def padded(self, x: Any, value: Any = 0) -> Any:
        """x (N, C, H, W) with the padding around it, filled with `value`; x itself where there is none."""
        if self.PH == 0 and self.PW == 0:
            return x
        xp = cuda.get_array_module(x)
        out = xp.full((*x.shape[:2], self.H + 2 * self.PH, self.W + 2 * self.PW), value, x.dtype)
        self.inside(out)[...] = x
        return out

    def inside(self, padded: Any) -> Any:
        """The part of a padded image that is not padding."""
        return padded[:, :, self.PH : self.PH + self.H, self.PW : self.PW + self.W]


def fill_band(band: Any, images: Any, top: int, left: int) -> None:
    """Copy the rows of images from `top` on to a band of them, whose first `left` columns are padding.

    band (N, rows, more than W, C), images (N, H, W, C), both channels-last. The band may begin above the images and end
    below: there, zeros are written. Columns outside are left as they are.
    """
    rows, (H, W) = band.shape[1], images.shape[1:3]
    first = max(0, min(-top, rows))
    last = max(first, min(H - top, rows))
    inside = band[:, :, left : left + W]
    inside[:, :first] = 0
    inside[:, first:last] = images[:, top + first : top + last]
    inside[:, last:] = 0


def check_images(x: Any, name: str) -> None:
    if x.ndim != 4:
        raise ValueError(f"{name} needs images of shape (N, C, H, W), but the shape is {x.shape}")


def im2col_array(img: Any, kernel_size: Any, stride: Any, pad: Any, to_matrix: bool = True) -> Any:
    """Columns of an array of images.

    >>> import numpy as np
    >>> im2col_array(np.zeros((1, 3, 7, 7)), 5, 1, 0).shape
    (9, 75)
    """
    check_images(img, "im2col")
    g = Geometry.of(img.shape[2:], kernel_size, stride, pad)
    N, C = img.shape[:2]
    xp = cuda.get_array_module(img)
    col = xp.empty((N, C, g.KH, g.KW, g.OH, g.OW), img.dtype)
    flat = col.reshape(N, C, g.KH * g.KW, g.OH, g.OW)
    for k, view in enumerate(g.views(g.padded(img))):
        flat[:, :, k] = view
    return col.transpose(0, 4, 5, 1, 2, 3).reshape(N * g.OH * g.OW, C * g.KH * g.KW) if to_matrix else col


def col2im_array(
    col: Any, img_shape: Any, kernel_size: Any, stride: Any, pad: Any, to_matrix: bool = True
) -> Any:
    """Images of shape `img_shape` with every column added at its place: the transposed map of `im2col_array`."""
    N, C, H, W = img_shape
    g = Geometry.of((H, W), kernel_size, stride, pad)
    if to_matrix:
        col = col.reshape(N, g.OH, g.OW, C, g.KH, g.KW).transpose(0, 3, 4, 5, 1, 2)
    xp = cuda.get_array_module(col)
    padded = xp.zeros((N, C, H + 2 * g.PH, W + 2 * g.PW), col.dtype)
    for k, view in enumerate(g.views(padded)):
        view += col[:, :, k // g.KW, k % g.KW]
    return g.inside(padded)


class Im2col(Function):
    def __init__(self, kernel_size: Any, stride: Any, pad: Any, to_matrix: bool) -> None:
        self.geometry = (kernel_size, stride, pad, to_matrix)

    def forward(self, x: Any) -> Any:
        return im2col_array(x, *self.geometry)

    def backward(self, gy: Any) -> Any:
        return col2im(gy, self.inputs[0].data.shape, *self.geometry)


class Col2im(Function):
    def __init__(self, input_shape: Any, kernel_size: Any, stride: Any, pad: Any, to_matrix: bool) -> None:
        self.input_shape = tuple(input_shape)
        self.geometry = (kernel_size, stride, pad, to_matrix)

    def forward(self, x: Any) -> Any:
        return col2im_array(x, self.input_shape, *self.geometry)

    def backward(self, gy: Any) -> Any:
        return im2col(gy, *self.geometry)


def im2col(x: Any, kernel_size: Any, stride: Any = 1, pad: Any = 0, to_matrix: bool = True) -> Variable:
    """Windows of images as rows of a matrix, with a gradient. x (N, C, H, W). Source: book, step 57."""
    return Im2col(kernel_size, stride, pad, to_matrix)(as_variable(x))


def col2im(
    x: Any, input_shape: Any, kernel_size: Any, stride: Any = 1, pad: Any = 0, to_matrix: bool = True
) -> Variable:
    """Columns added back to images of shape `input_shape`, with a gradient."""
    return Col2im(input_shape, kernel_size, stride, pad, to_matrix)(as_variable(x))
