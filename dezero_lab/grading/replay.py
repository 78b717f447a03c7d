"""Opening a failing case in the graph: the case runs once more under a recorder, and the node that goes wrong is found."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from dezero_lab.gradcheck import compare_gradient
from dezero_lab.grading.checks import Case
from dezero_lab.grading.guard import Guard, Stopped
from dezero_lab.grading.untouched import untouched

Record = Callable[..., Any]
_SECONDS = 2.0


def opener_of(
    space: MutableMapping[str, Any], case: Case
) -> Callable[[Record], tuple[Any, str | None]] | None:
    """A function `open(record) -> (tape, node id or None)` for a case that kept its action, on the learner's classes."""
    if case.action is None or "Variable" not in space:
        return None
    action, variable, function = case.action, space["Variable"], space.get("Function")

    def open_case(record: Record) -> tuple[Any, str | None]:
        seen = Calls(function)
        recording = record(variable, function, names={}, title=case.title.en)
        with (
            untouched(space),
            contextlib.redirect_stdout(io.StringIO()),
            recording as tape,
            seen,  # around the recorder, which would show its wrapper as the learner's code
            contextlib.suppress(Exception, SystemExit, Stopped),
            Guard(_SECONDS),
        ):
            action()
        return tape, wrong_node(tape, seen)

    return open_case


def wrong_node(tape: Any, seen: Calls) -> str | None:
    """The id of the first node of the pass that is wrong: it raised, its local gradient is wrong, it ran again, it received
    or kept something else than what was handed on, or no gradient arrived.

    Local gradients are compared with the numerical ones of the function's own `forward`, at the values it received.
    """
    events = [e.to_json() for e in tape.events]
    for e in events:
        if e["k"] == "error" and e.get("where"):
            return e["where"]
    order = [e["f"] for e in events if e["k"] == "function"]
    instances = dict(zip(order, seen.functions(), strict=False))
    begun: dict[str, dict[str, Any]] = {}
    for e in events:
        if e["k"] == "backward_begin":
            begun[e["f"]] = e
        elif e["k"] == "backward_end" and e["f"] in begun and e["f"] in instances:
            args, results = begun[e["f"]]["args"], e["results"]
            if _local_is_wrong(instances[e["f"]], args, results):
                return e["f"]
    for e in events:
        if e["k"] == "backward_begin" and e["visit"] > 1:
            return e["f"]
    return _handed_on_wrongly(events) or _without_gradient(events)


@dataclass(frozen=True)
class _Received:
    """A function object and the arrays its call received."""

    function: Any
    arrays: tuple[np.ndarray, ...]


class Calls:
    """Remembers the functions that are called, in order, with copies of what they received."""

    def __init__(self, function: Any) -> None:
        self._function = function
        self._received: list[_Received] = []

    def __enter__(self) -> Calls:
        self._original = vars(self._function).get("__call__") if isinstance(self._function, type) else None
        if self._original is not None:
            original, received = self._original, self._received

            def remembered(this: Any, *inputs: Any) -> Any:
                flat = inputs[0] if len(inputs) == 1 and isinstance(inputs[0], list | tuple) else inputs
                arrays = [np.array(getattr(v, "data", v), dtype=np.float64, copy=True) for v in flat]
                if not any(r.function is this for r in received):
                    received.append(_Received(this, tuple(arrays)))
                return original(this, *inputs)

            self._function.__call__ = remembered
        return self

    def __exit__(self, *error: object) -> None:
        if self._original is not None:
            self._function.__call__ = self._original

    def functions(self) -> list[_Received]:
        return self._received


def _local_is_wrong(received: _Received, args: list[dict[str, Any]], results: list[dict[str, Any]]) -> bool:
    try:
        gys = tuple(_array(s) for s in args)
        upstream: Any = gys[0] if len(gys) == 1 else gys
        forward = _forward(received.function)
        compared = (
            compare_gradient(_array(gx), forward, *received.arrays, wrt=k, upstream=upstream)
            for k, gx in enumerate(results)
        )
        return not all(compared)
    except Exception:  # a snapshot without all values, a forward of its own kind: nothing can be said
        return False


def _forward(function: Any) -> Callable[..., Any]:
    def forward(*arrays: np.ndarray) -> Any:
        try:
            return function.forward(*arrays)
        except TypeError:
            return function.forward(list(arrays))  # chapter 11: one list of inputs

    return forward


def _array(shot: dict[str, Any]) -> np.ndarray:
    """A snapshot as an array; a NumPy scalar has no shape there. Raises where not every value is in it."""
    return np.array(shot["v"], dtype=np.float64).reshape(shot.get("s", ()))


def _handed_on_wrongly(events: list[dict[str, Any]]) -> str | None:
    """A function that did not receive the gradient of its output, or a variable that is not the sum of what arrived."""
    inputs: dict[str, list[str | None]] = {}
    outputs: dict[str, list[str]] = {}
    grads: dict[str, dict[str, Any]] = {}
    arrived: dict[str, list[dict[str, Any]]] = {}
    for e in events:
        if e["k"] == "call_begin":
            inputs[e["f"]] = e["inputs"]
        elif e["k"] == "call_end":
            outputs[e["f"]] = e["outputs"]
        elif e["k"] == "grad" and e["new"] is not None:
            grads[e["v"]] = e["new"]
        elif e["k"] == "backward_begin":
            for v, got in zip(outputs.get(e["f"], []), e["args"], strict=False):
                if v in grads and _differ([grads[v]], got):
                    return e["f"]
        elif e["k"] == "backward_end":
            for v, share in zip(inputs.get(e["f"], []), e["results"], strict=False):
                if v is not None:
                    arrived.setdefault(v, []).append(share)
    return next((v for v, shares in arrived.items() if v in grads and _differ(shares, grads[v])), None)


def _differ(shares: list[dict[str, Any]], whole: dict[str, Any]) -> bool:
    """Whether the sum of some snapshots is another value; False where that cannot be told."""
    try:
        total, value = sum(_array(s) for s in shares), _array(whole)
        return np.shape(total) != value.shape or not np.allclose(total, value, rtol=1e-6, equal_nan=True)
    except Exception:  # not numbers, or too many of them
        return False


def _without_gradient(events: list[dict[str, Any]]) -> str | None:
    """The last variable on the way back that should have received a gradient and did not."""
    received = {
        e["v"] for e in events if e["k"] == "grad" and e["op"] != "clear" and e.get("new") is not None
    }
    if not received:
        return None
    for e in reversed([e for e in events if e["k"] == "call_begin"]):
        for v in e["inputs"]:
            if v is not None and v not in received:
                return v
    return None
