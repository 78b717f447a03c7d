"""Steps and windows of recurrent layers against the small functions that define them, over sequences of every kind."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dezero_lab.functions as F
import dezero_lab.layers as L
from dezero_lab import Function, Variable, cuda, no_grad
from dezero_lab.functions.recurrent_weights import GateWeights

LAYERS = [L.RNN, L.LSTM, L.GRU]
layers = pytest.mark.parametrize("cls", LAYERS)
windowed = pytest.mark.parametrize("cls", [L.RNN, L.LSTM])


def made(cls, H=4, D=3, dtype=np.float64, seed=0):
    """A layer whose weights all differ from zero, the biases too."""
    layer, rng = cls(H, in_size=D), np.random.default_rng(seed)
    for param in layer.params():
        param.data = rng.uniform(-1, 1, param.shape).astype(dtype)
    return layer


def inputs(T=6, N=2, D=3, dtype=np.float64, seed=1):
    return np.random.default_rng(seed).uniform(-1, 1, (T, N, D)).astype(dtype)


def simple_step(layer, x, state):
    """The next state, a tuple, from small functions; state None: the first."""
    if isinstance(layer, L.RNN):
        return (F.rnn_step_simple(x, state and state[0], layer.x2h.W, layer.x2h.b, layer.h2h.W),)
    names = "fiou" if isinstance(layer, L.LSTM) else "rzn"
    into, back = [getattr(layer, f"x2{n}") for n in names], [getattr(layer, f"h2{n}") for n in names]
    weights = [x2.W for x2 in into], [x2.b for x2 in into], [h2.W for h2 in back]
    if isinstance(layer, L.LSTM):
        return F.lstm_step_simple(x, *(state or (None, None)), *weights)
    h = Variable(np.zeros((len(x), layer.h2n.W.shape[0]))) if state is None else state[0]
    return (F.gru_step_simple(x, h, *weights, layer.h2n.b),)


def simple(layer, xs, state=None):
    hs = []
    for x in xs:
        state = simple_step(layer, x, state)
        hs.append(state[0])
    return F.stack(hs)


def steps(layer, xs):
    layer.reset_state()
    return F.stack([layer(x) for x in xs])


def window(layer, xs):
    layer.reset_state()
    return layer.window(xs)


def gradients(layer, hs, v):
    layer.cleargrads()
    F.sum(hs * v).backward()
    return [np.zeros_like(p.data) if p.grad is None else p.grad.data for p in layer.params()]


def assert_close(found, expected, rtol=1e-9, atol=1e-12):
    for a, b in zip(found, expected, strict=True):
        np.testing.assert_allclose(a, b, rtol=rtol, atol=atol)


def check(cls, T, N, D, H, dtype):
    layer, xs = made(cls, H, D, dtype), inputs(T, N, D, dtype)
    v = np.random.default_rng(2).normal(size=(T, N, H)).astype(dtype)
    near = {"rtol": 1e-9, "atol": 1e-12} if dtype == np.float64 else {"rtol": 2e-3, "atol": 2e-4}
    x = Variable(xs)
    expected_hs = simple(layer, [x[k] for k in range(T)])
    expected = [expected_hs.data, *gradients(layer, expected_hs, v), x.grad.data]
    for way in (steps, window) if hasattr(layer, "window") else (steps,):
        x = Variable(xs)
        hs = way(layer, x if way is window else [x[k] for k in range(T)])
        found = [hs.data, *gradients(layer, hs, v), x.grad.data]
        assert {a.dtype for a in found} == {np.dtype(dtype)}
        assert_close(found, expected, **near)


@layers
@settings(deadline=None, max_examples=25)
@given(T=st.integers(1, 7), N=st.integers(1, 4), D=st.integers(1, 4), H=st.integers(1, 5))
def test_steps_windows_and_small_functions_agree(cls, T, N, D, H):
    check(cls, T, N, D, H, np.float64)


@layers
@pytest.mark.parametrize("N", [1, 30, 130])
def test_they_agree_in_float32_for_few_and_many_rows(cls, N):
    """The window of an LSTM takes 9, 3 and 1 steps together."""
    check(cls, 9, N, 2, 5, np.float32)


@layers
def test_second_derivatives_over_several_steps(cls):
    layer, xs = made(cls), inputs(3)
    found = []
    for way in (simple, steps, window)[: 3 if hasattr(layer, "window") else 2]:
        layer.cleargrads()
        x = Variable(xs)
        y = F.sum(way(layer, x if way is window else [x[k] for k in range(3)]) ** 2)
        y.backward(create_graph=True)
        total = F.sum(x.grad**2) + sum(F.sum(p.grad**2) for p in layer.params())
        layer.cleargrads()
        x.cleargrad()
        total.backward()
        found.append([x.grad.data, *(p.grad.data for p in layer.params())])
    for others in found[1:]:
        assert_close(others, found[0], rtol=1e-8)


@layers
@pytest.mark.parametrize("cut", ["unchain_backward", "unchain", "not at all"])
@pytest.mark.parametrize("replaced", [False, True])
def test_training_on_truncated_sequences(cls, cut, replaced):
    """Weights change between the parts of a sequence, in place or by new arrays, while the state goes on."""
    xs, trained = inputs(9), []
    for fast in (True, False):
        layer, state = made(cls), None
        for start in range(0, 9, 3):
            loss = 0
            for x in xs[start : start + 3]:
                if fast:
                    loss = loss + F.sum(layer(x) ** 2)
                    state = (layer.h, layer.c) if cls is L.LSTM else (layer.h,)
                else:
                    state = simple_step(layer, x, state)
                    loss = loss + F.sum(state[0] ** 2)
            layer.cleargrads()
            loss.backward()
            for param in layer.params():
                if param.grad is None:
                    continue
                if replaced:
                    param.data = param.data - 0.1 * param.grad.data
                else:
                    param.data -= 0.1 * param.grad.data
            if cut == "unchain_backward":
                loss.unchain_backward()
            elif cut == "unchain":
                for part in state:
                    part.unchain()
        trained.append([param.data for param in layer.params()])
    assert_close(*trained)


@layers
def test_weights_changed_in_place_hold_from_the_next_step(cls):
    layer, xs = made(cls), inputs(3)
    steps(layer, xs)
    state = (layer.h, layer.c) if cls is L.LSTM else (layer.h,)
    for param in layer.params():
        param.data *= 0.5
    np.testing.assert_allclose(layer(xs[0]).data, simple_step(layer, xs[0], state)[0].data, rtol=1e-12)


@layers
def test_the_weights_of_a_sequence_are_one_variable_until_a_parameter_is_another(cls):
    layer, xs = made(cls), inputs(4)

    def weights():
        return layer.h.creator.inputs[0]

    layer(xs[0])
    first = weights()
    assert isinstance(first, GateWeights)
    layer(xs[1])
    assert weights() is first
    name = next(n for n in vars(layer) if n.startswith("h2"))
    getattr(layer, name).W = other = type(getattr(layer, name).W)(getattr(layer, name).W.data.copy())
    h = layer(xs[2])
    assert weights() is not first
    F.sum(h).backward()
    assert other.grad is not None
    layer.reset_state()
    layer(xs[3])
    assert weights() is not first


def test_a_state_of_another_kind_of_network_brings_no_weights():
    lstm, xs = made(L.LSTM, D=4), inputs(2, D=4)
    weights = lstm.x2o.W, lstm.x2o.b, lstm.h2o.W  # with which the weights of an LSTM begin
    h = lstm(xs[0])
    found = F.rnn_step(xs[1], h, *weights)
    np.testing.assert_allclose(found.data, F.rnn_step_simple(xs[1], h, *weights).data)


@layers
def test_steps_without_recording_leave_a_recorded_sequence_alone(cls):
    """Weights are exchanged for an evaluation in between, and come back."""
    layer, xs = made(cls), inputs(3)
    own = [param.data for param in layer.params()]
    h = steps(layer, xs)
    expected = gradients(layer, h, 1.0)
    h = steps(layer, xs)
    with no_grad():
        for param in layer.params():
            param.data = param.data * 3
        layer(xs[0])
        for param, data in zip(layer.params(), own, strict=True):
            param.data = data
    assert_close(gradients(layer, h, 1.0), expected)


@layers
def test_an_early_cut_leaves_later_steps_their_weights(cls):
    """Only the history is cut: the steps after it still send gradients to every parameter."""
    layer, xs = made(cls), inputs(6)
    early = F.sum(F.stack([layer(x) for x in xs[:3]]))
    state = (Variable(layer.h.data), Variable(layer.c.data)) if cls is L.LSTM else (Variable(layer.h.data),)
    late = F.stack([layer(x) for x in xs[3:]])
    early.unchain_backward()
    found = gradients(layer, late, 1.0)
    assert_close(found, gradients(layer, simple(layer, xs[3:], state), 1.0))


@windowed
@pytest.mark.parametrize("frozen", ["all", "one"])
def test_frozen_parameters(cls, frozen):
    layer, xs = made(cls), inputs(3)
    params = list(layer.params())
    for param in params if frozen == "all" else params[:1]:
        param.requires_grad = False
    for way in (steps, window):
        layer.cleargrads()
        x = Variable(xs)
        F.sum(way(layer, x if way is window else [x[k] for k in range(3)])).backward()
        assert x.grad is not None
        assert [p.grad is None for p in params] == [not p.requires_grad for p in params]


@layers
def test_one_state_read_by_two_steps(cls):
    layer, xs = made(cls), inputs(3)
    layer(xs[0])
    state = dict(vars(layer))
    a = layer(xs[1])
    vars(layer).update(state)
    b = layer(xs[2])
    found = gradients(layer, a * b, 1.0)
    before = simple_step(layer, xs[0], None)
    a, b = simple_step(layer, xs[1], before)[0], simple_step(layer, xs[2], before)[0]
    assert_close(found, gradients(layer, a * b, 1.0))


@layers
def test_copies_go_on_by_themselves(cls):
    layer, xs = made(cls), inputs(4)
    for x in xs[:2]:
        layer(x)
    for other in (copy.deepcopy(layer), pickle.loads(pickle.dumps(layer))):  # noqa: S301
        for param in other.params():
            param.data *= 0.9
        h = other(xs[2])
        other.cleargrads()
        F.sum(h).backward()
        assert all(param.grad is not None for param in other.params())
    layer.cleargrads()
    F.sum(layer(xs[2])).backward()
    expected = gradients(layer, simple(layer, xs[:3])[2], 1.0)
    layer.reset_state()
    found = gradients(layer, steps(layer, xs[:3])[2], 1.0)
    assert_close(found, expected)


@pytest.mark.parametrize("by_window", [False, True])
@pytest.mark.parametrize("wanted", ["h", "c", "both"])
def test_gradients_that_come_through_the_memory_of_an_lstm(by_window, wanted):
    layer, xs = made(L.LSTM), inputs(3)
    zero = Variable(np.zeros((2, 4)))
    state = zero, zero
    for x in xs:
        state = simple_step(layer, x, state)
    parts = {"h": state[:1], "c": state[1:], "both": state}[wanted]
    expected = gradients(layer, sum(F.sum(part**2) for part in parts), 1.0)
    (window if by_window else steps)(layer, xs)
    state = layer.h, layer.c
    parts = {"h": state[:1], "c": state[1:], "both": state}[wanted]
    loss = sum(F.sum(part**2) for part in parts)
    del state, parts
    layer.reset_state()  # the output that takes no part is dropped
    assert_close(gradients(layer, loss, 1.0), expected)


def test_a_cut_leaves_other_results_of_other_functions_alone():
    """They may be what another loss is made of."""

    class Halves(Function):
        def forward(self, x):
            return x[:1], x[1:]

        def backward(self, ga, gb):
            return F.concatenate([ga, gb])

    x = Variable(np.array([1.0, 2.0]))
    a, b = Halves()(x)
    (a * 2).unchain_backward()
    (b * 3).backward()
    np.testing.assert_array_equal(x.grad.data, [0, 3])


def test_an_unchained_memory_is_a_leaf_while_the_state_is_not():
    layer, xs = made(L.LSTM), inputs(2)
    layer(xs[0])
    h, c = layer.h, layer.c
    c.unchain()
    layer(xs[1])
    found = gradients(layer, layer.h, 1.0)
    before = simple_step(layer, xs[0], None)
    constant = Variable(before[1].data)
    expected = gradients(layer, simple_step(layer, xs[1], (before[0], constant))[0], 1.0)
    assert_close(found, expected)
    np.testing.assert_allclose(c.grad.data, constant.grad.data, rtol=1e-10)
    assert h.grad is None


@layers
def test_float32_weights_with_float64_input(cls):
    layer = made(cls, dtype=np.float32)
    hs = steps(layer, inputs())
    assert hs.dtype == np.float64
    F.sum(hs).backward()
    assert {param.grad.dtype for param in layer.params()} == {np.dtype(np.float32)}


@layers
def test_weights_of_another_dtype_in_the_middle(cls):
    layer, xs = made(cls, dtype=np.float32), inputs(dtype=np.float32)
    layer(xs[0])
    assert layer(xs[1]).dtype == np.float32
    for param in layer.params():
        param.data = param.data.astype(np.float64)
    assert layer(xs[2]).dtype == np.float64


@layers
def test_a_step_says_what_it_needs(cls):
    layer = made(cls)
    with pytest.raises(ValueError, match=r"needs x \(N, 3\)"):
        layer(np.zeros((2, 5)))
    layer(np.zeros((2, 3)))
    with pytest.raises(ValueError, match=r"state of 2 rows.*batch of 4"):
        layer(np.zeros((4, 3)))


@windowed
@pytest.mark.parametrize("way", [steps, window])
def test_on_a_device(cupy, cls, way):
    """Nothing of a step or a window falls back to the host."""
    layer, xs = made(cls), inputs()
    hs = way(layer, xs)
    expected = [hs.data, *gradients(layer, hs, 1.0)]
    layer.to_gpu()
    xs = cuda.as_cupy(xs)
    hs = way(layer, xs)
    layer.cleargrads()
    F.sum(hs).backward()
    found = [hs.data, *(param.grad.data for param in layer.params())]
    assert {type(array) for array in found} == {cupy.ndarray}
    assert_close([array.get() for array in found], expected)
