"""Batch normalisation of many numbers, in any order in memory: statistics, results and gradients in float64."""

import numpy as np
import pytest

import dezero_lab.functions as F
from dezero_lab import Variable

EPS = 2e-5


def by_hand(x, gamma, beta, gy):
    axes = tuple(i for i in range(x.ndim) if i != 1)
    shape = [1 if i in axes else n for i, n in enumerate(x.shape)]
    x, gy, gamma = (np.asarray(a, np.float64) for a in (x, gy, gamma.reshape(shape)))
    std = np.sqrt(x.var(axis=axes, keepdims=True) + EPS)
    normalised = (x - x.mean(axis=axes, keepdims=True)) / std
    inner = (
        gy - gy.mean(axis=axes, keepdims=True) - normalised * (gy * normalised).mean(axis=axes, keepdims=True)
    )
    y = normalised * gamma + beta.reshape(shape)
    return y, gamma * inner / std, (gy * normalised).sum(axis=axes), gy.sum(axis=axes)


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (0, 2, 3, 1), (1, 2, 3, 0)])
@pytest.mark.parametrize("gy_order", [(0, 1, 2, 3), (0, 2, 3, 1)])
@pytest.mark.parametrize("far", [0, 100])
def test_images_in_any_order_in_memory(order, gy_order, far):
    def lay(a, order):
        return np.ascontiguousarray(a.transpose(order)).transpose(np.argsort(order))

    rng = np.random.default_rng(0)
    x = lay(rng.normal(far, 2, (6, 5, 9, 8)).astype(np.float32), order)
    gy = lay(rng.normal(size=x.shape).astype(np.float32), gy_order)
    gamma, beta = rng.normal(size=(2, 5)).astype(np.float32)
    inputs = [Variable(a) for a in (x, gamma, beta)]
    y = F.batch_norm(*inputs, np.zeros(5, np.float32), np.ones(5, np.float32))
    y.grad = Variable(gy)
    y.backward()
    expected = by_hand(x, gamma, beta, gy)
    found = [y, *(v.grad for v in inputs)]
    for one, other in zip(found, expected, strict=True):
        assert one.dtype == np.float32
        np.testing.assert_allclose(one.data, other, rtol=1e-3, atol=2e-4 if far else 5e-5)
    assert y.data.transpose(order).flags.c_contiguous


def test_sums_of_half_precision_do_not_overflow():
    x = np.random.default_rng(0).normal(60, 5, (64, 2, 40, 40)).astype(np.float16)
    mean, var = np.zeros(2), np.ones(2)
    y = F.batch_norm(x, np.ones(2, np.float16), np.zeros(2, np.float16), mean, var, decay=0)
    np.testing.assert_allclose(mean, 60, rtol=1e-2)
    np.testing.assert_allclose(var, 25, rtol=5e-2)
    assert y.dtype == np.float16
    assert abs(y.data.astype(float)).max() < 8


def test_a_batch_of_one_leaves_its_input_alone():
    x, gy = np.array([[1.0, 2.0]]), np.array([[3.0, 4.0]])
    v = Variable(x.copy())
    gamma, beta = Variable(np.ones(2)), Variable(np.zeros(2))
    y = F.batch_norm(v, gamma, beta, np.zeros(2), np.ones(2))
    y.grad = Variable(gy.copy())
    y.backward(retain_grad=True)
    gamma.grad.data += 1
    beta.grad.data += 1
    assert v.data.tolist() == x.tolist()
    assert y.grad.data.tolist() == gy.tolist()
    assert np.allclose(v.grad.data, 0)
