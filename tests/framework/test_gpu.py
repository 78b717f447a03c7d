"""The same code on a device, shown with arrays that refuse every function of NumPy (see conftest.py)."""

import numpy as np
import pytest

import dezero_lab.functions as F
import dezero_lab.layers as L
from dezero_lab import DataLoader, Variable, cuda, optimizers
from dezero_lab import test_mode as in_test_mode
from dezero_lab.datasets import Spiral
from dezero_lab.models import MLP, Sequential

f32 = np.float32


def draw(*shape):
    return np.random.default_rng(0).normal(size=shape).astype(f32)


class TestTheMadeUpDevice:
    def test_refuses_the_host(self, stand_in):
        x = stand_in.asarray(np.ones(3))
        for attempt in (
            lambda: np.exp(x),
            lambda: np.asarray(x),
            lambda: x + np.ones(3),
            lambda: np.ones(3) + x,
            lambda: np.sum(x),
            lambda: stand_in.exp(np.ones(3)),
            lambda: x[np.array([0])],
        ):
            with pytest.raises(TypeError):
                attempt()

    def test_computes(self, stand_in):
        x = stand_in.asarray(np.arange(6.0)).reshape(2, 3)
        x += 1
        assert type(x.sum()) is stand_in.ndarray
        assert (stand_in.exp(x) * 2 - x).get().shape == (2, 3)


class TestWithoutADevice:
    """CuPy is installed on machines that have no device, or a driver that does not fit."""

    def test_none_is_found(self, stand_in):
        stand_in.cuda.runtime.getDeviceCount = lambda: 0
        assert not cuda.gpu_enable
        assert cuda.cupy is None

    def test_the_driver_fails(self, stand_in):
        def fails():
            raise RuntimeError("CUDA driver version is insufficient")

        stand_in.cuda.runtime.getDeviceCount = fails
        assert not cuda.gpu_enable


class TestCrossing:
    def test_an_empty_box(self, cupy):
        x = Variable(None)
        x.to_gpu()
        x.to_cpu()
        assert x.data is None

    def test_there_and_back(self, cupy):
        x = Variable(np.ones(3))
        x.grad = Variable(np.zeros(3))
        x.to_gpu()
        assert cuda.get_array_module(x) is cuda.get_array_module(x.grad) is cupy
        assert repr(x) == "variable([1. 1. 1.])"
        x.to_cpu()
        assert type(x.data) is type(x.grad.data) is np.ndarray
        assert type(cuda.as_numpy(cuda.as_cupy([1, 2]))) is np.ndarray
        assert type(cuda.as_cupy(x)) is cupy.ndarray

    def test_numbers_take_the_device_beside_them(self, cupy):
        x = Variable(cupy.asarray(np.ones(3, f32)))
        for y in (x + 1, 2.0 * x, 1 / x, x - np.float64(3), x**2, F.maximum(x, 0)):
            assert type(y.data) is cupy.ndarray
            assert y.dtype == f32

    def test_a_variable_of_a_device_array(self, cupy):
        x = Variable(cupy.asarray(np.array([[1.0, 2.0]])))
        assert (x.shape, x.ndim, x.size, len(x), x.sum().item()) == ((1, 2), 2, 2, 1, 3.0)

    def test_host_and_device_do_not_mix(self, cupy):
        x, W = Variable(cupy.asarray(draw(2, 3))), Variable(draw(3, 4))
        with pytest.raises(TypeError, match=r"MatMul was given arrays of both NumPy and CuPy.*to_gpu\(\)"):
            F.matmul(x, W)

    def test_other_type_errors_keep_their_message(self, cupy):
        class Picky(F.Sin):
            def forward(self, x):
                raise TypeError("no sines today")

        with pytest.raises(TypeError, match=r"^no sines today$"):
            Picky()(Variable(np.ones(2)))


def train(to_device, model_of, batches, optimizer_of, loss_of):
    """Losses and weights of a few steps; with to_device everything but the labels' values lives on the device."""
    np.random.seed(0)
    model = model_of()
    model(batches[0][0])
    if to_device:
        model.to_gpu()
    optimizer = optimizer_of().setup(model)
    optimizer.add_hook(optimizers.WeightDecay(1e-3))
    optimizer.add_hook(optimizers.ClipGrad(10.0))
    losses = []
    for x, t in batches:
        if to_device:
            x, t = cuda.as_cupy(x), cuda.as_cupy(t)
        loss = loss_of(model(x), t)
        model.cleargrads()
        loss.backward()
        optimizer.update()
        losses.append(loss.item())
    return losses, [cuda.as_numpy(p.data) for p in model.params()], model


def compare(cupy, *arguments):
    host_losses, host_weights, _ = train(False, *arguments)
    losses, weights, model = train(True, *arguments)
    assert {type(p.data) for p in model.params()} == {cupy.ndarray}
    np.testing.assert_allclose(losses, host_losses, rtol=1e-5)
    for there, here in zip(weights, host_weights, strict=True):
        np.testing.assert_allclose(there, here, rtol=1e-4, atol=1e-6)
    return model


def classes(*shape):
    rng = np.random.default_rng(1)
    return [(rng.normal(size=shape).astype(f32), rng.integers(0, 3, shape[0])) for _ in range(3)]


