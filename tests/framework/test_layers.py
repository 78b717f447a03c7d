"""Layers: how parameters are found, and what each layer computes, against formulas written out in NumPy."""

import copy
import gc
import weakref

import numpy as np
import pytest

import dezero_lab.functions as F
import dezero_lab.layers as L
from dezero_lab import Parameter, Variable, no_grad
from dezero_lab import test_mode as in_test_mode
from dezero_lab.gradcheck import gradcheck

f32 = np.float32


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def draw(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype(f32)


class TestFindingParameters:
    def test_in_order_of_definition(self):
        class Net(L.Layer):
            def __init__(self):
                self.z = Parameter(np.zeros(1))
                self.a = L.Linear(2, in_size=1)
                self.m = [Parameter(np.zeros(2)), {"k": L.Linear(1, nobias=True, in_size=2)}]

        assert [path for path, _ in Net().named_params()] == ["z", "a/W", "a/b", "m/0", "m/1/k/W"]

    def test_shared_parameters_once(self):
        class Tied(L.Layer):
            def __init__(self):
                self.a = L.Linear(2, in_size=2)
                self.b = L.Linear(2, in_size=2)
                self.b.W = self.a.W

        assert [path for path, _ in Tied().named_params()] == ["a/W", "a/b", "b/b"]

    def test_layers_that_hold_each_other(self):
        one, two = L.Linear(1, in_size=1), L.Linear(1, in_size=1)
        one.other, two.other = two, one
        assert len(list(one.params())) == 4

    def test_cleargrads_reaches_all(self):
        layer = L.Linear(2, in_size=3)
        F.sum(layer(np.ones((1, 3), f32))).backward()
        layer.cleargrads()
        assert [p.grad for p in layer.params()] == [None, None]

    def test_a_layer_without_formula_says_so(self):
        with pytest.raises(NotImplementedError, match="Layer has no forward"):
            L.Layer()(1)

    def test_a_used_layer_can_be_copied(self):
        """What the agents of the sequel do with their target network."""
        layer = L.Linear(2)
        x = draw(3, 4)
        y = layer(x)
        twin = copy.deepcopy(layer)
        layer.W.data += 1
        assert np.array_equal(twin(x).data, y.data)


class TestWeights:
    def test_are_made_at_the_first_call(self):
        layer = L.Linear(5)
        assert layer.W.data is None
        layer(np.ones((2, 3), f32))
        assert (layer.W.shape, layer.in_size) == ((3, 5), 3)

    @pytest.mark.parametrize("dtype", [np.float32, np.float64])
    def test_keep_the_size_of_a_signal(self, dtype):
        layer = L.Linear(300, dtype=dtype, in_size=400, rng=np.random.default_rng(0))
        assert layer.W.dtype == layer.b.dtype == dtype
        assert layer.W.data.std() == pytest.approx(400**-0.5, rel=0.02)
        kernels = L.Conv2d(64, (3, 2), in_channels=20, rng=np.random.default_rng(0)).W
        assert kernels.shape == (64, 20, 3, 2)
        assert kernels.data.std() == pytest.approx((20 * 3 * 2) ** -0.5, rel=0.02)

    def test_repeat_with_a_generator(self):
        one, two = (L.Linear(3, in_size=2, rng=np.random.default_rng(7)).W.data for _ in range(2))
        assert np.array_equal(one, two)
        np.random.seed(3)
        first = L.Linear(3, in_size=2).W.data
        np.random.seed(3)
        assert np.array_equal(L.Linear(3, in_size=2).W.data, first)

    def test_without_bias(self):
        assert L.Linear(3, nobias=True).b is None
        assert L.Conv2d(3, 3, nobias=True).b is None


class TestFormulas:
    def test_linear(self):
        layer, x = L.Linear(3), draw(4, 2)
        layer.b.data[:] = draw(3)
        np.testing.assert_allclose(layer(x).data, x @ layer.W.data + layer.b.data, rtol=1e-5)

    def test_convolution_is_a_sliding_product(self):
        layer, x = L.Conv2d(3, (2, 3), stride=(2, 1), pad=(1, 0)), draw(2, 4, 5, 6)
        y = layer(x).data
        padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (0, 0)))
        assert y.shape == (2, 3, 3, 4)
        for i in range(3):
            for j in range(4):
                window = padded[:, :, 2 * i : 2 * i + 2, j : j + 3]
                expected = np.einsum("nchw,ochw->no", window, layer.W.data)
                np.testing.assert_allclose(y[:, :, i, j], expected, rtol=1e-4, atol=1e-5)

    def test_deconvolution_is_its_transpose(self):
        """<conv(x), y> = <x, deconv(y)> for the same kernels."""
        rng = np.random.default_rng(0)
        x, W = rng.normal(size=(2, 3, 5, 7)), rng.normal(size=(4, 3, 3, 2))
        y = rng.normal(size=F.conv2d(x, W, stride=2, pad=1).shape)
        there = (F.conv2d(x, W, stride=2, pad=1).data * y).sum()
        back = (x * F.deconv2d(y, W, stride=2, pad=1, outsize=(5, 7)).data).sum()
        assert there == pytest.approx(back)
        assert L.Deconv2d(6, 4, stride=2, pad=1)(draw(1, 2, 5, 5)).shape == (1, 6, 10, 10)

    def test_deconvolution_refuses_a_size_that_does_not_belong(self):
        with pytest.raises(ValueError, match="an output of 20 x 20 does not belong to an input of 5 x 5"):
            F.deconv2d(draw(1, 2, 5, 5), draw(2, 3, 4, 4), stride=2, pad=1, outsize=20)

    def test_rnn(self):
        rnn, xs = L.RNN(3), draw(4, 2, 5)
        h = np.zeros((2, 3), f32)
        for x in xs:
            y = rnn(x)
            h = np.tanh(x @ rnn.x2h.W.data + rnn.x2h.b.data + h @ rnn.h2h.W.data)
            np.testing.assert_allclose(y.data, h, rtol=1e-5, atol=1e-6)
        rnn.reset_state()
        assert rnn.h is None

    def test_lstm(self):
        lstm, xs = L.LSTM(3), draw(4, 2, 5)
        h = c = np.zeros((2, 3), f32)
        for x in xs:
            y = lstm(x)
            f, i, o, u = (
                x @ getattr(lstm, f"x2{g}").W.data
                + getattr(lstm, f"x2{g}").b.data
                + h @ getattr(lstm, f"h2{g}").W.data
                for g in "fiou"
            )
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(u)
            h = sigmoid(o) * np.tanh(c)
            np.testing.assert_allclose(y.data, h, rtol=1e-4, atol=1e-6)
        lstm.reset_state()
        assert lstm.h is None
        assert lstm.c is None

    def test_gru(self):
        gru, xs = L.GRU(3), draw(4, 2, 5)
        h = np.zeros((2, 3), f32)
        for x in xs:
            y = gru(x)
            r = sigmoid(x @ gru.x2r.W.data + gru.x2r.b.data + h @ gru.h2r.W.data)
            z = sigmoid(x @ gru.x2z.W.data + gru.x2z.b.data + h @ gru.h2z.W.data)
            n = np.tanh(x @ gru.x2n.W.data + gru.x2n.b.data + r * (h @ gru.h2n.W.data + gru.h2n.b.data))
            h = (1 - z) * n + z * h
            np.testing.assert_allclose(y.data, h, rtol=1e-4, atol=1e-6)

    def test_embedding(self):
        layer = L.EmbedID(4, 3)
        ids = np.array([[0, 3], [3, 1]])
        y = layer(ids)
        assert np.array_equal(y.data, layer.W.data[ids])
        F.sum(y).backward()
        assert layer.W.grad.data[:, 0].tolist() == [1, 1, 0, 2]

    def test_layer_norm_and_group_norm(self):
        x = draw(2, 4, 3)
        y = L.LayerNorm(3)(x).data
        np.testing.assert_allclose(
            y, (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-5), atol=1e-5
        )
        groups = x.reshape(2, 2, -1)
        expected = (groups - groups.mean(-1, keepdims=True)) / np.sqrt(groups.var(-1, keepdims=True) + 1e-5)
        np.testing.assert_allclose(L.GroupNorm(2, 4)(x).data, expected.reshape(x.shape), atol=1e-5)
        with pytest.raises(ValueError, match="4 channels cannot be split into 3 equal groups"):
            L.GroupNorm(3, 4)(x)


