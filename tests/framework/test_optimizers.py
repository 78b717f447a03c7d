"""Optimizers, hooks and schedules against the formulas written out in float64."""

import copy
import math
import pickle

import numpy as np
import pytest

import dezero_lab.functions as F
from dezero_lab import Parameter, Variable, optimizers
from dezero_lab.models import MLP, Model

STEPS = 4


def by_hand(name, p, gradients):
    """Parameters after each step, from the published formulas, with the default settings of the optimizer."""
    v = h = m = msg = msdx = np.zeros_like(p)
    for t, g in enumerate(gradients, start=1):
        if name == "SGD":
            p = p - 0.01 * g
        elif name == "MomentumSGD":
            v = 0.9 * v - 0.01 * g
            p = p + v
        elif name == "NesterovSGD":
            v = 0.9 * v - 0.01 * g
            p = p + 0.9 * v - 0.01 * g
        elif name == "AdaGrad":
            h = h + g**2
            p = p - 0.001 * g / (np.sqrt(h) + 1e-8)
        elif name == "RMSprop":
            h = 0.99 * h + 0.01 * g**2
            p = p - 0.01 * g / (np.sqrt(h) + 1e-8)
        elif name == "AdaDelta":
            msg = 0.95 * msg + 0.05 * g**2
            step = np.sqrt((msdx + 1e-6) / (msg + 1e-6)) * g
            msdx = 0.95 * msdx + 0.05 * step**2
            p = p - step
        elif name in ("Adam", "AdamW"):
            if name == "AdamW":
                p = p - 0.001 * 0.01 * p
            m = 0.9 * m + 0.1 * g
            v = 0.999 * v + 0.001 * g**2
            rate = 0.001 * math.sqrt(1 - 0.999**t) / (1 - 0.9**t)
            p = p - rate * m / (np.sqrt(v) + 1e-8)
        yield p


NAMES = ["SGD", "MomentumSGD", "NesterovSGD", "AdaGrad", "RMSprop", "AdaDelta", "Adam", "AdamW"]


def one_parameter(data):
    model = Model()
    model.p = Parameter(data)
    return model


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("shape", [(), (3, 4), (optimizers.BLOCK + 7, 2)])
def test_steps_follow_the_formula(name, shape):
    rng = np.random.default_rng(0)
    start, gradients = rng.normal(size=shape), rng.normal(size=(STEPS, *shape))
    model = one_parameter(np.array(start))
    optimizer = getattr(optimizers, name)().setup(model)
    for g, expected in zip(gradients, by_hand(name, start, gradients), strict=True):
        model.p.grad = Variable(np.array(g))
        optimizer.update()
        np.testing.assert_allclose(model.p.data, expected, rtol=1e-9, atol=1e-12)
        assert np.array_equal(model.p.grad.data, g)  # the gradient is still what backward left


@pytest.mark.parametrize("name", NAMES)
def test_a_transposed_parameter_is_updated_too(name):
    """Blocks are cut from flat arrays; one that is not contiguous must not be updated in a copy."""
    model = one_parameter(np.ones((300, 400)).T)
    optimizer = getattr(optimizers, name)().setup(model)
    model.p.grad = Variable(np.ones((400, 300)))
    optimizer.update()
    assert (model.p.data != 1).all()


@pytest.mark.parametrize("name", NAMES)
def test_float32_stays_float32(name):
    model = one_parameter(np.ones(5, np.float32))
    optimizer = getattr(optimizers, name)().setup(model)
    for _ in range(2):
        model.p.grad = Variable(np.ones(5, np.float32))
        optimizer.update()
    assert model.p.dtype == np.float32
    assert all(array.dtype == np.float32 for key, array in optimizer.state_dict().items() if key != "t")


@pytest.mark.parametrize("name", NAMES)
def test_each_goes_downhill(name):
    model = one_parameter(np.array([3.0, -2.0]))
    optimizer = getattr(optimizers, name)().setup(model)
    losses = []
    for _ in range(50):
        loss = F.sum(model.p**2)
        losses.append(loss.item())
        model.cleargrads()
        loss.backward()
        optimizer.update()
    assert min(losses) == min(losses[-25:]) < losses[0]


@pytest.mark.parametrize("name", NAMES)
def test_state_can_be_saved_and_restored(name):
    rng = np.random.default_rng(0)
    models = [one_parameter(np.ones(3)) for _ in range(2)]
    first = getattr(optimizers, name)().setup(models[0])
    gradients = rng.normal(size=(4, 3))

    def step(optimizer, model, g):
        model.p.grad = Variable(g.copy())
        optimizer.update()

    for g in gradients[:2]:
        step(first, models[0], g)
    second = getattr(optimizers, name)().setup(models[1])
    second.load_state_dict(first.state_dict())
    models[1].p.data = models[0].p.data.copy()
    for g in gradients[2:]:
        step(first, models[0], g)
        step(second, models[1], g)
    assert np.array_equal(models[0].p.data, models[1].p.data)


