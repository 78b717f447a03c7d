"""A whole window of an RNN or an LSTM as one function.

State, input and a column of ones stand side by side, (T, N, H + D + 1), so that a step is one product with the weights
stacked as [Wh, Wx, b], and the gradients of all weights are one product over all steps at the end. `backward` is
backpropagation through time as it is written on paper; `vjp` is the same on arrays without waste. Both agree with steps
one by one: the tests hold that.
"""

from __future__ import annotations

from typing import Any

from .. import cuda
from ..core import Function, Variable
from .activation import sigmoid
from .elementwise import tanh
from .linear import linear, matmul
from .recurrent import rnn_step_simple
from .reduction import sum
from .shape import concatenate, reshape, stack


class RNNWindow(Function):
    """All states (T, N, H) for xs (T, N, D), the state before h (N, H), Wx (D, H), b (H,), Wh (H, H)."""

    __slots__ = ("hs", "joined")

    def forward(self, xs: Any, h: Any, Wx: Any, b: Any, Wh: Any) -> Any:
        xp, H = cuda.get_array_module(xs), h.shape[1]
        joined = self.joined = _joined(xp, xs, h, Wh)
        weights = xp.concatenate([Wh, Wx, b[None]])
        hs = self.hs = xp.empty((*xs.shape[:2], H), joined.dtype)
        for k in range(len(xs)):
            if k:
                joined[k, :, :H] = hs[k - 1]
            xp.matmul(joined[k], weights, out=hs[k])
            xp.tanh(hs[k], out=hs[k])
        return hs

    def backward(self, ghs: Any) -> Any:
        xs, h, Wx, b, Wh = self.inputs
        states = [h]
        for k in range(len(xs)):
            states.append(rnn_step_simple(xs[k], states[-1], Wx, b, Wh))
        gz, gh = [], None
        for k in reversed(range(len(xs))):
            gh = ghs[k] if gh is None else ghs[k] + gh
            gz.append(gh * (1 - states[k + 1] * states[k + 1]))
            gh = matmul(gz[-1], Wh.T)
        return _of_inputs(xs, stack(gz[::-1]), stack(states[:-1]), gh, Wx)

    def vjp(self, ghs: Any) -> Any:
        xs, _, Wx, _, Wh = self.inputs
        xp, hs = cuda.get_array_module(ghs), self.hs
        back = xp.ascontiguousarray(Wh.data.T)
        gz = hs * hs
        xp.subtract(1, gz, out=gz)
        gh: Any = 0
        for k in reversed(range(len(hs))):
            gz[k] *= ghs[k] + gh
            gh = gz[k] @ back
        return _of_arrays(xs, gz, self.joined, gh, Wx.data)


