"""Places where formulas meet their limits: ties, kinks, large numbers, one element, nothing at all."""

import numpy as np
import pytest

import dezero_lab.functions as F
from dezero_lab import Variable


def gradient(f, *values, upstream=None):
    xs = [Variable(np.array(value, dtype=np.float64)) for value in values]
    y = f(*xs)
    if upstream is not None:
        y.grad = np.array(upstream, dtype=np.float64)
    y.backward()
    found = [x.grad.data.tolist() for x in xs]
    return found if len(found) > 1 else found[0]


@pytest.mark.parametrize("slope", [0.2, 1.0, 0.0, 1.5, -0.5, np.float64(0.3)])
def test_leaky_relu_of_any_slope(slope):
    x = np.array([-3.0, -0.0, 0.0, 2.0, np.nan, *([] if slope == 0 else [-np.inf, np.inf])], np.float32)
    v = Variable(x)
    y = F.leaky_relu(v, slope)
    y.backward()
    np.testing.assert_array_equal(y.data, np.where(x <= 0, x * np.float32(slope), x))
    np.testing.assert_array_equal(v.grad.data, np.where(x <= 0, np.float32(slope), np.float32(1)))
    assert v.grad.dtype == np.float32


class TestTies:
    def test_maximum_and_minimum_share(self):
        assert gradient(F.maximum, [1.0, 2.0], [1.0, 3.0]) == [[0.5, 0.0], [0.5, 1.0]]
        assert gradient(F.minimum, [1.0, 2.0], [1.0, 3.0]) == [[0.5, 1.0], [0.5, 0.0]]

    def test_max_over_an_axis_shares(self):
        x = [[2.0, 2.0, 1.0], [0.0, 0.0, 0.0]]
        third = pytest.approx(1 / 3)
        assert gradient(lambda x: F.max(x, axis=1), x) == [[0.5, 0.5, 0.0], [third, third, third]]

    def test_max_pooling_takes_the_first(self):
        x = np.ones((1, 1, 2, 2))
        assert gradient(lambda x: F.pooling(x, 2), x) == [[[[1.0, 0.0], [0.0, 0.0]]]]


class TestKinks:
    def test_where_no_slope_is_right_one_is_chosen(self):
        assert gradient(F.relu, [0.0]) == [0.0]
        assert gradient(F.leaky_relu, [0.0]) == [0.2]
        assert gradient(F.absolute, [0.0]) == [0.0]
        assert gradient(lambda x: F.clip(x, -1, 1), [-1.0, 1.0, 1.5, -1.5]) == [1.0, 1.0, 0.0, 0.0]
        assert gradient(F.elu, [0.0]) == [1.0]


class TestLargeNumbers:
    big = np.array([[1000.0, 0.0, -1000.0]])

    def test_softmax(self):
        assert F.softmax(self.big).data.tolist() == [[1.0, 0.0, 0.0]]
        assert F.log_softmax(self.big).data.tolist() == [[0.0, -1000.0, -2000.0]]
        assert F.softmax_cross_entropy(self.big, np.array([2])).item() == 2000.0
        assert F.logsumexp(self.big).data.tolist() == [1000.0]

    def test_sigmoid_and_softplus(self):
        assert F.sigmoid(self.big).data.tolist() == [[1.0, 0.5, 0.0]]
        assert F.softplus(self.big).data.tolist() == [[1000.0, np.log(2), 0.0]]
        assert np.isfinite(gradient(F.sigmoid, self.big)).all()

    def test_binary_cross_entropy_is_clipped(self):
        assert F.binary_cross_entropy(np.array([0.0]), np.array([1.0])).item() == pytest.approx(
            -np.log(1e-15)
        )
        assert F.binary_cross_entropy(np.array([1.0]), np.array([0.0])).item() == pytest.approx(
            -np.log(0.001)
        )

    def test_many_classes(self):
        """100,000 classes: the gradient needs no table of ones."""
        x = Variable(np.zeros((4, 100_000), np.float32))
        loss = F.softmax_cross_entropy(x, np.array([0, 5, 99_999, 7]))
        loss.backward()
        assert loss.item() == pytest.approx(np.log(100_000), rel=1e-5)
        assert x.grad.data[2, 99_999] == pytest.approx(-0.25, rel=1e-4)
        assert x.grad.dtype == np.float32


class TestAverages:
    def test_over_an_axis(self):
        x = np.arange(24.0).reshape(2, 3, 4)
        for axis in (None, 0, 1, -1, (0, 2), [1, 2]):
            given = tuple(axis) if isinstance(axis, list) else axis
            np.testing.assert_allclose(F.mean(x, axis).data, x.mean(given))
            np.testing.assert_allclose(F.average(x, axis, True).data, x.mean(given, keepdims=True))

    def test_of_nothing(self):
        with pytest.raises(ValueError, match=r"the mean of nothing is not defined: shape \(0, 2\), axis 0"):
            F.mean(np.zeros((0, 2)), axis=0)

    def test_accuracy(self):
        y = np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4]])
        assert F.accuracy(y, np.array([0, 1, 1])).item() == pytest.approx(2 / 3)
        assert F.accuracy(y, np.array([[0], [1], [0]])).item() == 1.0


