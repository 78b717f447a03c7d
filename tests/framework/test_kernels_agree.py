"""Each fast kernel against the readable form it stands beside: values, first and second derivatives, dtypes."""

from importlib import import_module

import numpy as np
import pytest

import dezero_lab.functions as F
import dezero_lab.layers as L
from dezero_lab import Variable
from dezero_lab.gradcheck import gradcheck


def rnn_by_steps(xs, h, Wx, b, Wh):
    hs = []
    for k in range(len(xs)):
        h = F.rnn_step_simple(xs[k], h, Wx, b, Wh)
        hs.append(h)
    return F.stack(hs)


def lstm_by_steps(xs, h, c, *w):
    hs, cs = [], []
    for k in range(len(xs)):
        h, c = F.lstm_step_simple(xs[k], h, c, w[:4], w[4:8], w[8:])
        hs.append(h)
        cs.append(c)
    return F.stack([F.stack(hs), F.stack(cs)])


def joined(pair):
    return F.stack(pair)


# name: fast, readable, shapes of the inputs
PAIRS = {
    "rnn_step": (F.rnn_step, F.rnn_step_simple, [(2, 3), (2, 4), (3, 4), (4,), (4, 4)]),
    "lstm_step": (
        lambda x, h, c, *w: joined(F.lstm_step(x, h, c, w[:4], w[4:8], w[8:])),
        lambda x, h, c, *w: joined(F.lstm_step_simple(x, h, c, w[:4], w[4:8], w[8:])),
        [(2, 3), (2, 4), (2, 4), *[(3, 4)] * 4, *[(4,)] * 4, *[(4, 4)] * 4],
    ),
    "lstm_step, the first": (
        lambda x, *w: joined(F.lstm_step(x, None, None, w[:4], w[4:8], w[8:])),
        lambda x, *w: joined(F.lstm_step_simple(x, None, None, w[:4], w[4:8], ())),
        [(2, 3), *[(3, 4)] * 4, *[(4,)] * 4, *[(4, 4)] * 4],
    ),
    "gru_step": (
        lambda x, h, c, *w: F.gru_step(x, h, w[:3], w[3:6], w[6:], c),
        lambda x, h, c, *w: F.gru_step_simple(x, h, w[:3], w[3:6], w[6:], c),
        [(2, 3), (2, 4), (4,), *[(3, 4)] * 3, *[(4,)] * 3, *[(4, 4)] * 3],
    ),
    "rnn_window": (F.rnn_window, rnn_by_steps, [(5, 2, 3), (2, 4), (3, 4), (4,), (4, 4)]),
    "rnn_window of one step": (F.rnn_window, rnn_by_steps, [(1, 2, 1), (2, 3), (1, 3), (3,), (3, 3)]),
    "lstm_window": (
        lambda xs, h, c, *w: joined(F.lstm_window(xs, h, c, w[:4], w[4:8], w[8:])),
        lstm_by_steps,
        [(5, 2, 3), (2, 4), (2, 4), *[(3, 4)] * 4, *[(4,)] * 4, *[(4, 4)] * 4],
    ),
    "lstm_window of one step": (
        lambda xs, h, c, *w: joined(F.lstm_window(xs, h, c, w[:4], w[4:8], w[8:])),
        lstm_by_steps,
        [(1, 2, 1), (2, 2), (2, 2), *[(1, 2)] * 4, *[(2,)] * 4, *[(2, 2)] * 4],
    ),
}
pairs = pytest.mark.parametrize(("fast", "readable", "shapes"), PAIRS.values(), ids=PAIRS)


def draw(shapes, dtype=np.float64, seed=0):
    rng = np.random.default_rng(seed)
    return [rng.uniform(-1, 1, shape).astype(dtype) for shape in shapes]


def gradients(f, arrays, create_graph=False, seed=7):
    """The result, and the gradients for a drawn gradient of the result."""
    xs = [Variable(a) for a in arrays]
    y = f(*xs)
    y.grad = Variable(np.random.default_rng(seed).normal(size=y.shape).astype(y.dtype))
    y.backward(create_graph=create_graph)
    nothing = [Variable(np.zeros_like(x.data)) for x in xs]  # what a first step does not use
    return xs, y, [g if x.grad is None else x.grad for x, g in zip(xs, nothing, strict=True)]


