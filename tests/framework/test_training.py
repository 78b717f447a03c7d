"""Whole trainings: what people do with the framework, with the results it is known for."""

import numpy as np
import pytest

import dezero_lab
import dezero_lab.functions as F
import dezero_lab.layers as L
from dezero_lab import DataLoader, Parameter, SeqDataLoader, Variable, no_grad, optimizers
from dezero_lab import test_mode as in_test_mode
from dezero_lab.datasets import Digits, SinCurve, Spiral
from dezero_lab.models import MLP, Model, Sequential

f32 = np.float32


@pytest.fixture(autouse=True)
def seed():
    state = np.random.get_state()
    np.random.seed(0)
    yield
    np.random.set_state(state)


def accuracy(model, dataset):
    x, t = (np.stack(part) for part in zip(*dataset[:], strict=True))
    with no_grad(), in_test_mode():
        return F.accuracy(model(x), t).item()


def test_digits_above_95_percent_on_images_never_seen():
    model = MLP((100, 10), activation=F.relu)
    optimizer = optimizers.Adam(0.003).setup(model)
    for _ in range(20):
        for x, t in DataLoader(Digits(), 64):
            loss = F.softmax_cross_entropy(model(x), t)
            model.cleargrads()
            loss.backward()
            optimizer.update()
    assert accuracy(model, Digits(train=False)) > 0.95


def test_spiral_above_95_percent():
    model = MLP((30, 3))
    optimizer = optimizers.Adam(0.03).setup(model)
    for _ in range(80):
        for x, t in DataLoader(Spiral(), 30):
            loss = F.softmax_cross_entropy(model(x), t)
            model.cleargrads()
            loss.backward()
            optimizer.update()
    assert accuracy(model, Spiral()) > 0.95


def test_a_line_is_recovered():
    rng = np.random.default_rng(0)
    x = rng.uniform(size=(100, 1))
    y = 5 + 2 * x + rng.normal(0, 0.05, (100, 1))
    W, b = Variable(np.zeros((1, 1))), Variable(np.zeros(1))
    for _ in range(300):
        loss = F.mean_squared_error(F.matmul(x, W) + b, y)
        W.cleargrad()
        b.cleargrad()
        loss.backward()
        W.data -= 0.3 * W.grad.data
        b.data -= 0.3 * b.grad.data
    (slope, start), *_ = np.linalg.lstsq(np.hstack([x, np.ones_like(x)]), y, rcond=None)
    assert W.item() == pytest.approx(slope[0], abs=1e-3)
    assert b.item() == pytest.approx(start[0], abs=1e-3)


def test_a_sine_by_a_small_network():
    rng = np.random.default_rng(0)
    x = rng.uniform(size=(100, 1)).astype(f32)
    y = np.sin(2 * np.pi * x) + rng.uniform(-0.1, 0.1, (100, 1)).astype(f32)
    model = MLP((10, 1))
    optimizer = optimizers.Adam(0.03).setup(model)
    for _ in range(1500):
        loss = F.mean_squared_error(model(x), y)
        model.cleargrads()
        loss.backward()
        optimizer.update()
    assert loss.item() < 0.01


class Recurrent(Model):
    def __init__(self, cls, hidden_size):
        self.cell = cls(hidden_size)
        self.fc = L.Linear(1)

    def reset_state(self):
        self.cell.reset_state()

    def forward(self, x):
        return self.fc(self.cell(x))


def prediction_error(model):
    """How far the next value of a clean cosine is missed, after the first steps."""
    model.reset_state()
    with no_grad():
        errors = [(model(x[None].astype(f32)).item() - t.item()) ** 2 for x, t in SinCurve(train=False)[:500]]
    return float(np.mean(errors[20:])) ** 0.5


@pytest.mark.parametrize("cls", [L.RNN, L.LSTM, L.GRU])
def test_a_sine_step_by_step(cls):
    """Truncated backpropagation through time over 30 parallel streams, as in steps 59 and 60."""
    model = Recurrent(cls, 16)
    optimizer = optimizers.Adam(0.01).setup(model)
    for _ in range(12):
        model.reset_state()
        loss = 0
        for count, (x, t) in enumerate(SeqDataLoader(SinCurve(), 30), start=1):
            loss = loss + F.mean_squared_error(model(x.astype(f32)), t.astype(f32))
            if count % 11 == 0:
                model.cleargrads()
                loss.backward()
                loss.unchain_backward()
                optimizer.update()
                loss = 0
    assert prediction_error(model) < 0.1


