"""Models as ONNX files, run by ONNX Runtime and compared with our own results."""

import sys

import numpy as np
import pytest

import dezero_lab.functions as F
import dezero_lab.layers as L
from dezero_lab import Function, Variable
from dezero_lab import test_mode as in_test_mode
from dezero_lab.models import MLP, BottleneckA, BottleneckB, Model, Sequential, SqueezeNet
from dezero_lab.onnx_export import to_onnx

pytestmark = pytest.mark.peers
f32 = np.float32


def draw(*shape, low=-1.0, seed=0):
    return np.random.default_rng(seed).uniform(low, 1.0, shape).astype(f32)


def compare(tmp_path, model, *inputs, rtol=1e-4, atol=1e-5):
    pytest.importorskip("onnx")
    runtime = pytest.importorskip("onnxruntime")
    path = tmp_path / "model.onnx"
    made = to_onnx(model, *inputs, path=path)
    if hasattr(model, "reset_state"):
        model.reset_state()
    with in_test_mode():
        expected = model(*[Variable(x) for x in inputs]).data
    session = runtime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    (found,) = session.run(["y"], {f"x{i}": x for i, x in enumerate(inputs)})
    assert found.dtype == expected.dtype
    np.testing.assert_allclose(found, expected, rtol=rtol, atol=atol)
    return made


def test_mlp(tmp_path):
    made = compare(tmp_path, MLP((8, 5, 3), activation=F.relu), draw(4, 6))
    assert {tensor.name for tensor in made.graph.initializer} == {
        f"l{i}/{name}" for i in range(3) for name in "Wb"
    }


def test_convolutional_network(tmp_path):
    model = Sequential(
        L.Conv2d(4, (3, 2), stride=(2, 1), pad=(1, 0)), L.BatchNorm(), F.relu, lambda x: F.pooling(x, 3, 2, 1),
        L.Deconv2d(3, 4, 2, 1), F.leaky_relu, lambda x: F.average_pooling(x, 2, 2, 1), F.flatten, L.Linear(5), F.dropout, F.softmax,
    )  # fmt: skip
    x = draw(2, 3, 13, 12)
    model(x)  # running averages that differ from 0 and 1
    compare(tmp_path, model, x)


def test_deconvolution_with_a_chosen_size(tmp_path):
    W = draw(2, 3, 3, 3)
    compare(tmp_path, lambda x: F.deconv2d(x, W, stride=2, pad=1, outsize=(8, 7)), draw(1, 2, 4, 4))


def test_residual_network(tmp_path):
    class Small(Model):
        def __init__(self):
            self.conv, self.bn = L.Conv2d(8, 3, pad=1), L.BatchNorm()
            self.a, self.b = BottleneckA(8, 4, 16, 2), BottleneckB(16, 4)
            self.fc = L.Linear(3)

        def forward(self, x):
            x = self.b(self.a(F.relu(self.bn(self.conv(x)))))
            return self.fc(F.mean(x, axis=(2, 3)))

    model, x = Small(), draw(2, 3, 8, 8)
    model(x)
    compare(tmp_path, model, x)


def test_squeezenet(tmp_path):
    compare(tmp_path, SqueezeNet(), draw(1, 3, 48, 48))


@pytest.mark.parametrize("cls", [L.RNN, L.LSTM, L.GRU])
def test_recurrent_network(tmp_path, cls):
    class Steps(Model):
        def __init__(self):
            self.cell, self.fc = cls(6), L.Linear(2)

        def reset_state(self):
            self.cell.reset_state()

        def forward(self, xs):
            self.reset_state()
            for k in range(xs.shape[1]):
                h = self.cell(xs[:, k])
            return self.fc(h)

    compare(tmp_path, Steps(), draw(3, 4, 5))


@pytest.mark.parametrize(
    "f",
    [
        lambda x: 2 - x / 3 + x * x - (-x),
        lambda x: F.sin(x) + F.cos(x) * F.tanh(x) + F.exp(x) + F.log(x),
        lambda x: x**3 + x**0.5 + 2**x + abs(x),
        lambda x: F.sigmoid(x) + F.softplus(x) + F.gelu(x) + F.silu(x) + F.elu(x - 0.5),
        lambda x: F.maximum(x, 0.5) + F.minimum(x, 0.7) + F.clip(x, 0.2, 0.6),
        lambda x: F.clip(x, None, 0.6) * F.clip(x, 0.2, None),
        lambda x: F.where(np.array([True, False, True, False]), x, -x),
        lambda x: F.reshape(x, (4, 3)) @ F.transpose(F.reshape(x, (4, 3))),
        lambda x: F.concatenate([x, x * 2], axis=1) + F.broadcast_to(F.sum(x), (3, 8)),
        lambda x: F.max(x, axis=0) + F.min(x, axis=(0,), keepdims=True) + F.sum(x, axis=-1, keepdims=True),
        lambda x: F.sum_to(x, (1, 4)) + F.max(x) + F.min(x),
        lambda x: F.log_softmax(x, axis=0) + F.softmax(x) + F.softmax(x, axis=0),
        lambda x: x[1:, ::2] + x[0, 1] + x[-1, ..., :1],
        lambda x: x[::-1] + x[-1:0:-2],
        lambda x: F.layer_norm(x, np.ones(4, f32), np.zeros(4, f32)),
        lambda x: F.linear(x, np.ones((4, 2), f32)),
    ],
)  # fmt: skip
def test_functions(tmp_path, f):
    compare(tmp_path, f, draw(3, 4, low=0.1))


def test_whole_numbers_become_floats(tmp_path):
    compare(tmp_path, F.softmax, np.array([[1, 3, 2]]))


def test_several_inputs(tmp_path):
    compare(tmp_path, lambda a, b: a @ b, draw(2, 3), draw(3, 4))


def test_a_function_without_counterpart_is_named():
    pytest.importorskip("onnx")

    class Strange(Function):
        def forward(self, x):
            return x

    with pytest.raises(ValueError, match="Strange cannot be written to ONNX; known are Abs, Add"):
        to_onnx(lambda x: Strange()(x), draw(2))


def test_picks_by_arrays_are_refused():
    pytest.importorskip("onnx")
    with pytest.raises(ValueError, match="not picks by arrays of indices"):
        to_onnx(L.EmbedID(3, 2), np.array([0, 2]))


def test_one_result_is_needed():
    pytest.importorskip("onnx")
    with pytest.raises(TypeError, match="must return one Variable to be exported, not list"):
        to_onnx(lambda x: [x, x], draw(2))


def test_without_the_package_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(
        ImportError, match=r'to_onnx needs the onnx package: pip install "dezero-lab\[onnx\]"'
    ):
        to_onnx(MLP((2,)), draw(1, 2))