def test_state_of_another_model_is_refused():
    optimizer = optimizers.Adam().setup(one_parameter(np.ones(3)))
    with pytest.raises(ValueError, match=r"q/m of shape \(3,\) fits no parameter of this model"):
        optimizer.load_state_dict({"t": 1, "q/m": np.zeros(3)})
    with pytest.raises(ValueError, match=r"p/m of shape \(4,\) fits no parameter"):
        optimizer.load_state_dict({"t": 1, "p/m": np.zeros(4)})


@pytest.mark.parametrize("method", ["update", "state_dict"])
def test_setup_comes_first(method):
    with pytest.raises(RuntimeError, match="no model yet: call setup"):
        getattr(optimizers.SGD(), method)()


def test_setup_returns_the_optimizer_itself():
    optimizer, model = optimizers.SGD(), Model()
    assert optimizer.setup(model) is optimizer
    assert optimizer.target is model
    assert optimizer.hooks == []


def test_parameters_without_gradient_are_left_alone():
    model = MLP((2, 2))
    model(np.ones((1, 2), np.float32))
    before = [p.data.copy() for p in model.params()]
    optimizers.Adam().setup(model).update()
    assert all(np.array_equal(a, p.data) for a, p in zip(before, model.params(), strict=True))


def test_a_parameter_that_starts_late_gets_its_own_state():
    model = Model()
    model.a, model.b = Parameter(np.ones(1)), Parameter(np.ones(1))
    optimizer = optimizers.MomentumSGD(1.0, 0.5).setup(model)
    model.a.grad = Variable(np.ones(1))
    optimizer.update()
    model.cleargrads()
    model.b.grad = Variable(np.ones(1))
    optimizer.update()
    assert model.a.data[0] == 0.0
    assert model.b.data[0] == 0.0


class TestHooks:
    def test_weight_decay(self):
        model = one_parameter(np.array([2.0, -4.0]))
        optimizer = optimizers.SGD(1.0).setup(model)
        optimizer.add_hook(optimizers.WeightDecay(0.25))
        model.p.grad = Variable(np.array([1.0, 1.0]))
        optimizer.update()
        assert model.p.data.tolist() == [2 - 1.5, -4 - 0.0]

    def test_clip_grad_scales_all_gradients_by_their_common_norm(self):
        model = Model()
        model.a, model.b = Parameter(np.zeros(1)), Parameter(np.zeros(1))
        model.a.grad, model.b.grad = Variable(np.array([3.0])), Variable(np.array([4.0]))
        optimizer = optimizers.SGD(1.0).setup(model)
        optimizer.add_hook(optimizers.ClipGrad(1.0))
        optimizer.update()
        np.testing.assert_allclose([model.a.data[0], model.b.data[0]], [-0.6, -0.8], rtol=1e-5)

    def test_clip_grad_leaves_small_gradients(self):
        model = one_parameter(np.zeros(2))
        model.p.grad = Variable(np.array([0.3, 0.4]))
        optimizers.ClipGrad(1.0)([model.p])
        assert model.p.grad.data.tolist() == [0.3, 0.4]

    @pytest.mark.parametrize("laid", [np.array, np.asfortranarray])
    def test_large_parameters(self, laid):
        """Decay and clipping go through blocks, or through the whole where memory has another order."""
        rng = np.random.default_rng(0)
        p, g = rng.normal(size=(2, 300, 400))
        model = one_parameter(laid(p))
        model.p.grad = Variable(laid(g))
        optimizers.WeightDecay(0.5)([model.p])
        optimizers.ClipGrad(3.0)([model.p])
        expected = g + 0.5 * p
        np.testing.assert_allclose(model.p.grad.data, expected * 3 / np.linalg.norm(expected), rtol=1e-6)

    def test_freeze_takes_layers_and_parameters(self):
        model = MLP((2, 2))
        hook = optimizers.FreezeParam(model.l0, model.l1.W)
        assert hook.freeze_params == [model.l0.W, model.l0.b, model.l1.W]

    def test_a_layer_that_is_frozen_before_its_first_call(self):
        model = MLP((2, 2))
        optimizer = optimizers.SGD(1.0).setup(model)
        optimizer.add_hook(optimizers.FreezeParam(model.l0))
        F.sum(model(np.ones((1, 3), np.float32))).backward()
        before = model.l0.W.data.copy()
        optimizer.update()
        assert np.array_equal(model.l0.W.data, before)

    def test_hooks_run_in_their_order(self):
        called = []
        optimizer = optimizers.SGD().setup(one_parameter(np.ones(1)))
        for name in "abc":
            optimizer.add_hook(lambda params, name=name: called.append((name, len(params))))
        optimizer.target.p.grad = Variable(np.ones(1))
        optimizer.update()
        assert called == [("a", 1), ("b", 1), ("c", 1)]


