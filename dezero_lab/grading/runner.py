"""`grade(exercise, namespace)`: run a check on a learner's names, guarded, and say what came out."""

from __future__ import annotations

import contextlib
import io
import random
import secrets
import time
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from dezero_lab.grading import values
from dezero_lab.grading.cases import PUBLISHED_SEED
from dezero_lab.grading.checks import Case, Check, Finding, Missing, error_name
from dezero_lab.grading.diagnose import GENERIC, Diagnosis, diagnose
from dezero_lab.grading.exercise import Exercise, T, Wrong
from dezero_lab.grading.guard import Guard, Stopped, memory_limit, untouched
from dezero_lab.grading.report import Report, Row, Verdict
from dezero_lab.grading.shrink import smallest

_VARIANT_SECONDS = 1.0
_NOTHING = object()
_STARTER = Wrong("starter")
_BEFORE = Wrong("before")


@dataclass
class Run:
    """One run of a check on one namespace with one seed."""

    seed: int
    cases: list[Case] = field(default_factory=list)
    observations: list[tuple[int, str, Any]] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    stopped: bool = False

    @property
    def ok(self) -> bool:
        return bool(self.cases) and not self.missing and not self.stopped and all(c.ok for c in self.cases)

    @property
    def failing(self) -> list[Case]:
        return [c for c in self.cases if not c.ok]

    def same_as(self, other: Run) -> bool:
        """Whether another run made the same observations."""
        if self.missing != other.missing or self.stopped != other.stopped:
            return False
        if len(self.observations) != len(other.observations):
            return False
        return all(
            a[:2] == b[:2] and values.same(a[2], b[2])
            for a, b in zip(self.observations, other.observations, strict=True)
        )


def run_check(
    exercise: Exercise,
    space: MutableMapping[str, Any],
    seed: int = PUBLISHED_SEED,
    coarse: int = 0,
    limit: float = 5.0,
) -> Run:
    """Run the check once. What the learner's code does wrong is in the run; nothing is raised, nothing is left behind."""
    run = Run(seed)
    guard = Guard(limit)
    with (
        untouched(space, exercise.needs) as switches,
        contextlib.redirect_stdout(io.StringIO()),
        memory_limit(),
    ):
        np.random.seed(seed % 2**32)
        random.seed(seed)
        c = Check(space, seed, coarse, guard, switches.changed)
        try:
            with guard:
                exercise.check(c)
        except Missing as error:
            run.missing = error.names
        except Stopped:
            run.stopped = True
        except Exception as error:  # between the cases: the learner's code, or the check itself
            outside = Case(c, exercise.title, {}, index=len(c.cases))
            outside.findings.append(Finding("exception", type(error).__name__, False, error, ""))
            c.cases.append(outside)
            c.observations.append((outside.index, "exception", error_name(error)))
        run.cases, run.observations = c.cases, c.observations
    return run


def grade(
    exercise: Exercise,
    namespace: MutableMapping[str, Any],
    *,
    seed: int | None = None,
    lang: str = "en",
    limit: float | None = None,
    given: Mapping[str, Any] | None = None,
) -> Report:
    """Check what is in `namespace` against an exercise. Never raises; leaves the namespace as it was.

    The check runs with the published seed and with one that changes per attempt (or `seed`). lang only matters for the
    text form of a report that could not be made. limit: seconds, by default the exercise's own. given: the objects
    that were loaded for the learner; an exercise whose names are still these objects is not attempted. Objects that come
    from `dezero_lab.stages` are recognised without being listed.
    """
    began = time.perf_counter()
    try:
        report = _grade(
            exercise, namespace, seed, limit if limit is not None else exercise.limit, given or {}
        )
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
        report = Report(
            exercise.id,
            exercise.title,
            "stopped",
            observation=T(
                f"The check itself could not run ({said}). This is not your mistake; please report it.",
                f"확인 자체를 실행하지 못했습니다({said}). 여러분의 실수가 아닙니다. 알려 주세요.",
            ),
        )
    object.__setattr__(report, "seconds", time.perf_counter() - began)
    return report


