"""Every function against PyTorch: values, first and second derivatives, single and double precision (make peers)."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import dezero_lab.functions as F
from dezero_lab import Variable

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.peers
tf = torch.nn.functional


def draw(*shape, seed=0, low=-1.0, high=1.0):
    return np.random.default_rng(seed).uniform(low, high, shape)


def torch_rnn(xs, h, Wx, b, Wh):
    hs = []
    for x in xs:
        h = torch.rnn_tanh_cell(x, h, Wx.T, Wh.T, b, torch.zeros_like(b))
        hs.append(h)
    return torch.stack(hs)


def torch_lstm(xs, h, c, Wx, b, Wh):
    """Our gates are forget, input, output, update; those of PyTorch input, forget, update, output."""
    H = h.shape[1]

    def gates(A):
        f, i, o, u = torch.split(A, H, -1)
        return torch.cat([i, f, u, o], -1)

    states = []
    for x in xs:
        h, c = torch.lstm_cell(x, (h, c), gates(Wx).T, gates(Wh).T, gates(b), torch.zeros_like(b))
        states.append(torch.stack([h, c]))
    return torch.stack(states)


def our_lstm_step(step):
    def run(x, h, c, *weights):
        h, c = step(x, h, c, weights[:4], weights[4:8], weights[8:])
        return F.stack([h, c])

    return run


def torch_lstm_step(x, h, c, *weights):
    return torch_lstm_window(x[None], h, c, *weights)[0]


def our_gru_step(step):
    return lambda x, h, *weights: step(x, h, weights[:3], weights[3:6], weights[6:9], weights[9])


def torch_gru_step(x, h, *weights):
    Wx, b, Wh = (torch.cat(part, -1) for part in (weights[:3], weights[3:6], weights[6:9]))
    zeros = torch.zeros_like(weights[9])
    return torch.gru_cell(x, h, Wx.T, Wh.T, b, torch.cat([zeros, zeros, weights[9]]))


def our_lstm_window(xs, h, c, *weights):
    hs, cs = F.lstm_window(xs, h, c, weights[:4], weights[4:8], weights[8:])
    return F.stack([hs, cs], axis=1)


def torch_lstm_window(xs, h, c, *weights):
    return torch_lstm(xs, h, c, *(torch.cat(part, -1) for part in (weights[:4], weights[4:8], weights[8:])))


LABELS = np.array([1, 0, 3, 1])
TARGETS = np.array([1.0, 0.0, 1.0, 1.0])
PICKED = np.array([[True, False, True, False]] * 3)
X, PAIR, POSITIVE = [draw(3, 4)], [draw(3, 4), draw(4, seed=1, low=0.5)], [draw(3, 4, low=0.2)]
IMAGES = draw(2, 3, 7, 6)
STEP = [draw(2, 3), draw(2, 4), draw(3, 4), draw(4), draw(4, 4)]
LSTM_STEP = [draw(2, 3), draw(2, 4), draw(2, 4), *[draw(*n, seed=s) for n in ((3, 4), (4,), (4, 4)) for s in range(4)]]  # fmt: skip
GRU_STEP = [draw(2, 3), draw(2, 4), *[draw(*n, seed=s) for n in ((3, 4), (4,), (4, 4)) for s in range(3)], draw(4, seed=9)]  # fmt: skip


def squared_error(a, b):
    return ((a - b) ** 2).sum() / len(a)


def binary(p):
    return tf.binary_cross_entropy(p, torch.tensor(TARGETS))


# the name of our function, and after a space what is special about the case: ours, theirs, arrays
CASES = {
    "add": (F.add, torch.add, PAIR),
    "sub": (F.sub, torch.sub, PAIR),
    "rsub": (F.rsub, torch.rsub, PAIR),
    "mul": (F.mul, torch.mul, PAIR),
    "div": (F.div, torch.div, PAIR),
    "rdiv": (lambda a, b: F.rdiv(b, a), torch.div, PAIR),
    "neg": (F.neg, torch.neg, X),
    "abs": (F.abs, torch.abs, X),
    "absolute": (F.absolute, torch.abs, X),
    "pow": (lambda x: x**3, lambda x: x**3, X),
    "pow variable": (F.pow, torch.pow, [draw(2, 3, low=0.5, high=2.0), draw(3)]),
    "pow of a number": (lambda x: 2.5**x, lambda x: 2.5**x, X),
    "sin": (F.sin, torch.sin, X),
    "cos": (F.cos, torch.cos, X),
    "tanh": (F.tanh, torch.tanh, X),
    "exp": (F.exp, torch.exp, X),
    "log": (F.log, torch.log, POSITIVE),
    "sqrt": (F.sqrt, torch.sqrt, POSITIVE),
    "clip": (lambda x: F.clip(x, -0.4, 0.3), lambda x: torch.clip(x, -0.4, 0.3), X),
    "maximum": (F.maximum, torch.maximum, [draw(3, 4), draw(4, seed=1)]),
    "maximum with ties": (F.maximum, torch.maximum, [np.array([1.0, 3.0]), np.array([1.0, 2.0])]),
    "minimum": (F.minimum, torch.minimum, [draw(3, 4), draw(4, seed=1)]),
    "where": (lambda a, b: F.where(PICKED, a, b), lambda a, b: torch.where(torch.tensor(PICKED), a, b), PAIR),
    "reshape": (lambda x: F.reshape(x, (2, 6)) ** 2, lambda x: x.reshape(2, 6) ** 2, X),
    "transpose": (lambda x: F.transpose(x, (2, 0, 1)) ** 2, lambda x: x.permute(2, 0, 1) ** 2, [draw(2, 3, 4)]),
    "broadcast_to": (lambda x: F.broadcast_to(x, (3, 4)) ** 2, lambda x: x.expand(3, 4) ** 2, [draw(4)]),
    "sum_to": (lambda x: F.sum_to(x, (1, 4)) ** 2, lambda x: x.sum_to_size(1, 4) ** 2, X),
    "expand_dims": (lambda x: F.expand_dims(x, 1) ** 2, lambda x: x.unsqueeze(1) ** 2, X),
    "squeeze": (lambda x: F.squeeze(x, 1) ** 2, lambda x: x.squeeze(1) ** 2, [draw(3, 1, 4)]),
    "flatten": (lambda x: F.flatten(x) ** 2, lambda x: x.flatten(1) ** 2, [draw(2, 3, 4)]),
    "concatenate": (lambda a, b: F.concatenate([a, b], 1) ** 2, lambda a, b: torch.cat([a, b], 1) ** 2, [draw(3, 4), draw(3, 2)]),
    "stack": (lambda a, b: F.stack([a, b], 1) ** 2, lambda a, b: torch.stack([a, b], 1) ** 2, [draw(3, 4), draw(3, 4, seed=1)]),
    "sum": (lambda x: F.sum(x, (0, 2)) ** 2, lambda x: x.sum((0, 2)) ** 2, [draw(2, 3, 4)]),
    "mean": (lambda x: F.mean(x, 1, True) ** 2, lambda x: x.mean(1, True) ** 2, X),
    "average": (lambda x: F.average(x, (0, 2)) ** 2, lambda x: x.mean((0, 2)) ** 2, [draw(2, 3, 4)]),
    "max": (lambda x: F.max(x, 1) ** 2, lambda x: x.amax(1) ** 2, X),
    "max with ties": (F.max, torch.amax, [np.array([1.0, 3.0, 3.0])]),
    "min": (lambda x: F.min(x, (0, 2), True) ** 2, lambda x: x.amin((0, 2), True) ** 2, [draw(2, 3, 4)]),
    "logsumexp": (F.logsumexp, lambda x: torch.logsumexp(x, 1), X),
    "matmul": (F.matmul, torch.matmul, [draw(5, 2, 3), draw(3, 4)]),
    "matmul of rows": (F.matmul, torch.matmul, [draw(3), draw(3, seed=1)]),
    "linear": (F.linear, lambda x, W, b: x @ W + b, [draw(4, 3), draw(3, 5), draw(5)]),
    "linear_simple": (F.linear_simple, lambda x, W, b: x @ W + b, [draw(4, 3), draw(3, 5), draw(5)]),
    "get_item": (lambda x: x[np.array([0, 0, 2]), 1:] ** 2, lambda x: x[torch.tensor([0, 0, 2]), 1:] ** 2, X),
    "embed_id": (lambda W: F.embed_id(LABELS, W) ** 2, lambda W: tf.embedding(torch.tensor(LABELS), W) ** 2, [draw(5, 3)]),
    "sigmoid": (F.sigmoid, torch.sigmoid, X),
    "sigmoid_simple": (F.sigmoid_simple, torch.sigmoid, X),
    "relu": (F.relu, torch.relu, X),
    "leaky_relu": (F.leaky_relu, lambda x: tf.leaky_relu(x, 0.2), X),
    "elu": (F.elu, tf.elu, X),
    "gelu": (F.gelu, lambda x: tf.gelu(x, approximate="tanh"), X),
    "silu": (F.silu, tf.silu, X),
    "softplus": (F.softplus, tf.softplus, X),
    "softmax": (F.softmax, lambda x: torch.softmax(x, 1), X),
    "softmax of a middle axis": (lambda x: F.softmax(x, 1), lambda x: torch.softmax(x, 1), [draw(2, 3, 4)]),
    "softmax_simple": (F.softmax_simple, lambda x: torch.softmax(x, 1), X),
    "log_softmax": (F.log_softmax, lambda x: torch.log_softmax(x, 1), X),
    "mean_squared_error": (F.mean_squared_error, squared_error, [draw(3, 4), draw(3, 4, seed=1)]),
    "mean_squared_error_simple": (F.mean_squared_error_simple, squared_error, [draw(3, 4), draw(3, 4, seed=1)]),
    "softmax_cross_entropy": (lambda x: F.softmax_cross_entropy(x, LABELS), lambda x: tf.cross_entropy(x, torch.tensor(LABELS)), [draw(4, 5)]),
    "softmax_cross_entropy_simple": (lambda x: F.softmax_cross_entropy_simple(x, LABELS), lambda x: tf.cross_entropy(x, torch.tensor(LABELS)), [draw(4, 5)]),
    "sigmoid_cross_entropy": (lambda x: F.sigmoid_cross_entropy(x, TARGETS), lambda x: tf.binary_cross_entropy_with_logits(x, torch.tensor(TARGETS)), [draw(4)]),
    "binary_cross_entropy": (lambda p: F.binary_cross_entropy(p, TARGETS), binary, [draw(4, low=0.1, high=0.9)]),
    "batch_norm": (
        lambda x, g, b: F.batch_norm(x, g, b, np.zeros(3), np.ones(3)),
        lambda x, g, b: tf.batch_norm(x, None, None, g, b, True, eps=2e-5),
        [IMAGES, draw(3), draw(3)],
    ),
    "layer_norm": (F.layer_norm, lambda x, g, b: tf.layer_norm(x, (4,), g, b), [draw(3, 4), draw(4), draw(4)]),
    "group_norm": (lambda x, g, b: F.group_norm(x, g, b, 2), lambda x, g, b: tf.group_norm(x, 2, g, b), [draw(2, 4, 3), draw(4), draw(4)]),
    "rnn_step": (F.rnn_step, lambda x, h, *weights: torch_rnn(x[None], h, *weights)[0], STEP),
    "rnn_step_simple": (F.rnn_step_simple, lambda x, h, *weights: torch_rnn(x[None], h, *weights)[0], STEP),
    "lstm_step": (our_lstm_step(F.lstm_step), torch_lstm_step, LSTM_STEP),
    "lstm_step_simple": (our_lstm_step(F.lstm_step_simple), torch_lstm_step, LSTM_STEP),
    "gru_step": (our_gru_step(F.gru_step), torch_gru_step, GRU_STEP),
    "gru_step_simple": (our_gru_step(F.gru_step_simple), torch_gru_step, GRU_STEP),
    "rnn_window": (F.rnn_window, torch_rnn, [draw(3, 2, 3), *STEP[1:]]),
    "lstm_window": (our_lstm_window, torch_lstm_window, [draw(3, 2, 3), *LSTM_STEP[1:]]),
    "im2col": (
        lambda x: F.im2col(x, 3, 2, 1).reshape(2, -1, 27).transpose(0, 2, 1) ** 2,
        lambda x: tf.unfold(x, 3, padding=1, stride=2) ** 2,
        [IMAGES],
    ),
    "col2im": (
        lambda x: F.col2im(x.transpose(0, 2, 1).reshape(24, 27), IMAGES.shape, 3, 2, 1) ** 2,
        lambda x: tf.fold(x, (7, 6), 3, padding=1, stride=2) ** 2,
        [draw(2, 27, 12)],
    ),
    "conv2d": (
        lambda x, W, b: F.conv2d(x, W, b, (2, 1), (1, 0)),
        lambda x, W, b: tf.conv2d(x, W, b, (2, 1), (1, 0)),
        [IMAGES, draw(4, 3, 3, 2), draw(4)],
    ),
    "conv2d_simple": (lambda x, W, b: F.conv2d_simple(x, W, b, 2, 1), lambda x, W, b: tf.conv2d(x, W, b, 2, 1), [IMAGES, draw(4, 3, 3, 2), draw(4)]),
    "deconv2d": (lambda x, W, b: F.deconv2d(x, W, b, 2, 1), lambda x, W, b: tf.conv_transpose2d(x, W, b, 2, 1), [IMAGES, draw(3, 2, 4, 4), draw(2)]),
    "deconv2d of a chosen size": (
        lambda x, W: F.deconv2d(x, W, stride=2, pad=1, outsize=(14, 11)),
        lambda x, W: tf.conv_transpose2d(x, W, stride=2, padding=1, output_padding=(1, 0)),
        [IMAGES, draw(3, 2, 3, 3)],
    ),
    "pooling": (lambda x: F.pooling(x, 3, 2, 1) ** 2, lambda x: tf.max_pool2d(x, 3, 2, 1) ** 2, [IMAGES]),
    "pooling_simple": (lambda x: F.pooling_simple(x, 3, 2) ** 2, lambda x: tf.max_pool2d(x, 3, 2) ** 2, [IMAGES]),
    "average_pooling": (lambda x: F.average_pooling(x, (3, 2), 2, 1) ** 2, lambda x: tf.avg_pool2d(x, (3, 2), 2, 1) ** 2, [IMAGES]),
}  # fmt: skip

# nothing to compare with: random, without a gradient, on plain arrays, or another name of the same
ELSEWHERE = {"accuracy", "batch_nrom", "col2im_array", "dropout", "im2col_array"}

# float32 is measured with float64 of PyTorch, the better of the two
TOLERANCES = {np.float64: {"rtol": 1e-9, "atol": 1e-11}, np.float32: {"rtol": 2e-4, "atol": 2e-5}}


def both(ours, theirs, arrays, dtype):
    xs = [Variable(a.astype(dtype)) for a in arrays]
    ts = [torch.tensor(a, requires_grad=True) for a in arrays]
    return xs, ts, ours(*xs), theirs(*ts)


def test_no_function_is_left_out():
    functions = {
        name for name in dir(F) if name.islower() and callable(getattr(F, name)) and not name.startswith("_")
    }
    assert functions - {name.split()[0] for name in CASES} == ELSEWHERE


@pytest.mark.parametrize("dtype", TOLERANCES)
@pytest.mark.parametrize(("ours", "theirs", "arrays"), CASES.values(), ids=CASES)
def test_values_and_gradients(ours, theirs, arrays, dtype):
    xs, ts, y, t = both(ours, theirs, arrays, dtype)
    assert y.dtype == dtype
    np.testing.assert_allclose(y.data, t.detach().numpy(), **TOLERANCES[dtype])
    upstream = np.random.default_rng(1).normal(size=y.shape)
    y.grad = Variable(upstream.astype(dtype))
    y.backward()
    t.backward(torch.tensor(upstream))
    for x, v in zip(xs, ts, strict=True):
        np.testing.assert_allclose(x.grad.data, v.grad.numpy(), **TOLERANCES[dtype])


@pytest.mark.parametrize(("ours", "theirs", "arrays"), CASES.values(), ids=CASES)
def test_second_derivatives(ours, theirs, arrays):
    xs, ts, y, t = both(ours, theirs, arrays, np.float64)
    rng = np.random.default_rng(1)
    upstream, directions = rng.normal(size=y.shape), [rng.normal(size=x.shape) for x in xs]
    F.sum(y * Variable(upstream)).backward(create_graph=True)
    gxs = [x.grad for x in xs]
    for x in xs:
        x.cleargrad()
    along = sum(F.sum(gx * v) for gx, v in zip(gxs, directions, strict=True))
    along.backward()
    gts = torch.autograd.grad((t * torch.tensor(upstream)).sum(), ts, create_graph=True)
    along = sum((gt * torch.tensor(v)).sum() for gt, v in zip(gts, directions, strict=True))
    if not along.requires_grad:  # a linear function
        assert all(x.grad is None or not x.grad.data.any() for x in xs)
        return
    expected = torch.autograd.grad(along, ts, allow_unused=True)
    for x, second in zip(xs, expected, strict=True):
        found = np.zeros(x.shape) if x.grad is None else x.grad.data
        np.testing.assert_allclose(
            found, 0 if second is None else second.numpy(force=True), rtol=1e-9, atol=1e-11
        )


def pass_agrees(xs, ts, y, t, turn=np.asarray):
    """Result and gradients, with the error measured by the largest number of each."""
    dtype = xs[0].dtype
    upstream = np.random.default_rng(1).normal(size=y.shape)
    y.grad = Variable(turn(upstream.astype(dtype)))
    y.backward()
    t.backward(torch.tensor(upstream))
    ours, theirs = [y.data, *[x.grad.data for x in xs]], [t.detach(), *[v.grad for v in ts]]
    for found, expected in zip(ours, theirs, strict=True):
        near = (1e-12 if dtype == np.float64 else 1e-5) * max(1.0, float(expected.abs().max()))
        assert found.dtype == dtype
        np.testing.assert_allclose(found, expected.numpy(), rtol=0, atol=near)


# images, kernel, stride, padding: where one way of computing it takes over from another
GEOMETRIES = {
    "one pixel": ((1, 1, 1, 1), (1, 1, 1, 1), 1, 0),
    "1x1": ((2, 16, 9, 9), (8, 16, 1, 1), 1, 0),
    "1x1 stride 2": ((2, 16, 9, 9), (8, 16, 1, 1), 2, 0),
    "3x3": ((2, 16, 14, 14), (32, 16, 3, 3), 1, 1),
    "3x3 odd": ((3, 5, 13, 11), (7, 5, 3, 3), 1, 1),
    "3x3 without padding": ((2, 8, 10, 10), (8, 8, 3, 3), 1, 0),
    "3x3 wide padding": ((2, 3, 6, 6), (4, 3, 3, 3), 1, 2),
    "3x3 stride 2": ((2, 8, 15, 15), (8, 8, 3, 3), 2, 1),
    "5x5": ((2, 3, 12, 10), (6, 3, 5, 5), 1, 2),
    "7x7 stride 2": ((1, 3, 32, 32), (8, 3, 7, 7), 2, 3),
    "4x4 stride 2": ((2, 8, 8, 8), (4, 8, 4, 4), 2, 1),
    "2x2 stride 3": ((2, 3, 8, 8), (4, 3, 2, 2), 3, 0),
    "whole image": ((4, 6, 5, 5), (10, 6, 5, 5), 1, 0),
    "many images": ((40, 1, 8, 8), (6, 1, 3, 3), 1, 1),
}


@pytest.mark.parametrize("dtype", TOLERANCES)
@pytest.mark.parametrize(("images", "kernel", "stride", "pad"), GEOMETRIES.values(), ids=GEOMETRIES)
def test_convolutions_of_many_shapes(images, kernel, stride, pad, dtype):
    K = kernel[2]
    turned = (images[1], kernel[0], K, K)
    compared = [
        (lambda x, W, b: F.conv2d(x, W, b, stride, pad), lambda x, W, b: tf.conv2d(x, W, b, stride, pad), [draw(*images), draw(*kernel), draw(kernel[0])]),
        (lambda x, W: F.deconv2d(x, W, None, stride, min(pad, K - 1)), lambda x, W: tf.conv_transpose2d(x, W, None, stride, min(pad, K - 1)), [draw(*images), draw(*turned)]),
        (lambda x: F.pooling(x, K, stride, min(pad, K // 2)), lambda x: tf.max_pool2d(x, K, stride, min(pad, K // 2)), [draw(*images)]),
        (lambda x: F.average_pooling(x, K, stride, min(pad, K // 2)), lambda x: tf.avg_pool2d(x, K, stride, min(pad, K // 2)), [draw(*images)]),
    ]  # fmt: skip
    for ours, theirs, arrays in compared:
        pass_agrees(*both(ours, theirs, arrays, dtype))


SIDES = st.integers(1, 14)
CHANNELS = st.sampled_from([1, 2, 3, 8, 16, 33, 64])
LAYOUTS = st.permutations(range(4))


def laid(array, axes):
    """The same array with its axes in another order in memory, if it is one of images or kernels."""
    if array.ndim != 4:
        return array
    return np.ascontiguousarray(array.transpose(axes)).transpose(np.argsort(axes))


@settings(deadline=None, max_examples=80)
@given(
    st.tuples(st.integers(1, 6), CHANNELS, SIDES, SIDES),
    st.tuples(CHANNELS, st.integers(1, 5), st.integers(1, 5)),
    st.tuples(st.integers(1, 3), st.integers(1, 3)),
    st.tuples(st.integers(0, 2), st.integers(0, 2)),
    st.tuples(LAYOUTS, LAYOUTS),
    st.sampled_from([*TOLERANCES]),
)
def test_images_of_any_shape_and_layout(images, kernel, stride, pad, layouts, dtype):
    (_, C, H, W), (OC, KH, KW) = images, kernel
    assume(H + 2 * pad[0] >= KH and W + 2 * pad[1] >= KW)
    size = (C * KH * KW) ** -0.5
    compared = [
        (F.conv2d, tf.conv2d, (stride, pad), [draw(OC, C, KH, KW) * size, draw(OC)]),
        (F.sum, torch.sum, ((0, 2, 3),), []),
        (F.mean, torch.mean, ((1, 3), True), []),
        (F.max, torch.amax, ((2, 3),), []),
    ]
    if min((H - 1) * stride[0] + KH - 2 * pad[0], (W - 1) * stride[1] + KW - 2 * pad[1]) > 0:
        compared.append(
            (F.deconv2d, tf.conv_transpose2d, (stride, pad), [draw(C, OC, KH, KW) * size, draw(OC)])
        )
    if 2 * pad[0] <= KH and 2 * pad[1] <= KW:
        compared.append((F.pooling, tf.max_pool2d, ((KH, KW), stride, pad), []))
        compared.append((F.average_pooling, tf.avg_pool2d, ((KH, KW), stride, pad), []))
    for ours, theirs, options, weights in compared:
        arrays = [draw(*images), *weights]
        ts = [torch.tensor(a, requires_grad=True) for a in arrays]
        xs = [Variable(laid(a.astype(dtype), layouts[0])) for a in arrays]
        before = [x.data.copy() for x in xs]
        y, t = ours(*xs, *options), theirs(*ts, *options)
        pass_agrees(xs, ts, y, t, lambda upstream: laid(upstream, layouts[1]))
        assert all(
            np.array_equal(a, x.data) for a, x in zip(before, xs, strict=True)
        )  # nothing was overwritten
