"""Models: shapes, numbers of parameters as published, drawing and summaries."""

import math

import numpy as np
import pytest

import dezero_lab.functions as F
import dezero_lab.layers as L
from dezero_lab import Parameter, Variable, downloads, no_grad
from dezero_lab import test_mode as in_test_mode
from dezero_lab.models import (
    MLP,
    VGG16,
    Model,
    ResNet,
    ResNet50,
    ResNet101,
    ResNet152,
    Sequential,
    SqueezeNet,
)

f32 = np.float32


def test_mlp_computes_what_its_layers_compute():
    model, x = MLP((4, 3, 2), activation=F.relu), np.ones((5, 6), f32)
    h = F.relu(model.l1(F.relu(model.l0(x))))
    assert np.array_equal(model(x).data, model.l2(h).data)
    assert len(model.layers) == 3


def test_sequential_takes_layers_and_functions():
    model = Sequential(L.Linear(4), F.relu, lambda x: x * 2, L.Linear(1))
    assert model(np.ones((3, 2), f32)).shape == (3, 1)
    assert [path for path, _ in model.named_params()] == ["l0/W", "l0/b", "l3/W", "l3/b"]
    assert model.layers[1] is F.relu


def test_summary_lists_parameters_and_their_total():
    lines = MLP((3, 1)).summary(np.zeros((2, 4), f32)).splitlines()
    assert [line.split()[0] for line in lines] == ["l0/W", "l0/b", "l1/W", "l1/b", "total"]
    assert lines[-1] == "total 19 parameters"
    assert "not made yet" in MLP((3, 1)).summary()


def test_summary_leaves_batch_norm_alone():
    model = Sequential(L.Linear(3), L.BatchNorm())
    x = np.random.default_rng(0).normal(size=(4, 2)).astype(f32)
    model(x)
    mean = model.l1.avg_mean.data.copy()
    model.summary(x)
    assert np.array_equal(model.l1.avg_mean.data, mean)


def test_plot_writes_a_picture(tmp_path):
    MLP((3, 1)).plot(np.ones((2, 4), f32), to_file=str(tmp_path / "mlp.svg"))
    text = (tmp_path / "mlp.svg").read_text(encoding="utf-8")
    assert text.count("Linear") >= 2


def vgg16_parameters(model):
    """(total, shapes of the fully connected weights) from the layers' sizes, without making 500 MB of weights."""
    total, channels = 0, 3
    for block, (width, depth) in enumerate(model.BLOCKS, start=1):
        for j in range(1, depth + 1):
            layer = getattr(model, f"conv{block}_{j}")
            layer.in_channels = channels
            total += math.prod(layer._shape(3, 3)) + layer.b.size
            channels = width
    size = channels * 7 * 7  # 224 halved five times
    for layer in (model.fc6, model.fc7, model.fc8):
        total += size * layer.out_size + layer.b.size
        size = layer.out_size
    return total


def test_vgg16_has_the_published_number_of_parameters():
    assert vgg16_parameters(VGG16()) == 138_357_544


def test_vgg16_runs_on_small_images():
    """The convolutions do not ask for 224 pixels; 32 keep the first fully connected weight small."""
    model = VGG16()
    with no_grad(), in_test_mode():
        x = F.relu(model.conv1_1(np.ones((1, 3, 32, 32), f32)))
        assert x.shape == (1, 64, 32, 32)
        assert model(np.ones((1, 3, 32, 32), f32)).shape == (1, 1000)
    assert model.fc6.W.shape == (512, 4096)
    assert {p.dtype for p in model.params()} == {np.dtype(f32)}


def test_preprocess_turns_an_image_into_what_vgg16_expects():
    Image = pytest.importorskip("PIL.Image")
    x = VGG16.preprocess(Image.new("RGB", (30, 20), (255, 0, 10)))
    assert (x.shape, x.dtype) == ((3, 224, 224), f32)
    np.testing.assert_allclose(x[:, 0, 0], [10 - 103.939, 0 - 116.779, 255 - 123.68], rtol=1e-6)


def learned(model):
    """Parameters without the running averages of batch normalisation."""
    return sum(p.size for path, p in model.named_params() if "avg_" not in path)


def test_resnet50_has_the_published_number_of_parameters():
    model = ResNet50()
    with no_grad(), in_test_mode():
        assert model(np.zeros((1, 3, 64, 64), f32)).shape == (1, 1000)
    assert learned(model) == 25_557_032 + 64  # the published first convolution has no bias
    assert {p.dtype for p in model.params()} == {np.dtype(f32)}


@pytest.mark.parametrize(("n_layers", "blocks"), [(50, 16), (101, 33), (152, 50)])
def test_resnet_depths(n_layers, blocks):
    model = ResNet(n_layers)
    assert sum(len(getattr(model, f"res{i}")._names) for i in range(2, 6)) == blocks
    convolutions = sum(
        1 for path, _ in model.named_params() if "conv" in path and path.endswith("W") and "conv4" not in path
    )
    assert convolutions + 1 == n_layers


