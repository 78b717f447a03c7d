"""One step of an RNN, of an LSTM and of a GRU, each as one function of the graph.

All products of a step are one call, with the weights as `GateWeights` has them and the gates one after the other,
(gates, N, H). The functions `..._simple` are the same from small functions, and the tests hold that both agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .. import cuda
from ..core import Variable
from .activation import sigmoid
from .elementwise import TanhGrad, one_minus_square, tanh
from .linear import linear, matmul
from .recurrent_weights import Step, gate_weights, state_before
from .reduction import sum
from .shape import concatenate, stack


class RNNStep(Step):
    """tanh(x @ Wx + b + h @ Wh). Inputs: `GateWeights` of one gate, x (N, D), h (N, H)."""

    __slots__ = ("kept",)

    def forward(self, W: Any, x: Any, h: Any) -> Any:
        joined = self.joined(W, x, h)
        y = joined.dot(W[0])
        self.kept = joined, cuda.get_array_module(y).tanh(y, out=y)
        return y

    def backward(self, gy: Any) -> Any:
        y = self.outputs[0]()
        joined, (z,) = self.gates()
        return self.of_variables(joined, [TanhGrad()(gy, tanh(z) if y is None else y)])

    def vjp(self, gy: Any) -> Any:
        W, x, h = self.inputs
        joined, y = self.kept
        gz = one_minus_square(y)
        gz *= gy
        gW = joined.T.dot(gz)[None] if W.requires_grad else None
        gx = gz.dot(W.data[0, : x.data.shape[1]].T) if x.requires_grad else None
        return gW, gx, gz.dot(self.turned()[0]) if h.requires_grad else None


class LSTMStep(Step):
    """The new state and memory. Inputs: `GateWeights` of output, forget, input and update, x (N, D), h and c (N, H)."""

    __slots__ = ("kept",)
    one_state = True

    def forward(self, W: Any, x: Any, h: Any, c: Any) -> Any:
        xp, joined = cuda.get_array_module(W), self.joined(W, x, h)
        z = xp.matmul(joined, W)
        halved = z[:3]
        halved *= 0.5
        new, y = xp.empty(c.shape, z.dtype), xp.empty(c.shape, z.dtype)
        lstm_cell(xp, z, c, new, y)
        self.kept = joined, z, new
        return y, new

    def backward(self, gh: Any, gc: Any) -> Any:
        joined, (*z, u) = self.gates()
        (o, f, i), u, c = map(sigmoid, z), tanh(u), self.inputs[3]
        w = tanh(f * c + i * u)
        gh = w * 0.0 if gh is None else gh
        direct = gh * o * (1 - w * w)
        gc = direct if gc is None else direct + gc
        gz = [gh * w * o * (1 - o), gc * c * f * (1 - f), gc * u * i * (1 - i), gc * i * (1 - u * u)]
        return (*self.of_variables(joined, gz), gc * f)

    def vjp(self, gh: Any, gc: Any) -> Any:
        joined, z, new = self.kept
        xp, c = cuda.get_array_module(z), self.inputs[3].data
        gz = xp.empty_like(z)
        gc = lstm_cell_gradient(xp, z, c, new, 0 if gh is None else gh, 0 if gc is None else gc, gz)
        return (*self.of_arrays(joined, gz), gc)


class GRUStep(Step):
    """(1 − z)·n + z·h with n = tanh(x @ Wn + b + r·(h @ Un + c)). Inputs: `GateWeights` of r, z and n, x, h, c (H,)."""

    __slots__ = ("kept",)

    def forward(self, W: Any, x: Any, h: Any, c: Any) -> Any:
        xp, joined, D = cuda.get_array_module(W), self.joined(W, x, h), x.shape[1]
        gates = xp.matmul(joined, W[:2])
        gates *= 0.5
        squash(xp, gates, 2)
        r, z = gates
        back = joined[:, D + 1 :] @ W[2, D + 1 :]
        back += c
        n = joined[:, : D + 1] @ W[2, : D + 1]
        n += r * back
        xp.tanh(n, out=n)
        self.kept = joined, gates, back, n
        y = joined[:, D + 1 :] - n
        y *= z
        y += n
        return y

    def backward(self, gy: Any) -> Any:
        W, x, h, c = self.inputs
        D = x.shape[1]
        joined, (r, z, _) = self.gates()
        r, z = sigmoid(r), sigmoid(z)
        back = matmul(h, W[2, D + 1 :]) + c
        n = tanh(matmul(joined[:, : D + 1], W[2, : D + 1]) + r * back)
        gn = gy * (1 - z) * (1 - n * n)
        gback = gn * r
        gates = [gn * back * r * (1 - r), gy * (h - n) * z * (1 - z)]
        gW, gx, gh = self.of_variables(joined, gates)
        gW_n = concatenate([matmul(joined[:, : D + 1].T, gn), matmul(h.T, gback)])
        gx = gx + matmul(gn, W[2, :D].T)
        gh = gh + matmul(gback, W[2, D + 1 :].T) + gy * z
        return concatenate([gW, stack([gW_n])]), gx, gh, sum(gback, 0)

    def vjp(self, gy: Any) -> Any:
        W, x, h, _ = self.inputs
        xp, D = cuda.get_array_module(gy), x.data.shape[1]
        joined, gates, back, n = self.kept
        r, z = gates
        gz = xp.empty((3, *n.shape), n.dtype)  # of r, of z, and of what comes from the state into n
        slopes(xp, gates, 2, gz[:2])
        kept = gy * z
        gn = one_minus_square(n)
        gn *= gy
        gn *= 1 - z
        xp.multiply(gn, r, out=gz[2])
        gz[0] *= gn
        gz[0] *= back
        gz[1] *= gy
        gz[1] *= h.data - n
        gW = gx = gh = None
        if W.requires_grad:
            gW = xp.empty(W.data.shape, gz.dtype)
            xp.matmul(joined.T, gz[:2], out=gW[:2])
            gW[2, : D + 1] = joined[:, : D + 1].T @ gn
            gW[2, D + 1 :] = joined[:, D + 1 :].T @ gz[2]
        if x.requires_grad:
            gx = xp.matmul(gz[:2], W.data[:2, :D].transpose(0, 2, 1)).sum(0) + gn @ W.data[2, :D].T
        if h.requires_grad:
            gh = xp.matmul(gz, self.turned()).sum(0)
            gh += kept
        return gW, gx, gh, gz[2].sum(0)


def lstm_cell(xp: Any, z: Any, c: Any, new: Any, h: Any) -> None:
    """Squash the gates z (4, N, H), all but the last halved before, in place; write the new memory and the new state."""
    squash(xp, z, 3)
    o, f, i, u = z
    xp.multiply(f, c, out=new)
    new += i * u
    xp.tanh(new, out=h)
    h *= o


def lstm_cell_gradient(xp: Any, z: Any, c: Any, new: Any, gh: Any, gc: Any, gz: Any) -> Any:
    """Write the gradient of the gates before they were squashed into gz; the gradient of the memory before, c.

    gh and gc: the gradients of the new state, and of the new memory as far as it does not come from the state.
    """
    o, f, i, u = z
    slopes(xp, z, 3, gz)
    go, gf, gi, gu = gz
    w = xp.tanh(new)
    go *= w
    go *= gh
    gc_here = one_minus_square(w)
    gc_here *= o
    gc_here *= gh
    gc_here += gc
    gf *= c
    gi *= u
    gu *= i
    rest = gz[1:]
    rest *= gc_here
    gc_here *= f
    return gc_here


def squash(xp: Any, z: Any, count: int) -> None:
    """In place: sigmoid of twice the first `count` gates, tanh of the others. A sigmoid is a tanh of half the size."""
    xp.tanh(z, out=z)
    first = z[:count]
    first *= 0.5
    first += 0.5


def slopes(xp: Any, z: Any, count: int, out: Any) -> None:
    """The slopes of squashed gates: z(1 − z) of the first `count`, 1 − z² of the others."""
    xp.multiply(z, z, out=out)
    first, others = out[:count], out[count:]
    xp.subtract(z[:count], first, out=first)
    xp.subtract(1, others, out=others)


def rnn_step(x: Any, h: Any, Wx: Any, b: Any, Wh: Any) -> Variable:
    """The next state (N, H) of an RNN: tanh(x @ Wx + b + h @ Wh). x (N, D), h (N, H) or None for zeros.

    Wx (D, H), b (H,), Wh (H, H).

    >>> import numpy as np
    >>> x, Wx, b, Wh = np.ones((1, 1)), np.array([[0.5]]), np.zeros(1), np.array([[2.0]])
    >>> h = rnn_step(x, None, Wx, b, Wh)
    >>> round(rnn_step(x, h, Wx, b, Wh).item(), 4)  # tanh(0.5 + 2 tanh(0.5))
    0.8905
    """
    W = gate_weights((Wx, b, Wh), h)
    return RNNStep()(W, x, state_before(h, x, W))


def rnn_step_simple(x: Any, h: Any, Wx: Any, b: Any, Wh: Any) -> Variable:
    """The same from small functions."""
    return tanh(linear(x, Wx, b) if h is None else linear(x, Wx, b) + matmul(h, Wh))


def lstm_step(
    x: Any, h: Any, c: Any, Wx: Sequence[Any], b: Sequence[Any], Wh: Sequence[Any]
) -> tuple[Variable, Variable]:
    """The next state and memory (h, c), each (N, H), of an LSTM. x (N, D); h and c (N, H), or None for zeros.

    Wx (D, H), b (H,), Wh (H, H): four of each, for the gates forget, input, output and update.
    Source: Hochreiter and Schmidhuber 1997, Gers, Schmidhuber and Cummins 2000.

    >>> import numpy as np
    >>> h, c = lstm_step(np.ones((2, 3)), None, None, np.ones((4, 3, 5)), np.zeros((4, 5)), np.ones((4, 5, 5)))
    >>> h.shape, c.shape
    ((2, 5), (2, 5))
    """
    W = lstm_weights(Wx, b, Wh, h)
    h, c = LSTMStep()(W, x, state_before(h, x, W), state_before(c, x, W))
    return h, c


def lstm_weights(Wx: Sequence[Any], b: Sequence[Any], Wh: Sequence[Any], state: Any = None) -> Variable:
    """`GateWeights` in the order that `LSTMStep` has: output, forget, input, update."""
    f, i, o, u = zip(Wx, b, Wh, strict=True)
    return gate_weights((*o, *f, *i, *u), state)


def lstm_step_simple(
    x: Any, h: Any, c: Any, Wx: Sequence[Any], b: Sequence[Any], Wh: Sequence[Any]
) -> tuple[Variable, Variable]:
    """The same from small functions."""
    gates = [linear(x, W, bias) for W, bias in zip(Wx, b, strict=True)]
    if h is not None:
        gates = [gate + matmul(h, W) for gate, W in zip(gates, Wh, strict=True)]
    f, i, o = (sigmoid(gate) for gate in gates[:3])
    u = tanh(gates[3])
    c = i * u if c is None else f * c + i * u
    return o * tanh(c), c


def gru_step(x: Any, h: Any, Wx: Sequence[Any], b: Sequence[Any], Wh: Sequence[Any], bh: Any) -> Variable:
    """The next state (N, H) of a GRU: (1 − z)·n + z·h with n = tanh(x @ Wn + bn + r·(h @ Un + bh)).

    x (N, D), h (N, H) or None for zeros. Wx (D, H), b (H,), Wh (H, H): three of each, for the gates reset r and update z
    and for the new values n; bh (H,). Source: Cho et al. 2014.

    >>> import numpy as np
    >>> gru_step(np.ones((2, 3)), None, np.ones((3, 3, 5)), np.zeros((3, 5)), np.ones((3, 5, 5)), np.zeros(5)).shape
    (2, 5)
    """
    r, z, n = zip(Wx, b, Wh, strict=True)
    W = gate_weights((*r, *z, *n), h)
    return GRUStep()(W, x, state_before(h, x, W), bh)


def gru_step_simple(
    x: Any, h: Any, Wx: Sequence[Any], b: Sequence[Any], Wh: Sequence[Any], bh: Any
) -> Variable:
    """The same from small functions."""
    r, z, n = (linear(x, W, bias) for W, bias in zip(Wx, b, strict=True))
    r, z = sigmoid(r + matmul(h, Wh[0])), sigmoid(z + matmul(h, Wh[1]))
    n = tanh(n + r * linear(h, Wh[2], bh))
    return (1 - z) * n + z * h


__all__ = [
    "GRUStep",
    "LSTMStep",
    "RNNStep",
    "gru_step",
    "gru_step_simple",
    "lstm_step",
    "lstm_step_simple",
    "rnn_step",
    "rnn_step_simple",
]
