"""Edges: ties and infinities, whole numbers, empty batches, indices, and what is said about wrong arguments."""

import numpy as np
import pytest

import dezero_lab.functions as F
import dezero_lab.layers as L
from dezero_lab import Variable, no_grad, using_config
from dezero_lab.gradcheck import gradcheck
from dezero_lab.transforms import Normalize

f4 = np.float32


def gradient(f, x, create_graph=False):
    x = Variable(np.asarray(x))
    F.sum(f(x)).backward(create_graph=create_graph)
    return x.grad


@pytest.mark.parametrize("create_graph", [False, True])
@pytest.mark.parametrize("alpha", [1.0, 0.5, 0.0])
def test_elu_has_the_slope_alpha_at_zero(create_graph, alpha):
    slopes = gradient(lambda x: F.elu(x, alpha), [-np.inf, -1.0, 0.0, 2.0, np.inf], create_graph).data
    np.testing.assert_allclose(slopes, [0, alpha * np.exp(-1), alpha, 1, 1])


def test_elu_keeps_its_second_derivative_at_zero():
    x = Variable(np.array([-1.0, 0.0, 2.0]))
    F.sum(F.elu(x, 2.0)).backward(create_graph=True)
    first, x.grad = x.grad, None
    F.sum(first).backward()
    np.testing.assert_allclose(x.grad.data, [2 * np.exp(-1), 2, 0])


def test_elu_agrees_with_numbers_and_keeps_float32():
    assert gradcheck(F.elu, [np.array([[-2.0, -0.3], [0.4, 3.0]])], variable=Variable)
    assert F.elu(np.ones(3, f4)).dtype == f4
    assert gradient(F.elu, np.ones(3, f4)).dtype == f4
    np.testing.assert_allclose(F.elu(np.array([0, 3], np.uint8)).data, [0, 3])
    assert F.elu(np.array(-1e-20)).item() == -1e-20


def test_powers_with_the_exponent_zero_have_no_slope_at_zero():
    for create_graph in (False, True):
        slopes = gradient(lambda x: x ** np.array([0.0, 2.0, 1.0]), [0.0, 0.0, 0.0], create_graph).data
        np.testing.assert_array_equal(slopes, [0, 0, 1])
    # where the base is not 0, the mixed derivative stays right: of x ** c by c and x at c = 0 it is 1 / x
    x, c = Variable(np.array(4.0)), Variable(np.array(0.0))
    (x**c).backward(create_graph=True)
    slope = x.grad
    c.cleargrad()
    slope.backward()
    assert c.grad.item() == pytest.approx(1 / 4)


def test_a_list_of_exponents_is_an_array():
    np.testing.assert_array_equal(gradient(lambda x: x ** [2, 3], [2.0, 2.0]).data, [4, 12])


@pytest.mark.parametrize("create_graph", [False, True])
def test_max_pooling_sends_the_gradient_to_what_is_not_a_number(create_graph):
    image = np.array([[1.0, np.nan, 3.0, 9.0], [np.nan, 2.0, 0.0, 1.0]])[None, None]
    got = gradient(lambda x: F.pooling(x, 2, 2), image, create_graph).data
    np.testing.assert_array_equal(got[0, 0], [[0, 1, 0, 1], [0, 0, 0, 0]])


def test_max_pooling_refuses_windows_of_padding_only():
    x = np.ones((1, 1, 2, 2))
    with pytest.raises(ValueError, match="smaller than the kernel"):
        F.pooling(x, 1, 1, 1)
    with pytest.raises(ValueError, match="smaller than the kernel"):
        F.pooling(x, (3, 2), 1, (1, 2))
    assert np.isfinite(F.pooling(x, 2, 1, 1).data).all()


def test_whole_numbers_are_computed_with_as_floats():
    assert F.average_pooling(np.full((1, 1, 2, 2), 8), 2, 2).item() == 8.0
    with using_config("train", True):
        assert np.isfinite(F.dropout(Variable(np.arange(4))).data).all()
    scores = np.array([[1, 3]], np.uint8)
    right = F.softmax(scores.astype(float)).data
    np.testing.assert_allclose(F.softmax(scores).data, right)
    np.testing.assert_allclose(F.softmax_simple(scores).data, right)
    np.testing.assert_allclose(F.log_softmax(scores).data, np.log(right))
    np.testing.assert_allclose(F.logsumexp(scores).data, F.logsumexp(scores.astype(float)).data)
    labels = np.array([0])
    for loss in (F.softmax_cross_entropy, F.softmax_cross_entropy_simple):
        assert loss(scores, labels).item() == pytest.approx(2.126928)


