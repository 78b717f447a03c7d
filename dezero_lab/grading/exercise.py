"""What an exercise is: plain data and one check function. Authors write these in `dezero_lab/exercises/chNN.py`."""

from __future__ import annotations

import importlib
import linecache
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from dezero_lab.grading.checks import Check


@dataclass(frozen=True)
class T:
    """A text in English and Korean. Both are required; `text[lang]` picks one.

    >>> T("the box", "상자")["ko"]
    '상자'
    >>> T("{n} boxes", "상자 {n}개").format(n=2).en
    '2 boxes'
    """

    en: str
    ko: str

    def __getitem__(self, lang: str) -> str:
        return self.ko if lang == "ko" else self.en

    def format(self, **values: Any) -> T:
        """Both texts with their `{name}` filled in."""
        return T(self.en.format(**values), self.ko.format(**values))

    def __add__(self, other: T) -> T:
        return T(f"{self.en} {other.en}", f"{self.ko} {other.ko}")

    def to_json(self) -> dict[str, str]:
        """`{"en": ..., "ko": ...}`, as the browser reads it."""
        return {"en": self.en, "ko": self.ko}


@dataclass(frozen=True)
class Wrong:
    """A mistake people make, as data: how the reference turns into it, and the hint it deserves.

    replace: pairs `(old, new)` applied to the reference source; each `old` must occur there, exactly once unless it is
    meant to be replaced everywhere (then give `everywhere=True`). Or `source`: the whole faulty source.
    hint: the text, or the id of a generic diagnosis ("D02") whose text says it already.
    alike: ids of wrong answers of the same exercise that give the same numbers; any of the hints will do.
    accepted: not wrong, only worth a note: the check passes and the hint is shown as the next thing to think about.
    """

    id: str
    replace: Sequence[tuple[str, str]] = ()
    hint: T | str = ""
    source: str | None = None
    everywhere: bool = False
    alike: tuple[str, ...] = ()
    accepted: bool = False

    def apply(self, reference: str) -> str:
        """The faulty source. Raises ValueError naming this wrong answer when a replacement does not fit."""
        if self.source is not None:
            return self.source
        if not self.replace:
            raise ValueError(f"{self.id}: give replace=[(old, new), ...] or source='...'")
        for old, new in self.replace:
            found = reference.count(old)
            if found == 0:
                raise ValueError(
                    f"{self.id}: the reference does not contain {old!r}. "
                    "The solution in chapters/src changed? Copy the line from it again."
                )
            if found > 1 and not self.everywhere:
                raise ValueError(
                    f"{self.id}: {old!r} occurs {found} times in the reference. "
                    "Take a longer piece of the source, or say everywhere=True."
                )
            reference = reference.replace(old, new)
        return reference


@dataclass(frozen=True)
class Question:
    """A prediction. kind "choice": `answer` is the index into `options`; kind "number": the value, right within `tolerance`."""

    id: str
    prompt: T
    answer: int | float
    reveal: T
    options: Sequence[T] = ()
    kind: str = "choice"
    tolerance: float = 1e-6

    def right(self, given: float | None) -> bool:
        """Whether an answer is right; a skipped one (None) is not."""
        if given is None:
            return False
        return given == self.answer if self.kind == "choice" else abs(given - self.answer) <= self.tolerance


@dataclass(frozen=True)
class Exercise:
    """One graded task.

    needs: the names the learner defines. check: `check(c)`, see `dezero_lab.grading`.
    given: what is there before: "ch05" (the solved classes after chapter 5), a dotted module name, or None.
    after: earlier exercises whose reference is applied first. wrongs: the mistakes whose hints are proven.
    hints: the ladder: where, why, what in words. limit: seconds a check may take.
    reference, starter: read from `exercises/solutions` and `exercises/starters` (generated from the chapter's text)
    unless given here.
    """

    id: str
    title: T
    needs: tuple[str, ...]
    check: Callable[[Check], None]
    core: bool = False
    given: str | None = None
    after: tuple[str, ...] = ()
    wrongs: Sequence[Wrong] = ()
    hints: tuple[T, ...] = ()
    limit: float = 5.0
    reference_source: str | None = None
    starter_source: str | None = None

    @property
    def reference(self) -> str:
        """The source of the reference solution."""
        return self.reference_source if self.reference_source is not None else _source("solutions", self.id)

    @property
    def starter(self) -> str:
        """The source the learner begins with."""
        return self.starter_source if self.starter_source is not None else _source("starters", self.id)

    def before(self) -> dict[str, Any]:
        """A fresh namespace as it is before the learner starts: NumPy, the given names, earlier references."""
        from dezero_lab import exercises  # exercises imports this module

        space: dict[str, Any] = {"__name__": "__main__", "np": np}
        if self.given and "." not in self.given:
            # Run, not imported: a Function must make the Variable of this namespace, also after it was redefined.
            execute(_stage_source(self.given), space, f"<{self.given}>")
            space.pop("__all__", None)
        elif self.given:
            space.update(public_names(given_module(self.given)))
        for earlier in self.after:
            execute(exercises.load(earlier).reference, space, f"<reference {earlier}>")
        return space

    def build(self, source: str, title: str = "") -> dict[str, Any]:
        """`before()` with a source run in it: the reference, the starter, or a wrong answer."""
        space = self.before()
        execute(source, space, f"<{title or self.id}>")
        return space


def execute(source: str, space: dict[str, Any], filename: str) -> None:
    """Run a source in a namespace; tracebacks and the step player can show its lines."""
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    exec(compile(source, filename, "exec"), space)  # noqa: S102 - the course's own text, or the learner's own cells


def given_module(name: str) -> ModuleType:
    """The module behind `given`: "ch05" means `dezero_lab.stages.ch05`."""
    return importlib.import_module(name if "." in name else f"dezero_lab.stages.{name}")


def public_names(module: ModuleType) -> dict[str, Any]:
    """What `from module import *` would bind, modules left out."""
    names = getattr(module, "__all__", None) or [n for n in vars(module) if not n.startswith("_")]
    found = {n: getattr(module, n) for n in names}
    return {n: v for n, v in found.items() if not isinstance(v, ModuleType)}


@cache
def _stage_source(name: str) -> str:
    file = resources.files("dezero_lab.stages").joinpath(f"{name}.py")
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise FileNotFoundError(
            f"there is no stage {name!r}; stages are dezero_lab/stages/chNN.py, generated by chapters/build.py."
        ) from None


@cache
def _source(folder: str, exercise_id: str) -> str:
    file = resources.files("dezero_lab.exercises") / folder / f"{exercise_id.replace('.', '_')}.py"
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise FileNotFoundError(
            f"{exercise_id} has no file dezero_lab/exercises/{folder}/{exercise_id.replace('.', '_')}.py. "
            f"It is generated from '# BEGIN SOLUTION {exercise_id}' in chapters/src by chapters/build.py; run that first."
        ) from None