@pytest.mark.parametrize("cls", [L.RNN, L.LSTM, L.GRU])
def test_after_a_cut_the_state_is_a_constant(cls):
    """The step after `unchain_backward` sends its gradient to the weights once, not also through the step before."""

    def gradients(cell, x):
        cell.cleargrads()
        F.sum(cell(x) ** 2).backward()
        return [param.grad.data for param in cell.params()]

    rng = np.random.default_rng(0)
    x0, x1 = rng.normal(size=(2, 3, 2))
    cell = cls(4, in_size=2, rng=rng)
    F.sum(cell(x0)).unchain_backward()
    other = cls(4, in_size=2)
    for mine, theirs in zip(other.params(), cell.params(), strict=True):
        mine.data = theirs.data
    other.h = Variable(cell.h.data)
    if cls is L.LSTM:
        other.c = Variable(cell.c.data)
    for a, b in zip(gradients(cell, x1), gradients(other, x1), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-6)


def test_a_small_convolutional_network():
    def image(x):
        return x.astype(f32) / 16

    model = Sequential(
        L.Conv2d(8, 3, pad=1), F.relu, lambda x: F.pooling(x, 2, 2), L.Conv2d(16, 3, pad=1), L.BatchNorm(), F.relu,
        F.flatten, L.Linear(10),
    )  # fmt: skip
    optimizer = optimizers.Adam(0.005).setup(model)
    for _ in range(4):
        for x, t in DataLoader(Digits(transform=image), 50):
            loss = F.softmax_cross_entropy(model(x), t)
            model.cleargrads()
            loss.backward()
            optimizer.update()
    assert accuracy(model, Digits(train=False, transform=image)) > 0.95


def test_a_variational_autoencoder_learns():
    """Nested models, exp, a random variable inside the graph, two losses: the example of DeZero in small."""
    rng = np.random.default_rng(0)

    class Encoder(Model):
        def __init__(self):
            self.hidden, self.mean, self.log_var = L.Linear(32), L.Linear(4), L.Linear(4)

        def forward(self, x):
            h = F.relu(self.hidden(x))
            return self.mean(h), self.log_var(h)

    class VAE(Model):
        def __init__(self):
            self.encoder, self.decoder = Encoder(), Sequential(L.Linear(32), F.relu, L.Linear(64))

        def forward(self, x):
            mean, log_var = self.encoder(x)
            z = mean + F.exp(log_var / 2) * rng.normal(size=mean.shape).astype(f32)
            y = F.sigmoid(self.decoder(z))
            kl = -F.sum(1 + log_var - mean**2 - F.exp(log_var)) / 2
            return (F.binary_cross_entropy(y, x) * len(x) + kl) / len(x)

    model, losses = VAE(), []
    optimizer = optimizers.Adam(0.005).setup(model)
    for _ in range(6):
        for x, _ in DataLoader(Digits(), 100):
            loss = model(x)
            model.cleargrads()
            loss.backward()
            optimizer.update()
            losses.append(loss.item())
    assert np.mean(losses[-15:]) < 0.8 * np.mean(losses[:3])


def test_a_generative_pair_trains_each_half_alone():
    """Two optimizers on one graph: a step of the one leaves the other as it was."""
    generator = Sequential(L.Linear(16), F.relu, L.Linear(2))
    judge = Sequential(L.Linear(16), lambda x: F.leaky_relu(x), L.Linear(1))
    for_generator, for_judge = optimizers.Adam().setup(generator), optimizers.Adam().setup(judge)
    real, noise = np.ones((8, 2), f32), np.random.default_rng(0).normal(size=(8, 4)).astype(f32)
    for _ in range(2):
        fake = generator(noise)
        loss = F.sigmoid_cross_entropy(judge(fake), np.ones((8, 1)))
        generator.cleargrads()
        judge.cleargrads()
        loss.backward()
        before = [p.data.copy() for p in judge.params()]
        for_generator.update()
        assert all(np.array_equal(a, p.data) for a, p in zip(before, judge.params(), strict=True))
        fake.unchain()
        loss = F.sigmoid_cross_entropy(judge(fake), np.zeros((8, 1))) + F.sigmoid_cross_entropy(
            judge(real), np.ones((8, 1))
        )
        generator.cleargrads()
        judge.cleargrads()
        loss.backward()
        assert all(p.grad is None for p in generator.params())
        for_judge.update()


