"""Max and average pooling against windows that are looked at one by one, for images in any order in memory."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dezero_lab.functions as F
from dezero_lab import Variable, no_grad


def one_by_one(x, gy, kernel, stride, pad):
    """The largest number of each window, and gy put back at the first place in reading order that holds it."""
    (KH, KW), (SH, SW), (PH, PW) = kernel, stride, pad
    padded = np.full((*x.shape[:2], x.shape[2] + 2 * PH, x.shape[3] + 2 * PW), -np.inf)
    padded[:, :, PH : PH + x.shape[2], PW : PW + x.shape[3]] = x
    y, gx = np.empty(gy.shape), np.zeros(padded.shape)
    for n, c, i, j in np.ndindex(*gy.shape):
        window = padded[n, c, i * SH : i * SH + KH, j * SW : j * SW + KW]
        a, b = np.unravel_index(window.argmax(), window.shape)
        y[n, c, i, j] = window[a, b]
        gx[n, c, i * SH + a, j * SW + b] += gy[n, c, i, j]
    return y, gx[:, :, PH : PH + x.shape[2], PW : PW + x.shape[3]]


def in_memory(x, order):
    """The same array with its axes in another order in memory."""
    return np.ascontiguousarray(x.transpose(order)).transpose(np.argsort(order))


@st.composite
def a_pooling(draw):
    def pair(low, high):
        return draw(st.tuples(st.integers(low, high), st.integers(low, high)))

    kernel, stride = pair(1, 4), pair(1, 3)
    pad = tuple(draw(st.integers(0, k // 2)) for k in kernel)
    size = tuple(draw(st.integers(max(k - 2 * p, 1), 7)) for k, p in zip(kernel, pad, strict=True))
    shape = (draw(st.integers(1, 3)), draw(st.integers(1, 3)), *size)
    return shape, kernel, stride, pad, draw(st.permutations(range(4))), draw(st.permutations(range(4)))


@given(a_pooling(), st.sampled_from([np.float32, np.float64]), st.integers(0, 99))
def test_every_window(drawn, dtype, seed):
    shape, kernel, stride, pad, order, other = drawn
    rng = np.random.default_rng(seed)
    x = Variable(in_memory(rng.integers(0, 4, shape).astype(dtype), order))  # few numbers: many windows tie
    y = F.pooling(x, kernel, stride, pad)
    y.grad = Variable(in_memory(rng.integers(-9, 9, y.shape).astype(dtype), other))
    expected, gx = one_by_one(x.data, y.grad.data, kernel, stride, pad)
    y.backward(retain_grad=True)
    np.testing.assert_array_equal(y.data, expected)
    np.testing.assert_array_equal(x.grad.data, gx)
    assert y.dtype == x.grad.dtype == dtype
    x.cleargrad()
    y.backward(create_graph=True)
    np.testing.assert_array_equal(x.grad.data, gx)
    with no_grad():
        np.testing.assert_array_equal(F.pooling(x, kernel, stride, pad).data, expected)


@pytest.mark.parametrize("function", [F.pooling, F.average_pooling])
@pytest.mark.parametrize("order", [(0, 1, 2, 3), (0, 2, 3, 1)])
def test_axes_stay_as_they_lie_in_memory(function, order):
    x = Variable(in_memory(np.random.default_rng(0).normal(size=(2, 3, 8, 8)), order))
    for pad in (0, 1):
        assert function(x, 2, 2, pad).data.transpose(order).flags.c_contiguous
    y = function(x, 2, 2)
    y.grad = Variable(np.ones_like(y.data))
    y.backward()
    assert x.grad.data.transpose(order).flags.c_contiguous


def test_a_window_of_more_places_than_a_byte_counts():
    x = Variable(np.arange(2 * 20 * 20, dtype=np.float32).reshape(1, 2, 20, 20))
    F.pooling(x, 20).backward()
    assert np.argwhere(x.grad.data).tolist() == [[0, 0, 19, 19], [0, 1, 19, 19]]


def test_whole_numbers():
    assert F.pooling(np.array([[[[-3, -2], [-7, -5]]]]), 2, 1, 1).data[0, 0].tolist() == [
        [-3, -2, -2],
        [-3, -2, -2],
        [-7, -5, -5],
    ]


@pytest.mark.parametrize("function", [F.pooling, F.average_pooling])
def test_no_images(function):
    x = Variable(np.zeros((0, 2, 4, 4), np.float32))
    y = function(x, 2, 2)
    y.backward()
    assert y.shape == (0, 2, 2, 2)
    assert x.grad.shape == x.shape