class TestLosses:
    def test_axes_of_length_one_do_not_matter_when_nothing_is_stretched(self):
        """Step 59 compares y (1, 1) with t (1,)."""
        y, t = Variable(np.array([[3.0]])), np.array([1.0])
        for f in (F.mean_squared_error, F.mean_squared_error_simple):
            y.cleargrad()
            f(y, t).backward(create_graph=True)
            assert y.grad.data.tolist() == [[4.0]]
            gx = y.grad
            y.cleargrad()
            gx.backward()
            assert y.grad.data.tolist() == [[2.0]]

    def test_a_float64_target_leaves_float32_gradients(self):
        W = Variable(np.ones((3, 2), np.float32))
        loss = F.mean_squared_error(F.matmul(np.ones((4, 3), np.float32), W), np.zeros((4, 2)))
        loss.backward()
        assert W.grad.dtype == np.float32
        assert W.grad.data.tolist() == [[6.0, 6.0]] * 3


class TestMessages:
    """What was given, what must hold, what to try."""

    @pytest.mark.parametrize(
        ("attempt", "error", "text"),
        [
            (
                lambda: F.reshape(np.zeros(6), (4, 2)),
                ValueError,
                r"6 numbers of shape \(6,\) do not fill the shape \(4, 2\)",
            ),
            (lambda: F.reshape(np.zeros(6), (-1, -1)), ValueError, "do not fill"),
            (lambda: F.reshape(np.zeros(6), (-1, 4)), ValueError, "do not fill"),
            (
                lambda: F.transpose(np.zeros((2, 3)), (0, 0)),
                ValueError,
                r"an order of all 2 axes of shape \(2, 3\)",
            ),
            (
                lambda: F.broadcast_to(np.zeros(3), (2, 4)),
                ValueError,
                r"\(3,\) cannot be broadcast to \(2, 4\): compared",
            ),
            (
                lambda: F.sum(np.zeros((2, 3)), axis=2),
                ValueError,
                r"axis 2 does not exist: shape \(2, 3\) has 2 axes",
            ),
            (lambda: F.sum(np.zeros((2, 3)), axis=(0, -2)), ValueError, "an axis is named twice"),
            (lambda: F.max(np.zeros(3), axis=-2), ValueError, "axis -2 does not exist"),
            (
                lambda: F.matmul(np.zeros((2, 3)), np.zeros((2, 3))),
                ValueError,
                r"shapes are \(2, 3\) and \(2, 3\)",
            ),
            (lambda: F.matmul(np.zeros(()), np.zeros(3)), ValueError, "matmul needs x"),
            (
                lambda: F.linear(np.zeros((2, 3)), np.zeros((4, 5))),
                ValueError,
                r"linear needs x \(N, D\) and W \(D, H\)",
            ),
            (
                lambda: F.linear(np.zeros((2, 3)), np.zeros((3, 5)), np.zeros(4)),
                ValueError,
                r"bias must have shape \(5,\)",
            ),
            (lambda: F.concatenate([]), ValueError, "needs at least one array"),
            (
                lambda: F.concatenate([np.zeros((2, 3)), np.zeros((3, 3))], 1),
                ValueError,
                r"all axes but axis 1 must agree",
            ),
            (
                lambda: F.conv2d(np.zeros((3, 5, 5)), np.zeros((1, 3, 2, 2))),
                ValueError,
                r"images of shape \(N, C, H, W\)",
            ),
            (
                lambda: F.conv2d(np.zeros((1, 3, 5, 5)), np.zeros((1, 2, 2, 2))),
                ValueError,
                "with C = 3, but the kernel",
            ),
            (
                lambda: F.conv2d(np.zeros((1, 3, 2, 2)), np.zeros((1, 3, 5, 5))),
                ValueError,
                "use a smaller kernel or more padding",
            ),
            (
                lambda: F.conv2d(np.zeros((1, 1, 5, 5)), np.zeros((2, 1, 3, 3)), np.zeros(3)),
                ValueError,
                r"shape \(2,\), one number",
            ),
            (
                lambda: F.pooling(np.zeros((1, 1, 4, 4)), 2, 0),
                ValueError,
                "kernel and stride must be at least 1",
            ),
            (
                lambda: F.softmax_cross_entropy(np.zeros(3), np.array([1])),
                ValueError,
                r"scores of shape \(N, C\)",
            ),
            (
                lambda: F.where(np.array([True]), Variable(np.zeros(2)), "x"),
                TypeError,
                "an operand must be a number",
            ),
            (
                lambda: Variable(np.zeros((2, 3))) + Variable(np.zeros((2, 2))),
                ValueError,
                r"Add .*\(2, 3\) and \(2, 2\)",
            ),
            (lambda: Variable(np.zeros(3)) * np.zeros(4), ValueError, r"Mul .*\(3,\) and \(4,\)"),
            (lambda: F.get_item(np.zeros((2, 3)), 5), IndexError, r"index 5 .*shape \(2, 3\)"),
            (lambda: F.embed_id(np.array([7]), np.zeros((3, 2))), IndexError, "id 7 does not exist"),
            (lambda: F.get_item(np.zeros((2, 3)), (0, 0, 0)), IndexError, r"shape \(2, 3\)"),
        ],
    )
    def test_text(self, attempt, error, text):
        with pytest.raises(error, match=text):
            attempt()
