"""The weights of a recurrent step in one array, through one node of the graph, and what every step does with them.

A step wants one product for all gates; a layer keeps its weights under names, x2f/W and so on. `GateWeights` lies
between: the gradients of all steps of a sequence add up in its one array, and go to the parameters at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import is_
from typing import Any

from .. import cuda
from ..config import backprop
from ..core import Function, Variable
from .linear import matmul
from .shape import concatenate, stack


class GateWeights(Variable):
    """(gates, D + 1 + H, H): for each gate the rows of Wx (D, H), of b (H,) and of Wh (H, H).

    They are weights in another form, and no history: `unchain_backward` cuts a sequence from its past, but not from its
    weights.
    """

    __slots__ = ()

    def unchain(self) -> None:
        pass


class JoinWeights(Function):
    """Wx, b and Wh of the first gate, of the second, and so on, as `GateWeights`."""

    __slots__ = ("kept",)

    def __call__(self, *params: Any) -> Any:
        self.kept = None
        W = super().__call__(*params)
        W.__class__ = GateWeights
        return W

    def forward(self, *params: Any, **into: Any) -> Any:
        rows = [param if param.ndim == 2 else param[None] for param in params]
        joined = cuda.get_array_module(rows[0]).concatenate(rows, **into)
        return joined.reshape(len(rows) // 3, -1, joined.shape[1])

    def backward(self, gW: Any) -> Any:
        D = len(self.inputs[0])
        return tuple([gW[j, rows] for j in range(len(gW)) for rows in (slice(D), D, slice(D + 1, None))])

    vjp = backward

    def again(self, W: Variable) -> None:
        """Fill our result with the values that the parameters have now."""
        params, self.kept = [x.data for x in self.inputs], None
        try:
            W.data = self.forward(*params, out=W.data.reshape(-1, W.data.shape[2]), casting="no")
        except (TypeError, ValueError):  # they have another dtype or shape now
            W.data = self.forward(*params)

    def turned(self, W: Any) -> Any:
        """`turned` of our result, made once for all steps of a sweep."""
        if self.kept is None:
            self.kept = turned(W)
        return self.kept


def turned(W: Any) -> Any:
    """Wh of each gate, transposed, (gates, H, H) in one piece: products with it are twice as fast as with a view."""
    return cuda.get_array_module(W).ascontiguousarray(W[:, -W.shape[2] :].transpose(0, 2, 1))


class Step(Function):
    """A step of a recurrent network: a function of `GateWeights` W, the input x (N, D), the state h (N, H) and more."""

    __slots__ = ()

    def joined(self, W: Any, x: Any, h: Any) -> Any:
        """Input, ones and state side by side, (N, D + 1 + H): what the rows of W are for."""
        D, xp = x.shape[1], cuda.get_array_module(x)
        if D + 1 + h.shape[1] != W.shape[1] or h.shape[1] != W.shape[2]:
            raise ValueError(
                f"this step has weights for inputs of {W.shape[1] - W.shape[2] - 1} numbers and a state of {W.shape[2]}, "
                f"but it was given x {x.shape} and h {h.shape}"
            )
        dtype = W.dtype if W.dtype == x.dtype == h.dtype else xp.result_type(x, h, W)
        joined = xp.empty((len(x), W.shape[1]), dtype)
        joined[:, :D] = x
        joined[:, D] = 1
        joined[:, D + 1 :] = h
        return joined

    def turned(self) -> Any:
        W = self.inputs[0]
        return W.creator.turned(W.data) if isinstance(W.creator, JoinWeights) else turned(W.data)

    def of_arrays(self, joined: Any, gz: Any) -> tuple[Any, Any, Any]:
        """Gradients of W, x and h from those of all gates, (gates, N, H)."""
        W, x, h, *_ = self.inputs
        xp = cuda.get_array_module(gz)
        gW = xp.matmul(joined.T, gz) if W.requires_grad else None
        gx = (
            xp.matmul(gz, W.data[:, : x.data.shape[1]].transpose(0, 2, 1)).sum(0) if x.requires_grad else None
        )
        return gW, gx, xp.matmul(gz, self.turned()).sum(0) if h.requires_grad else None

    def gates(self) -> tuple[Variable, list[Variable]]:
        """`joined` and the gates before they are squashed, with variables."""
        W, x, h, *_ = self.inputs
        ones = Variable(cuda.get_array_module(x.data).ones((len(x), 1), W.dtype), requires_grad=False)
        joined = concatenate([x, ones, h], axis=1)
        return joined, [matmul(joined, W[j]) for j in range(len(W))]

    def of_variables(self, joined: Variable, gz: Sequence[Any]) -> tuple[Variable, Variable, Variable]:
        """As `of_arrays`, with variables; gz has (N, H) for each gate."""
        W, x, *_ = self.inputs
        D = x.shape[1]
        gjoined = added([matmul(g, W[j].T) for j, g in enumerate(gz)])
        return stack([matmul(joined.T, g) for g in gz]), gjoined[:, :D], gjoined[:, D + 1 :]


def added(terms: Sequence[Any]) -> Any:
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


def gate_weights(params: Sequence[Any], state: Any = None) -> Variable:
    """`GateWeights` for the step after `state`; params: Wx, b and Wh of the first gate, of the second, and so on.

    Where a step with the same parameters made the state, that step's variable serves again, with the values of now: so
    nothing has to notice that weights were changed, in place or otherwise.
    """
    step = getattr(state, "creator", None)
    if isinstance(step, Step) and backprop.get():
        W = step.inputs[0]
        join: Any = W.creator
        same = isinstance(join, JoinWeights) and len(join.inputs) == len(params)
        if same and W.requires_grad and all(map(is_, join.inputs, params)):
            join.again(W)
            return W
    return JoinWeights()(*params)


def state_before(h: Any, x: Any, W: Variable) -> Any:
    """h, or zeros (N, H) before the first of x (..., N, D)."""
    if h is not None:
        return h
    zeros = cuda.get_array_module(W.data).zeros((x.shape[-2], W.shape[2]), W.dtype)
    return Variable(zeros, requires_grad=False)
