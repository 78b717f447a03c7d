"""Functions, derivatives and solvers against SciPy, on numbers of every size (make peers)."""

import numpy as np
import pytest

import dezero_lab.functions as F
from dezero_lab import Variable, derivatives

special = pytest.importorskip("scipy.special")
pytestmark = pytest.mark.peers

# the ends of the range, where formulas overflow, and the middle, where they lose digits
ANY_SIZE = np.concatenate([-np.logspace(3, -12, 40), [0.0], np.logspace(-12, 3, 40)])
POSITIVE = np.logspace(-30, 30, 61)
TABLE = np.random.default_rng(0).normal(0, 1, (5, 7)) * np.logspace(-2, 2.5, 5)[:, None]

FUNCTIONS = {
    "sigmoid": (F.sigmoid, special.expit, ANY_SIZE),
    "sigmoid_simple": (F.sigmoid_simple, special.expit, ANY_SIZE[np.abs(ANY_SIZE) < 80]),
    "softplus": (F.softplus, lambda x: -special.log_expit(-x), ANY_SIZE),
    "silu": (F.silu, lambda x: x * special.expit(x), ANY_SIZE),
    "elu": (F.elu, lambda x: np.where(x > 0, x, special.expm1(np.minimum(x, 0))), ANY_SIZE),
    "tanh": (F.tanh, lambda x: 2 * special.expit(2 * x) - 1, ANY_SIZE),
    "log": (F.log, lambda x: special.xlogy(1, x), POSITIVE),
    "exp": (F.exp, lambda x: special.expm1(x) + 1, ANY_SIZE[np.abs(ANY_SIZE) < 80]),
    "sqrt": (F.sqrt, lambda x: special.cbrt(x) ** 1.5, POSITIVE),
    "power": (lambda x: x**0.7, lambda x: np.exp(0.7 * special.xlogy(1, x)), POSITIVE),
    "softmax": (F.softmax, lambda x: special.softmax(x, axis=1), TABLE),
    "softmax of columns": (lambda x: F.softmax(x, axis=0), lambda x: special.softmax(x, axis=0), TABLE),
    "softmax_simple": (F.softmax_simple, lambda x: special.softmax(x, axis=1), np.clip(TABLE, -50, 50)),
    "log_softmax": (F.log_softmax, lambda x: special.log_softmax(x, axis=1), TABLE),
    "logsumexp": (F.logsumexp, lambda x: special.logsumexp(x, axis=1), TABLE),
    "cross entropy": (
        lambda x: F.softmax_cross_entropy(x, np.arange(5)),
        lambda x: -special.log_softmax(x, axis=1)[np.arange(5), np.arange(5)].mean(),
        TABLE,
    ),
    "binary cross entropy": (
        lambda x: F.sigmoid_cross_entropy(x, np.ones(len(x))),
        lambda x: -special.log_expit(x).mean(),
        ANY_SIZE,
    ),
}


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("ours", "theirs", "x"), FUNCTIONS.values(), ids=FUNCTIONS)
def test_functions(ours, theirs, x, dtype):
    x = x.astype(dtype)
    found, expected = ours(Variable(x)).data, theirs(x.astype(np.float64))
    assert found.dtype == dtype
    near = (
        {"rtol": 1e-11, "atol": 1e-15} if dtype is np.float64 else {"rtol": 2e-5, "atol": 2e-7}
    )  # absolute: next to 1 no more digits are left
    np.testing.assert_allclose(found, expected, **near)


def test_convolution_is_a_correlation():
    signal = pytest.importorskip("scipy.signal")
    rng = np.random.default_rng(0)
    x, W = rng.normal(size=(2, 3, 9, 8)), rng.normal(size=(4, 3, 3, 2))
    expected = [[sum(signal.correlate2d(x[n, c], W[k, c], "valid") for c in range(3)) for k in range(4)] for n in range(2)]  # fmt: skip
    np.testing.assert_allclose(F.conv2d(x, W).data, expected, rtol=1e-10)
    back = rng.normal(size=(2, 4, 7, 7))
    expected = [[sum(signal.convolve2d(back[n, k], W[k, c], "full") for k in range(4)) for c in range(3)] for n in range(2)]  # fmt: skip
    np.testing.assert_allclose(F.deconv2d(back, W).data, expected, rtol=1e-10, atol=1e-12)


def test_max_pooling_is_a_filter():
    ndimage = pytest.importorskip("scipy.ndimage")
    x = np.random.default_rng(0).normal(size=(1, 1, 9, 9))
    expected = ndimage.maximum_filter(x[0, 0], 3, mode="constant", cval=-np.inf)
    np.testing.assert_array_equal(F.pooling(x, 3, 1, 1).data[0, 0], expected)


def rosenbrock(x):
    return F.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


class TestRosenbrock:
    """SciPy has the formulas of this function, its gradient and its matrix of second derivatives."""

    x = np.array([0.3, -1.1, 0.8, 1.7])

    def test_gradient(self):
        optimize = pytest.importorskip("scipy.optimize")
        x = Variable(self.x)
        y = rosenbrock(x)
        y.backward()
        assert y.item() == pytest.approx(optimize.rosen(self.x), rel=1e-12)
        np.testing.assert_allclose(x.grad.data, optimize.rosen_der(self.x), rtol=1e-12)

    def test_second_derivatives(self):
        optimize = pytest.importorskip("scipy.optimize")
        v = np.array([1.0, -2.0, 0.5, 3.0])
        np.testing.assert_allclose(
            derivatives.hessian(rosenbrock, [self.x]), optimize.rosen_hess(self.x), rtol=1e-11
        )
        np.testing.assert_allclose(
            derivatives.hvp(rosenbrock, [self.x], [v])[0], optimize.rosen_hess_prod(self.x, v), rtol=1e-11
        )

    def test_a_solver_of_scipy_is_led_by_our_derivatives(self):
        optimize = pytest.importorskip("scipy.optimize")

        def value_and_gradient(x):
            x = Variable(x)
            y = rosenbrock(x)
            y.backward()
            return y.item(), x.grad.data

        found = optimize.minimize(
            value_and_gradient,
            self.x,
            jac=True,
            hess=lambda x: derivatives.hessian(rosenbrock, [x]),
            method="trust-exact",
        )
        assert found.success
        np.testing.assert_allclose(found.x, 1, rtol=1e-5)