def test_resnet_of_another_depth_is_refused():
    with pytest.raises(ValueError, match="has 50, 101, 152 layers here, but 18 were asked for"):
        ResNet(18)


def test_resnet_keys_are_those_of_the_published_files():
    paths = [path for path, _ in ResNet50().named_params()]
    for key in (
        "conv1/W",
        "conv1/b",
        "bn1/avg_mean",
        "res2/a/conv1/W",
        "res2/b1/bn3/gamma",
        "res5/a/conv4/W",
        "fc6/b",
    ):
        assert key in paths


def test_squeezenet_has_the_published_number_of_parameters():
    model = SqueezeNet()
    with no_grad(), in_test_mode():
        model(np.zeros((1, 3, 48, 48), f32))
    assert learned(model) == 1_235_496
    with pytest.raises(ValueError, match="no published SqueezeNet weights"):
        SqueezeNet(pretrained=True)


def test_a_gradient_reaches_the_first_layer_of_a_resnet():
    model = ResNet50()
    model.fc6 = L.Linear(2)
    F.softmax_cross_entropy(
        model(np.random.default_rng(0).normal(size=(2, 3, 32, 32)).astype(f32)), np.array([0, 1])
    ).backward()
    assert float(np.abs(model.conv1.W.grad.data).max()) > 0


def test_nested_models_count_once():
    class Pair(Model):
        def __init__(self):
            self.a = MLP((2,))
            self.all = [self.a, MLP((2,))]

    assert [path for path, _ in Pair().named_params()] == ["a/l0/W", "a/l0/b", "all/1/l0/W", "all/1/l0/b"]


def test_parameters_of_a_plain_model():
    """Style transfer trains a picture: a Parameter put on a bare Model."""
    from dezero_lab import Parameter
    from dezero_lab.optimizers import SGD

    model = Model()
    model.picture = Parameter(np.ones(3, f32))
    optimizer = SGD(0.5).setup(model)
    F.sum(model.picture * Variable(np.array([1, 2, 3], f32))).backward()
    optimizer.update()
    assert model.picture.data.tolist() == [0.5, 0.0, -0.5]


@pytest.mark.parametrize(
    ("cls", "file"),
    [(VGG16, "vgg16"), (ResNet50, "resnet50"), (ResNet101, "resnet101"), (ResNet152, "resnet152"), (ResNet, "resnet152")],
)  # fmt: skip
def test_published_weights_are_fetched_once_and_loaded(cls, file, monkeypatch):
    done = []
    monkeypatch.setattr(downloads, "get_file", lambda url: done.append(url) or "where it lies")
    monkeypatch.setattr(cls, "load_weights", lambda model, path: done.append((type(model), path)))
    cls(pretrained=True)
    assert done == [f"https://github.com/koki0702/dezero-models/releases/download/v0.1/{file}.npz", (cls, "where it lies")]  # fmt: skip


@pytest.mark.parametrize(
    "model", [MLP((3, 1), activation=F.relu), Sequential(L.Linear(3), F.relu, L.Linear(1))]
)
def test_an_exchanged_layer_takes_part(model):
    x = np.ones((2, 4), f32)
    model(x)
    model.l0 = L.Linear(3, nobias=True)
    model.l0(x)
    model.l0.W.data[...] = 0
    assert np.array_equal(model(x).data, np.broadcast_to(model.layers[-1].b.data, (2, 1)))
    assert model.layers[0] is model.l0
    assert [path for path, _ in model.named_params() if path.startswith("l0")] == ["l0/W"]
    with pytest.raises(TypeError, match="item assignment"):
        model.layers[0] = L.Linear(3)


@pytest.mark.parametrize("make", [L.RNN, L.LSTM, L.GRU])
def test_summary_leaves_states_alone(make):
    model = Sequential(make(3), L.Linear(1))
    model(np.ones((2, 4), f32))
    state = model.l0.h
    model.summary(np.ones((5, 4), f32))  # also of another batch size
    assert model.l0.h is state


@pytest.mark.parametrize("sizes", [3, ()])
def test_an_mlp_needs_sizes(sizes):
    with pytest.raises(TypeError, match="an MLP needs the sizes of its layers"):
        MLP(sizes)


def test_a_seed_gives_each_layer_numbers_of_its_own():
    model = MLP((2, 2, 2), rng=3)
    model(np.ones((1, 2), f32))
    assert not np.array_equal(model.l0.W.data, model.l1.W.data)


def test_summary_keeps_weights_that_a_stateful_layer_makes():
    class Late(Model):
        def __init__(self):
            self.W = None

        def reset_state(self):
            pass

        def forward(self, x):
            self.W = Parameter(np.ones((x.shape[1], 2)))
            return x

    assert Late().summary(np.ones((1, 3))).endswith("total 6 parameters")