class TestBatchNorm:
    def test_training_uses_the_batch_and_keeps_averages(self):
        layer, x = L.BatchNorm(), draw(8, 3) * 2 + 5
        y = layer(x).data
        np.testing.assert_allclose(y, (x - x.mean(0)) / np.sqrt(x.var(0) + 2e-5), atol=1e-4)
        np.testing.assert_allclose(layer.avg_mean.data, 0.1 * x.mean(0), rtol=1e-5)
        np.testing.assert_allclose(layer.avg_var.data, 0.9 + 0.1 * x.var(0, ddof=1), rtol=1e-5)

    def test_test_mode_uses_the_averages_and_leaves_them(self):
        layer, x = L.BatchNorm(), draw(8, 3, 4, 4)
        layer(x)
        mean, var = layer.avg_mean.data.copy(), layer.avg_var.data.copy()
        with in_test_mode():
            y = layer(x).data
        shape = (1, 3, 1, 1)
        np.testing.assert_allclose(
            y, (x - mean.reshape(shape)) / np.sqrt(var.reshape(shape) + 2e-5), atol=1e-4
        )
        assert np.array_equal(layer.avg_mean.data, mean)
        assert np.array_equal(layer.avg_var.data, var)

    def test_averages_get_no_gradient(self):
        layer = L.BatchNorm()
        F.sum(layer(draw(4, 2))).backward()
        assert layer.avg_mean.grad is None
        assert layer.gamma.grad is not None

    @pytest.mark.parametrize("shape", [(5, 3), (4, 2, 3), (3, 2, 2, 3), (1, 2, 4)])
    @pytest.mark.parametrize("training", [True, False])
    def test_gradients(self, shape, training):
        def f(x, gamma, beta):
            if training:
                return F.batch_norm(x, gamma, beta, np.zeros(shape[1]), np.ones(shape[1]))
            with in_test_mode():
                return F.batch_norm(x, gamma, beta, np.full(shape[1], 0.3), np.full(shape[1], 2.0))

        rng = np.random.default_rng(0)
        inputs = [rng.normal(size=shape), rng.uniform(0.5, 2, shape[1]), rng.normal(size=shape[1])]
        result = gradcheck(f, inputs, variable=Variable)
        assert result, str(result)
        result = gradcheck(f, inputs, variable=Variable, order=2)
        assert result, str(result)

    @pytest.mark.parametrize("shape", [(5,), ()])
    def test_needs_a_channel_axis(self, shape):
        with pytest.raises(ValueError, match=r"batch_norm needs x \(N, C\) or \(N, C, ...\)"):
            F.batch_norm(np.zeros(shape), *[np.zeros(5)] * 4)

    def test_says_which_argument_is_misshaped(self):
        with pytest.raises(
            ValueError, match=r"var must have shape \(3,\), one number for each channel, but it has \(2,\)"
        ):
            F.batch_norm(np.zeros((4, 3)), np.ones(3), np.zeros(3), np.zeros(3), np.ones(2))


