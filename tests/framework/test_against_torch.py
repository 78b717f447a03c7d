"""Values, gradients and whole training steps against PyTorch, where it is installed (development only)."""

import numpy as np
import pytest

import dezero_lab.functions as F
import dezero_lab.layers as L
from dezero_lab import Parameter, Variable, optimizers
from dezero_lab import test_mode as in_test_mode
from dezero_lab.models import MLP, Model, Sequential

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.peers
tf = torch.nn.functional
f32 = np.float32


def draw(*shape, seed=0, low=-1.0, high=1.0):
    return np.random.default_rng(seed).uniform(low, high, shape)


def tensor(array, **options):
    return torch.tensor(np.asarray(array), **options)


IMAGES, LABELS = draw(2, 3, 7, 6), np.array([1, 0, 3, 1])
CASES = {
    "sigmoid": (F.sigmoid, torch.sigmoid, [draw(3, 4)]),
    "relu": (F.relu, torch.relu, [draw(3, 4)]),
    "leaky_relu": (F.leaky_relu, lambda x: tf.leaky_relu(x, 0.2), [draw(3, 4)]),
    "elu": (F.elu, tf.elu, [draw(3, 4)]),
    "gelu": (F.gelu, lambda x: tf.gelu(x, approximate="tanh"), [draw(3, 4)]),
    "silu": (F.silu, tf.silu, [draw(3, 4)]),
    "softplus": (F.softplus, tf.softplus, [draw(3, 4)]),
    "softmax": (F.softmax, lambda x: torch.softmax(x, 1), [draw(3, 4)]),
    "log_softmax": (F.log_softmax, lambda x: torch.log_softmax(x, 1), [draw(3, 4)]),
    "logsumexp": (F.logsumexp, lambda x: torch.logsumexp(x, 1), [draw(3, 4)]),
    "cross entropy": (
        lambda x: F.softmax_cross_entropy(x, LABELS),
        lambda x: tf.cross_entropy(x, torch.tensor(LABELS)),
        [draw(4, 5)],
    ),
    "binary cross entropy": (
        lambda x: F.sigmoid_cross_entropy(x, np.array([1.0, 0.0, 1.0])),
        lambda x: tf.binary_cross_entropy_with_logits(x, torch.tensor([1.0, 0.0, 1.0], dtype=torch.float64)),
        [draw(3)],
    ),
    "linear": (F.linear, lambda x, W, b: x @ W + b, [draw(4, 3), draw(3, 5), draw(5)]),
    "matmul": (F.matmul, torch.matmul, [draw(5, 2, 3), draw(3, 4)]),
    "conv2d": (
        lambda x, W, b: F.conv2d(x, W, b, (2, 1), (1, 0)),
        lambda x, W, b: tf.conv2d(x, W, b, (2, 1), (1, 0)),
        [IMAGES, draw(4, 3, 3, 2), draw(4)],
    ),
    "conv2d stride 1": (
        lambda x, W: F.conv2d(x, W, pad=1),
        lambda x, W: tf.conv2d(x, W, padding=1),
        [draw(2, 1, 6, 5), draw(4, 1, 3, 3)],
    ),
    "deconv2d": (
        lambda x, W, b: F.deconv2d(x, W, b, 2, 1),
        lambda x, W, b: tf.conv_transpose2d(x, W, b, 2, 1),
        [IMAGES, draw(3, 2, 4, 4), draw(2)],
    ),
    "pooling": (lambda x: F.pooling(x, 3, 2, 1), lambda x: tf.max_pool2d(x, 3, 2, 1), [IMAGES]),
    "average_pooling": (
        lambda x: F.average_pooling(x, (3, 2), 2, 1),
        lambda x: tf.avg_pool2d(x, (3, 2), 2, 1),
        [IMAGES],
    ),
    "layer_norm": (
        F.layer_norm,
        lambda x, g, b: tf.layer_norm(x, (4,), g, b),
        [draw(3, 4), draw(4), draw(4)],
    ),
    "group_norm": (
        lambda x, g, b: F.group_norm(x, g, b, 2),
        lambda x, g, b: tf.group_norm(x, 2, g, b),
        [draw(2, 4, 3), draw(4), draw(4)],
    ),
    "batch_norm": (
        lambda x, g, b: F.batch_norm(x, g, b, np.zeros(3), np.ones(3)),
        lambda x, g, b: tf.batch_norm(x, None, None, g, b, True, eps=2e-5),
        [IMAGES, draw(3), draw(3)],
    ),
    "get_item": (
        lambda x: x[np.array([0, 0, 2]), 1:],
        lambda x: x[torch.tensor([0, 0, 2]), 1:],
        [draw(3, 4)],
    ),
    "power": (F.pow, torch.pow, [draw(2, 3, low=0.5, high=2.0), draw(3)]),
    "max with ties": (F.max, torch.amax, [np.array([1.0, 3.0, 3.0])]),
    "maximum with ties": (F.maximum, torch.maximum, [np.array([1.0, 3.0]), np.array([1.0, 2.0])]),
    "im2col": (
        lambda x: F.im2col(x, 3, 2, 1).reshape(2, -1, 27).transpose(0, 2, 1),
        lambda x: tf.unfold(x, 3, padding=1, stride=2),
        [IMAGES],
    ),
}


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("ours", "theirs", "arrays"), CASES.values(), ids=CASES)
def test_values_and_gradients(ours, theirs, arrays, dtype):
    xs = [Variable(a.astype(dtype)) for a in arrays]
    ts = [
        tensor(a, requires_grad=True) for a in arrays
    ]  # always in float64: the better of the two is the measure
    y, t = ours(*xs), theirs(*ts)
    assert y.dtype == dtype
    tolerance = {"rtol": 1e-9, "atol": 1e-11} if dtype is np.float64 else {"rtol": 2e-4, "atol": 2e-5}
    np.testing.assert_allclose(y.data, t.detach().numpy(), **tolerance)
    upstream = np.random.default_rng(1).normal(size=y.shape)
    y.grad = Variable(upstream.astype(dtype))
    y.backward()
    t.backward(tensor(upstream))
    for x, v in zip(xs, ts, strict=True):
        np.testing.assert_allclose(x.grad.data, v.grad.numpy(), **tolerance)