OPTIMIZERS = ["SGD", "MomentumSGD", "NesterovSGD", "AdaGrad", "RMSprop", "AdaDelta", "Adam", "AdamW"]


class TestTraining:
    @pytest.mark.parametrize("name", OPTIMIZERS)
    def test_optimizers(self, cupy, name):
        compare(
            cupy,
            lambda: MLP((5, 3), activation=F.relu),
            classes(4, 6),
            getattr(optimizers, name),
            F.softmax_cross_entropy,
        )

    def test_a_convolutional_network(self, cupy):
        def model():
            return Sequential(
                L.Conv2d(4, 3, pad=1), L.BatchNorm(), F.relu, lambda x: F.pooling(x, 2, 2), L.Conv2d(3, 2, stride=2),
                lambda x: F.average_pooling(x, 2), F.flatten, L.Linear(3),
            )  # fmt: skip

        trained = compare(cupy, model, classes(4, 2, 8, 8), optimizers.SGD, F.softmax_cross_entropy)
        with in_test_mode():
            assert type(trained(cuda.as_cupy(draw(1, 2, 8, 8))).data) is cupy.ndarray

    def test_weights_made_at_the_first_call_are_on_the_device(self, cupy):
        model = Sequential(L.Linear(4), L.BatchNorm(), L.Linear(2))
        for param in model.params():
            param.to_gpu()
        y = model(cuda.as_cupy(draw(3, 5)))
        assert {type(p.data) for p in model.params()} == {cupy.ndarray}
        F.sum(y).backward()
        assert type(model.l0.W.grad.data) is cupy.ndarray

    def test_deconvolution(self, cupy):
        compare(
            cupy,
            lambda: Sequential(L.Deconv2d(2, 4, 2, 1), F.leaky_relu),
            [(draw(2, 3, 4, 4), draw(2, 2, 8, 8))],
            optimizers.SGD,
            F.mean_squared_error,
        )

    @pytest.mark.parametrize("cls", [L.RNN, L.LSTM, L.GRU])
    def test_recurrent_layers(self, cupy, cls):
        def model():
            made = Sequential(cls(4), L.Linear(1))
            forward = made.forward
            made.forward = lambda x: (made.l0.reset_state(), forward(x), forward(x))[-1]
            return made

        compare(cupy, model, [(draw(3, 2), draw(3, 1))] * 2, optimizers.Adam, F.mean_squared_error)

    def test_embeddings(self, cupy):
        layer = L.EmbedID(5, 3)
        layer.to_gpu()
        F.sum(layer(cuda.as_cupy(np.array([[1, 1], [4, 0]]))) ** 2).backward()
        expected = 2 * layer.W.data.get() * np.array([1, 2, 0, 0, 1])[:, None]
        np.testing.assert_allclose(layer.W.grad.data.get(), expected, rtol=1e-6)

    def test_layer_norm_and_group_norm(self, cupy):
        for layer in (L.LayerNorm(4), L.GroupNorm(2, 6)):
            layer.to_gpu()
            x = Variable(cuda.as_cupy(draw(3, 6, 4)))
            layer(x).backward()
            assert type(x.grad.data) is type(layer.gamma.grad.data) is cupy.ndarray

    def test_dropout(self, cupy):
        x = Variable(cuda.as_cupy(np.ones(1000, f32)))
        for rng in (None, np.random.default_rng(0)):
            x.cleargrad()
            y = F.dropout(x, 0.25, rng)
            y.backward()
            assert np.array_equal(y.data.get(), x.grad.data.get())
            assert 0.65 < (y.data.get() > 0).mean() < 0.85

    def test_the_loader_hands_out_device_arrays(self, cupy):
        loader = DataLoader(Spiral(), 100)
        loader.to_gpu()
        x, t = next(iter(loader))
        assert type(x) is type(t) is cupy.ndarray
        assert F.accuracy(Variable(x @ cuda.as_cupy(np.ones((2, 3), f32))), t).item() <= 1.0
        loader.to_cpu()
        assert type(next(iter(loader))[0]) is np.ndarray

    def test_weights_are_saved_from_and_loaded_to_the_device(self, cupy, tmp_path):
        model = MLP((3, 2))
        model(draw(1, 4))
        model.to_gpu()
        model.save_weights(tmp_path / "w.npz")
        assert type(model.l0.W.data) is cupy.ndarray
        before = model.l0.W.data.get()
        model.l0.W.data += 1
        model.load_weights(tmp_path / "w.npz")
        assert type(model.l0.W.data) is cupy.ndarray
        assert np.array_equal(model.l0.W.data.get(), before)

    def test_state_of_an_optimizer_crosses_over(self, cupy):
        _, _, model = train(
            True, lambda: MLP((2,)), classes(4, 3), optimizers.Adam, lambda y, t: F.sum(y * y)
        )
        adam = optimizers.Adam().setup(model)
        F.sum(model(cuda.as_cupy(draw(1, 3)))).backward()
        adam.update()
        saved = adam.state_dict()
        assert type(saved["l0/W/m"]) is np.ndarray
        adam.load_state_dict(saved)
        adam.update()
        assert type(adam.state(model.l0.W, "m")[0]) is cupy.ndarray
