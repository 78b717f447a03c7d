"""The three linear maps behind a convolution, on arrays.

    correlate(x, W)        (N, C, H, W) and (OC, C, KH, KW) to (N, OC, OH, OW)
    spread(y, W)           its transpose in x: (N, OC, OH, OW) back to (N, C, H, W)
    correlate_kernel(x, y) its transpose in W: to (OC, C, KH, KW)

Inside, images are channels-last, so that what is copied are long runs of memory. Whole windows are laid out as rows of a
matrix, some images at a time. With stride 1 and many channels only a row of the window is laid out, KW times the image
instead of KH·KW times, and KH matrix products on row-shifted views of it are added up. Results are channels-first views
of channels-last arrays. Source: ours.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import cuda
from .windows import Geometry

BLOCK = 131072  # numbers: half a second-level cache


def correlate(x: Any, W: Any, g: Geometry) -> Any:
    """Slide W over x: the forward pass of a convolution layer."""
    xp = cuda.get_array_module(x)
    OC = W.shape[0]
    image = _channels_last(xp, x, g.PH, g.PW)
    kernel = xp.ascontiguousarray(W.transpose(2, 3, 1, 0))
    if _pays_by_rows(g, x.shape[1]):
        y = _by_rows(xp, image, kernel.reshape(g.KH, -1, OC), g)
    else:
        y = _by_windows(xp, image, kernel.reshape(-1, OC), g)
    return y.transpose(0, 3, 1, 2)


def spread(y: Any, W: Any, g: Geometry) -> Any:
    """Give each number of y back to the window it came from, weighted by W, and add up where windows overlap."""
    xp = cuda.get_array_module(y)
    if (g.SH, g.SW) == (1, 1) and g.PH < g.KH and g.PW < g.KW:
        # with stride 1 this is a correlation with the kernel turned by half a circle
        turned = W[:, :, ::-1, ::-1].transpose(1, 0, 2, 3)
        return correlate(
            y, turned, Geometry.of(y.shape[2:], (g.KH, g.KW), 1, (g.KH - 1 - g.PH, g.KW - 1 - g.PW))
        )
    N, OC = y.shape[:2]
    C = W.shape[1]
    rows = xp.ascontiguousarray(y.transpose(0, 2, 3, 1)).reshape(-1, OC)
    columns = (rows @ W.transpose(0, 2, 3, 1).reshape(OC, -1)).reshape(N, g.OH, g.OW, g.KH, g.KW, C)
    padded = xp.zeros((N, g.H + 2 * g.PH, g.W + 2 * g.PW, C), y.dtype)
    for i in range(g.KH):
        for j in range(g.KW):
            padded[:, i : i + g.SH * g.OH : g.SH, j : j + g.SW * g.OW : g.SW] += columns[:, :, :, i, j]
    return padded[:, g.PH : g.PH + g.H, g.PW : g.PW + g.W].transpose(0, 3, 1, 2)


def correlate_kernel(x: Any, y: Any, g: Geometry) -> Any:
    """For each place in the kernel, how x under it goes with y: the gradient of a convolution in its kernel."""
    xp = cuda.get_array_module(x)
    C, OC = x.shape[1], y.shape[1]
    image = _channels_last(xp, x, g.PH, g.PW)
    rows = xp.ascontiguousarray(y.transpose(0, 2, 3, 1))
    if _pays_by_rows(g, C):
        gW = _kernel_by_rows(xp, image, rows, g)
    else:
        gW = _kernel_by_windows(xp, image, rows, g)
    return gW.reshape(g.KH, g.KW, C, OC).transpose(3, 2, 0, 1)


def _channels_last(xp: Any, x: Any, PH: int, PW: int) -> Any:
    N, C, H, W = x.shape
    if PH == 0 and PW == 0:
        return xp.ascontiguousarray(x.transpose(0, 2, 3, 1))
    image = xp.zeros((N, H + 2 * PH, W + 2 * PW, C), x.dtype)
    image[:, PH : PH + H, PW : PW + W] = x.transpose(0, 2, 3, 1)
    return image


def _pays_by_rows(g: Geometry, C: int) -> bool:
    """Several products instead of one pay when each is large."""
    return (g.SH, g.SW) == (1, 1) and g.KW * C >= 32 and g.OH * g.OW >= 128


def _windows(xp: Any, image: Any, g: Geometry) -> Any:
    """A view (N, OH, OW, KH, KW·C) of padded images: what the window sees at each position."""
    N, Hp, Wp, C = image.shape
    c = image.itemsize  # not image.strides: NumPy may put anything there for an axis of length 1
    w, h, n = C * c, Wp * C * c, Hp * Wp * C * c
    return xp.lib.stride_tricks.as_strided(
        image, (N, g.OH, g.OW, g.KH, g.KW * C), (n, h * g.SH, w * g.SW, h, c)
    )


def _window_rows(xp: Any, image: Any, g: Geometry) -> Any:
    """A view (N, Hp, OW, KW·C) of padded images: what one row of the window sees at each position."""
    N, Hp, Wp, C = image.shape
    c = image.itemsize
    w, h, n = C * c, Wp * C * c, Hp * Wp * C * c
    return xp.lib.stride_tricks.as_strided(image, (N, Hp, g.OW, g.KW * C), (n, h, w, c))


def _blocks(xp: Any, image: Any, g: Geometry) -> Any:
    """The windows as matrices (positions, KH·KW·C), for some images at a time, and which images these are."""
    N, C = len(image), image.shape[3]
    size = g.OH * g.OW * g.KH * g.KW * C
    step = min(N, 1 + BLOCK // (1 + size)) if cuda.get_array_module(image) is np else N
    windows = _windows(xp, image, g)
    columns = xp.empty((step, *windows.shape[1:]), image.dtype)
    for start in range(0, N, step or 1):
        images = slice(start, start + step)
        part = columns[: len(windows[images])]
        part[...] = windows[images]
        yield images, part.reshape(-1, g.KH * g.KW * C)


def _by_windows(xp: Any, image: Any, kernel: Any, g: Geometry) -> Any:
    N, OC = len(image), kernel.shape[1]
    y = xp.empty((N, g.OH, g.OW, OC), xp.result_type(image, kernel))
    for images, columns in _blocks(xp, image, g):
        xp.matmul(columns, kernel, out=y[images].reshape(-1, OC))
    return y


def _kernel_by_windows(xp: Any, image: Any, rows: Any, g: Geometry) -> Any:
    OC = rows.shape[3]
    gW = xp.zeros((g.KH * g.KW * image.shape[3], OC), xp.result_type(image, rows))
    for images, columns in _blocks(xp, image, g):
        gW += columns.T @ rows[images].reshape(-1, OC)
    return gW


def _by_rows(xp: Any, image: Any, kernel: Any, g: Geometry) -> Any:
    N, OC = len(image), kernel.shape[2]
    y = xp.empty((N, g.OH * g.OW, OC), xp.result_type(image, kernel))
    part = xp.empty(y.shape[1:], y.dtype)
    columns = xp.empty((image.shape[1], g.OW, g.KW * image.shape[3]), image.dtype)
    for n, rows_of_image in enumerate(_window_rows(xp, image, g)):
        columns[...] = rows_of_image
        for k in range(g.KH):
            rows = columns[k : k + g.OH].reshape(g.OH * g.OW, -1)
            if k == 0:
                xp.matmul(rows, kernel[k], out=y[n])
            else:
                xp.matmul(rows, kernel[k], out=part)
                y[n] += part
    return y.reshape(N, g.OH, g.OW, OC)


def _kernel_by_rows(xp: Any, image: Any, rows: Any, g: Geometry) -> Any:
    C, OC = image.shape[3], rows.shape[3]
    gW = xp.zeros((g.KH, g.KW * C, OC), xp.result_type(image, rows))
    part = xp.empty(gW.shape[1:], gW.dtype)
    columns = xp.empty((image.shape[1], g.OW, g.KW * image.shape[3]), image.dtype)
    for n, rows_of_image in enumerate(_window_rows(xp, image, g)):
        columns[...] = rows_of_image
        gy = rows[n].reshape(g.OH * g.OW, OC)
        for k in range(g.KH):
            xp.matmul(columns[k : k + g.OH].reshape(g.OH * g.OW, -1).T, gy, out=part)
            gW[k] += part
    return gW
