"""Convolution with fewer multiplications against the direct way: values and gradients, where it is used and where not."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import dezero_lab.functions as F
from dezero_lab import Variable
from dezero_lab.functions import conv_kernels, winograd
from dezero_lab.functions.windows import Geometry


def draw(*shapes, seed=0):
    rng = np.random.default_rng(seed)
    return [rng.standard_normal(shape, dtype=np.float32) for shape in shapes]


def assert_close(found, expected, part=5e-5):
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, expected, rtol=0, atol=part * abs(expected).max())


def direct(x, W, g, b=None):
    x, W, b = (None if a is None else a.astype(np.float64) for a in (x, W, b))
    return conv_kernels.correlate(x, W, g, b)


@pytest.fixture
def calls(monkeypatch):
    """Counts convolutions with fewer multiplications."""
    found = []

    def correlate(*args):
        found.append(args)
        return plain(*args)

    plain = winograd.correlate
    monkeypatch.setattr(winograd, "correlate", correlate)
    return found


@example(N=3, C=3, OC=64, H=9, W=9, pad=(1, 1), bias=True, turned=False, channels_last=False, tiles=9)
@example(N=1, C=3, OC=64, H=9, W=9, pad=(1, 1), bias=False, turned=True, channels_last=True, tiles=9)
@settings(max_examples=60, deadline=None)
@given(
    N=st.integers(1, 3),
    C=st.sampled_from([1, 3, 64, 65]),
    OC=st.sampled_from([1, 2, 64]),
    H=st.integers(1, 21),
    W=st.integers(1, 21),
    pad=st.tuples(st.integers(0, 7), st.integers(0, 7)),
    bias=st.booleans(),
    turned=st.booleans(),
    channels_last=st.booleans(),
    tiles=st.sampled_from([1, 7, 224]),
)
def test_agrees_with_the_direct_way(N, C, OC, H, W, pad, bias, turned, channels_last, tiles):
    if H + 2 * pad[0] < 3 or W + 2 * pad[1] < 3:
        return
    x, kernel, b = draw((N, C, H, W), (OC, C, 3, 3), (OC,))
    if turned:
        kernel = draw((C, OC, 3, 3))[0][:, :, ::-1, ::-1].transpose(1, 0, 2, 3)
    if channels_last:
        x = np.ascontiguousarray(x.transpose(0, 2, 3, 1)).transpose(0, 3, 1, 2)
    g = Geometry.of((H, W), 3, 1, pad)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(winograd, "TILES", tiles)
        patch.setattr(winograd, "CHANNELS", 48)
        y = np.full((N, g.OH, g.OW, OC), np.nan, np.float32)
        winograd.correlate(x, kernel, g, b if bias else None, y)
    assert_close(y.transpose(0, 3, 1, 2), direct(x, kernel, g, b if bias else None))


@pytest.mark.parametrize("shape", [(1, 64, 23, 24), (4, 70, 14, 11)])
def test_gradients(calls, shape):
    arrays = draw(shape, (64, shape[1], 3, 3), (64,))
    found = []
    for dtype in (np.float32, np.float64):
        x, kernel, b = variables = [Variable(a.astype(dtype)) for a in arrays]
        y = F.conv2d(x, kernel, b, 1, 1)
        F.sum(y * y).backward()
        found.append([y.data, *[v.grad.data for v in variables]])
    assert len(calls) == 2  # forward and to x, in float32
    for fast, readable in zip(*found, strict=True):
        assert_close(fast, readable)


def test_second_derivatives(calls):
    arrays = draw((1, 64, 23, 23), (64, 64, 3, 3))
    found = []
    for dtype in (np.float32, np.float64):
        x, kernel = (Variable(a.astype(dtype)) for a in arrays)
        F.sum(F.conv2d(x, kernel, None, 1, 1) ** 3).backward(create_graph=True)
        gx = x.grad
        x.cleargrad()
        kernel.cleargrad()
        F.sum(gx * gx).backward()
        found.append([gx.data, x.grad.data, kernel.grad.data])
    assert len(calls) >= 4
    for fast, readable in zip(*found, strict=True):
        assert_close(fast, readable, 2e-4)


@pytest.mark.parametrize(
    ("x", "W", "stride", "pad"),
    [
        ((1, 64, 9, 9), (64, 64, 3, 3), 1, 1),  # too few positions for the price of the kernel
        ((1, 63, 30, 30), (64, 63, 3, 3), 1, 1),
        ((1, 64, 30, 30), (64, 64, 3, 3), 2, 1),
        ((1, 64, 30, 30), (64, 64, 5, 5), 1, 1),
        ((99, 64, 5, 5), (64, 64, 3, 3), 1, 1),  # 16 of 8 x 8 outputs in tiles are 25 of 64
    ],
)
def test_other_convolutions_go_the_direct_way(calls, x, W, stride, pad):
    x, W = draw(x, W)
    F.conv2d(x, W, None, stride, pad)
    assert not calls


def test_bias_of_another_dtype(calls):
    x, W = draw((1, 64, 24, 24), (64, 64, 3, 3))
    b = np.arange(64.0)
    y = F.conv2d(x, W, b, 1, 1).data
    assert len(calls) == 1
    assert y.dtype == np.float64
    expected = direct(x, W, Geometry.of((24, 24), 3, 1, 1), b)
    np.testing.assert_allclose(y, expected, atol=1e-3)


def test_float64_keeps_its_precision(calls):
    x, W = (a.astype(np.float64) for a in draw((1, 64, 24, 24), (64, 64, 3, 3)))
    np.testing.assert_allclose(
        F.conv2d(x, W, None, 1, 1).data, F.conv2d_simple(x, W, None, 1, 1).data, rtol=1e-9, atol=1e-9
    )
    assert not calls


def test_results_do_not_share_memory():
    x, W = draw((2, 64, 24, 24), (64, 64, 3, 3))
    first = F.conv2d(x, W, None, 1, 1).data
    kept = first.copy()
    F.conv2d(x + 1, W, None, 1, 1)
    np.testing.assert_array_equal(first, kept)