def test_losses_of_whole_numbers():
    x, t = np.array([10], np.uint8), np.array([30], np.uint8)
    assert F.mean_squared_error(x, t).item() == 400
    assert F.mean_squared_error_simple(x, t).item() == 400
    assert gradient(lambda x: F.mean_squared_error(x, np.zeros(2)), np.array([1, 2])).data.tolist() == [1, 2]
    assert F.mean_squared_error(np.ones(3, f4), np.zeros(3, int)).dtype == f4
    assert F.sigmoid_cross_entropy(np.array([0]), np.array([0.5])).item() == pytest.approx(np.log(2))


def test_the_gradient_of_a_whole_number_variable_passes():
    assert gradient(lambda x: F.softmax(x) * np.array([[1.0, 0.0]]), np.array([[1, 1]])).data.tolist() == [
        [0.25, -0.25]
    ]


def test_normalize_takes_bytes():
    image = np.full((3, 2, 2), 128, np.uint8)
    got = Normalize([0.5, 1, 2], [0.5, 2, 4])(image)
    np.testing.assert_allclose(got[:, 0, 0], [255, 63.5, 31.5])
    assert Normalize(0.5, 0.5)(image.astype(f4)).dtype == f4


def test_clip_keeps_float32_and_takes_one_bound():
    x = np.array([-1.0, 0.25, 3.0], f4)
    assert F.clip(x, np.float64(0), np.float64(0.5)).dtype == f4
    assert F.clip(x, np.zeros(3), np.ones(3)).dtype == f4
    np.testing.assert_array_equal(gradient(lambda x: F.clip(x, None, 2), x).data, [1, 1, 0])
    np.testing.assert_array_equal(gradient(lambda x: F.clip(x, 0, None), x).data, [0, 1, 1])


def test_clip_refuses_wrong_bounds():
    x = Variable(np.ones(3))
    with pytest.raises(ValueError, match="x_min must not be above x_max"):
        F.clip(x, 2, 1)
    with pytest.raises(TypeError, match=r"F\.maximum and F\.minimum"):
        F.clip(x, x, 2)


def test_empty_batches_stay_empty():
    assert F.flatten(np.zeros((0, 3, 4))).shape == (0, 12)
    empty, ones = Variable(np.zeros((0, 4))), Variable(np.ones(4))
    for f in (lambda x: F.layer_norm(x, ones, ones), lambda x: F.group_norm(x, ones, ones, 2)):
        ones.cleargrad()
        y = f(empty)
        assert y.shape == (0, 4)
        F.sum(y).backward()
        assert ones.grad.data.tolist() == [0, 0, 0, 0]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("create_graph", [False, True])
def test_batch_norm_of_no_rows_leaves_its_averages(create_graph):
    mean, var = np.full(3, 2.0), np.full(3, 5.0)
    gamma = Variable(np.ones(3))
    y = F.batch_norm(Variable(np.zeros((0, 3, 2, 2))), gamma, np.zeros(3), mean, var)
    assert y.shape == (0, 3, 2, 2)
    F.sum(y).backward(create_graph=create_graph)
    assert gamma.grad.data.tolist() == [0, 0, 0]
    assert mean.tolist() == [2, 2, 2]
    assert var.tolist() == [5, 5, 5]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "f",
    [F.mean_squared_error, F.mean_squared_error_simple, F.binary_cross_entropy, F.sigmoid_cross_entropy],
)
def test_a_loss_of_no_examples_is_an_error(f):
    with pytest.raises(ValueError, match=r"the loss of no examples: the shape is \(0, 3\)"):
        f(np.zeros((0, 3)), np.zeros((0, 3)))


@pytest.mark.filterwarnings("error")
def test_no_labels_are_an_error():
    scores, labels = np.zeros((0, 3)), np.zeros(0, int)
    for f in (F.softmax_cross_entropy, F.softmax_cross_entropy_simple):
        with pytest.raises(ValueError, match=r"the loss of no examples: the shape is \(0, 3\)"):
            f(scores, labels)
    with pytest.raises(ValueError, match="the accuracy of no examples"):
        F.accuracy(scores, labels)


def test_ids_may_be_lists_and_tuples():
    W = Variable(np.arange(6.0).reshape(3, 2))
    np.testing.assert_array_equal(F.embed_id((0, 1), W).data, W.data[[0, 1]])
    assert F.embed_id([], W).shape == (0, 2)
    assert W[[]].shape == (0, 2)


@pytest.mark.parametrize("bad", [-1, 3])
def test_ids_that_do_not_exist(bad):
    W = np.zeros((3, 2))
    with pytest.raises(IndexError, match=f"id {bad} does not exist: the table has 3 rows, 0 to 2"):
        F.embed_id(np.array([0, bad]), W)
    with no_grad(), pytest.raises(IndexError, match=f"id {bad} does not exist"):
        L.EmbedID(3, 2)(np.array(bad))


