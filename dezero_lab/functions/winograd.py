"""Convolution with kernels of 3 x 3 and stride 1, with a quarter of the multiplications.

Four numbers under a kernel of three come from six products instead of twelve, when input and kernel are first mapped to
six sums each (Winograd's F(4, 3)); in two dimensions a tile of 4 x 4 outputs takes 36 products instead of 144. For many
tiles and channels the 36 products are 36 matrix products, and the maps before and after are products with small fixed
matrices. The sums have other roundings than the direct way: about 1e-5 of the largest output instead of 1e-6, and a
number that is not finite spreads over its tile. Source: Lavin and Gray, "Fast Algorithms for Convolutional Neural
Networks" (2016).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided

from .windows import Geometry, fill_band

TILES = 128  # at a time: enough rows for good matrix products, few enough for the cache
CHANNELS = 128  # of the output at a time, where the mapped kernel is used once

INPUT = np.array(
    [
        [4, 0, -5, 0, 1, 0],
        [0, -4, -4, 1, 1, 0],
        [0, 4, -4, -1, 1, 0],
        [0, -2, -1, 2, 1, 0],
        [0, 2, -1, -2, 1, 0],
        [0, 4, 0, -5, 0, 1],
    ]
)
KERNEL = np.array([[6, 0, 0], [-4, -4, -4], [-4, 4, -4], [1, 2, 4], [1, -2, 4], [0, 0, 24]]) / 24
OUTPUT = np.array([[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 0], [0, 1, 1, 4, 4, 0], [0, 1, -1, 8, -8, 1]])


def _both_axes(matrix: Any) -> Any:
    return np.kron(matrix, matrix).astype(np.float32)


INPUT_2D, KERNEL_2D, OUTPUT_2D = _both_axes(INPUT), _both_axes(KERNEL), _both_axes(OUTPUT)


def pays(x: Any, W: Any, g: Geometry) -> bool:
    """Whether this way is open, and faster than the direct one: float32, many channels, many positions."""
    if not (x.dtype == W.dtype == np.float32 and g[2:6] == (3, 3, 1, 1) and type(x) is type(W) is np.ndarray):
        return False
    positions = len(x) * g.OH * g.OW
    tiles = len(x) * -(-g.OH // 4) * -(-g.OW // 4)
    return min(W.shape[:2]) >= 64 and positions >= 512 and 16 * tiles <= 1.5 * positions


def correlate(x: Any, W: Any, g: Geometry, b: Any, y: Any) -> None:
    """Slide W over x and add b, if any: (N, C, H, W) and (OC, C, 3, 3) in float32 to y (N, OH, OW, OC)."""
    N, C = x.shape[:2]
    OC = len(W)
    down, across = -(-g.OH // 4), -(-g.OW // 4)
    images = _share(N, TILES // (down * across))
    rows = _share(down, TILES // across)
    tiles = images * rows * across
    once = images == N and rows == down
    kernel = _parts_of_kernel(W, CHANNELS if once else OC)
    if not once:
        kernel = list(kernel)

    padded = np.zeros((images, 4 * rows + 2, 4 * across + 2, C), np.float32)
    n, h, w, c = padded.strides
    windows = as_strided(padded, (6, 6, images, rows, across, C), (h, w, n, 4 * h, 4 * w, c))
    gathered, mapped = np.empty((2, 36, tiles * C), np.float32)
    products = np.empty((36, tiles, OC), np.float32)
    sums = np.empty((16, tiles * OC), np.float32)
    for first in range(0, N, images or 1):
        part = x[first : first + images].transpose(0, 2, 3, 1)
        for row in range(0, down, rows):
            fill_band(padded[: len(part)], part, 4 * row - g.PH, g.PW)
            gathered.reshape(windows.shape)[...] = windows
            np.matmul(INPUT_2D, gathered, out=mapped)
            for some, matrices in kernel:
                np.matmul(mapped.reshape(36, tiles, C), matrices, out=products[:, :, some])
            np.matmul(OUTPUT_2D, products.reshape(36, -1), out=sums)
            target = y[first : first + images, 4 * row : 4 * (row + rows)]
            for k, plane in enumerate(sums.reshape(16, images, rows, across, OC)):
                place = target[:, k // 4 :: 4, k % 4 :: 4]
                plane = plane[: len(place), : place.shape[1], : place.shape[2]]
                if b is None:
                    place[...] = plane
                else:
                    np.add(plane, b, out=place)


def _share(number: int, largest: int) -> int:
    """How many at a time, when each time is to have as many."""
    return -(-number // max(1, -(-number // max(1, largest))))


def _parts_of_kernel(W: Any, width: int) -> Any:
    """For `width` output channels at a time, which these are and 36 matrices (C, width), in memory that is used again.

    The copy keeps the two channel axes in the order in which they lie in memory: W may be turned, as the kernel of a
    gradient is.
    """
    turned = W.strides[0] < W.strides[1]
    rows = np.ascontiguousarray(W.transpose((1, 2, 3, 0) if turned else (0, 2, 3, 1)))
    rows = rows.reshape(len(rows), 9, -1)
    width = min(width, len(W))
    mapped = np.empty((len(rows), 36, width) if turned else (width, 36, rows.shape[2]), np.float32)
    for first in range(0, len(W), width):
        some = slice(first, min(first + width, len(W)))
        count = some.stop - first
        if turned:
            yield some, np.matmul(KERNEL_2D, rows[:, :, some], out=mapped[:, :, :count]).transpose(1, 0, 2)
        else:
            yield some, np.matmul(KERNEL_2D, rows[some], out=mapped[:count]).transpose(1, 2, 0)
