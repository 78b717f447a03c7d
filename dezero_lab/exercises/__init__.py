"""The exercises: one module per chapter (`ch01` to `ch60`), per column (`column_a`, ...), appendix (`appendix_a`), primer (`primer_1`)
and bridge (`bridge_1`).

Each defines `EXERCISES` and `QUESTIONS`. Modules are imported when asked for.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from types import ModuleType

from dezero_lab.grading.exercise import Exercise, Question

_ID = re.compile(r"^[EPS](?:(\d\d)|([capx])([A-Z]|\d))(?:\.\d+[a-z]?)?$")
_PARTS = {"c": "column", "a": "appendix", "p": "primer", "x": "bridge"}


def load(exercise_id: str) -> Exercise:
    """The exercise of an id such as "E07.2", "EcA.1" (column A) or "EaB.1" (appendix B).

    Raises KeyError that names the exercises there are.
    """
    found = {e.id: e for e in chapter(_module_name(exercise_id))}
    if exercise_id not in found:
        raise KeyError(
            f"there is no exercise {exercise_id!r}; this chapter has {', '.join(found) or 'none yet'}."
        )
    return found[exercise_id]


def question(question_id: str) -> Question:
    """The prediction of an id such as "P07". Raises KeyError that names the ones there are."""
    found = {q.id: q for q in questions(_module_name(question_id))}
    if question_id not in found:
        raise KeyError(
            f"there is no question {question_id!r}; this chapter has {', '.join(found) or 'none yet'}."
        )
    return found[question_id]


def chapter(n: int | str) -> list[Exercise]:
    """The exercises of a chapter (7 or "ch07"), a column ("column_a"), an appendix, a primer or a bridge, in order.

    Raises KeyError that names the ones there are.
    """
    return list(getattr(_module(n), "EXERCISES", ()))


def questions(n: int | str) -> list[Question]:
    """The predictions of a chapter, in order."""
    return list(getattr(_module(n), "QUESTIONS", ()))


def chapters() -> list[str]:
    """The names of all modules there are, in reading order: "ch01", ..., "column_a", ..."""
    return sorted(
        m.name for m in pkgutil.iter_modules(__path__) if not m.ispkg and not m.name.startswith("_")
    )


def all() -> list[Exercise]:
    """Every exercise of the course."""
    return [e for name in chapters() for e in chapter(name)]


def _module_name(some_id: str) -> str:
    match = _ID.match(some_id) if isinstance(some_id, str) else None
    if match is None:
        raise KeyError(
            f"{some_id!r} is not the id of an exercise or question; ids look like E07.2, P07, EcA.1."
        )
    number, part, name = match.groups()
    return f"ch{number}" if number else f"{_PARTS[part]}_{name.lower()}"


def _module(n: int | str) -> ModuleType:
    name = f"ch{n:02d}" if isinstance(n, int) else n
    if name not in chapters():
        raise KeyError(f"there are no exercises for {n!r}; there are {', '.join(chapters())}.")
    return importlib.import_module(f"{__name__}.{name}")