def test_indices_of_another_dtype():
    with pytest.raises(TypeError, match=r"use ids\.astype\(int\)"):
        F.embed_id(np.array([0.0, 1.0]), np.zeros((3, 2)))
    with pytest.raises(IndexError, match=r"use ids\.astype\(int\)"):
        F.get_item(np.zeros((3, 2)), np.array([0.0, 1.0]))


@pytest.mark.parametrize("pick", [F.get_item, lambda W, ids: F.embed_id(ids, W)])
def test_indices_may_change_after_the_call(pick):
    W, ids = Variable(np.zeros((3, 1))), np.array([0, 1])
    y = pick(W, ids)
    ids[:] = 2
    F.sum(y).backward()
    assert W.grad.data.ravel().tolist() == [1, 1, 0]


def _cases():
    x, image = np.ones((2, 3)), np.ones((1, 2, 4, 4))
    square = np.ones((2, 2))
    gates = np.ones((4, 3, 5)), np.zeros((4, 5)), np.ones((4, 5, 5))
    yield lambda: F.concatenate([square, square], axis=2), ValueError, "axis 2 does not exist"
    yield lambda: F.concatenate([np.array(1.0)]), ValueError, "axis 0 does not exist"
    for f in (F.softmax, F.log_softmax, F.softmax_simple):
        yield (
            lambda f=f: f(np.ones(3)),
            ValueError,
            r"axis 1 does not exist for shape \(3,\); give axis=0",
        )
    yield lambda: F.sin("a"), TypeError, "Sin computes with numbers, but it was given array"
    yield lambda: F.sin(None), TypeError, "Sin computes with numbers"
    yield lambda: F.sin(Variable(None)), TypeError, "that has no data yet"
    yield lambda: F.max(np.zeros((0, 3))), ValueError, "the largest of nothing is not defined"
    yield lambda: F.min(np.zeros((0, 3)), axis=0), ValueError, "the smallest of nothing is not defined"
    yield lambda: F.sum(x, axis=1.0), TypeError, r"axis must be a whole number.*1\.0"
    yield lambda: F.reshape(square, (-2, -2)), ValueError, "0 or more"
    yield lambda: F.squeeze(x, 1), ValueError, r"axis 1 of shape \(2, 3\)"
    yield lambda: F.where(np.ones(4, bool), x, x), ValueError, r"condition of shape \(4,\)"
    yield lambda: F.conv2d(image, np.ones((1, 2, 3, 3)), stride="a"), TypeError, "whole numbers.*'a'"
    yield lambda: F.conv2d(image, np.ones((1, 2, 3, 3)), stride=1.5), TypeError, r"whole numbers.*1\.5"
    yield lambda: F.conv2d(image, np.ones((1, 2, 3, 3)), stride=(1.5, 1)), TypeError, "whole numbers"
    yield lambda: F.conv2d_simple(image, np.ones((1, 3, 3, 3))), ValueError, "images with 2 channels"
    for f in (F.softmax_cross_entropy, F.accuracy):
        yield lambda f=f: f(x, np.eye(3, dtype=int)[:2]), ValueError, r"one-hot: use t\.argmax\(axis=1\)"
    yield lambda: F.group_norm(x, np.ones(3), np.ones(3), 0), ValueError, "into 0 equal groups"
    yield lambda: F.group_norm(x, np.ones(1), np.ones(3), 1), ValueError, "gamma must have shape"
    yield lambda: F.layer_norm(x, np.ones(3), np.ones(2)), ValueError, "beta must have shape"
    yield lambda: F.lstm_step(x, np.ones((2, 1)), None, *gates), ValueError, "a state of 5"
    yield lambda: F.lstm_step(x[:, :2], None, None, *gates), ValueError, "inputs of 3 numbers"
    yield (
        lambda: F.rnn_step(x, np.ones((2, 4)), np.ones((3, 5)), np.ones(5), np.ones((5, 5))),
        ValueError,
        "a state of 5",
    )


@pytest.mark.parametrize(("call", "error", "message"), [pytest.param(*case, id=case[2]) for case in _cases()])
def test_what_is_said_about_wrong_arguments(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_one_number_is_a_shape():
    assert F.broadcast_to(np.ones(1), 3).shape == (3,)
    assert F.sum_to(np.ones((2, 3)), 3).data.tolist() == [2, 2, 2]


def test_one_element_that_is_the_whole_axis_of_nothing():
    assert F.max(np.zeros((0, 3)), axis=1).shape == (0,)
