"""grad, hessian, hvp and Taylor series against formulas and against each other."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dezero_lab.functions as F
from dezero_lab import Variable, no_grad
from dezero_lab.derivatives import Series, grad, hessian, hvp, nth, taylor


def rosenbrock(x, y):
    return 100 * (y - x**2) ** 2 + (1 - x) ** 2


class TestGrad:
    def test_of_a_gradient_of_a_gradient(self):
        f = F.sin
        for expected in (math.cos, lambda x: -math.sin(x), lambda x: -math.cos(x), math.sin):
            f = grad(f)
            assert f(np.array(0.7)).item() == pytest.approx(expected(0.7))

    def test_in_each_argument(self):
        assert grad(rosenbrock)(2.0, 1.0).item() == pytest.approx(-400 * 2 * (1 - 4) - 2 * (1 - 2))
        assert grad(rosenbrock, 1)(2.0, 1.0).item() == pytest.approx(200 * (1 - 4))

    def test_mixed_derivatives_do_not_depend_on_the_order(self):
        one = grad(grad(rosenbrock, 0), 1)(0.3, -0.8).item()
        two = grad(grad(rosenbrock, 1), 0)(0.3, -0.8).item()
        assert one == pytest.approx(two) == pytest.approx(-400 * 0.3)

    def test_of_arrays(self):
        gx = grad(lambda x: F.sum(x**3))(np.array([1.0, 2.0]))
        assert gx.data.tolist() == [3.0, 12.0]

    def test_a_variable_keeps_its_own_gradient(self):
        x = Variable(np.array(2.0))
        x.grad = Variable(np.array(5.0))
        assert grad(lambda v: v * v)(x).item() == 4.0
        assert x.grad.item() == 5.0

    def test_inside_a_loss(self):
        """A gradient penalty: the derivative of |∇f|² is 2·H·∇f."""
        x = Variable(np.array([0.4, -0.2]))
        penalty = F.sum(grad(lambda v: F.sum(v**3))(x) ** 2)
        penalty.backward()
        np.testing.assert_allclose(x.grad.data, 36 * x.data**3)

    def test_where_the_result_does_not_depend_on_the_argument(self):
        assert grad(lambda x, y: y * 2, 0)(1.0, 2.0).item() == 0.0

    def test_whole_numbers_are_taken(self):
        assert grad(lambda x: x**2)(3).item() == 6.0

    @pytest.mark.parametrize("f", [lambda x: x, lambda x: 3.0])
    def test_needs_one_number(self, f):
        with pytest.raises(ValueError, match="f must return one number as a Variable, but it returned"):
            grad(f)(np.ones(2))


class TestHessian:
    def test_of_rosenbrock(self):
        x, y = -0.5, 1.2
        expected = [[1200 * x**2 - 400 * y + 2, -400 * x], [-400 * x, 200]]
        np.testing.assert_allclose(hessian(rosenbrock, [x, y]), expected)

    def test_of_arrays_is_symmetric(self):
        A = np.array([[2.0, 1.0], [0.5, 3.0]])
        found = hessian(lambda x: F.sum(F.matmul(x, A) * x), [np.array([0.1, 0.2])])
        np.testing.assert_allclose(found, A + A.T)

    def test_of_a_linear_function_is_zero(self):
        assert hessian(lambda x, y: 2 * x + y, [1.0, 2.0]).tolist() == [[0, 0], [0, 0]]

    def test_times_a_vector(self):
        point, direction = [0.3, -0.7], [0.5, 2.0]
        np.testing.assert_allclose(hvp(rosenbrock, point, direction), hessian(rosenbrock, point) @ direction)

    def test_times_a_vector_of_a_linear_function(self):
        assert [float(h) for h in hvp(lambda x, y: 2 * x + y, [1.0, 2.0], [1.0, 1.0])] == [0.0, 0.0]


CASES = [
    ("exp", F.exp, 0.3),
    ("log", F.log, 1.7),
    ("sin", F.sin, 0.9),
    ("cos", F.cos, -0.4),
    ("tanh", F.tanh, 0.6),
    ("sqrt", F.sqrt, 2.3),
    ("polynomial", lambda x: 3 * x**4 - x / 2 + 1, 0.7),
    ("quotient", lambda x: (1 - x) / (1 + x * x), 0.4),
    ("reciprocal", lambda x: 2 / x, 1.3),
    ("power", lambda x: x**-1.5, 1.9),
]


class TestTaylor:
    @pytest.mark.parametrize(("name", "f", "x"), CASES, ids=[case[0] for case in CASES])
    def test_agrees_with_repeated_sweeps(self, name, f, x):
        series = taylor(f, x, 6)
        sweeps = [nth(f, x, n).item() for n in range(7)]
        np.testing.assert_allclose(series, sweeps, rtol=1e-9, atol=1e-9)

    @pytest.mark.parametrize(
        ("on_series", "on_variables"),
        [
            (lambda x: (x * x).tanh(), lambda x: F.tanh(x * x)),
            (lambda x: (2 * x).exp() * x.sin_cos()[0], lambda x: F.exp(2 * x) * F.sin(x)),
            (lambda x: (1 + x * x).log() / x.exp(), lambda x: F.log(1 + x * x) / F.exp(x)),
            (lambda x: (3 - x.sin_cos()[1]) ** 0.5, lambda x: F.sqrt(3 - F.cos(x))),
        ],
    )
    def test_compositions_agree_with_repeated_sweeps(self, on_series, on_variables):
        series = taylor(on_series, 0.5, 5)
        np.testing.assert_allclose(series, [nth(on_variables, 0.5, n).item() for n in range(6)], rtol=1e-8)

    def test_of_arrays(self):
        assert taylor(F.sin, np.array([0.0, 1.0]), 2).shape == (3, 2)
        np.testing.assert_allclose(taylor(F.sin, np.array([0.0, 1.0]), 2)[1], np.cos([0, 1]))

    def test_high_orders_of_exp_stay_exact(self):
        np.testing.assert_allclose(taylor(F.exp, 0.0, 30), np.ones(31), rtol=1e-12)

    def test_order_zero_is_the_value(self):
        assert taylor(F.exp, 0.0, 0).tolist() == [1.0]

    def test_at_zero_even_where_the_power_has_no_logarithm(self):
        assert taylor(lambda x: x**3, 0.0, 4).tolist() == [0, 0, 0, 6, 0]

    def test_other_functions_are_refused(self):
        with pytest.raises(TypeError, match=r"f must work on a Series.* it returned float"):
            taylor(lambda x: 1.0, 0.0, 2)

    def test_a_series_has_a_length(self):
        assert len(Series(np.zeros(4))) == 4

    @settings(deadline=None, max_examples=30)
    @given(st.floats(-1.5, 1.5), st.integers(1, 6))
    def test_tanh_anywhere(self, x, n):
        assert taylor(F.tanh, x, n)[n] == pytest.approx(nth(F.tanh, x, n).item(), rel=1e-7, abs=1e-7)


def test_nth_of_something_that_ends():
    assert nth(lambda x: x**2, 3.0, 3).item() == 0.0
    assert nth(F.sin, np.array([0.1, 0.2]), 2).data.tolist() == pytest.approx((-np.sin([0.1, 0.2])).tolist())


ASKED = {
    "grad": lambda f: float(grad(f)(np.array(2.0)).data),
    "hessian": lambda f: float(hessian(f, [2.0])[0, 0]),
    "hvp": lambda f: float(hvp(f, [2.0], [1.0])[0]),
    "nth": lambda f: float(nth(f, 2.0, 2).data),
}


class TestSurroundings:
    """What the functions here leave alone, and what they do not depend on."""

    @pytest.mark.parametrize("name", ASKED)
    def test_no_grad_around_them_changes_nothing(self, name):
        with no_grad():
            assert ASKED[name](lambda x: x**3) == 12.0

    @pytest.mark.parametrize("name", ASKED)
    @pytest.mark.parametrize("before", [None, 7.0])
    def test_gradients_of_captured_variables_stay(self, name, before):
        w = Variable(np.array(3.0))
        w.grad = None if before is None else Variable(np.array(before))
        ASKED[name](lambda x: w * x**3)
        assert (w.grad if before is None else w.grad.item()) == before

    def test_a_function_that_returns_a_captured_variable(self):
        w = Variable(np.array(3.0))
        w.grad = Variable(np.array(7.0))
        assert grad(lambda x: w)(np.array(2.0)).item() == 0.0
        assert w.grad.item() == 7.0

    def test_directions_of_another_shape_are_named(self):
        with pytest.raises(ValueError, match=r"\[\(3,\)\], but the directions have \[\(2, 3\)\]"):
            hvp(lambda x: F.sum(x**3), [np.ones(3)], [np.ones((2, 3))])

    def test_a_negative_order_is_named(self):
        with pytest.raises(ValueError, match="n must be at least 0, but it is -1"):
            nth(F.sin, 1.0, -1)
