"""The hand that writes on the tape, and stops before the tape grows too large."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from dezero_lab.trace.events import Event, Mark, StackEntry, Work
from dezero_lab.trace.snapshot import Snapshot
from dezero_lab.trace.tape import Tape


class Writer:
    """Appends events within limits, and tells a listener of each.

    Attributes:
        full: nothing more is written, except remarks.
        depth: how many begin events still wait for their end.
        held: the size of what the variables hold at the moment. Room for writing that down once more is always
            kept, so that a tape that was cut off can still end with the right numbers.
    """

    def __init__(
        self,
        tape: Tape,
        max_events: int,
        max_bytes: int,
        on_event: Callable[[Event], object] | None = None,
    ) -> None:
        self.tape = tape
        self.full = False
        self.depth = 0
        self.held = 0
        self._max_events = max_events
        self._max_bytes = max_bytes
        self._bytes = 0
        self._on_event = on_event

    def emit(self, cls: type[Event], **values: Any) -> bool:
        """Append an event; False when the tape is full. The first one that does not fit becomes a remark."""
        if self.full:
            return False
        event = cls(i=len(self.tape.events), **values)
        size = weight(event)
        # At the end each variable may need one event for its data and one for its gradient.
        spare = 2 * len(self.tape.variables) + 4
        too_many = event.i + spare >= self._max_events
        if too_many or self._bytes + size + 2 * self.held + 150 * spare > self._max_bytes:
            self.full = True
            self.remark("truncated", events=event.i, limit="events" if too_many else "bytes")
            return False
        if event.kind.endswith("_begin"):
            self.depth += 1
        elif event.kind.endswith("_end"):
            self.depth -= 1
        self._append(event, size)
        return True

    def count(self, size: int) -> None:
        """Let `size` further bytes (names, source text) count towards the limit."""
        self._bytes += size

    def remark(self, text_id: str, **values: int | str) -> None:
        """Append a remark, even to a full tape."""
        self._append(Mark(len(self.tape.events), text_id, values), 100)

    def reopen(self) -> None:
        """Make use of the room that was kept."""
        self.full = False
        self._max_events = self._max_bytes = sys.maxsize

    def close(self) -> None:
        """Write nothing more, and let go of the listener."""
        self.full = True
        self._on_event = None

    def _append(self, event: Event, size: int) -> None:
        self._bytes += size
        self.tape.events.append(event)
        if self._on_event is not None:
            try:
                self._on_event(event)
            except Exception as error:
                self._on_event = None
                self.remark("listener_failed", type=type(error).__name__, message=str(error)[:200])


def weight(thing: Any) -> int:
    """About how many bytes of JSON this becomes; rather too many than too few."""
    if thing is None:
        return 4
    if type(thing) is Snapshot:
        size = 70 + 22 * len(thing.values or ()) + len(thing.text or "")
        return size + (120 + 14 * 64 if thing.stats is not None else 0)
    if issubclass(type(thing), Event):
        size = 60
        for name in thing.__slots__:
            value = getattr(thing, name)
            kind = type(value)
            if kind is tuple:
                size += sum(weight(item) for item in value)
            elif kind is Snapshot or kind is Work:
                size += 12 + weight(value)
            elif kind is str:
                size += 12 + len(value)
            else:
                size += 16
        return size
    if type(thing) is StackEntry:
        return 45 + len(thing.name)
    if type(thing) is Work:
        return 60 + 14 * len(thing.items)
    return 8