def _grade(
    exercise: Exercise,
    space: MutableMapping[str, Any],
    seed: int | None,
    limit: float,
    given: Mapping[str, Any],
) -> Report:
    if seed is None:
        seed = 1 + secrets.randbelow(2**31 - 1)
    if all(name in space and _is_given(name, space[name], given) for name in exercise.needs):
        return _not_attempted(exercise, ())
    first = run_check(exercise, space, PUBLISHED_SEED, limit=limit)
    if first.missing:
        return _not_attempted(exercise, first.missing)
    if first.stopped and not first.cases:
        second = first
    elif not first.ok and _untried(exercise, first):
        return _not_attempted(exercise, ())
    else:
        second = run_check(exercise, space, seed, limit=limit) if not first.stopped else first
    run = second if first.ok else first
    if run.ok:
        noted = (
            w.hint for w in exercise.wrongs if w.accepted and _recognisable(exercise, w, (first, second))
        )
        note = next(noted, None)
        return Report(
            exercise.id,
            exercise.title,
            "pass",
            _rows(run.cases),
            largest_difference=_largest([first, second]),
            next=note if isinstance(note, T) else None,
            hints=exercise.hints,
        )
    return _failed(exercise, space, run, (first, second), limit)


def _is_given(name: str, value: Any, given: Mapping[str, Any]) -> bool:
    """Whether this is the course's object, not one of the learner."""
    return given.get(name, _NOTHING) is value or str(getattr(value, "__module__", "")).startswith(
        "dezero_lab.stages."
    )


def _untried(exercise: Exercise, run: Run) -> bool:
    """Whether the observations are those of the starter, or of what was there before (if no wrong answer makes those)."""
    if run.same_as(_variant(exercise, _STARTER, PUBLISHED_SEED)):
        return True
    if not run.same_as(_variant(exercise, _BEFORE, PUBLISHED_SEED)):
        return False
    return not any(_reproduces(exercise, w, (run,)) for w in exercise.wrongs)


def _failed(
    exercise: Exercise, space: MutableMapping[str, Any], run: Run, runs: tuple[Run, Run], limit: float
) -> Report:
    verdict: Verdict = "stopped" if run.stopped else "fail"
    if not run.failing:  # time ran out between the cases
        slow = T(f"The check was stopped after {limit:g} s.", f"{limit:g}초가 지나 확인을 중단했습니다.")
        return Report(
            exercise.id, exercise.title, verdict, _rows(run.cases), observation=slow, hints=exercise.hints
        )
    found = diagnose(run.failing[0], run.cases)
    cause = recognise(exercise, runs) or found.cause
    case = run.failing[0] if run.stopped else smallest(exercise, space, run, limit)
    if case.failure is not None and case.title == run.failing[0].title:
        found = Diagnosis(
            diagnose(case, run.cases).observation if case in run.cases else found.observation, found.cause
        )
    failure = case.failure
    failing = None
    if failure is not None and case.pasteable:
        yours = "" if failure.kind in ("exception", "stopped") else values.short(failure.yours)
        failing = {
            "line": case.pasteable,
            "yours": yours,
            "expected": values.short(failure.expected) if yours else "",
        }
    opener = _opener(space, case)
    return Report(
        exercise.id,
        exercise.title,
        verdict,
        _rows(run.cases),
        largest_difference=_largest([run]),
        cause=cause,
        observation=found.observation,
        next=_next(failing, failure, cause is not None),
        failing=failing,
        hints=exercise.hints,
        replayable=opener is not None,
        opener=opener,
    )


def recognise(exercise: Exercise, runs: tuple[Run, Run]) -> tuple[str | None, T] | None:
    """The listed wrong answer that makes the same observations on both seeds; a careful word when several do."""
    matching = [w for w in exercise.wrongs if not w.accepted and _reproduces(exercise, w, runs)]
    if not matching:
        return None
    first = matching[0]
    text = hint_text(first)
    if all(w is first or w.id in first.alike or first.id in w.alike for w in matching):
        return first.id, text
    return first.id, T("Likely: " + text.en, "아마도 " + text.ko)


def hint_text(wrong: Wrong) -> T:
    """The hint of a wrong answer; "D02" stands for the generic text."""
    if isinstance(wrong.hint, T):
        return wrong.hint
    return GENERIC[wrong.hint]


def _reproduces(exercise: Exercise, wrong: Wrong, runs: Sequence[Run]) -> bool:
    return all(run.same_as(_variant(exercise, wrong, run.seed)) for run in runs)


def _recognisable(exercise: Exercise, wrong: Wrong, runs: Sequence[Run]) -> bool:
    """Whether the runs are those of this accepted variant, and the reference itself runs differently."""
    if not _reproduces(exercise, wrong, runs):
        return False
    reference = run_check(exercise, exercise.build(exercise.reference), runs[0].seed)
    return not runs[0].same_as(reference)


def _variant(exercise: Exercise, wrong: Wrong, seed: int) -> Run:
    """The run of a wrong answer (or of the starter, or of what was there before). The published seed is remembered."""
    if seed == PUBLISHED_SEED:
        return _remembered(_Key(exercise, wrong))
    return _run_variant(exercise, wrong, seed)


