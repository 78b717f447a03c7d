"""The facts a recording consists of, one frozen class per kind, and their JSON form.

Every event knows its index `i` on the tape. Variables and functions are named by ids ("v1", "f1"), values by
`Snapshot`. Begin and end events always come in properly nested pairs; an end without results ([]) means that
an exception left the bracket.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, ClassVar

from dezero_lab.trace.snapshot import Snapshot

Id = str
Snapshots = tuple[Snapshot, ...]
MaybeIds = tuple[Id | None, ...]


@dataclass(frozen=True, slots=True)
class StackEntry:
    """One of the learner's frames: source id, function name, line it is on."""

    s: Id
    name: str
    lineno: int


@dataclass(frozen=True, slots=True)
class Work:
    """The learner's work list: its name, the functions (or variables) waiting in it, their generations."""

    name: str
    items: MaybeIds
    gens: tuple[int | None, ...]
    heap: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """What all events share: a kind and an index."""

    kind: ClassVar[str] = ""
    i: int

    def to_json(self) -> dict[str, Any]:
        """{"k": kind, "i": index, ...fields}."""
        out: dict[str, Any] = {"k": self.kind, "i": self.i}
        for name in _FIELDS[self.kind]:
            encode = _CODECS.get(name)
            value = getattr(self, name)
            out[name] = value if encode is None or value is None else encode[0](value)
        return out

    @staticmethod
    def from_json(data: dict[str, Any]) -> Event:
        """The event a dictionary describes. Raises ValueError for an unknown kind."""
        kind = data.get("k")
        cls = KINDS.get(kind) if isinstance(kind, str) else None
        if cls is None:
            raise ValueError(f"unknown event kind {kind!r}; known are {', '.join(KINDS)}")
        values: dict[str, Any] = {"i": data["i"]}
        for name in _FIELDS[cls.kind]:
            decode = _CODECS.get(name)
            value = data[name]
            values[name] = value if decode is None or value is None else decode[1](value)
        return cls(**values)


@dataclass(frozen=True, slots=True)
class VariableSeen(Event):
    """First sight of a variable, with what it held at that moment."""

    kind = "variable"
    v: Id
    data: Snapshot | None
    grad: Snapshot | None


@dataclass(frozen=True, slots=True)
class FunctionSeen(Event):
    """First sight of a function."""

    kind = "function"
    f: Id


@dataclass(frozen=True, slots=True)
class CallBegin(Event):
    """A function is called; arguments that are no variables are None."""

    kind = "call_begin"
    f: Id
    inputs: MaybeIds


@dataclass(frozen=True, slots=True)
class ForwardBegin(Event):
    """`forward` received these values."""

    kind = "forward_begin"
    f: Id
    args: Snapshots


@dataclass(frozen=True, slots=True)
class ForwardEnd(Event):
    """`forward` returned these values."""

    kind = "forward_end"
    f: Id
    results: Snapshots


@dataclass(frozen=True, slots=True)
class CallEnd(Event):
    """The call returned. `inputs` again, now with the variables a number was wrapped into on the way."""

    kind = "call_end"
    f: Id
    inputs: MaybeIds
    outputs: MaybeIds


@dataclass(frozen=True, slots=True)
class Link(Event):
    """A link of the learner's own: targets for creator/input(s)/output(s), `value` for generation."""

    kind = "link"
    owner: Id
    attr: str
    targets: MaybeIds
    value: int | None


@dataclass(frozen=True, slots=True)
class SweepBegin(Event):
    """The outermost `backward()` of a variable starts; `n` counts sweeps from 1."""

    kind = "sweep_begin"
    v: Id
    n: int


@dataclass(frozen=True, slots=True)
class SweepEnd(Event):
    """It ended."""

    kind = "sweep_end"
    v: Id
    n: int


@dataclass(frozen=True, slots=True)
class BackwardBegin(Event):
    """`backward` of a function received these values; `visit` counts its visits in this sweep from 1."""

    kind = "backward_begin"
    f: Id
    args: Snapshots
    visit: int


@dataclass(frozen=True, slots=True)
class BackwardEnd(Event):
    """It returned these values."""

    kind = "backward_end"
    f: Id
    results: Snapshots


@dataclass(frozen=True, slots=True)
class Grad(Event):
    """The gradient of a variable changed: op is "set", "clear" or "inplace" (same memory, other numbers)."""

    kind = "grad"
    v: Id
    old: Snapshot | None
    new: Snapshot | None
    op: str


@dataclass(frozen=True, slots=True)
class Data(Event):
    """The data of a variable changed: op is "set", "clear" or "inplace"."""

    kind = "data"
    v: Id
    old: Snapshot | None
    new: Snapshot | None
    op: str


@dataclass(frozen=True, slots=True)
class Line(Event):
    """A line of the learner's code is about to run; `stack` holds the innermost frames, outermost first."""

    kind = "line"
    s: Id
    lineno: int
    depth: int
    stack: tuple[StackEntry, ...]
    work: Work | None


@dataclass(frozen=True, slots=True)
class Error(Event):
    """An exception left the code of `where`."""

    kind = "error"
    where: Id | None
    type: str
    message: str
    lineno: int | None


@dataclass(frozen=True, slots=True)
class Mark(Event):
    """A remark of the recorder itself, e.g. text_id "truncated" with the numbers its sentence needs."""

    kind = "mark"
    text_id: str
    values: dict[str, int | str]


KINDS: dict[str, type[Event]] = {
    cls.kind: cls
    for cls in (
        VariableSeen, FunctionSeen, CallBegin, ForwardBegin, ForwardEnd, CallEnd, Link, SweepBegin, SweepEnd,
        BackwardBegin, BackwardEnd, Grad, Data, Line, Error, Mark,
    )
}  # fmt: skip

_FIELDS = {kind: tuple(f.name for f in fields(cls) if f.name != "i") for kind, cls in KINDS.items()}


def _snaps(values: list[dict[str, Any]]) -> Snapshots:
    return tuple(Snapshot.from_json(v) for v in values)


def _stack_to(stack: tuple[StackEntry, ...]) -> list[dict[str, Any]]:
    return [{"s": e.s, "name": e.name, "lineno": e.lineno} for e in stack]


def _stack_from(stack: list[dict[str, Any]]) -> tuple[StackEntry, ...]:
    return tuple(StackEntry(e["s"], e["name"], e["lineno"]) for e in stack)


def _work_to(work: Work) -> dict[str, Any]:
    return {"name": work.name, "items": list(work.items), "gens": list(work.gens), "heap": work.heap}


def _work_from(work: dict[str, Any]) -> Work:
    return Work(work["name"], tuple(work["items"]), tuple(work["gens"]), work["heap"])


# A field of one name has one type in every event, so its way to JSON and back is found by name.
_CODECS: dict[str, tuple[Any, Any]] = {
    **dict.fromkeys(("data", "grad", "old", "new"), (Snapshot.to_json, Snapshot.from_json)),
    **dict.fromkeys(("args", "results"), (lambda values: [v.to_json() for v in values], _snaps)),
    **dict.fromkeys(("inputs", "outputs", "targets"), (list, tuple)),
    "stack": (_stack_to, _stack_from),
    "work": (_work_to, _work_from),
    "values": (dict, dict),
}