def same_steps(model, theirs, copied, our_optimizer, their_optimizer, batches, loss, their_loss, steps=5):
    """Both train side by side; after every step the parameters agree."""
    ours = our_optimizer.setup(model)
    optimizer = their_optimizer(theirs.parameters())
    for x, t in batches[:steps]:
        value = loss(model(x), t)
        model.cleargrads()
        value.backward()
        ours.update()
        optimizer.zero_grad()
        their_value = their_loss(theirs(tensor(x)), tensor(t))
        their_value.backward()
        optimizer.step()
        assert value.item() == pytest.approx(their_value.item(), rel=1e-6)
        for param, weight in copied():
            np.testing.assert_allclose(param.data, weight.detach().numpy(), rtol=1e-6, atol=1e-9)


def copy_in(param, weight, transpose=False):
    """Our parameter takes the values of theirs."""
    array = weight.detach().numpy()
    param.data = np.array(array.T if transpose else array)


OPTIMIZERS = {
    "SGD": (lambda: optimizers.SGD(0.1), lambda p: torch.optim.SGD(p, 0.1)),
    "NesterovSGD": (
        lambda: optimizers.NesterovSGD(0.05, 0.9),
        lambda p: torch.optim.SGD(p, 0.05, momentum=0.9, nesterov=True),
    ),
    "MomentumSGD": (
        lambda: optimizers.MomentumSGD(0.05, 0.9),
        lambda p: torch.optim.SGD(p, 0.05, momentum=0.9),
    ),
    "AdaGrad": (lambda: optimizers.AdaGrad(0.05), lambda p: torch.optim.Adagrad(p, 0.05, eps=1e-8)),
    "RMSprop": (lambda: optimizers.RMSprop(0.01), lambda p: torch.optim.RMSprop(p, 0.01)),
    "AdaDelta": (lambda: optimizers.AdaDelta(0.9), lambda p: torch.optim.Adadelta(p, 1.0, rho=0.9)),
}


