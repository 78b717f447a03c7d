"""Every function: first and second derivatives against numbers, dtypes, and both ways of computing a gradient."""

import numpy as np
import pytest

import dezero_lab.functions as F
from dezero_lab import Variable
from dezero_lab.gradcheck import gradcheck


def case(name, f, *shapes, low=-1.0, high=1.0):
    return pytest.param(f, shapes, low, high, id=name)


# Inputs are drawn at random between low and high; no shape is square unless a square one says more.
CASES = [
    case("add", F.add, (2, 3), (2, 3)),
    case("add row", F.add, (2, 3), (3,)),
    case("add column", F.add, (2, 1), (2, 3)),
    case("add scalar", F.add, (4, 2, 3), ()),
    case("add both stretched", F.add, (1, 3), (2, 1)),
    case("sub", F.sub, (2, 3), (2, 1)),
    case("rsub", F.rsub, (3,), (2, 3)),
    case("mul", F.mul, (2, 3), (3,)),
    case("mul by itself", lambda x: x * x, (3,)),
    case("div", F.div, (2, 3), (2, 1), low=0.5, high=2.0),
    case("neg", F.neg, ()),
    case("pow 3", lambda x: x**3, (2, 3)),
    case("pow 2", lambda x: x**2, (2, 3)),
    case("pow 1", lambda x: x**1, (2,)),
    case("pow -1.5", lambda x: x**-1.5, (2, 3), low=0.5, high=2.0),
    case("power", F.pow, (2, 3), (3,), low=0.5, high=2.0),
    case("2 ** x", lambda x: 2**x, (3,)),
    case("abs", F.absolute, (2, 3), low=0.3, high=1.0),
    case("sin", F.sin, (2, 3)),
    case("cos", F.cos, ()),
    case("tanh", F.tanh, (4, 2, 3)),
    case("exp", F.exp, (2, 3)),
    case("log", F.log, (2, 3), low=0.5, high=2.0),
    case("sqrt", F.sqrt, (2, 3), low=0.5, high=2.0),
    case("clip", lambda x: F.clip(x, -0.5, 0.5), (3, 4)),
    case("maximum", F.maximum, (2, 3), (3,)),
    case("minimum", F.minimum, (2, 1), (2, 3)),
    case("where", lambda x, y: F.where(np.array([True, False, True]), x, y), (2, 3), (3,)),
    case("reshape", lambda x: F.reshape(x, (3, -1)) ** 2, (2, 3)),
    case("transpose", lambda x: F.transpose(x, (1, 2, 0)) ** 2, (4, 2, 3)),
    case("T", lambda x: x.T**2, (2, 3)),
    case("broadcast_to", lambda x: F.broadcast_to(x, (4, 2, 3)) ** 2, (2, 1)),
    case("sum_to", lambda x: F.sum_to(x, (2, 1)) ** 2, (4, 2, 3)),
    case("expand_dims", lambda x: F.expand_dims(x, -1) ** 2, (2, 3)),
    case("concatenate", lambda x, y: F.concatenate([x, y], axis=1) ** 2, (2, 3), (2, 1)),
    case("stack", lambda x, y: F.stack([x, y], axis=-1) ** 2, (2, 3), (2, 3)),
    case("sum", lambda x: F.sum(x) ** 2, (2, 3)),
    case("sum axis", lambda x: F.sum(x, axis=(2, 0)) ** 2, (4, 2, 3)),
    case("sum keepdims", lambda x: F.sum(x, axis=-1, keepdims=True) ** 2, (4, 2, 3)),
    case("average", lambda x: F.average(x, axis=1) ** 2, (4, 2, 3)),
    case("max", lambda x: F.max(x, axis=1) ** 2, (3, 4)),
    case("max last axis", lambda x: F.max(x, axis=-1, keepdims=True) ** 2, (2, 3, 4)),
    case("min", lambda x: F.min(x) ** 2, (3, 4)),
    case("logsumexp", lambda x: F.logsumexp(x, axis=1), (3, 4)),
    case("matmul", F.matmul, (2, 3), (3, 4)),
    case("matmul outer", F.matmul, (1, 5), (5, 1)),
    case("matmul square", F.matmul, (3, 3), (3, 3)),
    case("matmul vector", F.matmul, (2, 3), (3,)),
    case("matmul vector left", F.matmul, (3,), (3, 2)),
    case("matmul dot", F.matmul, (3,), (3,)),
    case("matmul batch", F.matmul, (5, 2, 3), (5, 3, 4)),
    case("matmul batch broadcast", F.matmul, (5, 2, 3), (3, 4)),
    case("linear", F.linear, (2, 3), (3, 4), (4,)),
    case("linear without bias", F.linear, (1, 3), (3, 4)),
    case("linear_simple", F.linear_simple, (2, 3), (3, 4), (4,)),
    case("linear of three axes", F.linear, (2, 5, 3), (3, 4), (4,)),
    case("get_item row", lambda x: x[1] ** 2, (2, 3)),
    case("get_item slice", lambda x: x[:, ::2] ** 2, (2, 3)),
    case("get_item repeated", lambda x: x[np.array([0, 0, 2])] ** 2, (3, 2)),
    case("get_item pairs", lambda x: x[np.array([0, 1]), np.array([2, 2])] ** 2, (2, 3)),
    case("get_item mask", lambda x: x[np.array([True, False, True])] ** 2, (3, 2)),
    case("get_item negative rows", lambda x: x[np.array([-1, -1, 0])] ** 2, (3, 2)),
    case("embed_id", lambda W: F.embed_id(np.array([[0, 2], [2, 2]]), W) ** 2, (3, 4)),
    case("sigmoid", F.sigmoid, (2, 3)),
    case("sigmoid_simple", F.sigmoid_simple, (2, 3)),
    case("relu", F.relu, (3, 4)),
    case("leaky_relu", F.leaky_relu, (3, 4)),
    case("softmax", F.softmax, (2, 3)),
    case("softmax last axis", lambda x: F.softmax(x, axis=-1), (2, 3, 4)),
    case("softmax_simple", F.softmax_simple, (2, 3)),
    case("log_softmax", F.log_softmax, (2, 3)),
    case("softplus", F.softplus, (2, 3)),
    case("silu", F.silu, (2, 3)),
    case("gelu", F.gelu, (2, 3)),
    case("elu", F.elu, (3, 4)),
    case("mean_squared_error", F.mean_squared_error, (4, 3), (4, 3)),
    case("mean_squared_error_simple", F.mean_squared_error_simple, (4, 3), (4, 3)),
    case("softmax_cross_entropy", lambda x: F.softmax_cross_entropy(x, np.array([2, 0, 2, 1])), (4, 3)),
    case(
        "softmax_cross_entropy_simple", lambda x: F.softmax_cross_entropy_simple(x, np.array([2, 0])), (2, 3)
    ),
    case("sigmoid_cross_entropy", lambda x: F.sigmoid_cross_entropy(x, np.array([1, 0, 1])), (3,)),
    case(
        "binary_cross_entropy",
        lambda p: F.binary_cross_entropy(p, np.array([1, 0, 1])),
        (3,),
        low=0.2,
        high=0.8,
    ),
    case("batch_norm", lambda x, g, b: F.batch_norm(x, g, b, g.data * 0, g.data * 0 + 1), (4, 3), (3,), (3,)),
    case(
        "batch_norm images",
        lambda x, g, b: F.batch_norm(x, g, b, g.data * 0, g.data * 0 + 1),
        (2, 2, 3, 2),
        (2,),
        (2,),
    ),
    case("dropout", lambda x: F.dropout(x, 0.4, np.random.default_rng(0)), (3, 4)),
    case("squeeze", lambda x: F.squeeze(x, 1) ** 2, (2, 1, 3)),
    case("flatten", lambda x: F.flatten(x) ** 2, (2, 3, 2)),
    case("get_item new axis", lambda x: x[None, ..., 1:] ** 2, (2, 3)),
    case("col2im", lambda x: F.col2im(x, (2, 3, 5, 4), (3, 2), (2, 1), (1, 0)) ** 2, (18, 18)),
    case("pooling_simple", lambda x: F.pooling_simple(x, 2, 2), (1, 2, 4, 5)),
    case("conv2d_simple", lambda x, W, b: F.conv2d_simple(x, W, b, 2, 1), (2, 2, 5, 4), (3, 2, 3, 2), (3,)),
    case("layer_norm", F.layer_norm, (2, 4), (4,), (4,)),
    case("group_norm", lambda x, g, b: F.group_norm(x, g, b, 2), (2, 4, 3), (4,), (4,)),
    case("im2col", lambda x: F.im2col(x, (3, 2), (2, 1), (1, 0)) ** 2, (2, 3, 5, 4)),
    case("conv2d", F.conv2d, (2, 3, 5, 4), (4, 3, 3, 2), (4,)),
    case("conv2d one", F.conv2d, (1, 1, 1, 1), (1, 1, 1, 1)),
    case("conv2d grey", F.conv2d, (2, 1, 4, 5), (2, 1, 3, 2)),
    case("conv2d grey strided", lambda x, W: F.conv2d(x, W, stride=2), (2, 1, 5, 4), (2, 1, 2, 2)),
    case("deconv2d grey", lambda x, W: F.deconv2d(x, W, stride=2), (2, 1, 3, 2), (1, 1, 2, 2)),
    case("conv2d padded", lambda x, W: F.conv2d(x, W, pad=1), (1, 2, 4, 3), (2, 2, 3, 3)),
    case(
        "conv2d strided", lambda x, W, b: F.conv2d(x, W, b, (2, 1), (1, 0)), (2, 2, 5, 4), (3, 2, 3, 2), (3,)
    ),
    case("deconv2d", F.deconv2d, (2, 3, 3, 2), (3, 2, 3, 2), (2,)),
    case("deconv2d strided", lambda x, W: F.deconv2d(x, W, None, 2, 1), (1, 2, 3, 2), (2, 3, 3, 3)),
    case("pooling", lambda x: F.pooling(x, (3, 2), (2, 1), (1, 0)) ** 2, (2, 3, 5, 4)),
    case("pooling overlapping", lambda x: F.pooling(x, 3, 1) ** 2, (1, 2, 4, 5)),
    case("average_pooling", lambda x: F.average_pooling(x, (3, 2), (2, 1), (1, 0)) ** 2, (2, 3, 5, 4)),
]


