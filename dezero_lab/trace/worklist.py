"""What waits in the learner's work list, found in the locals of the running frame whatever its name."""

from __future__ import annotations

import re
from collections import deque
from types import FrameType
from typing import Any

from dezero_lab.trace.events import Work
from dezero_lab.trace.learner import MISSING, read
from dezero_lab.trace.ledger import Ledger
from dezero_lab.trace.tape import Source

MAX_WORK = 200
# How a work list shows in the text: something is taken out of it, or a loop runs as long as it lasts.
_TAKEN = re.compile(
    r"\b(\w+)\s*\.\s*(?:pop|popleft|get|get_nowait|remove)\b|heap\w*pop\w*\(\s*(\w+)|\bdel\s+(\w+)"
    r"|\b(\w+)\s*=\s*\4\s*\[|\*\s*(\w+)\s*=|\*\s*(\w+)\s*,.*="
)
_LOOPED = re.compile(r"\bwhile\b(.*):|\bfor\s+\w+\s+in\s+(?:\w+\(\s*)?(\w+)\s*[:,)\[]")


class LearnerFrame:
    """A learner's frame on the stack."""

    __slots__ = ("frame", "lineno", "name", "source")

    def __init__(self, frame: FrameType, source: Source) -> None:
        self.frame = frame
        self.source = source
        self.name = frame.f_code.co_name
        self.lineno = frame.f_lineno


class WorkList:
    """Remembers in which frame the work list lives, and shows what is in it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._owner: tuple[FrameType, str] | None = None
        self._candidates: dict[int, dict[str, bool]] = {}

    def show(self, frames: list[LearnerFrame]) -> Work | None:
        """The work list as seen from the innermost of the learner's frames; None when there is none."""
        if self._owner is None:
            self._owner = self._find(frames)
        if self._owner is None:
            return None
        frame, name = self._owner
        items = _items(frame.f_locals.get(name))
        if items is None:
            return None
        ledger = self._ledger
        things = [self._inside(item) for item in items[:MAX_WORK]]
        gens = [read(thing, "generation") for thing in things]
        return Work(
            name,
            tuple(ledger.function(thing) or ledger.variable(thing) for thing in things),
            tuple(gen if type(gen) is int else None for gen in gens),
            any(type(item) is tuple for item in items),
        )

    def leave(self, frame: FrameType) -> None:
        """The frame is done, and its work list with it."""
        if self._owner is not None and self._owner[0] is frame:
            self._owner = None

    def forget(self) -> None:
        """Let go of the frame."""
        self._owner = None

    def _find(self, frames: list[LearnerFrame]) -> tuple[FrameType, str] | None:
        """A local container of functions that is emptied or looped over; of variables if it is emptied."""
        top = frames[-1]
        candidates = self._candidates.get(id(top.frame.f_code))
        if candidates is None:
            candidates = self._candidates[id(top.frame.f_code)] = _candidates(top)
        if not candidates:
            return None
        kinds, ranked = self._ledger.kinds, []
        found = top.frame.f_locals
        for name, taken in candidates.items():
            items = _items(found.get(name))
            if not items:
                continue
            things = [self._inside(item) for item in items[:MAX_WORK]]
            if any(kinds.is_function(thing) for thing in things):
                ranked.append((not taken, name))
            elif taken and all(kinds.is_variable(thing) for thing in things):
                ranked.append((True, name))
        if not ranked:
            return None
        name = min(ranked, key=lambda found: found[0])[1]
        return (_home(frames, name), name)

    def _inside(self, item: Any) -> Any:
        """The function in an entry of a heap; other items are what they are."""
        if type(item) in (tuple, list):
            for part in item:
                if self._ledger.kinds.is_function(part):
                    return part
        return item


def _candidates(top: LearnerFrame) -> dict[str, bool]:
    """Locals that may be a work list by the text of their function, and whether things are taken out of them."""
    code, text = top.frame.f_code, top.source.text()
    names = (*code.co_varnames, *code.co_cellvars, *code.co_freevars)
    if not text:
        return dict.fromkeys(names, True)
    taken = {word for found in _TAKEN.findall(text) for word in found if word}
    looped = {word for found in _LOOPED.findall(text) for part in found for word in re.findall(r"\w+", part)}
    return {name: name in taken for name in names if name in taken or name in looped}


def _home(frames: list[LearnerFrame], name: str) -> FrameType:
    """The frame a local belongs to: a helper inside `backward` sees its method's list from within."""
    inner = frames[-1].frame
    if name in inner.f_code.co_freevars:
        for entry in frames:
            if name in entry.frame.f_code.co_cellvars:
                return entry.frame
    return inner


def _items(value: Any) -> list[Any] | None:
    """The elements of a list, deque, set or queue, past any method of a subclass; None for anything else."""
    kind = type(value)
    if issubclass(kind, list):
        return list(list.__iter__(value))
    if issubclass(kind, deque):
        return list(deque.__iter__(value))
    if kind is set:
        return list(value)
    if kind.__module__ == "queue":
        inner = read(value, "queue")
        return None if inner is MISSING else _items(inner)
    return None
