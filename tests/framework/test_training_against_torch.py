"""Layers, models and optimizers beside those of PyTorch: the same weights, the same steps (make peers)."""

import numpy as np
import pytest

import dezero_lab.functions as F
import dezero_lab.layers as L
from dezero_lab import Variable, optimizers
from dezero_lab import test_mode as in_test_mode
from dezero_lab.models import BottleneckA, BottleneckB, Fire, Model, Sequential

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.peers
nn, tf = torch.nn, torch.nn.functional


def draw(*shape, seed=0, low=-1.0, high=1.0):
    return np.random.default_rng(seed).uniform(low, high, shape)


def labels(count, classes, seed=0):
    return np.random.default_rng(seed).integers(0, classes, count)


GATES = {"RNN": ["h"], "LSTM": ["i", "f", "u", "o"], "GRU": ["r", "z", "n"]}  # in the order of PyTorch
SAME_SHAPE = {"gamma": "weight", "beta": "bias", "avg_mean": "running_mean", "avg_var": "running_var"}


def pairs(ours, theirs):
    """Each parameter of a layer with the tensor that it corresponds to, transposed where PyTorch keeps it so."""
    kind = type(ours).__name__
    if isinstance(theirs, nn.Sequential):
        for layer, other in zip(ours.layers, theirs, strict=True):
            if isinstance(layer, L.Layer):
                yield from pairs(layer, other)
    elif kind in GATES:
        for k, gate in enumerate(GATES[kind]):
            into, back = getattr(ours, f"x2{gate}"), getattr(ours, f"h2{gate}")
            rows = slice(k * back.W.shape[0], (k + 1) * back.W.shape[0])
            yield into.W, theirs.weight_ih_l0[rows].T
            yield into.b, theirs.bias_ih_l0[rows]
            yield back.W, theirs.weight_hh_l0[rows].T
            if back.b is not None:
                yield back.b, theirs.bias_hh_l0[rows]
    elif isinstance(theirs, (nn.BatchNorm1d, nn.BatchNorm2d, nn.LayerNorm, nn.GroupNorm)):
        for name, other in SAME_SHAPE.items():
            if hasattr(ours, name):
                yield getattr(ours, name), getattr(theirs, other)
    elif isinstance(ours, (L.Linear, L.Conv2d, L.Deconv2d, L.EmbedID)):
        yield ours.W, theirs.weight.T if kind == "Linear" else theirs.weight
        if getattr(ours, "b", None) is not None:
            yield ours.b, theirs.bias
    else:
        for name, layer in ours.__dict__.items():
            if isinstance(layer, L.Layer):
                yield from pairs(layer, getattr(theirs, name))


def copy_weights(ours, theirs):
    for param, weight in pairs(ours, theirs):
        param.data = np.array(weight.detach().numpy())
    for layer in theirs.modules():
        if isinstance(layer, nn.RNNBase):  # a second bias, which ours has only inside the new state of a GRU
            mask = torch.zeros_like(layer.bias_hh_l0)
            if layer.mode == "GRU":
                mask[2 * layer.hidden_size :] = 1
            with torch.no_grad():
                layer.bias_hh_l0 *= mask
            layer.bias_hh_l0.register_hook(lambda g, mask=mask: g * mask)


def train_both(ours, theirs, our_optimizer, their_optimizer, batches, loss, their_loss, rtol=1e-6):
    """Both train side by side; losses agree before every step, and every parameter and running average after it."""
    theirs = theirs.double()
    with in_test_mode():
        ours(batches[0][0])
    copy_weights(ours, theirs)
    optimizer = our_optimizer.setup(ours)
    other = their_optimizer(theirs.parameters())
    for x, t in batches:
        value = loss(ours(x), t)
        ours.cleargrads()
        value.backward()
        optimizer.update()
        their_value = their_loss(theirs(torch.tensor(x)), torch.tensor(t))
        other.zero_grad()
        their_value.backward()
        other.step()
        assert value.item() == pytest.approx(their_value.item(), rel=rtol)
        compare_weights(ours, theirs, rtol)


