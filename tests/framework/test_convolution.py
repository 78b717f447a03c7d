"""What convolutions do with memory: order of axes, arrays of their own, temporaries that stay small."""

import tracemalloc

import numpy as np
import pytest

import dezero_lab.functions as F
from dezero_lab import Variable


def draw(*shapes):
    rng = np.random.default_rng(0)
    return [rng.standard_normal(shape, dtype=np.float32) for shape in shapes]


def is_channels_last(x):
    return x.transpose(0, 2, 3, 1).flags.c_contiguous


@pytest.mark.parametrize(
    ("shape", "kernel", "stride"),
    [
        ((2, 5, 9, 8), (40, 5, 3, 3), 1),  # by windows
        ((2, 16, 14, 14), (4, 16, 3, 3), 1),  # by rows, and back from few channels
        ((2, 16, 14, 14), (4, 16, 3, 3), 2),
        ((2, 64, 24, 24), (64, 64, 3, 3), 1),  # with fewer multiplications
        ((2, 3, 9, 9), (40, 3, 1, 1), 1),
    ],
)
def test_images_are_channels_last_and_nobody_elses(shape, kernel, stride):
    x, W = (Variable(a) for a in draw(shape, kernel))
    y = F.conv2d(x, W, None, stride, 1)
    assert is_channels_last(y.data)
    assert y.data.base is None
    F.sum(y * y).backward()
    assert x.grad.data.transpose(0, 2, 3, 1).strides[-1] == x.grad.data.itemsize
    assert W.grad.data.flags.c_contiguous  # as its kernel is: an optimiser reads both in one order
    assert x.grad.data.dtype == W.grad.data.dtype == np.float32


def test_grey_images_stay_as_they_are():
    x, W = draw((2, 1, 28, 28), (6, 1, 5, 5))
    y = F.conv2d(x, W, None, 1, 2).data
    assert y.flags.c_contiguous
    assert y.base is None


@pytest.mark.parametrize("channels", [4, 64])
def test_a_network_keeps_the_order_of_axes(channels):
    x, W = draw((2, channels, 24, 24), (64, channels, 3, 3))
    h = F.pooling(F.relu(F.conv2d(x, W, None, 1, 1)), 2, 2)
    assert is_channels_last(h.data)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_large_images_are_laid_out_in_bands(dtype):
    """All windows of this image at once would be 9 times the image."""
    x, W = (a.astype(dtype) for a in draw((1, 64, 160, 160), (64, 64, 3, 3)))
    F.conv2d(x, W, None, 1, 1)
    tracemalloc.start()
    try:
        F.conv2d(x, W, None, 1, 1)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 2 * x.nbytes + 12e6  # the result and a block


def test_integers_stay_integers():
    x = np.arange(50).reshape(1, 2, 5, 5)
    W = np.ones((3, 2, 3, 3), int)
    y = F.conv2d(x, W, None, 1, 1).data
    np.testing.assert_array_equal(y, F.conv2d(x.astype(float), W.astype(float), None, 1, 1).data)
    assert y.dtype.kind == "i"
