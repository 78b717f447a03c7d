"""One step of an RNN and of an LSTM, in few nodes of the graph.

An LSTM step is three functions: `Gates` (all the products), `MemoryCell` (the new memory) and `CellOutput` (the new
state). The gates stand side by side, (N, 4·H), in the order forget, input, output, update. `lstm_step_simple` and
`rnn_step_simple` are the same from small functions, and the tests hold that both agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .. import cuda
from ..core import Function, Variable
from .activation import sigmoid
from .elementwise import TanhGrad, tanh
from .linear import linear, matmul
from .reduction import sum
from .shape import concatenate


class RNNStep(Function):
    """tanh(x @ Wx + b + h @ Wh) for x (N, D), h (N, H), Wx (D, H), b (H,), Wh (H, H)."""

    __slots__ = ("y",)

    def forward(self, x: Any, h: Any, Wx: Any, b: Any, Wh: Any) -> Any:
        z = product(x, Wx) + b + h @ Wh
        self.y = cuda.get_array_module(z).tanh(z, out=z)
        return self.y

    def backward(self, gy: Any) -> Any:
        x, h, Wx, b, Wh = self.inputs
        y = self.outputs[0]()
        gz = TanhGrad()(gy, rnn_step(x, h, Wx, b, Wh) if y is None else y)
        return matmul(gz, Wx.T), matmul(gz, Wh.T), matmul(x.T, gz), sum(gz, 0), matmul(h.T, gz)

    def vjp(self, gy: Any) -> Any:
        x, h, Wx, _, Wh = self.inputs
        gz = gy * (1 - self.y * self.y)
        gx = gz @ Wx.data.T if x.requires_grad else None
        gh = gz @ Wh.data.T if h.requires_grad else None
        return gx, gh, x.data.T @ gz, gz.sum(axis=0), h.data.T @ gz


class Gates(Function):
    """x @ Wx + b + h @ Wh for several gates, side by side: (N, gates · H).

    Inputs: x (N, D), then Wx (D, H) of each gate, then b (H,) of each, and where there is a state: h (N, H) and Wh (H, H)
    of each.
    """

    __slots__ = ()
    COUNT = 4

    def _parts(self) -> tuple[Any, Any, Any, Any, Any]:
        n = self.COUNT
        x, *rest = self.inputs
        return x, rest[:n], rest[n : 2 * n], rest[2 * n] if len(rest) > 2 * n else None, rest[2 * n + 1 :]

    def forward(self, x: Any, *rest: Any) -> Any:
        xp, n = cuda.get_array_module(x), self.COUNT
        Wxs, bs, h, Whs = rest[:n], rest[n : 2 * n], rest[2 * n : 2 * n + 1], rest[2 * n + 1 :]
        z = xp.concatenate([product(x, Wx) + b for Wx, b in zip(Wxs, bs, strict=True)], axis=1)
        if h:
            z = z + xp.concatenate([h[0] @ Wh for Wh in Whs], axis=1)
        return z

    def backward(self, gz: Any) -> Any:
        x, Wxs, _, h, Whs = self._parts()
        each = [gz[:, part] for part in self._slices(gz)]
        gx = _added(matmul(g, W.T) for g, W in zip(each, Wxs, strict=True)) if x.requires_grad else None
        grads = [gx, *[matmul(x.T, g) for g in each], *[sum(g, 0) for g in each]]
        if h is not None:
            grads.append(_added(matmul(g, W.T) for g, W in zip(each, Whs, strict=True)))
            grads += [matmul(h.T, g) for g in each]
        return tuple(grads)

    def vjp(self, gz: Any) -> Any:
        x, Wxs, _, h, Whs = self._parts()
        parts = self._slices(gz)
        gx = _added(gz[:, part] @ W.data.T for part, W in zip(parts, Wxs, strict=True))
        gWx, gb = x.data.T @ gz, gz.sum(axis=0)
        grads = [gx, *[gWx[:, part] for part in parts], *[gb[part] for part in parts]]
        if h is not None:
            grads.append(_added(gz[:, part] @ W.data.T for part, W in zip(parts, Whs, strict=True)))
            gWh = h.data.T @ gz  # one product for all gates
            grads += [gWh[:, part] for part in parts]
        return tuple(grads)

    def _slices(self, gz: Any) -> list[slice]:
        H = gz.shape[1] // self.COUNT
        return [slice(j * H, (j + 1) * H) for j in range(self.COUNT)]


class MemoryCell(Function):
    """The new memory: sigmoid(forget) · c + sigmoid(input) · tanh(update), from gates z (N, 4·H) and memory c (N, H)."""

    __slots__ = ("kept",)

    def forward(self, z: Any, c: Any) -> Any:
        xp, H = cuda.get_array_module(z), c.shape[1]
        f, i = _sigmoid(xp, z[:, :H]), _sigmoid(xp, z[:, H : 2 * H])
        u = xp.tanh(z[:, 3 * H :])
        self.kept = f, i, u
        return f * c + i * u

    def backward(self, gc: Any) -> Any:
        z, c = self.inputs
        H = c.shape[1]
        f, i, u = sigmoid(z[:, :H]), sigmoid(z[:, H : 2 * H]), tanh(z[:, 3 * H :])
        gates = [gc * c * f * (1 - f), gc * u * i * (1 - i), gc * 0.0, gc * i * (1 - u * u)]
        return concatenate(gates, axis=1), gc * f

    def vjp(self, gc: Any) -> Any:
        c = self.inputs[1].data
        f, i, u = self.kept
        H = c.shape[1]
        gz = cuda.get_array_module(gc).zeros((len(gc), 4 * H), gc.dtype)
        gz[:, :H] = gc * c * f * (1 - f)
        gz[:, H : 2 * H] = gc * u * i * (1 - i)
        gz[:, 3 * H :] = gc * i * (1 - u * u)
        return gz, gc * f


class CellOutput(Function):
    """The new state: sigmoid(output) · tanh(c), from gates z (N, 4·H) and the new memory c (N, H)."""

    __slots__ = ("kept",)

    def forward(self, z: Any, c: Any) -> Any:
        xp, H = cuda.get_array_module(z), c.shape[1]
        o, w = _sigmoid(xp, z[:, 2 * H : 3 * H]), xp.tanh(c)
        self.kept = o, w
        return o * w

    def backward(self, gh: Any) -> Any:
        z, c = self.inputs
        H = c.shape[1]
        o, w = sigmoid(z[:, 2 * H : 3 * H]), tanh(c)
        nothing = gh * 0.0
        return concatenate([nothing, nothing, gh * w * o * (1 - o), nothing], axis=1), gh * o * (1 - w * w)

    def vjp(self, gh: Any) -> Any:
        o, w = self.kept
        H = gh.shape[1]
        gz = cuda.get_array_module(gh).zeros((len(gh), 4 * H), gh.dtype)
        gz[:, 2 * H : 3 * H] = gh * w * o * (1 - o)
        return gz, gh * o * (1 - w * w)


def product(x: Any, W: Any) -> Any:
    """x @ W; a column times a row goes by broadcasting, which NumPy does twenty times as fast."""
    return x * W if x.shape[1] == 1 else x @ W


def _sigmoid(xp: Any, z: Any) -> Any:
    y = z * 0.5
    xp.tanh(y, out=y)
    y *= 0.5
    y += 0.5
    return y


def _added(terms: Any) -> Any:
    total = next(terms)
    for term in terms:
        total = total + term
    return total


def rnn_step(x: Any, h: Any, Wx: Any, b: Any, Wh: Any) -> Variable:
    """The next state of an RNN: tanh(x @ Wx + b + h @ Wh). x (N, D), h (N, H); result (N, H)."""
    return RNNStep()(x, h, Wx, b, Wh)


def rnn_step_simple(x: Any, h: Any, Wx: Any, b: Any, Wh: Any) -> Variable:
    """The same from small functions."""
    return tanh(linear(x, Wx, b) + matmul(h, Wh))


def lstm_step(
    x: Any, h: Any, c: Any, Wx: Sequence[Any], b: Sequence[Any], Wh: Sequence[Any]
) -> tuple[Variable, Variable]:
    """The next state and memory (h, c), each (N, H), of an LSTM. h and c None: the first step, both zero.

    Wx (D, H), b (H,), Wh (H, H): four of each, for the gates forget, input, output and update.
    Source: Hochreiter and Schmidhuber 1997, Gers, Schmidhuber and Cummins 2000.
    """
    z = Gates()(x, *Wx, *b) if h is None else Gates()(x, *Wx, *b, h, *Wh)
    if c is None:
        zeros = cuda.get_array_module(z.data).zeros((z.shape[0], z.shape[1] // 4), z.dtype)
        c = Variable(zeros, requires_grad=False)
    c = MemoryCell()(z, c)
    return CellOutput()(z, c), c


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


__all__ = [
    "CellOutput",
    "Gates",
    "MemoryCell",
    "RNNStep",
    "lstm_step",
    "lstm_step_simple",
    "rnn_step",
    "rnn_step_simple",
]
