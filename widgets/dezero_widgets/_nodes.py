"""Which node of the drawn graph stands for a variable or a call at a moment of the tape."""

from __future__ import annotations

from typing import Any, cast

from dezero_lab.graph.flow import match_calls
from dezero_lab.trace import Snapshot, Tape


class Call:
    """One call in progress."""

    def __init__(self, event: Any, node: str, inputs: list[str | None], has_forward: bool) -> None:
        self.event, self.node, self.inputs, self.has_forward = event, node, inputs, has_forward
        self.args: list[Snapshot] = []
        self.results: list[Snapshot] = []
        self.end: Any = None
        self.result_line: Any = None


class Nodes:
    """Which node of the graph stands for a variable or a call, with the same rules as `Graph.from_tape`.

    A function object called twice has a second node, `f1.2`; so has a value that comes out of a call again. A call that
    only passes on what calls inside it made has none.
    """

    def __init__(self, tape: Tape) -> None:
        self.inputs: dict[str, list[str | None]] = {}
        self.outputs: dict[str, list[str | None]] = {}
        self.producer: dict[str, str] = {}
        self.depth = 0
        self._open: list[Call | None] = []
        self._count: dict[str, int] = {}
        self._newest: dict[str, str] = {}
        self._used: set[str] = set()
        events = cast("list[Any]", tape.events)
        self._ends, self._containers = match_calls(events)
        self._forwards = _with_forward(events)
        self._made = {v for end in self._ends.values() for v in end.outputs if v}
        first = next((e.i for e in events if e.kind in ("call_begin", "sweep_begin")), None)
        self.walk = first is None and any(e.kind == "link" for e in events)
        born = [e.v for e in events[:first] if e.kind == "variable"] if first is not None else []
        self.leading = [v for v in born if v not in self._made]

    @property
    def call(self) -> Call | None:
        """The innermost call in progress; None outside of calls, and in one that has no node."""
        return self._open[-1] if self._open else None

    def current(self, v: str) -> str:
        """The node that stands for a variable now."""
        return self._newest.get(v, v)

    def of_function(self, f: str) -> str:
        """The node of the newest call of a function."""
        n = self._count.get(f, 1)
        return f if n == 1 else f"{f}.{n}"

    def is_output(self, v: str) -> bool:
        """Whether some call on the tape gives this variable out."""
        return v in self._made

    def begin(self, e: Any) -> None:
        """Take in a `call_begin` event."""
        self.depth += 1
        if e.i in self._containers:
            self._open.append(None)
            return
        self._count[e.f] = self._count.get(e.f, 0) + 1
        node = self.of_function(e.f)
        end = self._ends.get(e.i)
        inputs = list(end.inputs if end is not None and end.inputs else e.inputs)
        self.inputs[node] = inputs
        self._used.update(v for v in inputs if v)
        self._open.append(Call(e, node, inputs, e.i in self._forwards))

    def end(self, e: Any) -> Call | None:
        """Take in a `call_end` event; returns the call that ended, None for one that has no node."""
        self.depth = max(0, self.depth - 1)
        call = self._open.pop() if self._open else None
        if call is None:
            return None
        self.outputs[call.node] = list(e.outputs)
        for v in e.outputs:
            if v is None:
                continue
            if v in self.producer or v in self._used:
                taken = sum(1 for node in self._newest.values() if node.startswith(f"{v}."))
                self._newest[v] = f"{v}.{taken + 2}"
            self.producer[v] = e.f
        return call


def _with_forward(events: list[Any]) -> set[int]:
    """The calls in which the function's own `forward` ran, by the index of their beginning."""
    found: set[int] = set()
    stack: list[Any] = []
    for e in events:
        if e.kind == "call_begin":
            stack.append(e)
        elif e.kind == "forward_begin" and stack and stack[-1].f == e.f:
            found.add(stack[-1].i)
        elif e.kind == "call_end" and stack:
            stack.pop()
    return found