def slope_of(f):
    """The gradients of sum(f(x)²), joined, as a function: its derivatives are the second and third ones of f."""

    def slope(*xs):
        y = f(*xs)
        (y * y).backward(create_graph=True)
        joined = F.concatenate([F.reshape(x.grad, (-1,)) for x in xs])
        for x in xs:
            x.cleargrad()
        return joined

    return slope


CASES += [
    case("slope of tanh", slope_of(F.tanh), (2, 2)),
    case("slope of softmax", slope_of(F.softmax), (2, 3)),
    case("slope of cross_entropy", slope_of(lambda x: F.softmax_cross_entropy(x, np.array([1, 0]))), (2, 3)),
    case("slope of get_item", slope_of(lambda x: x[np.array([0, 0, 1])] ** 2), (2, 2)),
    case("slope of matmul", slope_of(F.matmul), (2, 3), (3, 1)),
    case("slope of conv2d", slope_of(F.conv2d), (1, 2, 2, 2), (1, 2, 2, 1)),
    case("slope of deconv2d", slope_of(F.deconv2d), (1, 1, 2, 2), (1, 2, 2, 1)),
    case("slope of pooling", slope_of(lambda x: F.pooling(x, 2, 1) ** 2), (1, 1, 3, 3)),
    case("slope of average_pooling", slope_of(lambda x: F.average_pooling(x, 2, 1) ** 2), (1, 1, 3, 3)),
    case("slope of max", slope_of(lambda x: F.max(x, axis=1) ** 2), (2, 3)),
    case(
        "slope of batch_norm",
        slope_of(lambda x, g, b: F.batch_norm(x, g, b, g.data * 0, g.data * 0 + 1)),
        (3, 2),
        (2,),
        (2,),
    ),
]


