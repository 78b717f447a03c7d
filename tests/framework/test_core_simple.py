"""The engine of chapters 23 to 31, and DeZero's names for gradient checks."""

import gc
import weakref

import numpy as np
import pytest

import dezero_lab.functions as F
from dezero_lab import Variable as FullVariable
from dezero_lab import utils
from dezero_lab.checking import gradient_check, numerical_grad
from dezero_lab.core_simple import Function, Variable, as_variable, no_grad
from dezero_lab.gradcheck import gradcheck


def scalar(value):
    return Variable(np.array(float(value)))


FUNCTIONS = {
    "sphere": lambda x, y: x**2 + y**2,
    "matyas": lambda x, y: 0.26 * (x**2 + y**2) - 0.48 * x * y,
    "rosenbrock": lambda x, y: 100 * (y - x**2) ** 2 + (1 - x) ** 2,
    "quotient": lambda x, y: (1 - x) / (2 + y * y) - 3 / (x + 5) - -y,
    "reflected": lambda x, y: 2.0 - x + 3 * y + np.array(4.0) * x,
}


@pytest.mark.parametrize("f", FUNCTIONS.values(), ids=FUNCTIONS)
def test_gradients(f):
    result = gradcheck(f, [np.array(0.7), np.array(-1.3)], variable=Variable)
    assert result, str(result)


def test_gradients_are_plain_arrays():
    x = scalar(3)
    (x * x).backward()
    assert isinstance(x.grad, (np.ndarray, np.floating))
    assert float(x.grad) == 6.0


def test_goldstein_price_at_its_minimum():
    x, y = scalar(0), scalar(-1)
    z = (1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2)) * (
        30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2)
    )
    z.backward()
    assert z.data == 3.0
    assert (float(x.grad), float(y.grad)) == (0.0, 0.0)


def test_uneven_paths_wait():
    x = scalar(2)
    a = x**2
    y = (a**2 + a) * x
    y.backward()
    assert float(x.grad) == 5 * 2**4 + 3 * 2**2


def test_intermediate_gradients():
    for retain in (False, True):
        x = scalar(2)
        a = x * 3
        (a * a).backward(retain_grad=retain)
        assert (a.grad is not None) is retain


def test_gradients_of_two_inputs_are_not_shared():
    x, y = Variable(np.ones(2)), Variable(np.ones(2))
    (x + y).backward()
    x.grad += 1
    assert y.grad.tolist() == [1, 1]


def test_summed_gradients_do_not_change_others():
    x = Variable(np.ones(2))
    y = x + x
    y.backward(retain_grad=True)
    assert x.grad.tolist() == [2, 2]
    assert y.grad.tolist() == [1, 1]


def test_nothing_is_recorded_without_backprop():
    with no_grad():
        assert (scalar(1) * 2).creator is None


def test_outputs_are_weak():
    y = scalar(1) * 2
    kept = weakref.ref(y)
    del y
    gc.collect()
    assert kept() is None


def test_own_functions():
    class Cube(Function):
        def forward(self, x):
            return x**3

        def backward(self, gy):
            return 3 * self.inputs[0].data ** 2 * gy

    x = scalar(2)
    Cube()(x).backward()
    assert float(x.grad) == 12.0
    with pytest.raises(NotImplementedError, match="Function has no forward"):
        Function()(x)


def test_names_and_shapes():
    x = Variable(np.zeros((2, 3)), name="x")
    assert (x.name, x.shape, x.ndim, x.size, x.dtype, len(x)) == ("x", (2, 3), 2, 6, np.float64, 2)
    assert repr(x) == "variable([[0. 0. 0.]\n          [0. 0. 0.]])"
    assert repr(Variable(None)) == "variable(None)"
    assert as_variable(x) is x


def test_deep_chains():
    x = scalar(1)
    y = x
    for _ in range(20_000):
        y = y * 1.0
    y.backward()
    assert float(x.grad) == 1.0


class TestChecking:
    def test_a_right_gradient_passes(self):
        assert gradient_check(F.tanh, np.random.default_rng(0).normal(size=(2, 3)))

    def test_a_wrong_gradient_is_printed(self, capsys):
        class Wrong(F.Sin):
            def backward(self, gy):
                return gy

        assert not gradient_check(lambda x: Wrong()(x), np.array([0.5, 1.0]))
        assert "the gradient of input 0 is off by" in capsys.readouterr().out

    def test_further_arguments_are_passed_on(self):
        W = FullVariable(np.random.default_rng(0).normal(size=(3, 2)))
        x = np.random.default_rng(1).normal(size=(4, 3))
        assert gradient_check(F.linear, x, W, b=FullVariable(np.zeros(2)))
        np.testing.assert_allclose(numerical_grad(F.matmul, x, W), np.ones((4, 2)) @ W.data.T, rtol=1e-6)

    def test_tolerances_are_used(self):
        class Nearly(F.Sin):
            def backward(self, gy):
                return gy * F.cos(self.inputs[0]) * 1.001

        def nearly(x):
            return Nearly()(x)

        assert not gradient_check(nearly, np.array([0.3]))
        assert gradient_check(nearly, np.array([0.3]), rtol=1e-2)

    def test_comparing_arrays(self):
        x = FullVariable(np.array([1.0, 2.0]))
        assert utils.array_equal(x, [1, 2])
        assert not utils.array_equal(x, [1, 3])
        assert not utils.array_equal(x, [[1, 2]])
        assert utils.array_allclose(x, [1, 2 + 1e-6])
        assert not utils.array_allclose(x, [1, 2.1])
        assert utils.array_allclose(x, [1, 2.1], rtol=0.1)


class TestSmallHelpers:
    def test_sizes_of_windows(self):
        assert utils.get_conv_outsize(5, 3, 2, 1) == 3
        assert utils.get_deconv_outsize(3, 3, 2, 1) == 5

    def test_shapes_of_sums(self):
        gy = np.ones((2, 4))
        assert utils.reshape_sum_backward(gy, (2, 3, 4), 1, False).shape == (2, 1, 4)
        assert utils.reshape_sum_backward(np.ones((2, 1, 4)), (2, 3, 4), 1, True).shape == (2, 1, 4)
        assert utils.reshape_sum_backward(np.ones(()), (2, 3), None, False).shape == (1, 1)
        assert utils.max_backward_shape(np.ones((2, 3, 4)), (0, -1)) == (1, 3, 1)

    def test_logsumexp_does_not_overflow(self):
        x = np.array([[1000.0, 1000.0], [0.0, -1000.0]])
        np.testing.assert_allclose(utils.logsumexp(x), [[1000 + np.log(2)], [0]])

    def test_progress_is_printed(self, capsys):
        utils.show_progress(1, 50, 100)
        assert "50%" in capsys.readouterr().out
        utils.show_progress(9, 50, 100)
        assert "100%" in capsys.readouterr().out
        utils.show_progress(1, 50, -1)  # servers that do not say