@pytest.mark.parametrize(("our_optimizer", "their_optimizer"), OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_optimizers_on_a_network(our_optimizer, their_optimizer):
    model = MLP((5, 3), activation=F.tanh)
    theirs = torch.nn.Sequential(torch.nn.Linear(4, 5), torch.nn.Tanh(), torch.nn.Linear(5, 3)).double()
    model(draw(1, 4))

    def pairs():
        for layer, other in ((model.l0, theirs[0]), (model.l1, theirs[2])):
            yield layer.W, other.weight.T
            yield layer.b, other.bias

    for param, weight in pairs():
        copy_in(param, weight)
    batches = [(draw(6, 4, seed=s), np.random.default_rng(s).integers(0, 3, 6)) for s in range(5)]
    same_steps(
        model,
        theirs,
        pairs,
        our_optimizer(),
        their_optimizer,
        batches,
        F.softmax_cross_entropy,
        tf.cross_entropy,
    )


@pytest.mark.parametrize("decay", [None, 0.1])
def test_adam_and_adamw(decay):
    """PyTorch adds eps after the bias correction, so ours is given an eps that vanishes beside the gradients."""
    model = Model()
    model.p = Parameter(draw(3, 4))
    weight = tensor(model.p.data.copy(), requires_grad=True)
    if decay is None:
        ours, theirs = optimizers.Adam(0.01, eps=1e-16), torch.optim.Adam([weight], 0.01, eps=1e-16)
    else:
        ours = optimizers.AdamW(0.01, eps=1e-16, weight_decay=decay)
        theirs = torch.optim.AdamW([weight], 0.01, eps=1e-16, weight_decay=decay)
    ours.setup(model)
    for s in range(6):
        g = draw(3, 4, seed=s)
        model.p.grad, weight.grad = Variable(g.copy()), tensor(g)
        ours.update()
        theirs.step()
        np.testing.assert_allclose(model.p.data, weight.detach().numpy(), rtol=1e-9)


def test_weight_decay_and_clipping():
    model = Model()
    model.p = Parameter(draw(3, 4))
    weight = tensor(model.p.data.copy(), requires_grad=True)
    optimizer = optimizers.SGD(0.1).setup(model)
    optimizer.add_hook(optimizers.ClipGrad(0.5))
    optimizer.add_hook(optimizers.WeightDecay(0.2))
    theirs = torch.optim.SGD([weight], 0.1, weight_decay=0.2)
    g = draw(3, 4, seed=3)
    model.p.grad, weight.grad = Variable(g.copy()), tensor(g)
    optimizer.update()
    torch.nn.utils.clip_grad_norm_([weight], 0.5)
    theirs.step()
    np.testing.assert_allclose(model.p.data, weight.detach().numpy(), rtol=1e-9)


def test_a_convolutional_network_with_batch_norm():
    model = Sequential(
        L.Conv2d(4, 3, pad=1), L.BatchNorm(), F.relu, lambda x: F.pooling(x, 2, 2), F.flatten, L.Linear(3)
    )
    nn = torch.nn
    theirs = nn.Sequential(
        nn.Conv2d(2, 4, 3, padding=1), nn.BatchNorm2d(4, eps=2e-5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(36, 3)
    ).double()  # fmt: skip
    model(draw(2, 2, 6, 6))
    model.l1.avg_mean.data[:], model.l1.avg_var.data[:] = 0, 1

    def pairs():
        yield from (
            (model.l0.W, theirs[0].weight),
            (model.l0.b, theirs[0].bias),
            (model.l1.gamma, theirs[1].weight),
        )
        yield from ((model.l1.beta, theirs[1].bias), (model.l1.avg_mean, theirs[1].running_mean))
        yield from (
            (model.l1.avg_var, theirs[1].running_var),
            (model.l5.W, theirs[5].weight.T),
            (model.l5.b, theirs[5].bias),
        )

    for param, weight in pairs():
        copy_in(param, weight)
    batches = [(draw(5, 2, 6, 6, seed=s), np.random.default_rng(s).integers(0, 3, 5)) for s in range(4)]
    same_steps(
        model, theirs, pairs, optimizers.SGD(0.1), lambda p: torch.optim.SGD(p, 0.1), batches,
        F.softmax_cross_entropy, tf.cross_entropy, steps=4,
    )  # fmt: skip
    theirs.eval()
    x = draw(2, 2, 6, 6, seed=9)
    with in_test_mode():
        np.testing.assert_allclose(model(x).data, theirs(tensor(x)).detach().numpy(), rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("kind", ["RNN", "LSTM", "GRU"])
def test_recurrent_layers(kind):
    """PyTorch has the gates in one matrix, in another order, and two biases; the second one is 0 here."""
    H, D, T, N = 4, 3, 5, 2
    theirs = getattr(torch.nn, kind)(D, H).double()
    ours = getattr(L, kind)(H)
    xs = draw(T, N, D)
    ours(xs[0])
    ours.reset_state()
    gates = {"RNN": ["h"], "LSTM": ["i", "f", "u", "o"], "GRU": ["r", "z", "n"]}[kind]
    with torch.no_grad():
        for k, g in enumerate(gates):
            rows = slice(k * H, (k + 1) * H)
            into, back = getattr(ours, f"x2{g}"), getattr(ours, f"h2{g}")
            copy_in(into.W, theirs.weight_ih_l0[rows], transpose=True)
            copy_in(into.b, theirs.bias_ih_l0[rows])
            copy_in(back.W, theirs.weight_hh_l0[rows], transpose=True)
            if back.b is None:
                theirs.bias_hh_l0[rows] = 0
            else:
                copy_in(back.b, theirs.bias_hh_l0[rows])
    hs = F.stack([ours(x) for x in xs])
    expected, _ = theirs(tensor(xs))
    np.testing.assert_allclose(hs.data, expected.detach().numpy(), rtol=1e-9)
    v = draw(T, N, H, seed=4)
    F.sum(hs * v).backward()
    (expected * tensor(v)).sum().backward()
    for k, g in enumerate(gates):
        rows = slice(k * H, (k + 1) * H)
        into, back = getattr(ours, f"x2{g}"), getattr(ours, f"h2{g}")
        np.testing.assert_allclose(
            into.W.grad.data, theirs.weight_ih_l0.grad[rows].numpy().T, rtol=1e-8, atol=1e-12
        )
        np.testing.assert_allclose(
            back.W.grad.data, theirs.weight_hh_l0.grad[rows].numpy().T, rtol=1e-8, atol=1e-12
        )
        np.testing.assert_allclose(
            into.b.grad.data, theirs.bias_ih_l0.grad[rows].numpy(), rtol=1e-8, atol=1e-12
        )


def test_second_derivatives():
    x = draw(3, 2)
    ours, theirs = Variable(x), tensor(x, requires_grad=True)
    F.sum(F.softmax(F.tanh(ours) ** 3) ** 2).backward(create_graph=True)
    gx = ours.grad
    ours.cleargrad()
    F.sum(gx**2).backward()
    (gt,) = torch.autograd.grad(
        (torch.softmax(torch.tanh(theirs) ** 3, 1) ** 2).sum(), theirs, create_graph=True
    )
    (gt**2).sum().backward()
    np.testing.assert_allclose(ours.grad.data, theirs.grad.numpy(), rtol=1e-9, atol=1e-12)
