"""The learner's work list as the line events show it: what was put in, taken out, and met again but not put in."""

from __future__ import annotations

from collections import Counter
from typing import Any

from dezero_lab.trace import Tape


def taking_end(tape: Tape) -> str | None:
    """From which end the loop takes: "right", "left", "sorted" (a heap), or None when no recorded list tells.

    A list that never holds two functions cannot tell; then the right end is assumed where something was taken at all,
    which is what ``list.pop()`` does.
    """
    votes: Counter[str] = Counter()
    before: tuple[Any, ...] = ()
    for event in tape.events:
        if event.kind == "sweep_begin":
            before = ()
        work = getattr(event, "work", None)
        if event.kind != "line" or work is None:
            continue
        items = tuple(work.items)
        if work.heap:
            return "sorted"
        if len(items) == len(before) - 1:
            if len(before) == 1:
                votes["any"] += 1
            elif items == before[:-1]:
                votes["right"] += 1
            elif items == before[1:]:
                votes["left"] += 1
            else:
                votes["sorted"] += 1
        before = items
    told = [end for end in ("sorted", "left", "right") if votes[end]]
    if told:
        return max(told, key=lambda end: votes[end])
    return "right" if votes["any"] else None


class WorkList:
    """Follows one sweep after the other."""

    def __init__(self, end: str | None) -> None:
        self.end = end
        self.reset()

    def reset(self) -> None:
        """A new sweep starts with an unknown list."""
        self.name = ""
        self.items: list[str] = []
        self.gens: list[int | None] = []
        self.put: list[str] = []
        self.out: str | None = None
        self._known = False
        self._pushed: list[int] = []
        self._refused: list[str] = []
        self._met: set[str] = set()
        self._expected: list[str] = []

    @property
    def news(self) -> bool:
        return bool(self._pushed or self._refused)

    def will_take(self, line: Any) -> bool:
        """Whether something has left the list at this line."""
        return line.work is not None and bool(Counter(self.items) - Counter(f for f in line.work.items if f))

    def see(self, line: Any) -> str | None:
        """Compare with the list at this line: "put", "took" or None."""
        if line.work is None:
            return None
        items = [f for f in line.work.items if f is not None]
        more = Counter(items) - Counter(self.items)
        fewer = Counter(self.items) - Counter(items)
        self.name, self._known = line.work.name, True
        self.gens = [g for f, g in zip(line.work.items, line.work.gens, strict=False) if f is not None]
        self.items = items
        if more:
            self.put = list(more.elements())
            self._pushed = [i for i, f in enumerate(items) if f in more]
            self._met.update(more)
            self._expected = [f for f in self._expected if f not in more]
            return "put"
        if fewer:
            self.out = next(iter(fewer))
            self._met.add(self.out)
            return "took"
        return None

    def expect(self, creator: str | None) -> None:
        """A variable got its gradient: its creator should be in the list soon, or have been met before."""
        if self._known and creator is not None:
            self._expected.append(creator)

    def refused(self) -> list[str]:
        """Creators met before and not put in again since they were expected; asking forgets the expectations."""
        waiting, self._expected = self._expected, []
        self._refused = [f for f in dict.fromkeys(waiting) if f in self._met]
        return self._refused

    def put_names(self, tape: Tape) -> str:
        return ", ".join(f"`{tape.label(f)}`" for f in self.put)

    def to_json(self) -> dict[str, Any] | None:
        """The list as the player shows it; None before it was seen."""
        if not self._known:
            return None
        gens = self.gens + [None] * len(self.items)
        return {
            "name": self.name,
            "items": [[f, g] for f, g in zip(self.items, gens, strict=False)],
            "take": self.end,
            "out": self.out,
        }

    def take_news(self) -> dict[str, Any]:
        """What is new in this step, once."""
        news = {"pushed": self._pushed, "refused": self._refused}
        self._pushed, self._refused = [], []
        return {key: value for key, value in news.items() if value}
