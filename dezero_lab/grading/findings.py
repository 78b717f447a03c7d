"""What one assertion found, and the other small facts a check collects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dezero_lab.grading.exercise import T

Cause = T | str | None  # a text, or the id of a generic diagnosis


class Missing(Exception):
    """Names the check needs are not defined: not attempted, or a cell was not run."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = tuple(names)


@dataclass(frozen=True)
class Call:
    """One call that `Case.watch` saw: of which class, of which function (numbered by first call), with what."""

    function: str
    number: int
    method: str
    args: tuple[Any, ...]


@dataclass
class Finding:
    """The result of one assertion."""

    kind: str
    name: str
    ok: bool
    yours: Any = None
    expected: Any = None
    difference: float | None = None
    text: T | None = (
        None  # the observation in words, where the author or the assertion knows better than `diagnose`
    )
    cause: Cause = None
    upstream: Any = None
    at: Any = None
    shares: Sequence[Any] = ()


def error_name(error: BaseException) -> str:
    """An error as an observation: its class, and the name it is about, but not its wording."""
    name = getattr(error, "name", None)
    return f"{type(error).__name__} {name}" if isinstance(name, str) else type(error).__name__