class TestDropout:
    def test_keeps_the_mean(self):
        y = F.dropout(np.ones(100_000, f32), 0.3, rng=np.random.default_rng(0)).data
        assert set(np.unique(y)) == {f32(0), f32(1) / f32(0.7)}
        assert y.mean() == pytest.approx(1.0, abs=0.01)
        assert (y == 0).mean() == pytest.approx(0.3, abs=0.01)

    def test_passes_on_in_test_mode_and_for_ratio_zero(self):
        x = Variable(np.ones(5))
        with in_test_mode():
            assert F.dropout(x) is x
        assert F.dropout(x, 0.0) is x

    def test_gradient_uses_the_same_mask(self):
        x = Variable(np.ones(50))
        y = F.dropout(x, 0.4, rng=np.random.default_rng(1))
        y.backward()
        assert np.array_equal(x.grad.data, y.data)

    def test_repeats_with_a_seed(self):
        np.random.seed(0)
        one = F.dropout(np.ones(20)).data
        np.random.seed(0)
        assert np.array_equal(F.dropout(np.ones(20)).data, one)


class TestStates:
    @pytest.mark.parametrize("cls", [L.RNN, L.LSTM, L.GRU])
    def test_history_is_cut_on_request(self, cls):
        layer = cls(3)
        first = layer(draw(1, 2))
        old = weakref.ref(first.creator)
        for _ in range(3):
            last = layer(draw(1, 2))
        last.unchain_backward()
        del first
        gc.collect()
        assert old() is None
        assert layer.h is last

    @pytest.mark.parametrize("cls", [L.RNN, L.LSTM, L.GRU])
    def test_another_batch_size_is_named(self, cls):
        layer = cls(3)
        layer(draw(4, 2))
        with pytest.raises(ValueError, match=r"state of 4 rows.*batch of 2.*reset_state"):
            layer(draw(2, 2))

    @pytest.mark.parametrize("cls", [L.RNN, L.LSTM, L.GRU])
    def test_no_history_without_backprop(self, cls):
        layer = cls(3)
        with no_grad():
            for _ in range(3):
                layer(draw(1, 2))
        assert layer.h.creator is None


