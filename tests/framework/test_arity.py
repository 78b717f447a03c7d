"""The written-out calls do just what `Function.__call__` does."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import dezero_lab.functions as F
from dezero_lab import Function, Parameter, Variable, no_grad
from dezero_lab.arity import Binary, Unary
from dezero_lab.core import Add, Div, Mul, Neg, Pow, Sub

ONE = [Neg, lambda: Pow(3), F.Sin, F.Cos, F.Tanh, F.Exp, F.Sigmoid, F.ReLU]
TWO = [Add, Sub, Mul, Div, F.Maximum, F.Minimum]


def same(make, *xs):
    """Call both ways; everything that a caller or a sweep can see agrees."""
    short, plain = make(), make()
    y, expected = short(*xs), Function.__call__(plain, *xs)
    assert isinstance(short, (Unary, Binary))
    assert type(y) is type(expected) is Variable
    assert type(y.data) is np.ndarray
    assert y.data.dtype == expected.data.dtype
    # a power of a number may differ from that of an array in the last bit
    np.testing.assert_allclose(
        y.data, expected.data, rtol=2 * np.finfo(y.data.dtype).eps if y.dtype.kind == "f" else 0
    )
    assert (y.name, y.grad, y.generation) == (expected.name, expected.grad, expected.generation)
    assert y.requires_grad == expected.requires_grad
    assert (y.creator is short) == (expected.creator is plain)
    if y.creator is not None:
        assert short.inputs == plain.inputs
        assert short.generation == plain.generation
        assert short.outputs[0]() is y
    return y


def deep(x, steps):
    for _ in range(steps):
        x = x + 0.0
    return x


finite = st.floats(0.5, 2.0, width=32)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@given(data=st.data())
def test_one_variable(dtype, data):
    x = data.draw(
        arrays.arrays(dtype, arrays.array_shapes(min_dims=0, max_dims=3, max_side=3), elements=finite)
    )
    for make in ONE:
        assert same(make, Variable(x)).dtype == dtype


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@given(shapes=arrays.mutually_broadcastable_shapes(num_shapes=2, min_dims=0, max_dims=3, max_side=3))
def test_two_variables_of_any_shapes_that_go_together(dtype, shapes):
    x0, x1 = (Variable(np.full(shape, 1.5 + k, dtype)) for k, shape in enumerate(shapes.input_shapes))
    for make in TWO:
        y = same(make, x0, x1)
        assert y.shape == shapes.result_shape
        assert y.dtype == dtype


@pytest.mark.parametrize("steps", [(0, 0), (3, 0), (0, 1), (0, 3), (2, 3), (2, 5), (4, 4)])
def test_generations(steps):
    x = Variable(np.ones(2))
    y = same(Mul, deep(x, steps[0]), deep(x, steps[1]))
    assert y.generation == max(steps) + 1
    assert same(Neg, y).generation == max(steps) + 2


@pytest.mark.parametrize("wanted", [(True, False), (False, True), (False, False)])
def test_whether_a_gradient_is_wanted(wanted):
    x0, x1 = (Variable(np.ones(2), requires_grad=w) for w in wanted)
    assert same(Add, x0, x1).requires_grad == any(wanted)
    assert same(Neg, x0).requires_grad == wanted[0]


def test_parameters_and_whole_numbers():
    p, n = Parameter(np.ones(3, np.float32)), Variable(np.array(3))
    assert same(Mul, p, p).dtype == np.float32
    assert same(Mul, n, n).dtype == n.dtype
    assert same(lambda: Pow(-1), n).dtype == np.float64


def test_arrays_in_place_of_variables():
    x = np.ones(3, np.float32)
    assert same(Mul, Variable(x), Variable(x)).dtype == np.float32
    assert Mul()(x, Variable(x)).shape == (3,)
    assert Mul()(Variable(x), x).shape == (3,)
    assert Neg()(x).shape == (3,)


def test_without_recording():
    with no_grad():
        y = same(Add, Variable(np.ones(2)), Variable(np.ones(2)))
        z = same(Neg, Variable(np.array(1.0)))
    assert y.creator is z.creator is None


def test_shapes_that_do_not_go_together_are_named():
    x0, x1 = Variable(np.ones(2)), Variable(np.ones(3))
    with pytest.raises(
        ValueError, match=r"Add was given the shapes \(2,\) and \(3,\), which do not go together"
    ):
        Add()(x0, x1)


def test_a_variable_without_data():
    empty = Variable(None)
    for call in (
        lambda: Neg()(empty),
        lambda: Add()(empty, empty),
        lambda: Add()(empty, Variable(np.ones(2))),
    ):
        with pytest.raises(TypeError, match="has no data yet"):
            call()
