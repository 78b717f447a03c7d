"""The three linear maps behind a convolution, on arrays.

    correlate(x, W)        (N, C, H, W) and (OC, C, KH, KW) to (N, OC, OH, OW)
    spread(y, W)           its transpose in x: (N, OC, OH, OW) back to (N, C, H, W)
    correlate_kernel(x, y) its transpose in W: to (OC, C, KH, KW)

Windows are laid out as rows of a matrix, some at a time, in memory that the next ones use again. What is copied should be
long runs of memory, so images are channels-last inside: padded, a row of a window is one run of KW·C numbers. With stride
1 and many channels only such rows are laid out, KW times the image instead of KH·KW times, and KH matrix products on
row-shifted views of them are added up. Images with few channels have no such runs; they stay channels-first, and rows of
the image are copied for each place in the window. Where many numbers meet, `winograd` saves most of the multiplications.
Images that come out lie channels-last in memory, except for those made of few channels. Source: ours.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import cuda
from . import winograd
from .windows import Geometry, fill_band

BLOCK = 131072  # numbers laid out at a time: half a second-level cache
BLOCK_ON_DEVICE = 1 << 26
POSITIONS = 256  # at least, even if they are more numbers: fewer make slow products


def correlate(x: Any, W: Any, g: Geometry, b: Any = None) -> Any:
    """Slide W over x: the forward pass of a convolution layer. b (OC,) is added."""
    xp = cuda.get_array_module(x)
    dtype = xp.result_type(x, W)
    if b is not None and b.dtype != dtype:
        return correlate(x, W, g) + b.reshape(1, -1, 1, 1)
    OC = len(W)
    if _pays_by_planes(x, g, OC):
        return _by_planes(xp, x, W, g, b, dtype)
    result = _channels_last(xp, (len(x), OC, g.OH, g.OW), dtype)
    y = result.transpose(0, 2, 3, 1)
    if winograd.pays(x, W, g):
        winograd.correlate(x, W, g, b, y)
        return result
    kernel = _as_rows(xp, W)
    part = None
    for where, columns in _columns(xp, x, g):
        target = y[where].reshape(len(columns[0]), -1, OC)
        height = len(kernel) // len(columns)
        for k, rows in enumerate(columns):
            if k == 0:
                xp.matmul(rows, kernel[:height], out=target)
            else:
                part = xp.empty_like(target) if part is None else part
                more = part[: len(target), : target.shape[1]]
                xp.matmul(rows, kernel[k * height : (k + 1) * height], out=more)
                target += more
        if b is not None:
            target += b
    return result


def spread(y: Any, W: Any, g: Geometry) -> Any:
    """Give each number of y back to the window it came from, weighted by W, and add up where windows overlap."""
    xp = cuda.get_array_module(y)
    if (g.SH, g.SW) == (1, 1) and g.PH < g.KH and g.PW < g.KW:
        # with stride 1 this is a correlation with the kernel turned by half a circle
        turned = W[:, :, ::-1, ::-1].transpose(1, 0, 2, 3)
        around = (g.KH - 1 - g.PH, g.KW - 1 - g.PW)
        return correlate(y, turned, Geometry.of(y.shape[2:], (g.KH, g.KW), 1, around))
    N, OC = y.shape[:2]
    C = W.shape[1]
    kernel = W.transpose(0, 2, 3, 1).reshape(OC, -1)
    channels_last = y.transpose(0, 2, 3, 1)
    padded = xp.zeros((N, g.H + 2 * g.PH, g.W + 2 * g.PW, C), xp.result_type(y, W))
    step = _at_a_time(xp, N, g.OH * g.OW * kernel.shape[1])
    for start in range(0, N, step):
        images = slice(start, start + step)
        rows = xp.ascontiguousarray(channels_last[images]).reshape(-1, OC)
        columns = (rows @ kernel).reshape(-1, g.OH, g.OW, g.KH, g.KW, C)
        target = padded[images]
        for i in range(g.KH):
            for j in range(g.KW):
                target[:, i : i + g.SH * g.OH : g.SH, j : j + g.SW * g.OW : g.SW] += columns[:, :, :, i, j]
    return padded[:, g.PH : g.PH + g.H, g.PW : g.PW + g.W].transpose(0, 3, 1, 2)


def correlate_kernel(x: Any, y: Any, g: Geometry) -> Any:
    """For each place in the kernel, how x under it goes with y: the gradient of a convolution in its kernel."""
    xp = cuda.get_array_module(x)
    dtype = xp.result_type(x, y)
    C, OC = x.shape[1], y.shape[1]
    if _pays_by_planes(x, g, OC):
        return _kernel_by_planes(xp, x, y, g, dtype)
    channels_last = y.transpose(0, 2, 3, 1)
    gW = xp.zeros((OC, g.KH * g.KW * C), dtype)
    for where, columns in _columns(xp, x, g):
        gy = xp.ascontiguousarray(channels_last[where]).reshape(len(columns[0]), -1, OC).transpose(0, 2, 1)
        height = gW.shape[1] // len(columns)
        for k, rows in enumerate(columns):
            more = xp.matmul(gy, rows)
            gW[:, k * height : (k + 1) * height] += more[0] if len(more) == 1 else more.sum(axis=0)
    return xp.ascontiguousarray(gW.reshape(OC, g.KH, g.KW, C).transpose(0, 3, 1, 2))


def _channels_last(xp: Any, shape: tuple[int, ...], dtype: Any) -> Any:
    """A new array of images (N, C, H, W), not a view, whose channels lie side by side in memory."""
    return xp.empty_like(xp.empty((2, 2, 2, 2)).transpose(0, 3, 1, 2), dtype, shape=shape)


def _as_rows(xp: Any, W: Any) -> Any:
    """The kernel as a matrix (KH·KW·C, OC), copied so that memory is read in order."""
    if W.strides[0] < W.strides[1]:  # turned by `spread`
        return xp.ascontiguousarray(W.transpose(2, 3, 1, 0)).reshape(-1, len(W))
    return xp.ascontiguousarray(W.transpose(0, 2, 3, 1)).reshape(len(W), -1).T


def _pays_by_rows(g: Geometry, C: int) -> bool:
    """Several products instead of one pay when each is large."""
    return (g.SH, g.SW) == (1, 1) and g.KW * C >= 32 and g.OH * g.OW >= 128


def _pays_by_planes(x: Any, g: Geometry, OC: int) -> bool:
    """Rows of the image are longer runs than rows of the window, and no wide layer follows that wants channels last."""
    width = g.KW * x.shape[1]
    channels_first = x.shape[1] == 1 or x.strides[3] < x.strides[1]
    return channels_first and width <= 24 and width <= g.OW and OC <= 32


def _at_a_time(xp: Any, N: int, size: int) -> int:
    """How many images, of `size` numbers each when laid out."""
    block = BLOCK if xp is np else BLOCK_ON_DEVICE
    return max(1, min(N, block // (1 + size)))


def _columns(xp: Any, x: Any, g: Geometry) -> Any:
    """Some windows at a time, and where: which images and which rows of the output.

    The windows are one matrix (1, positions, KH·KW·C), or for each row of the window a stack of matrices
    (images, positions, KW·C).
    """
    N, C = x.shape[:2]
    width = g.KW * C
    by_rows = xp is np and _pays_by_rows(g, C)
    block_size = BLOCK if xp is np else BLOCK_ON_DEVICE
    positions = max(POSITIONS, block_size // (width if by_rows else g.KH * width))
    bands = -(-g.OH // max(1, positions // g.OW))
    rows = -(-g.OH // bands)
    step = max(1, min(N, positions // (g.OH * g.OW)))
    overlap = g.KH - 1 if by_rows else 0

    images = x.transpose(0, 2, 3, 1)
    in_place = g.PH == 0 and g.PW == 0 and images.flags.c_contiguous
    block = images if in_place else xp.zeros((step, (rows - 1) * g.SH + g.KH, g.W + 2 * g.PW, C), x.dtype)
    count, height, Wp, _ = block.shape
    c = block.itemsize  # not block.strides: NumPy may put anything there for an axis of length 1
    w, h, n = C * c, Wp * C * c, height * Wp * C * c
    if by_rows:
        shape, strides = (count, height, g.OW, width), (n, h, w, c)
    else:
        shape, strides = (count, g.OH if in_place else rows, g.OW, g.KH, width), (n, h * g.SH, w * g.SW, h, c)
    windows = xp.lib.stride_tricks.as_strided(block, shape, strides)
    as_it_is = in_place and g[2:6] == (1, 1, 1, 1)  # a window is one pixel, and the image is the matrix
    buffer = None if as_it_is else xp.empty((step, rows + overlap, *shape[2:]), x.dtype)
    for first in range(0, N, step):
        some = slice(first, min(first + step, N))
        for row in range(0, g.OH, rows):
            band = slice(row, min(row + rows, g.OH))
            if in_place:
                seen = windows[some, row : band.stop + overlap]
            else:
                seen = windows[: some.stop - first, : band.stop - row + overlap]
                fill_band(block[: len(seen)], images[some], row * g.SH - g.PH, g.PW)
            if buffer is None:
                laid = seen
            else:
                laid = buffer[: len(seen), : seen.shape[1]]
                laid[...] = seen
            count, taken = len(seen), band.stop - row
            if by_rows:
                matrices = [laid[:, k : k + taken].reshape(count, -1, width) for k in range(g.KH)]
            else:
                matrices = [laid.reshape(1, -1, g.KH * width)]
            yield (some, band), matrices


def _planes(xp: Any, x: Any, g: Geometry) -> Any:
    """Some images at a time, and which: a matrix (C·KH·KW, positions) for each."""
    N, C = x.shape[:2]
    step = _at_a_time(xp, N, C * g.KH * g.KW * g.OH * g.OW)
    padded = xp.ascontiguousarray(g.padded(x))
    c, Hp, Wp = padded.itemsize, *padded.shape[2:]
    w, h, n = c, Wp * c, Hp * Wp * c
    windows = xp.lib.stride_tricks.as_strided(
        padded, (N, C, g.KH, g.KW, g.OH, g.OW), (C * n, n, h, w, h * g.SH, w * g.SW)
    )
    buffer = xp.empty((step, *windows.shape[1:]), x.dtype)
    for start in range(0, N, step):
        images = slice(start, start + step)
        laid = buffer[: len(windows[images])]
        laid[...] = windows[images]
        yield images, laid.reshape(len(laid), C * g.KH * g.KW, g.OH * g.OW)


def _by_planes(xp: Any, x: Any, W: Any, g: Geometry, b: Any, dtype: Any) -> Any:
    OC = len(W)
    kernel = W.reshape(OC, -1)
    result = xp.empty((len(x), OC, g.OH, g.OW), dtype)
    y = result.reshape(len(x), OC, g.OH * g.OW)
    for images, columns in _planes(xp, x, g):
        xp.matmul(kernel, columns, out=y[images])
        if b is not None:
            y[images] += b.reshape(-1, 1)
    return result


def _kernel_by_planes(xp: Any, x: Any, y: Any, g: Geometry, dtype: Any) -> Any:
    OC = y.shape[1]
    result = xp.zeros((OC, x.shape[1], g.KH, g.KW), dtype)
    gW = result.reshape(OC, -1)
    for images, columns in _planes(xp, x, g):
        gy = xp.ascontiguousarray(y[images]).reshape(len(columns), OC, -1)
        gW += xp.matmul(gy, columns.transpose(0, 2, 1)).sum(axis=0)
    return result