def draw(shapes, low, high, seed=0):
    rng = np.random.default_rng(seed)
    return [rng.uniform(low, high, shape) for shape in shapes]


@pytest.mark.parametrize(("f", "shapes", "low", "high"), CASES)
def test_first_derivatives_agree_with_numbers(f, shapes, low, high):
    result = gradcheck(f, draw(shapes, low, high), variable=Variable)
    assert result, str(result)


@pytest.mark.parametrize(("f", "shapes", "low", "high"), CASES)
def test_second_derivatives_agree_with_numbers(f, shapes, low, high):
    result = gradcheck(f, draw(shapes, low, high, seed=2), variable=Variable, order=2)
    assert result, str(result)


@pytest.mark.parametrize(("f", "shapes", "low", "high"), CASES)
def test_float32_stays_float32(f, shapes, low, high):
    xs = [Variable(x.astype(np.float32)) for x in draw(shapes, low, high)]
    y = f(*xs)
    assert y.dtype == np.float32
    y.backward()
    assert [x.grad.dtype for x in xs] == [np.float32] * len(xs)
    assert [x.grad.shape for x in xs] == [x.shape for x in xs]


@pytest.mark.parametrize(("f", "shapes", "low", "high"), CASES)
def test_both_ways_to_a_gradient_agree(f, shapes, low, high):
    """Plain arrays through `vjp`, and variables through `backward`."""
    gradients = []
    for create_graph in (False, True):
        xs = [Variable(x) for x in draw(shapes, low, high, seed=3)]
        y = f(*xs)
        y.grad = Variable(np.random.default_rng(4).normal(size=y.shape))
        y.backward(create_graph=create_graph)
        gradients.append([x.grad.data for x in xs])
    for plain, recorded in zip(*gradients, strict=True):
        np.testing.assert_allclose(plain, recorded, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize(("f", "shapes", "low", "high"), CASES)
@pytest.mark.parametrize("create_graph", [False, True])
def test_the_same_on_a_device(cupy, f, shapes, low, high, create_graph):
    """Values and gradients on arrays that refuse every NumPy function (see conftest.py)."""
    results = []
    for to_device in (lambda x: x, cupy.asarray):
        xs = [Variable(to_device(x)) for x in draw(shapes, low, high, seed=5)]
        y = f(*xs)
        y.grad = Variable(to_device(np.random.default_rng(6).normal(size=y.shape)))
        y.backward(create_graph=create_graph)
        results.append([y.data, *[x.grad.data for x in xs]])
    for here, there in zip(*results, strict=True):
        assert type(there) is cupy.ndarray
        np.testing.assert_allclose(there.get(), here, rtol=1e-12, atol=1e-14)