class TestSchedules:
    def test_step_decay(self):
        optimizer = optimizers.SGD(1.0)
        schedule = optimizers.StepDecay(optimizer, period=2, factor=0.5)
        rates = []
        for _ in range(6):
            rates.append(optimizer.lr)
            schedule.step()
        assert rates == [1.0, 1.0, 0.5, 0.5, 0.25, 0.25]

    def test_cosine_decay_with_warm_up(self):
        optimizer = optimizers.SGD(1.0)
        schedule = optimizers.CosineDecay(optimizer, epochs=6, last=0.1, warmup=2)
        rates = []
        for _ in range(8):
            rates.append(optimizer.lr)
            schedule.step()
        expected = [1 / 3, 2 / 3] + [0.1 + 0.45 * (1 + math.cos(math.pi * k / 4)) for k in range(5)] + [0.1]
        assert rates == pytest.approx(expected)

    def test_for_adam_it_is_alpha_that_changes(self):
        adam = optimizers.Adam(0.5)
        schedule = optimizers.StepDecay(adam, 1, 0.1)
        schedule.step()
        assert adam.alpha == pytest.approx(0.05)

    def test_adadelta_has_no_rate_to_change(self):
        with pytest.raises(TypeError, match="AdaDelta has no learning rate"):
            optimizers.StepDecay(optimizers.AdaDelta(), 1)


def pickled(x):
    return pickle.loads(pickle.dumps(x))  # noqa: S301


class TestKeepingState:
    def trained(self, name, steps=3):
        model = MLP((3, 1))
        optimizer = getattr(optimizers, name)().setup(model)
        for _ in range(steps):
            self.step(model, optimizer)
        return model, optimizer

    def step(self, model, optimizer):
        model.cleargrads()
        F.sum(model(np.ones((2, 4))) ** 2).backward()
        optimizer.update()

    @pytest.mark.parametrize("name", NAMES)
    @pytest.mark.parametrize("twin", [copy.deepcopy, pickled])
    def test_a_copy_goes_on_alike(self, name, twin):
        pair = self.trained(name)
        other = twin(pair)
        self.step(*pair)
        self.step(*other)
        assert other[1].target is other[0]
        for p, q in zip(pair[0].params(), other[0].params(), strict=True):
            assert np.array_equal(p.data, q.data)

    def test_a_copied_optimizer_alone(self):
        model, optimizer = self.trained("Adam")
        assert optimizer.target is model
        other = pickled(optimizer)
        assert other.state_dict().keys() == optimizer.state_dict().keys()

    def test_a_new_parameter_never_inherits(self):
        model = one_parameter(np.ones(2))
        optimizer = optimizers.MomentumSGD().setup(model)
        for _ in range(20):  # without a reference kept, a new parameter soon gets the id of an old one
            model.p = Parameter(np.ones(2))
            assert not optimizer.state(model.p, "v")[0].any()
            optimizer.state(model.p, "v")[0][:] = 7

    @pytest.mark.parametrize(("source", "named"), [
        ("MomentumSGD", "l0/W/m is missing"),
        ("AdaGrad", "l0/W/h is no state of this optimizer"),
        ("SGD", "m and v of all parameters are missing"),
    ])  # fmt: skip
    def test_the_state_of_another_optimizer(self, source, named):
        saved = self.trained(source)[1].state_dict()
        _, optimizer = self.trained("Adam")
        before = optimizer.state_dict()
        with pytest.raises(ValueError, match=named):
            optimizer.load_state_dict(saved)
        assert all(np.array_equal(before[key], array) for key, array in optimizer.state_dict().items())

    def test_what_is_missing_is_named(self):
        _, optimizer = self.trained("Adam")
        saved = optimizer.state_dict()
        del saved["l1/W/v"]
        with pytest.raises(ValueError, match="l1/W/v is missing"):
            optimizer.load_state_dict(saved)
        with pytest.raises(ValueError, match="the step count t is missing"):
            optimizer.load_state_dict({})

    def test_before_weights_are_made(self):
        saved = self.trained("Adam")[1].state_dict()
        with pytest.raises(ValueError, match="l0/W has no values yet: run the model once"):
            optimizers.Adam().setup(MLP((3, 1))).load_state_dict(saved)


@pytest.mark.parametrize("target", [None, [Parameter(np.ones(1))]])
def test_setup_takes_a_model(target):
    with pytest.raises(TypeError, match="set up with a model or layer"):
        optimizers.SGD().setup(target)


def test_a_schedule_needs_a_period():
    with pytest.raises(ValueError, match="at least one epoch, but it is 0"):
        optimizers.StepDecay(optimizers.SGD(), 0)