def test_a_picture_can_be_trained():
    """Style transfer: the only parameter is the picture, and its loss goes through a fixed network."""
    target = np.random.default_rng(0).uniform(size=(1, 1, 6, 6)).astype(f32)
    network = L.Conv2d(4, 3, rng=np.random.default_rng(1))
    wanted = network(target).data
    model = Model()
    model.picture = Parameter(np.zeros_like(target))
    optimizer = optimizers.AdaGrad(0.1).setup(model)
    losses = []
    for _ in range(60):
        loss = F.mean_squared_error(network(model.picture), wanted)
        model.cleargrads()
        loss.backward()
        optimizer.update()
        losses.append(loss.item())
    assert losses[-1] < losses[0] / 50


def test_what_a_network_looked_at():
    """Grad-CAM: the gradient of one score at a layer's output, reached through the layer's weak references."""
    conv, fc = L.Conv2d(4, 3, pad=1), L.Linear(3)
    x = np.random.default_rng(0).normal(size=(1, 1, 6, 6)).astype(f32)
    y = fc(F.flatten(F.relu(conv(x))))
    y[0, 2].backward(retain_grad=True)
    seen = conv.outputs[0]()
    assert seen.grad.shape == seen.shape == (1, 4, 6, 6)


def test_an_agent_of_the_sequel():
    """A deep-copied network that was used, plain numbers in expressions, one action of a batch picked by index."""
    import copy

    q = MLP((8, 2), activation=F.relu)
    state = np.ones((1, 3), f32)
    q(state)
    target = copy.deepcopy(q)
    reward, gamma, action = 1.5, 0.9, 1
    wanted = reward + gamma * target(state).max(axis=1)
    wanted.unchain()
    loss = F.mean_squared_error(q(state)[:, action], wanted)
    loss.backward()
    assert all(p.grad is None for p in target.params())
    policy = F.softmax(q(state))
    (-F.log(policy[0, action]) * reward).backward()
    assert q.l0.W.grad is not None
    assert loss.dtype == f32


def test_newton_finds_a_minimum():
    x = Variable(np.array(2.0))
    for _ in range(8):
        y = x**4 - 2 * x**2
        x.cleargrad()
        y.backward(create_graph=True)
        gx = x.grad
        x.cleargrad()
        gx.backward()
        x.data -= gx.data / x.grad.data
    assert x.item() == pytest.approx(1.0)


def test_rosenbrock_by_gradient_descent():
    x0, x1 = Variable(np.array(0.0)), Variable(np.array(2.0))
    for _ in range(10_000):
        y = 100 * (x1 - x0**2) ** 2 + (x0 - 1) ** 2
        x0.cleargrad()
        x1.cleargrad()
        y.backward()
        x0.data = x0.data - 0.001 * x0.grad.data
        x1.data = x1.data - 0.001 * x1.grad.data
    assert (x0.item(), x1.item()) == (pytest.approx(1, abs=0.01), pytest.approx(1, abs=0.02))


def test_the_same_seed_gives_the_same_training():
    def train():
        np.random.seed(7)
        model = MLP((8, 10), activation=F.relu)
        optimizer = optimizers.SGD(0.1).setup(model)
        for x, t in DataLoader(Digits()[:200], 50):
            loss = F.softmax_cross_entropy(F.dropout(model(x), 0.2), t)
            model.cleargrads()
            loss.backward()
            optimizer.update()
        return model.l0.W.data

    assert np.array_equal(train(), train())


def test_training_keeps_no_graph_between_steps():
    """Memory does not grow: after a step only the parameters and the last loss are left."""
    import gc

    model = MLP((4, 2))
    optimizer = optimizers.SGD().setup(model)

    def count():
        return sum(isinstance(thing, dezero_lab.Function) for thing in gc.get_objects())

    gc.collect()
    sizes = []
    for _ in range(3):
        loss = F.sum(model(np.ones((2, 3), f32)) ** 2)
        model.cleargrads()
        loss.backward()
        optimizer.update()
        del loss
        sizes.append(count())
    assert sizes[0] == sizes[-1]
