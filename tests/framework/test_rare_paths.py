"""Paths that ordinary programs seldom take: gradients that do not arrive, empty histories, wrong order of calls."""

import numpy as np
import pytest

import dezero_lab.functions as F
import dezero_lab.layers as L
from dezero_lab import Function, Variable, core_simple, optimizers
from dezero_lab.models import MLP


class First(Function):
    """Its second input takes part in nothing."""

    def forward(self, x0, x1):
        return x0 * 2

    def backward(self, gy):
        return gy * 2, None


class Halves(Function):
    def forward(self, x):
        return x[: len(x) // 2] * 1.0, x[len(x) // 2 :] * 1.0

    def backward(self, g0, g1):
        return F.concatenate([g0, g1])


@pytest.mark.parametrize("create_graph", [False, True])
class TestGradientsThatDoNotArrive:
    def test_at_a_function(self, create_graph):
        x = Variable(np.array([1.0, 2.0]))
        y = First()(x, F.exp(F.sin(x)))
        y.backward(create_graph=create_graph)
        assert x.grad.data.tolist() == [2, 2]

    def test_at_a_function_with_several_results(self, create_graph):
        x = Variable(np.arange(4.0))
        first, second = Halves()(x)
        y = First()(x[:2], first + second)
        y.backward(create_graph=create_graph)
        assert x.grad.data.tolist() == [2, 2, 0, 0]

    def test_at_one_of_several_results(self, create_graph):
        x = Variable(np.arange(4.0))
        first, second = Halves()(x)
        (first**2).backward(create_graph=create_graph)
        assert x.grad.data.tolist() == [0, 2, 0, 0]
        assert second.grad is None

    def test_kept_gradients_of_several_results_are_their_own(self, create_graph):
        x = Variable(np.arange(4.0))
        first, second = Halves()(x)
        F.sum(first * second).backward(retain_grad=True, create_graph=create_graph)
        assert first.grad.data.tolist() == [2, 3]
        assert second.grad.data.tolist() == [0, 1]
        x.grad.data += 1
        assert first.grad.data.tolist() == [2, 3]

    def test_of_the_first_and_of_the_zeroth_power(self, create_graph):
        for c, slope in ((0, 0.0), (1, 1.0)):
            x = Variable(np.array([-1.0, 0.0, 3.0]))
            (x**c).backward(create_graph=create_graph)
            assert x.grad.data.tolist() == [slope] * 3

    def test_on_a_leaf(self, create_graph):
        x = Variable(np.array([1.0, 2.0]))
        x.backward(create_graph=create_graph)
        assert x.grad.data.tolist() == [1, 1]


def test_backward_on_a_leaf_of_the_simple_core():
    x = core_simple.Variable(np.array(3.0))
    x.backward()
    assert x.grad == 1


def test_an_optimizer_without_a_model_says_so_at_every_door():
    optimizer = optimizers.Adam()
    for call in (optimizer.update, optimizer.state_dict, lambda: optimizer.load_state_dict({"t": 0})):
        with pytest.raises(RuntimeError, match=r"call setup\(model\) first"):
            call()


def test_a_layer_goes_to_the_host_where_it_is_already():
    model = MLP((3, 2))
    model.to_cpu()  # before its weights are made
    y = model(np.ones((1, 2), np.float32)).data
    model.to_cpu()
    assert np.array_equal(model(np.ones((1, 2), np.float32)).data, y)


def test_a_layer_without_forward_names_itself():
    class Empty(L.Layer):
        pass

    with pytest.raises(NotImplementedError, match="Empty has no forward"):
        Empty()(np.ones(2))


class TestLosses:
    def test_column_and_row_of_probabilities(self):
        p, t = np.array([[0.9], [0.2]]), np.array([1.0, 0.0])
        assert F.binary_cross_entropy(p, t).item() == pytest.approx(-np.log([0.9, 0.8]).mean())
        assert F.sigmoid_cross_entropy(np.log(p / (1 - p)), t).item() == pytest.approx(
            -np.log([0.9, 0.8]).mean()
        )

    @pytest.mark.parametrize(
        "loss", [F.mean_squared_error, F.mean_squared_error_simple, F.sigmoid_cross_entropy]
    )
    def test_shapes_that_do_not_fit_at_all(self, loss):
        with pytest.raises(ValueError, match=r"the shapes are \(2, 3\) and \(4, 5\)"):
            loss(np.zeros((2, 3)), np.zeros((4, 5)))


def test_linear_simple_without_bias_keeps_its_product():
    x, W = Variable(np.arange(6.0).reshape(2, 3)), Variable(np.ones((3, 2)))
    y = F.linear_simple(x, W)
    F.sum(y**2).backward()
    np.testing.assert_allclose(W.grad.data, x.data.T @ (2 * y.data))


class TestAsArrays:
    """What Matplotlib and others do with a variable that they are given."""

    def test_numpy_reads_a_variable(self):
        x = Variable(np.array([1.0, 2.0]))
        assert np.shares_memory(np.asarray(x), x.data)
        assert not np.shares_memory(np.array(x), x.data)
        assert np.asarray(x, dtype=np.float32).dtype == np.float32
        assert not np.shares_memory(np.array(x, copy=True), x.data)
        with pytest.raises(ValueError, match="copy"):
            np.array(x, dtype=np.float32, copy=False)
        assert np.asarray([Variable(np.array(1.0)), Variable(np.array(2.0))], dtype=float).tolist() == [1, 2]

    def test_an_exponent_of_numpy_is_a_number(self):
        x = Variable(np.array([3.0], np.float32))
        for c in (np.float64(2), np.int32(2)):
            y = x**c
            assert y.data.tolist() == [9]
            assert y.dtype == np.float32
