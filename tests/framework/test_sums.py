"""Sums back to a smaller shape: the products with ones that make them fast give what NumPy's sum gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import mutually_broadcastable_shapes

from dezero_lab import utils


def plain(x, shape):
    lead = x.ndim - len(shape)
    axes = [*range(lead), *(i + lead for i, n in enumerate(shape) if n == 1)]
    return x.sum(axis=tuple(axes)).reshape(shape)


@st.composite
def an_array_and_a_shape(draw):
    """An array with its axes in any order in memory, and a shape that broadcasts to it."""
    shapes = draw(mutually_broadcastable_shapes(num_shapes=1, base_shape=(3, 4, 2, 5), max_dims=4))
    shape, full = shapes.input_shapes[0], shapes.result_shape
    order = draw(st.permutations(range(len(full))))
    dtype = draw(st.sampled_from([np.float32, np.float64, np.int64, np.float16]))
    numbers = np.random.default_rng(draw(st.integers(0, 99))).integers(-9, 9, [full[i] for i in order])
    return numbers.astype(dtype).transpose(np.argsort(order)), shape


@given(an_array_and_a_shape())
def test_every_order_in_memory(drawn):
    x, shape = drawn
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(utils, "LARGE", 1)
        found, product = utils.sum_to(x, shape), utils.sum_of_product_to(x, x, shape)
    assert found.shape == product.shape == shape
    assert found.dtype == product.dtype == x.dtype
    np.testing.assert_array_equal(found, plain(x, shape))  # sums of small whole numbers are exact
    if x.dtype != np.float16:
        np.testing.assert_array_equal(product, plain(x * x, shape))


@pytest.mark.parametrize(
    ("full", "shape"),
    [
        ((100, 70), (70,)),
        ((100, 70), (100, 1)),
        ((64, 64), (64, 1)),
        ((8, 5, 9, 9), (1, 5, 1, 1)),
        ((40, 30), (1, 1)),
    ],
)
@pytest.mark.parametrize(("dtype", "rtol"), [(np.float32, 2e-5), (np.float64, 1e-12)])
def test_large_sums(full, shape, dtype, rtol):
    rng = np.random.default_rng(0)
    a, b = (rng.uniform(0.5, 1, full).astype(dtype) for _ in range(2))
    for x in (
        a,
        np.asfortranarray(a),
        np.moveaxis(np.ascontiguousarray(np.moveaxis(a, 1, -1)), -1, 1),
        a[::2],
        a[:, ::-1],
    ):
        want = tuple(min(n, m) for n, m in zip(shape, x.shape[-len(shape) :], strict=True))
        np.testing.assert_allclose(utils.sum_to(x, want), plain(x.astype(np.float64), want), rtol=rtol)
        y = b[: len(x)]
        expected = plain(x.astype(np.float64) * y, want)
        np.testing.assert_allclose(utils.sum_of_product_to(x, y, want), expected, rtol=rtol)


def test_a_sum_is_an_array_of_its_own():
    x = np.ones((64, 64), np.float32)
    total = utils.sum_to(x, (64,))
    total += 1
    assert x.max() == 1
    assert utils.sum_to(x, (64,)).max() == 64
    total = utils.sum_to(x[None], (64, 64))
    total += 1
    assert x.max() == 1


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_not_finite_stays_in_its_column(value):
    x = np.ones((64, 64), np.float32)
    x[3, 5] = value
    total = utils.sum_to(x, (64,))
    assert np.isfinite(np.delete(total, 5)).all()
    assert not np.isfinite(total[5])


def test_products_of_different_shapes_are_broadcast():
    a, b = np.ones((50, 40)), np.full((50, 1), 2.0)
    np.testing.assert_array_equal(utils.sum_of_product_to(a, b, (40,)), np.full(40, 100.0))
    with pytest.raises(ValueError, match="cannot be summed"):
        utils.sum_of_product_to(a, a, (1, 1, 40))
