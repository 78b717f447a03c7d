"""A whole window of an RNN or an LSTM as one function, with the weights as `GateWeights` has them.

Input, ones and state stand side by side for all steps, (T, N, D + 1 + H), so that a step is one product. `backward` is
backpropagation through time, step by step; `vjp` is the same on arrays without waste. The tests hold that both agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .. import cuda
from ..config import using_config
from ..core import Function, Variable
from .elementwise import one_minus_square
from .recurrent import LSTMStep, RNNStep, lstm_cell, lstm_cell_gradient, lstm_weights
from .recurrent_weights import Step, gate_weights, state_before, turned
from .shape import stack

ROWS = 64  # of a block whose gradients go into one product, before they leave the cache


class RNNWindow(Function):
    """All states (T, N, H). Inputs: `GateWeights` of one gate, xs (T, N, D), the state before h (N, H)."""

    __slots__ = ("kept",)

    def forward(self, W: Any, xs: Any, h: Any) -> Any:
        xp, D = cuda.get_array_module(xs), xs.shape[2]
        joined = _joined(xp, W, xs, h)
        hs = xp.empty((*xs.shape[:2], W.shape[2]), joined.dtype)
        for k in range(len(xs)):
            if k:
                joined[k, :, D + 1 :] = hs[k - 1]
            y = xp.matmul(joined[k], W[0], out=hs[k])
            xp.tanh(y, out=y)
        self.kept = joined, hs
        return hs

    def backward(self, ghs: Any) -> Any:
        return _through_time(RNNStep, self.inputs, [ghs])

    def vjp(self, ghs: Any) -> Any:
        W, xs, _ = self.inputs
        joined, hs = self.kept
        back, gz = turned(W.data)[0], one_minus_square(hs)
        gh: Any = 0
        for k in reversed(range(len(hs))):
            g = gz[k]
            g *= ghs[k] + gh
            gh = g @ back
        gz = gz.reshape(-1, gz.shape[2])
        gxs = (gz @ W.data[0, : xs.shape[2]].T).reshape(xs.shape) if xs.requires_grad else None
        return (joined.reshape(len(gz), -1).T @ gz)[None], gxs, gh


class LSTMWindow(Function):
    """All states and all memories, (T, N, H) each.

    Inputs: `GateWeights` as for `LSTMStep`, xs (T, N, D), the state h and the memory c before, both (N, H).
    """

    __slots__ = ("kept",)
    one_state = True

    def forward(self, W: Any, xs: Any, h: Any, c: Any) -> Any:
        xp, (T, N, D), H = cuda.get_array_module(xs), xs.shape, W.shape[2]
        joined = _joined(xp, W, xs, h)
        W = W.copy()
        W[:3] *= 0.5  # for `lstm_cell`; in the weights it costs a step nothing
        gates = xp.empty((T, 4, N, H), joined.dtype)
        hs, cs = xp.empty((T, N, H), joined.dtype), xp.empty((T, N, H), joined.dtype)
        for k in range(T):
            if k:
                joined[k, :, D + 1 :] = hs[k - 1]
            z = xp.matmul(joined[k], W, out=gates[k])
            lstm_cell(xp, z, c, cs[k], hs[k])
            c = cs[k]
        self.kept = joined, gates, cs
        return hs, cs

    def backward(self, ghs: Any, gcs: Any) -> Any:
        return _through_time(LSTMStep, self.inputs, [ghs, gcs])

    def vjp(self, ghs: Any, gcs: Any) -> Any:
        W, xs, _, c = (x.data for x in self.inputs)
        joined, gates, cs = self.kept
        xp, (T, N, D), H = cuda.get_array_module(gates), xs.shape, W.shape[2]
        block = 1 + ROWS // (1 + N)  # in steps
        gz, gW = xp.empty((4, block, N, H), gates.dtype), xp.zeros(W.shape, gates.dtype)
        gxs = xp.empty_like(xs, dtype=gates.dtype) if self.inputs[1].requires_grad else None
        into, back = W[:, :D].transpose(0, 2, 1), turned(W)
        gh: Any = 0
        gc: Any = 0
        for k in reversed(range(T)):
            here = gz[:, k % block]
            if ghs is not None:
                gh = gh + ghs[k]
            if gcs is not None:
                gc = gc + gcs[k]
            gc = lstm_cell_gradient(xp, gates[k], cs[k - 1] if k else c, cs[k], gh, gc, here)
            gh = xp.matmul(here, back).sum(0)
            if gxs is not None:
                gxs[k] = xp.matmul(here, into).sum(0)
            if k % block == 0:
                rows = joined[k : k + block].reshape(-1, joined.shape[2])
                gW += xp.matmul(rows.T, gz[:, : min(block, T - k)].reshape(4, len(rows), H))
        return gW, gxs, gh, gc


def _joined(xp: Any, W: Any, xs: Any, h: Any) -> Any:
    """For each step its input, ones and the state before it, side by side; only the first state is known yet."""
    D = xs.shape[2]
    joined = xp.empty((*xs.shape[:2], W.shape[1]), xp.result_type(xs, h, W))
    joined[:, :, :D] = xs
    joined[:, :, D] = 1
    joined[0, :, D + 1 :] = h
    return joined


def _through_time(step: type[Step], inputs: Sequence[Variable], gys: Sequence[Any]) -> tuple[Any, ...]:
    """Gradients of the inputs of a window from those of its outputs (None: took no part), with variables."""
    W, xs, *state = inputs
    steps, gxs, gW, gstate = [], [], None, [None for _ in state]
    with using_config("enable_backprop", True):
        for k in range(len(xs)):
            steps.append(step())
            state = steps[-1](W, xs[k], *state)
            state = state if isinstance(state, list) else [state]
        for k in reversed(range(len(xs))):
            arrived = [
                gs if g is None else g[k] if gs is None else g[k] + gs
                for g, gs in zip(gys, gstate, strict=True)
            ]
            gW_k, gx, *gstate = steps[k].backward(*arrived)
            gW = gW_k if gW is None else gW + gW_k
            gxs.append(gx)
    return gW, stack(gxs[::-1]), *gstate


def rnn_window(xs: Any, h: Any, Wx: Any, b: Any, Wh: Any) -> Variable:
    """All states (T, N, H) of an RNN that reads xs (T, N, D), starting at h (N, H), or at zeros for None.

    The weights are those of `rnn_step`.

    >>> import numpy as np
    >>> rnn_window(np.ones((4, 2, 3)), None, np.ones((3, 5)), np.zeros(5), np.ones((5, 5))).shape
    (4, 2, 5)
    """
    W = gate_weights((Wx, b, Wh))
    return RNNWindow()(W, xs, state_before(h, xs, W))


def lstm_window(
    xs: Any, h: Any, c: Any, Wx: Sequence[Any], b: Sequence[Any], Wh: Sequence[Any]
) -> tuple[Variable, Variable]:
    """All states and all memories, each (T, N, H), of an LSTM that reads xs (T, N, D), starting at h and c (N, H).

    None for h or c stands for zeros. The weights are those of `lstm_step`.
    """
    W = lstm_weights(Wx, b, Wh)
    hs, cs = LSTMWindow()(W, xs, state_before(h, xs, W), state_before(c, xs, W))
    return hs, cs


__all__ = ["LSTMWindow", "RNNWindow", "lstm_window", "rnn_window"]