def compare_weights(ours, theirs, rtol=1e-6):
    compared = set()
    for param, weight in pairs(ours, theirs):
        np.testing.assert_allclose(param.data, weight.detach().numpy(), rtol=rtol, atol=1e-9)
        compared.add(id(param))
    assert compared == {id(param) for param in ours.params()}  # none was forgotten


def squared_error(y, t):
    return ((y - t) ** 2).sum() / len(y)


class Bottleneck(nn.Module):
    """What BottleneckA is with a side branch, BottleneckB without one."""

    def __init__(self, inside, middle, outside, stride=1, side=True):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(inside, middle, 1, stride, bias=False), nn.BatchNorm2d(middle, 2e-5)
        self.conv2, self.bn2 = nn.Conv2d(middle, middle, 3, 1, 1, bias=False), nn.BatchNorm2d(middle, 2e-5)
        self.conv3, self.bn3 = nn.Conv2d(middle, outside, 1, bias=False), nn.BatchNorm2d(outside, 2e-5)
        if side:
            self.conv4, self.bn4 = nn.Conv2d(inside, outside, 1, stride, bias=False), nn.BatchNorm2d(outside, 2e-5)  # fmt: skip

    def forward(self, x):
        h = torch.relu(self.bn1(self.conv1(x)))
        h = self.bn3(self.conv3(torch.relu(self.bn2(self.conv2(h)))))
        return torch.relu(h + (self.bn4(self.conv4(x)) if hasattr(self, "conv4") else x))


class TorchFire(nn.Module):
    def __init__(self, inside, squeeze, expand):
        super().__init__()
        self.squeeze = nn.Conv2d(inside, squeeze, 1)
        self.expand1, self.expand3 = nn.Conv2d(squeeze, expand, 1), nn.Conv2d(squeeze, expand, 3, padding=1)

    def forward(self, x):
        h = torch.relu(self.squeeze(x))
        return torch.cat([torch.relu(self.expand1(h)), torch.relu(self.expand3(h))], 1)


class Mean(nn.Module):
    def __init__(self, axes=(2, 3)):
        super().__init__()
        self.axes = axes

    def forward(self, x):
        return x.mean(self.axes)


def pool(x):
    return F.pooling(x, 2, 2)


IMAGES = [(draw(5, 2, 8, 8, seed=s), labels(5, 3, s)) for s in range(4)]
SAME_IMAGES = [(x, x.reshape(5, -1)) for x, _ in IMAGES]
WORDS = [(labels((4, 6), 7, s), labels(4, 3, s)) for s in range(4)]
ROWS = [(draw(6, 4, seed=s), labels(6, 3, s)) for s in range(5)]