@pairs
@pytest.mark.parametrize("create_graph", [False, True])
def test_values_and_gradients_agree(fast, readable, shapes, create_graph):
    arrays = draw(shapes)
    _, y, found = gradients(fast, arrays, create_graph)
    _, expected_y, expected = gradients(readable, arrays)
    np.testing.assert_allclose(y.data, expected_y.data, rtol=1e-12, atol=1e-13)
    for gx, expected_gx in zip(found, expected, strict=True):
        np.testing.assert_allclose(gx.data, expected_gx.data, rtol=1e-11, atol=1e-13)


@pairs
def test_gradients_of_gradients_agree(fast, readable, shapes):
    arrays, second = draw(shapes), []
    for f in (fast, readable):
        xs, _, firsts = gradients(f, arrays, create_graph=True)
        for x in xs:
            x.cleargrad()
        total = sum(F.sum(gx * gx) for gx in firsts)
        total.backward()
        second.append([0 * x.data if x.grad is None else x.grad.data for x in xs])
    for found, expected in zip(*second, strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-11)


@pairs
def test_float32_stays_float32_and_close(fast, readable, shapes):
    _, y, found = gradients(fast, draw(shapes, np.float32))
    _, expected_y, expected = gradients(readable, draw(shapes))
    assert {y.dtype, *(gx.dtype for gx in found)} == {np.dtype(np.float32)}
    np.testing.assert_allclose(y.data, expected_y.data, rtol=1e-4, atol=1e-5)
    for gx, expected_gx in zip(found, expected, strict=True):
        np.testing.assert_allclose(gx.data, expected_gx.data, rtol=1e-3, atol=2e-4)


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize("name", ["rnn_window", "lstm_window of one step", "lstm_step"])
def test_kernels_against_numbers(name, order):
    fast, _, shapes = PAIRS[name]
    result = gradcheck(fast, draw(shapes), variable=Variable, order=order)
    assert result, str(result)


