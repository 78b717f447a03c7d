import numpy as np
import pytest

from dezero_lab.gradcheck import compare_gradient, gradcheck, numerical_gradient


class Box:
    """The smallest engine: y = g(x) elementwise, `slope` is what its backward multiplies with."""

    def __init__(self, data):
        self.data, self.grad, self.source, self.slope = data, None, None, None

    def backward(self):
        if self.source is not None:
            self.source.grad = self.slope(self.source.data) * self.grad


def elementwise(g, slope):
    def f(x):
        y = Box(g(x.data))
        y.source, y.slope = x, slope
        return y

    return f


@pytest.mark.parametrize("shape", [(), (1,), (3,), (2, 3), (4, 2, 3)])
def test_numerical_gradient_is_accurate_for_every_shape(shape):
    rng = np.random.default_rng(0)
    x, v = rng.uniform(-2, 2, shape), rng.normal(size=shape)
    before = x.copy()
    (gx,) = numerical_gradient(lambda t: np.exp(np.sin(t)), x, upstream=v)
    assert gx.shape == shape
    np.testing.assert_allclose(gx, v * np.exp(np.sin(x)) * np.cos(x), rtol=1e-8, atol=1e-9)
    assert (x == before).all()


def test_several_inputs_and_outputs():
    a, b = np.array([[1.0, 2.0]]), np.array([[0.5], [-1.0]])
    va, vb = np.ones((2, 2)) * 0.3, np.ones((2, 2)) * -2.0
    ga, gb = numerical_gradient(lambda x, y: (x * y, x + y), a, b, upstream=(va, vb))
    np.testing.assert_allclose(ga, (va * b + vb).sum(0, keepdims=True), rtol=1e-8)
    np.testing.assert_allclose(gb, (va * a + vb).sum(1, keepdims=True), rtol=1e-8)


def test_float32_and_integer_inputs_are_promoted():
    for dtype in (np.float32, np.int64):
        (gx,) = numerical_gradient(np.square, np.array([1, 2, 3], dtype=dtype))
        assert gx.dtype == np.float64
        np.testing.assert_allclose(gx, [2, 4, 6], rtol=1e-8)


@pytest.mark.parametrize(
    ("value", "ok"), [(-1.0, True), (0.0, True), (0.37, True), (1.0, True), (1.1, False), (-2.0, False)]
)
def test_at_a_kink_every_slope_between_is_accepted(value, ok):
    found = compare_gradient(np.array(value), np.abs, np.array(0.0))
    assert bool(found) is ok
    assert found.kink is (ok and value != 0.0)


def test_a_kink_with_an_upstream_gradient():
    def relu(t):
        return np.maximum(t, 0)

    x, v = np.array([0.0, 1.0, -1.0]), np.array([-2.0, 0.5, 3.0])
    assert compare_gradient(np.array([-2.0, 0.5, 0.0]), relu, x, upstream=v)
    assert compare_gradient(np.array([0.0, 0.5, 0.0]), relu, x, upstream=v)
    assert not compare_gradient(np.array([2.0, 0.5, 0.0]), relu, x, upstream=v)
    assert not compare_gradient(np.array([0.0, 0.5, 3.0]), relu, x, upstream=v)


def test_a_near_miss_of_the_numerical_side_is_measured_again():
    x = np.array(0.5)

    def fast(t):
        return np.sin(2000 * t)

    right = 2000 * np.cos(2000 * x)
    (rough,) = numerical_gradient(fast, x)
    assert abs(rough - right) > 1e-5 * abs(right)  # the plain difference is not good enough here
    assert compare_gradient(right, fast, x, rtol=1e-5)
    assert not compare_gradient(right * 1.001, fast, x, rtol=1e-5)


def test_curvature_is_not_a_kink():
    x = np.array(0.01)
    assert not compare_gradient(np.array(0.03), np.square, x)
    assert not compare_gradient(np.array(0.3), lambda t: np.abs(t) ** 1.5, np.array(0.0))