MODELS = {
    "MLP": (
        lambda: Sequential(L.Linear(5), F.sigmoid, L.Linear(5, nobias=True), F.gelu, L.Linear(3)),
        lambda: nn.Sequential(nn.Linear(4, 5), nn.Sigmoid(), nn.Linear(5, 5, bias=False), nn.GELU("tanh"), nn.Linear(5, 3)),
        ROWS,
    ),
    "batch norm of rows": (
        lambda: Sequential(L.Linear(5), L.BatchNorm(), F.silu, L.Linear(3)),
        lambda: nn.Sequential(nn.Linear(4, 5), nn.BatchNorm1d(5, 2e-5), nn.SiLU(), nn.Linear(5, 3)),
        ROWS,
    ),
    "layer norm": (
        lambda: Sequential(L.Linear(5), L.LayerNorm(5), F.elu, L.Linear(3)),
        lambda: nn.Sequential(nn.Linear(4, 5), nn.LayerNorm(5), nn.ELU(), nn.Linear(5, 3)),
        ROWS,
    ),
    "CNN": (
        lambda: Sequential(L.Conv2d(4, 3, pad=1), L.BatchNorm(), F.relu, pool, L.Conv2d(6, 3), F.leaky_relu, F.flatten, L.Linear(3)),
        lambda: nn.Sequential(nn.Conv2d(2, 4, 3, padding=1), nn.BatchNorm2d(4, 2e-5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(4, 6, 3), nn.LeakyReLU(0.2), nn.Flatten(), nn.Linear(24, 3)),
        IMAGES,
    ),
    "VGG": (
        lambda: Sequential(*[part for n in (4, 6) for part in (L.Conv2d(n, 3, 1, 1), F.relu, L.Conv2d(n, 3, 1, 1), F.relu, pool)], F.flatten, L.Linear(3)),
        lambda: nn.Sequential(*[part for m, n in ((2, 4), (4, 6)) for part in (nn.Conv2d(m, n, 3, 1, 1), nn.ReLU(), nn.Conv2d(n, n, 3, 1, 1), nn.ReLU(), nn.MaxPool2d(2))], nn.Flatten(), nn.Linear(24, 3)),
        IMAGES,
    ),
    "group norm": (
        lambda: Sequential(L.Conv2d(4, 3, 2), L.GroupNorm(2, 4), F.softplus, lambda x: F.average_pooling(x, 3), F.flatten, L.Linear(3)),
        lambda: nn.Sequential(nn.Conv2d(2, 4, 3, 2), nn.GroupNorm(2, 4), nn.Softplus(), nn.AvgPool2d(3, 1), nn.Flatten(), nn.Linear(4, 3)),
        IMAGES,
    ),
    "ResNet": (
        lambda: Sequential(L.Conv2d(8, 3, pad=1), BottleneckA(8, 4, 12, 2), BottleneckB(12, 4), lambda x: F.mean(x, (2, 3)), L.Linear(3)),
        lambda: nn.Sequential(nn.Conv2d(2, 8, 3, padding=1), Bottleneck(8, 4, 12, 2), Bottleneck(12, 4, 12, side=False), Mean(), nn.Linear(12, 3)),
        IMAGES,
    ),
    "SqueezeNet": (
        lambda: Sequential(Fire(3, 4), Fire(4, 5), F.flatten, L.Linear(3)),
        lambda: nn.Sequential(TorchFire(2, 3, 4), TorchFire(8, 4, 5), nn.Flatten(), nn.Linear(640, 3)),
        IMAGES,
    ),
    "autoencoder": (
        lambda: Sequential(L.Conv2d(6, 4, 2, 1), F.relu, L.Deconv2d(4, 4, 2, 1), L.BatchNorm(), F.tanh, L.Deconv2d(2, 3, 1, 1), F.flatten),
        lambda: nn.Sequential(nn.Conv2d(2, 6, 4, 2, 1), nn.ReLU(), nn.ConvTranspose2d(6, 4, 4, 2, 1), nn.BatchNorm2d(4, 2e-5), nn.Tanh(), nn.ConvTranspose2d(4, 2, 3, 1, 1), nn.Flatten()),
        SAME_IMAGES,
    ),
    "words": (
        lambda: Sequential(L.EmbedID(7, 4), lambda x: F.mean(x, 1), L.LayerNorm(4), L.Linear(3)),
        lambda: nn.Sequential(nn.Embedding(7, 4), Mean(1), nn.LayerNorm(4), nn.Linear(4, 3)),
        WORDS,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("ours", "theirs", "batches"), MODELS.values(), ids=MODELS)
def test_models_step_by_step(ours, theirs, batches):
    ours, theirs = ours(), theirs()
    losses = (
        (F.mean_squared_error, squared_error)
        if batches is SAME_IMAGES
        else (F.softmax_cross_entropy, tf.cross_entropy)
    )
    train_both(ours, theirs, optimizers.MomentumSGD(0.05), lambda p: torch.optim.SGD(p, 0.05, 0.9), batches, *losses)  # fmt: skip
    theirs.eval()
    x = batches[-1][0]
    with in_test_mode():
        np.testing.assert_allclose(ours(x).data, theirs(torch.tensor(x)).detach().numpy(), rtol=1e-6, atol=1e-8)  # fmt: skip


class Recurrent(Model):
    def __init__(self, cls):
        self.cell, self.fc = cls(4), L.Linear(1)

    def forward(self, x):
        return self.fc(self.cell(x))


class TorchRecurrent(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.cell, self.fc = getattr(nn, kind)(3, 4), nn.Linear(4, 1)

    def forward(self, xs, state):
        hs, state = self.cell(xs, state)
        return self.fc(hs), state


@pytest.mark.parametrize(
    ("kind", "whole"), [("RNN", False), ("RNN", True), ("LSTM", False), ("LSTM", True), ("GRU", False)]
)
def test_recurrent_models_over_truncated_windows(kind, whole):
    """The state goes on from window to window, the gradient does not."""
    ours, theirs = Recurrent(getattr(L, kind)), TorchRecurrent(kind).double()
    ours(draw(2, 3))
    ours.cell.reset_state()
    copy_weights(ours, theirs)
    optimizer = optimizers.Adam(0.02, eps=1e-16).setup(ours)
    other = torch.optim.Adam(theirs.parameters(), 0.02, eps=1e-16)
    state = None
    for s in range(4):
        xs, ts = draw(5, 2, 3, seed=s), draw(5, 2, 1, seed=s + 10)
        if whole:
            hs = ours.cell.window(xs)
            loss = sum(F.mean_squared_error(ours.fc(hs[k]), ts[k]) for k in range(5))
        else:
            loss = sum(F.mean_squared_error(ours(x), t) for x, t in zip(xs, ts, strict=True))
        ours.cleargrads()
        loss.backward()
        loss.unchain_backward()
        optimizer.update()
        ys, state = theirs(torch.tensor(xs), state)
        their_loss = ((ys - torch.tensor(ts)) ** 2).sum() / 2
        other.zero_grad()
        their_loss.backward()
        other.step()
        state = tuple(v.detach() for v in state) if kind == "LSTM" else state.detach()
        assert loss.item() == pytest.approx(their_loss.item(), rel=1e-7)
        compare_weights(ours, theirs)


# PyTorch adds the eps of Adam after the correction, so both are given one that vanishes beside the gradients
OPTIMIZERS = {
    "SGD": (lambda: optimizers.SGD(0.1), lambda p, **o: torch.optim.SGD(p, 0.1, **o)),
    "MomentumSGD": (lambda: optimizers.MomentumSGD(0.05, 0.8), lambda p, **o: torch.optim.SGD(p, 0.05, 0.8, **o)),
    "NesterovSGD": (lambda: optimizers.NesterovSGD(0.05, 0.9), lambda p, **o: torch.optim.SGD(p, 0.05, 0.9, nesterov=True, **o)),
    "AdaGrad": (lambda: optimizers.AdaGrad(0.05), lambda p, **o: torch.optim.Adagrad(p, 0.05, eps=1e-8, **o)),
    "RMSprop": (lambda: optimizers.RMSprop(0.01, 0.95), lambda p, **o: torch.optim.RMSprop(p, 0.01, 0.95, **o)),
    "AdaDelta": (lambda: optimizers.AdaDelta(0.9), lambda p, **o: torch.optim.Adadelta(p, 1.0, 0.9, **o)),
    "Adam": (lambda: optimizers.Adam(0.01, eps=1e-16), lambda p, **o: torch.optim.Adam(p, 0.01, eps=1e-16, **o)),
    "AdamW": (lambda: optimizers.AdamW(0.01, 0.8, 0.99, 1e-16, 0.1), lambda p, **o: torch.optim.AdamW(p, 0.01, (0.8, 0.99), 1e-16, **{"weight_decay": 0.1, **o})),
}  # fmt: skip


def test_every_optimizer_is_compared():
    made = {name for name, cls in vars(optimizers).items() if isinstance(cls, type) and issubclass(cls, optimizers.Optimizer)}  # fmt: skip
    assert made - {"Optimizer"} == set(OPTIMIZERS)


def train_small_networks(our_optimizer, their_optimizer, batches=ROWS):
    ours = Sequential(L.Linear(5), F.tanh, L.Linear(3))
    theirs = nn.Sequential(nn.Linear(4, 5), nn.Tanh(), nn.Linear(5, 3))
    train_both(ours, theirs, our_optimizer, their_optimizer, batches, F.softmax_cross_entropy, tf.cross_entropy)  # fmt: skip


@pytest.mark.parametrize("decay", [0, 0.05])
@pytest.mark.parametrize(("our_optimizer", "their_optimizer"), OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_optimizers_with_and_without_decay(our_optimizer, their_optimizer, decay):
    optimizer, options = our_optimizer(), {}
    if decay and isinstance(optimizer, optimizers.AdamW):
        optimizer.weight_decay, options = decay, {"weight_decay": decay}
    elif decay:
        optimizer.add_hook(optimizers.WeightDecay(decay))
        options = {"weight_decay": decay}
    train_small_networks(optimizer, lambda p: their_optimizer(p, **options), ROWS * 2)


@pytest.mark.parametrize("max_norm", [0.1, 0.5, 100.0])
def test_clipping_before_decay(max_norm):
    """Hooks run in the order in which they were added."""

    class Clipped(torch.optim.SGD):
        def step(self):
            nn.utils.clip_grad_norm_([p for group in self.param_groups for p in group["params"]], max_norm)
            super().step()

    optimizer = optimizers.MomentumSGD(0.1)
    optimizer.add_hook(optimizers.ClipGrad(max_norm))
    optimizer.add_hook(optimizers.WeightDecay(0.02))
    train_small_networks(optimizer, lambda p: Clipped(p, 0.1, 0.9, weight_decay=0.02))


@pytest.mark.parametrize(
    "name", ["SGD", "RMSprop", "Adam", "AdamW"]
)  # momentum keeps steps here, gradients there
@pytest.mark.parametrize("schedule", ["step", "cosine"])
def test_schedules(schedule, name):
    ours, their_optimizer = OPTIMIZERS[name][0](), OPTIMIZERS[name][1]
    made = {}

    class Ours:
        """An epoch after every step."""

        def setup(self, model):
            ours.setup(model)
            self.plan = optimizers.StepDecay(ours, 2, 0.3) if schedule == "step" else optimizers.CosineDecay(ours, 8, 0.001)  # fmt: skip
            return self

        def update(self):
            ours.update()
            self.plan.step()

    class Theirs:
        def __init__(self, parameters):
            made["optimizer"] = self.optimizer = their_optimizer(parameters)
            plans = torch.optim.lr_scheduler
            self.plan = plans.StepLR(self.optimizer, 2, 0.3) if schedule == "step" else plans.CosineAnnealingLR(self.optimizer, 8, 0.001)  # fmt: skip
            self.zero_grad = self.optimizer.zero_grad

        def step(self):
            self.optimizer.step()
            self.plan.step()

    train_small_networks(Ours(), Theirs)
    rate = ours.alpha if isinstance(ours, optimizers.Adam) else ours.lr
    assert rate == pytest.approx(made["optimizer"].param_groups[0]["lr"], rel=1e-9)


def test_dropout_leaves_the_mean_as_pytorch_does():
    x = np.ones((200, 200))
    ours = F.dropout(Variable(x), 0.3, rng=np.random.default_rng(0)).data
    theirs = tf.dropout(torch.tensor(x), 0.3).numpy()
    assert set(np.unique(ours)) == set(np.unique(theirs)) == {0.0, 1 / 0.7}
    assert ours.mean() == pytest.approx(1, abs=0.02)