@pytest.mark.parametrize("cls", [L.RNN, L.LSTM])
@pytest.mark.parametrize("in_size", [None, 3])
def test_a_window_is_the_same_as_steps(cls, in_size):
    xs = draw([(6, 2, 3)], np.float32)[0]
    layer = cls(4, in_size=in_size)
    found = []
    for by_window in (True, False):
        layer.cleargrads()
        layer.reset_state()
        if by_window:
            hs = F.concatenate([layer.window(xs[:4]), layer.window(xs[4:])])  # the state goes on
        else:
            hs = F.stack([layer(x) for x in xs])
        F.sum(hs * hs).backward()
        found.append([hs.data, layer.h.data, *(p.grad.data for p in layer.params())])
    for a, b in zip(*found, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("cls", [L.RNN, L.LSTM])
def test_a_window_says_what_it_needs(cls):
    layer = cls(4, in_size=3)
    with pytest.raises(ValueError, match=r"a window needs xs \(T, N, D\)"):
        layer.window(np.zeros((2, 3), np.float32))
    layer(np.zeros((2, 3), np.float32))
    with pytest.raises(ValueError, match="keeps a state of 2 rows"):
        layer.window(np.zeros((5, 4, 3), np.float32))
    layer.reset_state()
    with pytest.raises(ValueError, match=r"needs x \(N, 3\)"):
        layer(np.zeros((2, 5), np.float32))


@pytest.mark.parametrize("cls", [L.RNN, L.LSTM])
def test_backward_after_the_state_was_reset(cls):
    """The state is dropped before the sweep; the gradient is the same."""
    xs, found = draw([(3, 2, 3)], np.float32)[0], []
    layer = cls(4, in_size=3)
    for reset in (False, True):
        layer.cleargrads()
        layer.reset_state()
        for x in xs:
            h = layer(x)
        loss = F.sum(h)
        if reset:
            layer.reset_state()
        del h
        loss.backward()
        found.append([p.grad.data for p in layer.params()])
    for a, b in zip(*found, strict=True):
        np.testing.assert_array_equal(a, b)


GEOMETRIES = [
    # N, C, H, W, OC, kernel, stride, pad
    (5, 2, 7, 6, 3, (3, 2), 1, 1),
    (5, 1, 9, 9, 2, (4, 4), (2, 3), (1, 2)),
    (2, 16, 14, 13, 4, 3, 1, 1),
    (1, 1, 3, 3, 1, 3, 1, 0),
    (5, 3, 4, 6, 4, 1, 1, 0),
    (5, 3, 4, 6, 4, 1, 2, 1),
    (0, 3, 4, 6, 4, 3, 1, 1),
    (3, 2, 6, 13, 2, 3, 1, 1),
]


@pytest.mark.parametrize("block", [1, 300, 10**6])
@pytest.mark.parametrize(("N", "C", "H", "W", "OC", "kernel", "stride", "pad"), GEOMETRIES)
def test_every_way_to_convolve_agrees(monkeypatch, block, N, C, H, W, OC, kernel, stride, pad):
    """By windows in blocks of any size, by rows of windows, by planes, and from im2col."""
    conv_kernels = import_module("dezero_lab.functions.conv_kernels")
    monkeypatch.setattr(conv_kernels, "BLOCK", block)
    monkeypatch.setattr(conv_kernels, "POSITIONS", block)
    KH, KW = (kernel, kernel) if isinstance(kernel, int) else kernel
    arrays = draw([(N, C, H, W), (OC, C, KH, KW), (OC,)])
    ways = [lambda *a: F.conv2d_simple(*a, stride, pad), lambda *a: F.conv2d(*a, stride, pad)]
    found = [gradients(f, arrays) for f in ways]
    for planes in (True, False):
        monkeypatch.setattr(conv_kernels, "_pays_by_planes", lambda *_, planes=planes: planes)
        found.append(gradients(ways[1], arrays))
    if stride == 1:
        monkeypatch.setattr(conv_kernels, "_pays_by_rows", lambda g, C: (g.SH, g.SW) == (1, 1))
        found.append(gradients(ways[1], arrays))
        monkeypatch.setattr(conv_kernels, "_pays_by_rows", lambda g, C: False)
        found.append(gradients(ways[1], arrays))
    (_, expected_y, expected), *others = found
    for _, y, grads in others:
        np.testing.assert_allclose(y.data, expected_y.data, rtol=1e-10, atol=1e-12)
        for gx, expected_gx in zip(grads, expected, strict=True):
            np.testing.assert_allclose(gx.data, expected_gx.data, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("block", [1, 100, 10**6])
@pytest.mark.parametrize(("kernel", "stride", "pad"), [(2, 2, 0), (3, 2, 1), ((3, 2), (1, 2), (1, 0))])
def test_pooling_in_blocks_agrees(monkeypatch, block, kernel, stride, pad):
    """Few numbers, so that many windows tie: the first place in reading order wins, in both forms."""
    module = import_module("dezero_lab.functions.pooling")  # F.pooling is the function
    monkeypatch.setattr(module, "BLOCK", block)
    x = np.random.default_rng(0).integers(0, 3, (5, 2, 7, 6)).astype(float)
    _, y, (fast,) = gradients(lambda x: F.pooling(x, kernel, stride, pad), [x])
    _, _, (readable,) = gradients(lambda x: F.pooling(x, kernel, stride, pad), [x], create_graph=True)
    np.testing.assert_allclose(
        fast.data, readable.data, rtol=1e-14, atol=1e-15
    )  # the same sums in another order
    assert y.data.max() <= 2


@pytest.mark.parametrize("block", [1, 20, 10**6])
def test_cross_entropy_in_blocks_agrees(monkeypatch, block):
    monkeypatch.setattr(import_module("dezero_lab.functions.loss"), "BLOCK", block)
    x, t = draw([(7, 5)])[0] * 50, np.array([0, 4, 2, 2, 1, 3, 0])
    _, y, (gx,) = gradients(lambda x: F.softmax_cross_entropy(x, t), [x])
    _, expected_y, (expected,) = gradients(lambda x: F.softmax_cross_entropy_simple(x, t), [x])
    np.testing.assert_allclose(y.data, expected_y.data, rtol=1e-12)
    np.testing.assert_allclose(gx.data, expected.data, rtol=1e-10, atol=1e-14)
    far = F.softmax_cross_entropy(np.array([[0.0, 2000.0]]), np.array([0]))
    assert far.item() == 2000.0  # no log of a probability that was rounded to 0
