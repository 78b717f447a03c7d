"""The tape: everything one recording found out, replayable without the objects it was taken from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from dezero_lab.trace import events as ev
from dezero_lab.trace.events import Event, Id, Line, StackEntry, Work
from dezero_lab.trace.snapshot import Snapshot

VERSION = 1
KIND = "dezero_lab.tape"


@dataclass(frozen=True, slots=True)
class VariableInfo:
    """Who a variable is: id, label, every name the learner used for it, class name as written."""

    id: Id
    label: str
    names: tuple[str, ...]
    cls: str


@dataclass(frozen=True, slots=True)
class FunctionInfo:
    """Who a function is; its label is its class name exactly as written."""

    id: Id
    label: str
    cls: str


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one of the learner's functions; `lines[0]` is line `first_line` of `file`."""

    id: Id
    title: str
    file: str
    first_line: int
    lines: tuple[str, ...]

    def text(self) -> str:
        """All lines as one text."""
        return "\n".join(self.lines)

    def line(self, lineno: int) -> str:
        """One line by its number in the file, without indentation; "" when it is not part of this source."""
        k = lineno - self.first_line
        return self.lines[k].strip() if 0 <= k < len(self.lines) else ""


@dataclass(slots=True)
class State:
    """The world after an event.

    Attributes:
        data, grad: what each variable holds, by id; None where there is nothing.
        links: the learner's own links, {(owner, "creator"): ("f1",), (owner, "generation"): (2,)}.
        active: open brackets from the outside in, as (kind, id) with kind call/forward/backward/sweep.
        line, stack, work: the last line event of the learner's code, its call stack, its work list.
        visits: how often each function's backward ran in the current sweep.
        phase: "idle", "forward" or "backward"; sweep: number of the current or last sweep, 0 before the first.
        error: the last error event, if there was one.
    """

    data: dict[Id, Snapshot | None] = field(default_factory=dict)
    grad: dict[Id, Snapshot | None] = field(default_factory=dict)
    links: dict[tuple[Id, str], tuple[Id | int | None, ...]] = field(default_factory=dict)
    active: list[tuple[str, Id]] = field(default_factory=list)
    line: Line | None = None
    stack: tuple[StackEntry, ...] = ()
    work: Work | None = None
    visits: dict[Id, int] = field(default_factory=dict)
    phase: str = "idle"
    sweep: int = 0
    error: ev.Error | None = None

    def apply(self, event: Event) -> None:
        """Move on by one event."""
        match event:
            case ev.Line():
                self.line, self.stack, self.work = event, event.stack, event.work
            case ev.Grad():
                self.grad[event.v] = event.new
            case ev.Data():
                self.data[event.v] = event.new
            case ev.VariableSeen():
                self.data[event.v], self.grad[event.v] = event.data, event.grad
            case ev.Link():
                found = event.targets if event.value is None else (event.value,)
                self.links[event.owner, event.attr] = found
            case ev.CallBegin():
                self._open("call", event.f)
            case ev.ForwardBegin():
                self._open("forward", event.f)
            case ev.BackwardBegin():
                self.visits[event.f] = event.visit
                self._open("backward", event.f)
            case ev.SweepBegin():
                self.sweep, self.visits, self.work = event.n, {}, None
                self._open("sweep", event.v)
            case ev.CallEnd() | ev.ForwardEnd() | ev.BackwardEnd() | ev.SweepEnd():
                self._close()
            case ev.Error():
                self.error = event
            case ev.Mark(text_id="caught_up"):
                self.active, self.work, self.line, self.stack = [], None, None, ()
                self.phase = "idle"

    def _open(self, kind: str, name: Id) -> None:
        self.active.append((kind, name))
        self._set_phase()

    def _close(self) -> None:
        if self.active:
            self.active.pop()
        if not self.active:
            self.line, self.stack, self.work = None, (), None
        self._set_phase()

    def _set_phase(self) -> None:
        if not self.active:
            self.phase = "idle"
        else:
            back = any(kind in ("sweep", "backward") for kind, _ in self.active)
            self.phase = "backward" if back else "forward"

    def copy(self) -> State:
        """An independent state with the same content."""
        return State(
            dict(self.data), dict(self.grad), dict(self.links), list(self.active), self.line, self.stack,
            self.work, dict(self.visits), self.phase, self.sweep, self.error,
        )  # fmt: skip


