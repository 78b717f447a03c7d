"""Functions over shapes drawn by Hypothesis: broadcasting, axes, windows and picks of any form."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import dezero_lab.functions as F
from dezero_lab import Variable
from dezero_lab.gradcheck import gradcheck

some = settings(deadline=None, max_examples=40)
SHAPES = hnp.array_shapes(min_dims=1, max_dims=4, min_side=1, max_side=4)


def draw(shape, seed=0):
    return np.random.default_rng(seed).uniform(0.5, 2.0, shape)


@some
@given(
    hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=3, max_side=3),
    st.sampled_from([F.add, F.sub, F.mul, F.div, F.pow, F.maximum, F.minimum]),
)
def test_two_operands_of_any_shapes(shapes, f):
    a, b = (draw(shape, seed) for seed, shape in enumerate(shapes.input_shapes))
    result = gradcheck(f, [a, b], variable=Variable)
    assert result, str(result)
    assert f(a, b).shape == shapes.result_shape


@some
@given(SHAPES, st.data())
def test_reductions_over_any_axes(shape, data):
    axis = data.draw(
        st.none() | hnp.valid_tuple_axes(len(shape), min_size=1) | st.integers(-len(shape), len(shape) - 1)
    )
    keepdims = data.draw(st.booleans())
    x = np.random.default_rng(1).permutation(int(np.prod(shape))).reshape(shape) / 7.0  # no ties
    for ours, theirs in ((F.sum, np.sum), (F.mean, np.mean), (F.max, np.max), (F.min, np.min)):
        np.testing.assert_allclose(ours(x, axis, keepdims).data, theirs(x, axis, keepdims=keepdims))
        result = gradcheck(lambda x, f=ours: f(x, axis, keepdims), [x], variable=Variable)
        assert result, str(result)


@some
@given(SHAPES, st.data())
def test_picks_of_any_form(shape, data):
    index = data.draw(
        hnp.basic_indices(shape, allow_newaxis=True)
        | hnp.integer_array_indices(shape)
        | hnp.arrays(bool, shape)
    )
    x = Variable(draw(shape))
    y = x[index]
    np.testing.assert_array_equal(y.data, x.data[index])
    v = np.random.default_rng(2).normal(size=y.shape)
    y.grad = Variable(v)
    y.backward()
    expected = np.zeros(shape)
    np.add.at(expected, index, v)
    np.testing.assert_allclose(x.grad.data, expected)


@some
@given(SHAPES, st.data())
def test_moving_axes_there_and_back(shape, data):
    axes = data.draw(st.permutations(range(len(shape))))
    axes = [axis - len(shape) if data.draw(st.booleans()) else axis for axis in axes]
    x = Variable(draw(shape))
    y = F.transpose(x, axes)
    np.testing.assert_array_equal(y.data, np.transpose(x.data, axes))
    y.grad = Variable(y.data)
    y.backward()
    np.testing.assert_array_equal(x.grad.data, x.data)


SIDES = st.integers(1, 3)


@st.composite
def windows(draw):
    """(N, C, H, W), a kernel, a stride and a padding that fit on it."""
    kernel, stride, pad = (draw(st.tuples(s, s)) for s in (SIDES, SIDES, st.integers(0, 2)))
    size = [draw(st.integers(max(1, k - 2 * p), 6)) for k, p in zip(kernel, pad, strict=True)]
    return (draw(st.integers(1, 2)), draw(SIDES), *size), kernel, stride, pad


def patches(x, kernel, stride, pad, fill):
    """What each window sees: (N, C, OH, OW, KH, KW), from a definition without tricks."""
    padded = np.pad(x, ((0, 0), (0, 0), (pad[0],) * 2, (pad[1],) * 2), constant_values=fill)
    seen = np.lib.stride_tricks.sliding_window_view(padded, kernel, axis=(2, 3))
    return seen[:, :, :: stride[0], :: stride[1]]


@some
@given(windows(), st.integers(1, 3), st.integers(0, 99))
def test_windows_of_any_geometry(window, channels, seed):
    shape, kernel, stride, pad = window
    rng = np.random.default_rng(seed)
    x, W, b = (
        rng.normal(size=shape),
        rng.normal(size=(channels, shape[1], *kernel)),
        rng.normal(size=channels),
    )
    seen = patches(x, kernel, stride, pad, 0.0)
    y = F.conv2d(x, W, b, stride, pad).data
    np.testing.assert_allclose(
        y, np.einsum("nchwij,ocij->nohw", seen, W) + b[:, None, None], rtol=1e-9, atol=1e-12
    )
    np.testing.assert_allclose(F.conv2d_simple(x, W, b, stride, pad).data, y, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(
        F.average_pooling(x, kernel, stride, pad).data, seen.mean((4, 5)), rtol=1e-9, atol=1e-12
    )
    rows = F.im2col(x, kernel, stride, pad).data
    np.testing.assert_array_equal(rows, seen.transpose(0, 2, 3, 1, 4, 5).reshape(len(rows), -1))
    if all(p < k for p, k in zip(pad, kernel, strict=True)):  # else a window may lie on padding alone
        largest = patches(x, kernel, stride, pad, -np.inf).max((4, 5))
        np.testing.assert_array_equal(F.pooling(x, kernel, stride, pad).data, largest)


@some
@given(windows(), st.integers(1, 3), st.integers(0, 99))
def test_gradients_are_the_transposed_maps(window, channels, seed):
    """<f(x), v> does not depend on which side the linear map is applied."""
    shape, kernel, stride, pad = window
    rng = np.random.default_rng(seed)
    x, W = Variable(rng.normal(size=shape)), Variable(rng.normal(size=(channels, shape[1], *kernel)))
    y = F.conv2d(x, W, None, stride, pad)
    v = rng.normal(size=y.shape)
    y.grad = Variable(v)
    y.backward()
    value = float((y.data * v).sum())
    np.testing.assert_allclose(float((x.grad.data * x.data).sum()), value, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(float((W.grad.data * W.data).sum()), value, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(
        F.deconv2d(v, W, None, stride, pad, shape[2:]).data, x.grad.data, rtol=1e-9, atol=1e-9
    )