class LSTMWindow(Function):
    """All states and memories (2, T, N, H) for xs (T, N, D), the state h and memory c before, both (N, H), and weights
    with the gates side by side: Wx (D, 4·H), b (4·H,), Wh (H, 4·H), in the order forget, input, output, update.
    """

    __slots__ = ("gates", "joined", "squashed", "states")

    def forward(self, xs: Any, h: Any, c: Any, Wx: Any, b: Any, Wh: Any) -> Any:
        xp, (T, N, _), H = cuda.get_array_module(xs), xs.shape, h.shape[1]
        joined = self.joined = _joined(xp, xs, h, Wh)
        weights = xp.concatenate([Wh, Wx, b[None]])
        weights = xp.ascontiguousarray(weights.reshape(-1, 4, H).transpose(1, 0, 2))
        gates = self.gates = xp.empty(
            (T, 4, N, H), joined.dtype
        )  # one gate after the other: long runs of memory
        hs, cs = self.states = xp.empty((2, T, N, H), joined.dtype)
        squashed = self.squashed = xp.empty((T, N, H), joined.dtype)
        for k in range(T):
            if k:
                joined[k, :, :H] = hs[k - 1]
            z = xp.matmul(joined[k], weights, out=gates[k])
            z[:3] *= 0.5  # a sigmoid is a tanh of half the size
            xp.tanh(z, out=z)
            z[:3] *= 0.5
            z[:3] += 0.5
            xp.multiply(z[0], c, out=cs[k])
            c = cs[k]
            c += z[1] * z[3]
            xp.tanh(c, out=squashed[k])
            xp.multiply(z[2], squashed[k], out=hs[k])
        return self.states

    def backward(self, gstates: Any) -> Any:
        xs, h, c, Wx, b, Wh = self.inputs
        T, H = len(xs), h.shape[1]
        kept, before = [], []
        for k in range(T):
            before.append(h)
            z = linear(xs[k], Wx, b) + matmul(h, Wh)
            f, i, o = (sigmoid(z[:, j * H : (j + 1) * H]) for j in range(3))
            u = tanh(z[:, 3 * H :])
            old, c = c, f * c + i * u
            squashed = tanh(c)
            h = o * squashed
            kept.append((old, f, i, o, u, squashed))
        gz, gh, gc = [], None, None
        for k in reversed(range(T)):
            old, f, i, o, u, squashed = kept[k]
            gh = gstates[0, k] if gh is None else gstates[0, k] + gh
            direct = gstates[1, k] + gh * o * (1 - squashed * squashed)
            gc = direct if gc is None else direct + gc
            each = [
                gc * old * f * (1 - f),
                gc * u * i * (1 - i),
                gh * squashed * o * (1 - o),
                gc * i * (1 - u * u),
            ]
            gz.append(concatenate(each, axis=1))
            gh, gc = matmul(gz[-1], Wh.T), gc * f
        gxs, gh, *weights = _of_inputs(xs, stack(gz[::-1]), stack(before), gh, Wx)
        return (gxs, gh, gc, *weights)

    def vjp(self, gstates: Any) -> Any:
        xs, h, c, Wx, _, Wh = self.inputs
        xp, cs, H = cuda.get_array_module(gstates), self.states[1], h.data.shape[1]
        T, N = xs.data.shape[:2]
        gz = xp.empty((T, N, 4, H), gstates.dtype)
        back = xp.ascontiguousarray(Wh.data.T)
        slope = xp.empty((4, N, H), gstates.dtype)
        gh: Any = 0
        gc: Any = 0
        for k in reversed(range(T)):
            f, i, o, u = z = self.gates[k]
            squashed = self.squashed[k]
            gh = gstates[0, k] + gh
            direct = squashed * squashed
            xp.subtract(1, direct, out=direct)
            direct *= o
            direct *= gh
            direct += gc
            direct += gstates[1, k]
            gc = direct
            xp.multiply(z, z, out=slope)
            xp.subtract(z[:3], slope[:3], out=slope[:3])  # f(1 − f), i(1 − i), o(1 − o)
            xp.subtract(1, slope[3], out=slope[3])  # 1 − u²
            slope[0] *= cs[k - 1] if k else c.data
            slope[1] *= u
            slope[3] *= i
            slope[:2] *= gc
            slope[3] *= gc
            slope[2] *= squashed
            slope[2] *= gh
            gz[k] = slope.transpose(1, 0, 2)
            gh = gz[k].reshape(N, 4 * H) @ back
            gc = gc * f
        gxs, gh, *weights = _of_arrays(xs, gz.reshape(T, N, 4 * H), self.joined, gh, Wx.data)
        return (gxs, gh, gc, *weights)


def _joined(xp: Any, xs: Any, h: Any, Wh: Any) -> Any:
    """For each step the state before it, its input and ones, side by side; only the first state is known yet."""
    H = h.shape[1]
    joined = xp.empty((*xs.shape[:2], H + xs.shape[2] + 1), xp.result_type(xs, h, Wh))
    joined[0, :, :H] = h
    joined[:, :, H:-1] = xs
    joined[:, :, -1] = 1
    return joined


def _rows(xs: Any) -> Any:
    """(T, N, D) as (T·N, D)."""
    return xs.reshape(-1, xs.shape[2])


def _of_inputs(xs: Variable, gz: Variable, before: Variable, gh: Any, Wx: Variable) -> tuple[Any, ...]:
    """Gradients of xs, h, Wx, b and Wh from those of all z, with variables."""
    gz = reshape(gz, (-1, gz.shape[2]))
    gWh = matmul(reshape(before, (-1, before.shape[2])).T, gz)
    rows = reshape(xs, (-1, xs.shape[2]))
    return reshape(matmul(gz, Wx.T), xs.shape), gh, matmul(rows.T, gz), sum(gz, 0), gWh


def _of_arrays(xs: Variable, gz: Any, joined: Any, gh: Any, Wx: Any) -> tuple[Any, ...]:
    gz = _rows(gz)
    gxs = (gz @ Wx.T).reshape(xs.data.shape) if xs.requires_grad else None
    gW = _rows(joined).T @ gz
    H = len(gW) - len(Wx) - 1
    return gxs, gh, gW[H:-1], gW[-1], gW[:H]


def rnn_window(xs: Any, h: Any, Wx: Any, b: Any, Wh: Any) -> Variable:
    """All states (T, N, H) of an RNN that starts at h (N, H) and reads xs (T, N, D). Same weights as `rnn_step`."""
    return RNNWindow()(xs, h, Wx, b, Wh)


def lstm_window(xs: Any, h: Any, c: Any, Wx: Any, b: Any, Wh: Any) -> tuple[Variable, Variable]:
    """All states and all memories, each (T, N, H), of an LSTM that starts at h and c (N, H) and reads xs (T, N, D).

    The gates stand side by side: Wx (D, 4·H), b (4·H,), Wh (H, 4·H), in the order forget, input, output, update.
    """
    states = LSTMWindow()(xs, h, c, Wx, b, Wh)
    return states[0], states[1]


__all__ = ["LSTMWindow", "RNNWindow", "lstm_window", "rnn_window"]