@pytest.mark.parametrize("yours", [None, "text", np.array(["a"]), object(), np.zeros(3), np.array(1 + 2j)])
def test_what_is_no_gradient_never_agrees(yours):
    assert not compare_gradient(yours, np.square, np.array(3.0))


def test_nan_never_agrees():
    found = compare_gradient(np.array([np.nan, 2.0]), np.square, np.array([1.0, 1.0]))
    assert not found


def test_large_gradients_are_sampled_and_one_wrong_element_is_still_found():
    x = np.random.default_rng(0).uniform(-1, 1, (20, 30))
    calls = []

    def f(t):
        calls.append(1)
        return np.sin(t)

    right = np.cos(x)
    assert compare_gradient(right, f, x)
    assert len(calls) < 30
    wrong = right.copy()
    wrong[7, 11] += 0.5
    found = compare_gradient(wrong, f, x)
    assert not found
    assert found.expected[7, 11] == pytest.approx(right[7, 11])
    assert found.difference == pytest.approx(0.5, rel=1e-3)
    big = np.random.default_rng(0).uniform(0.5, 1, (60, 60))
    relu_like = np.where(big > 0.7, 1.0, 0.0)
    assert compare_gradient(relu_like, lambda t: np.maximum(t, 0.7), big)
    assert not compare_gradient(relu_like * 1.01, lambda t: np.maximum(t, 0.7), big)


def test_gradcheck_accepts_right_and_names_the_wrong():
    good, bad = elementwise(np.sin, np.cos), elementwise(np.sin, lambda x: -np.cos(x))
    for shape in ((), (3,), (9, 9)):  # rows of the Jacobian, then random directions
        x = Box(np.random.default_rng(1).uniform(-1, 1, shape))
        assert gradcheck(good, [x])
        assert x.grad is None
        result = gradcheck(bad, [x])
        assert not result
        assert "input 0 is off by" in str(result)
    assert "largest difference" in str(gradcheck(good, [Box(np.array(0.3))]))


def test_a_seed_of_ones_would_not_notice():
    def softmax(x):
        e = np.exp(x - x.max())
        return e / e.sum()

    class Zero(Box):
        def backward(self):
            self.source.grad = np.zeros_like(self.source.data)  # right for a seed of ones, and only there

    def f(x):
        y = Zero(softmax(x.data))
        y.source = x
        return y

    x = Box(np.array([0.3, -1.0, 0.8]))
    (ones,) = numerical_gradient(softmax, x.data)
    np.testing.assert_allclose(ones, 0, atol=1e-9)
    assert not gradcheck(f, [x])


def test_gradcheck_says_what_is_missing():
    def forgets(x):
        return Box(2 * x.data)

    def reshapes(x):
        y = Box(2 * x.data)
        y.source, y.slope = x, lambda d: np.full((1, *d.shape), 2.0)
        return y

    assert "grad is None" in str(gradcheck(forgets, [Box(np.array(1.0))]))
    assert "has shape" in str(gradcheck(reshapes, [Box(np.array([1.0, 2.0]))]))
    with pytest.raises(TypeError, match="variable=Variable"):
        gradcheck(forgets, [np.array(1.0)])
    with pytest.raises(TypeError, match="returns one Variable"):
        gradcheck(lambda x: x.data, [Box(np.array(1.0))])
    assert gradcheck(elementwise(np.exp, np.exp), [np.array(1.0)], variable=Box)


@pytest.mark.parametrize("stage", ["ch10"])
def test_a_learners_engine_from_the_course(stage):
    import importlib

    module = importlib.import_module(f"dezero_lab.stages.{stage}")
    x = module.Variable(np.array(0.7))
    assert gradcheck(lambda v: module.square(module.exp(module.square(v))), [x])


def test_the_frameworks_variables():
    import dezero_lab as dz

    x = dz.Variable(np.array([0.3, 0.7]))
    y = dz.Variable(np.array([[1.0], [2.0]]))
    assert gradcheck(lambda a, b: a * b + a / b, [x, y])