class _Key:
    """An exercise and a wrong answer as a dictionary key: by identity, so that a reloaded module is a new one."""

    def __init__(self, exercise: Exercise, wrong: Wrong) -> None:
        self.exercise, self.wrong = exercise, wrong

    def __hash__(self) -> int:
        return hash((id(self.exercise), id(self.wrong)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.exercise is self.exercise and other.wrong is self.wrong


@lru_cache(maxsize=2048)
def _remembered(key: _Key) -> Run:
    run = _run_variant(key.exercise, key.wrong, PUBLISHED_SEED)
    run.cases = []  # observations are enough; cases hold the variant's objects
    return run


def _run_variant(exercise: Exercise, wrong: Wrong, seed: int) -> Run:
    try:
        if wrong is _BEFORE:
            space = exercise.before()
        elif wrong is _STARTER:
            space = exercise.build(exercise.starter, f"{exercise.id} starter")
        else:
            space = exercise.build(wrong.apply(exercise.reference), wrong.id)
    except Exception as error:  # a starter with blanks may not even run
        return Run(seed, observations=[(-1, "build", type(error).__name__)])
    return run_check(exercise, space, seed, limit=_VARIANT_SECONDS)


def _not_attempted(exercise: Exercise, missing: tuple[str, ...]) -> Report:
    own = [n for n in missing if n in exercise.needs]
    other = [n for n in missing if n not in exercise.needs]
    if other:
        names = ", ".join(f"`{n}`" for n in other)
        text = T(
            f"{names} is not there yet. Run the cells above this one first.",
            f"{names}: 아직 없습니다. 위의 셀을 먼저 실행하세요.",
        )
    elif own:
        names = ", ".join(f"`{n}`" for n in own)
        text = T(
            f"Waiting for {names}. Define it, run the cell, check again.",
            f"{names}: 정의하고 셀을 실행한 뒤 다시 확인하세요.",
        )
    else:
        text = T(
            "Nothing was changed yet. Fill in your turn, run the cell, check again.",
            "아직 바뀐 것이 없습니다. 빈칸을 채우고 셀을 실행한 뒤 다시 확인하세요.",
        )
    return Report(exercise.id, exercise.title, "not_attempted", observation=text, hints=exercise.hints)


def _rows(cases: Sequence[Case]) -> tuple[Row, ...]:
    """One row per title: the first failing situation of it, or the last one when all hold."""
    groups: dict[T, list[Case]] = {}
    for case in cases:
        groups.setdefault(case.title, []).append(case)
    rows = []
    for title, group in groups.items():
        case = next((c for c in group if not c.ok), group[-1])
        shown = case.failure or next(
            (f for f in reversed(case.findings) if f.kind in ("gradient", "value")), None
        )
        yours = expected = difference = note = None
        if shown is not None:
            broken = shown.kind == "exception"
            yours = type(shown.yours).__name__ if broken else values.snapshot(shown.yours)
            expected = "" if broken else values.snapshot(shown.expected)
            difference = _finite(shown.difference)
            note = shown.text if not shown.ok else None
        inputs = ", ".join(f"{k} = {values.short(v)}" for k, v in case.inputs.items())
        rows.append(Row(title, case.failure is None, inputs, yours, expected, difference, note))
    return tuple(rows)


def _largest(runs: Sequence[Run]) -> float | None:
    found = [f.difference for r in runs for c in r.cases for f in c.findings if f.difference is not None]
    return _finite(max(found)) if found else None


def _finite(d: float | None) -> float | None:
    return None if d is None or not np.isfinite(d) else float(d)


def _next(failing: dict[str, Any] | None, failure: Finding | None, known: bool) -> T | None:
    if failing is None or failure is None:
        return None
    if failure.kind in ("value", "gradient", "equal", "shape") and failure.name.isidentifier():
        n = failure.name
        return T(f"Run the line above and print `{n}`.", f"위의 줄을 실행하고 `{n}` 값을 출력해 보세요.")
    return T("Run the line above in a cell of its own.", "위의 줄을 새 셀에서 실행해 보세요.")


def _opener(space: MutableMapping[str, Any], case: Case) -> Any:
    """A function that runs the case again under a recorder, on the learner's own classes."""
    if case.action is None or "Variable" not in space:
        return None
    action, variable, function = case.action, space["Variable"], space.get("Function")

    def open_case(record: Any) -> tuple[Any, str | None]:
        recording = record(variable, function, title=case.title.en)
        with untouched(space, ()), recording as tape, contextlib.suppress(Exception, Stopped), Guard(2.0):
            action()
        return tape, None

    return open_case