class Tape:
    """One recording: a list of events and the names that go with their ids.

    >>> import numpy as np
    >>> from dezero_lab.trace import record
    >>> class Variable:
    ...     def __init__(self, data):
    ...         self.data = data
    >>> with record(Variable) as tape:
    ...     x = Variable(np.array(2.0))
    ...     x.data = np.array(3.0)
    >>> [event.kind for event in tape.events]
    ['variable', 'data']
    >>> tape.state(0).data["v1"].values, tape.state().data["v1"].values
    ((2.0,), (3.0,))
    >>> Tape.from_json(tape.to_json()) == tape
    True
    """

    def __init__(self, title: str = "") -> None:
        self.title = title
        self.events: list[Event] = []
        self.variables: dict[Id, VariableInfo] = {}
        self.functions: dict[Id, FunctionInfo] = {}
        self.sources: dict[Id, Source] = {}

    def state(self, k: int | None = None) -> State:
        """The state after event `k`, folded from the first event; after the last one when `k` is None.

        Raises IndexError when there is no event `k`; -1 is the state before the first event.
        """
        last = len(self.events) - 1
        k = last if k is None else k
        if not -1 <= k <= last:
            raise IndexError(f"the tape has events 0 to {last}, not {k}")
        state = State()
        for event in self.events[: k + 1]:
            state.apply(event)
        return state

    def states(self) -> Iterator[State]:
        """The state after every event in turn, each independent of the others, in one pass over the tape."""
        state = State()
        for event in self.events:
            state.apply(event)
            yield state.copy()

    def label(self, name: Id | None) -> str:
        """The label of a variable or function id; "?" for None or an unknown id."""
        if name is None:
            return "?"
        info = self.variables.get(name) or self.functions.get(name)
        return info.label if info is not None else "?"

    def to_json(self) -> dict[str, Any]:
        """Plain dictionaries and lists, ready for `json.dumps(..., allow_nan=False)`."""
        return {
            "version": VERSION,
            "kind": KIND,
            "title": self.title,
            "variables": [
                {"id": v.id, "label": v.label, "names": list(v.names), "cls": v.cls}
                for v in self.variables.values()
            ],
            "functions": [{"id": f.id, "label": f.label, "cls": f.cls} for f in self.functions.values()],
            "sources": [
                {
                    "id": s.id,
                    "title": s.title,
                    "file": s.file,
                    "first_line": s.first_line,
                    "lines": list(s.lines),
                }
                for s in self.sources.values()
            ],
            "events": [event.to_json() for event in self.events],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Tape:
        """The tape a dictionary describes. Raises ValueError when it is something else or too new."""
        if data.get("kind") != KIND:
            raise ValueError(f"this is {data.get('kind')!r}, not {KIND!r}: was another file meant?")
        if data.get("version") != VERSION:
            raise ValueError(
                f"this tape has version {data.get('version')!r}, this program reads version {VERSION}; "
                "update dezero-lab or record again"
            )
        tape = cls(data["title"])
        for v in data["variables"]:
            tape.variables[v["id"]] = VariableInfo(v["id"], v["label"], tuple(v["names"]), v["cls"])
        for f in data["functions"]:
            tape.functions[f["id"]] = FunctionInfo(f["id"], f["label"], f["cls"])
        for s in data["sources"]:
            source = Source(s["id"], s["title"], s["file"], s["first_line"], tuple(s["lines"]))
            tape.sources[source.id] = source
        tape.events = [Event.from_json(event) for event in data["events"]]
        return tape

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tape):
            return NotImplemented
        return vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        return len(self.events)

    def __repr__(self) -> str:
        return (
            f"<Tape {self.title!r}: {len(self.events)} events, {len(self.variables)} variables, "
            f"{len(self.functions)} functions>"
        )