class TestFirstCalls:
    """A call that fails leaves weights unmade."""

    @pytest.mark.parametrize(("layer", "x", "said"), [
        (L.Conv2d(4, 3), np.zeros((3, 28, 28), f32), r"needs x \(N, C, H, W\), but the shape is \(3, 28, 28\)"),
        (L.Deconv2d(4, 3), np.zeros((3, 28), f32), r"needs x \(N, C, H, W\)"),
        (L.Linear(3), np.float32(1), "at least one axis"),
        (L.RNN(3), np.ones(7, f32), r"needs x \(N, D\), but the shape is \(7,\)"),
        (L.LSTM(3), np.ones(7, f32), r"needs x \(N, D\)"),
        (L.GRU(3), np.ones((1, 2, 7), f32), r"needs x \(N, D\)"),
        (L.BatchNorm(), np.ones(7, f32), r"needs x \(N, C\)"),
    ])  # fmt: skip
    def test_of_the_wrong_number_of_axes(self, layer, x, said):
        before = [p.data is None for p in layer.params()]
        with pytest.raises(ValueError, match=said):
            layer(x)
        assert [p.data is None for p in layer.params()] == before

    @pytest.mark.parametrize("x", [None, "text"])
    def test_without_numbers(self, x):
        with pytest.raises((TypeError, ValueError)) as error:
            L.Linear(3)(x)
        assert "tuple index" not in str(error.value)


@pytest.mark.parametrize(("make", "error", "said"), [
    (lambda: L.Linear(-1, in_size=2), ValueError, "out_size must be at least 1, but it is -1"),
    (lambda: L.Linear(3.0), TypeError, "out_size is a whole number, but 3.0 was given"),
    (lambda: L.Linear(3, in_size=0), ValueError, "in_size must be at least 1"),
    (lambda: L.Conv2d(None, 3), TypeError, "out_channels is a whole number, but None was given"),
])  # fmt: skip
def test_sizes_are_positive_whole_numbers(make, error, said):
    with pytest.raises(error, match=said):
        make()


@pytest.mark.parametrize("seed", [0, 42])
def test_a_seed_stands_for_its_generator(seed):
    one, two = L.Linear(3, in_size=2, rng=seed), L.Linear(3, in_size=2, rng=np.random.default_rng(seed))
    assert np.array_equal(one.W.data, two.W.data)
    lstm = L.LSTM(3, in_size=2, rng=seed)
    assert not np.array_equal(lstm.x2f.W.data, lstm.x2i.W.data)
