"""The check that everything rests on: it accepts what is right and rejects what only looks right."""

import numpy as np
import pytest

import dezero_lab.functions as F
from dezero_lab import Function, Variable
from dezero_lab.core_simple import Variable as SimpleVariable
from dezero_lab.gradcheck import compare_gradient, gradcheck, numerical_gradient


def draw(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape)


def with_backward(base, backward):
    """A function of the framework with another backward."""
    return type(base.__name__, (base,), {"__slots__": (), "backward": backward})


class TestRejects:
    @pytest.mark.parametrize("shape", [(2, 3), (9, 10)])
    def test_a_softmax_without_its_mixed_terms(self, shape):
        """Any error whose sum over the outputs is zero hides from a gradient of ones."""
        wrong = with_backward(F.Softmax, lambda self, gy: gy * 0.0)
        assert not gradcheck(lambda x: wrong()(x), [draw(*shape)], variable=Variable)

    @pytest.mark.parametrize("shape", [(2, 3), (9, 10)])
    def test_a_forgotten_upstream_gradient(self, shape):
        wrong = with_backward(F.Exp, lambda self, gy: F.exp(self.inputs[0]))
        assert not gradcheck(lambda x: wrong()(x), [draw(*shape)], variable=Variable)

    def test_a_transposed_gradient(self):
        wrong = with_backward(F.Sin, lambda self, gy: (gy * F.cos(self.inputs[0])).T)
        x = draw(3, 3)
        assert not gradcheck(lambda x: wrong()(x), [x], variable=Variable)

    def test_a_gradient_of_another_shape(self):
        found = compare_gradient(np.ones(6), lambda x: x, np.zeros((2, 3)))
        assert not found
        found = compare_gradient(np.ones(()), lambda x: x.sum(), np.zeros(3))
        assert not found

    def test_a_missing_gradient_is_named(self):
        class Forgetful(Function):
            def forward(self, a, b):
                return a * b

            def backward(self, gy):
                return gy * self.inputs[1], None

        result = gradcheck(lambda a, b: Forgetful()(a, b), [draw(2), draw(2)], variable=Variable)
        assert str(result).startswith("input 1 has no gradient (grad is None)")

    def test_a_right_gradient_whose_own_gradient_is_wrong(self):
        detached = with_backward(F.Sin, lambda self, gy: gy * Variable(np.cos(self.inputs[0].data)))
        assert gradcheck(lambda x: detached()(x), [draw(3)], variable=Variable)
        result = gradcheck(lambda x: detached()(x), [draw(3)], variable=Variable, order=2)
        assert not result
        assert str(result).startswith("the gradient of the gradient of input 0")

    def test_a_gradient_that_is_detached_from_its_upstream_gradient(self):
        detached = with_backward(F.Neg, lambda self, gy: Variable(-gy.data))
        assert gradcheck(lambda x: detached()(x), [draw(3)], variable=Variable)
        assert not gradcheck(lambda x: detached()(x), [draw(3)], variable=Variable, order=2)

    def test_the_wrong_input_is_named_with_its_numbers(self):
        wrong = with_backward(F.Mul, lambda self, gy: (gy * self.inputs[1], gy))
        result = gradcheck(lambda a, b: wrong()(a, b), [np.array(2.0), np.array(3.0)], variable=Variable)
        assert result.input == 1
        assert "the gradient of input 1 is off by" in str(result)


class TestAccepts:
    def test_functions_of_several_inputs(self):
        assert gradcheck(lambda a, b: a * b + a, [draw(2, 3), draw(3)], variable=Variable, order=2)

    def test_any_slope_at_a_kink(self):
        for slope in (0.0, 0.3, 1.0):
            kinked = with_backward(
                F.ReLU,
                lambda self, gy, s=slope: gy * np.where(self.inputs[0].data == 0, s, self.inputs[0].data > 0),
            )
            assert gradcheck(lambda x, f=kinked: f()(x), [np.array([-1.0, 0.0, 2.0])], variable=Variable)

    def test_large_and_small_numbers(self):
        assert gradcheck(lambda x: x**3, [np.array([1e-8, 1e4, -1e6])], variable=Variable)
        assert gradcheck(F.exp, [np.array([-20.0, 10.0])], variable=Variable)

    def test_the_simple_engine(self):
        assert gradcheck(lambda a, b: a * b - a**2, [np.array(2.0), np.array(3.0)], variable=SimpleVariable)

    def test_a_function_that_does_not_bend(self):
        assert gradcheck(lambda x: 3 * x, [draw(3)], variable=Variable, order=2)


class TestManners:
    def test_inputs_are_left_alone(self):
        x = Variable(draw(2).astype(np.float32))
        before = x.data.copy()
        assert gradcheck(F.sin, [x], order=2)
        assert x.grad is None
        assert x.dtype == np.float32
        assert np.array_equal(x.data, before)

    def test_the_seed_decides_the_directions(self):
        one, two = (gradcheck(F.tanh, [draw(9, 9)], variable=Variable, seed=s).difference for s in (0, 0))
        assert one == two

    def test_another_order_is_refused(self):
        with pytest.raises(ValueError, match="order is 1 or 2, not 3"):
            gradcheck(F.sin, [draw(2)], variable=Variable, order=3)

    def test_plain_arrays_need_a_class(self):
        with pytest.raises(TypeError, match="pass Variables, or variable=Variable"):
            gradcheck(F.sin, [draw(2)])

    def test_several_results_are_refused(self):
        with pytest.raises(TypeError, match=r"one Variable .*, not list"):
            gradcheck(lambda x: [x, x], [draw(2)], variable=Variable)


def test_numerical_gradient_of_several_results():
    (gx,) = numerical_gradient(
        lambda x: (x**2, 3 * x), np.array([2.0]), upstream=(np.array([1.0]), np.array([10.0]))
    )
    assert gx[0] == pytest.approx(34.0)
