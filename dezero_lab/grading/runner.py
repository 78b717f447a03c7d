"""`grade(exercise, namespace)`: run a check on a learner's names, guarded, and say what came out."""

from __future__ import annotations

import secrets
import time
import warnings
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from dezero_lab.grading import values
from dezero_lab.grading.cases import PUBLISHED_SEED
from dezero_lab.grading.checks import Case
from dezero_lab.grading.diagnose import diagnose
from dezero_lab.grading.exercise import Exercise, T
from dezero_lab.grading.findings import Finding
from dezero_lab.grading.fingerprint import recognisable, recognise, untried
from dezero_lab.grading.replay import opener_of
from dezero_lab.grading.report import Report, Row, Verdict
from dezero_lab.grading.run import Run, run_check
from dezero_lab.grading.shrink import smallest

_NOTHING = object()
_RUN_IT = T(
    "Run the line above in a cell of its own and look at the result.",
    "위의 줄을 새 셀에서 실행하고 결과를 살펴보세요.",
)

_RUN_IT_STOPPABLE = T(
    "Paste the line into a `with ch.step():` block and step through it; on its own it would not end.",
    "위의 줄을 `with ch.step():` 블록에 넣고 한 단계씩 보세요. 그냥 실행하면 끝나지 않습니다.",
)


def grade(
    exercise: Exercise,
    namespace: MutableMapping[str, Any],
    *,
    seed: int | None = None,
    limit: float | None = None,
    given: Mapping[str, Any] | None = None,
) -> Report:
    """Check what is in `namespace` against an exercise. Never raises; leaves the namespace as it was.

    The check runs with the published seed and with one that changes per attempt (or `seed`). limit: seconds, by default the
    exercise's own. given: the objects that were loaded for the learner; an exercise whose names are still these objects is
    not attempted. Objects that come from `dezero_lab.stages` are recognised without being listed.

    >>> from dezero_lab import exercises
    >>> exercise = exercises.load("E08.2")
    >>> grade(exercise, {"peak": lambda n: (n, 1)}).verdict
    'pass'
    >>> grade(exercise, {}).verdict
    'not_attempted'
    """
    began = time.perf_counter()
    limit = limit if limit is not None else exercise.limit
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            report = _grade(exercise, namespace, seed, limit, given or {})
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
    return replace(report, seconds=time.perf_counter() - began)


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
    if first.stopped:
        second = first
    elif not first.ok and untried(exercise, first):
        return _not_attempted(exercise, ())
    else:
        second = run_check(exercise, space, seed, limit=limit)
    run = second if first.ok else first
    if run.ok:
        noted = (w.hint for w in exercise.wrongs if w.accepted and recognisable(exercise, w, (first, second)))
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


def _failed(
    exercise: Exercise, space: MutableMapping[str, Any], run: Run, runs: tuple[Run, Run], limit: float
) -> Report:
    verdict: Verdict = "stopped" if run.stopped else "fail"
    if not run.failing:  # time ran out between the cases
        slow = T(f"The check was stopped after {limit:g} s.", f"{limit:g}초가 지나 확인을 중단했습니다.")
        return Report(
            exercise.id, exercise.title, verdict, _rows(run.cases), observation=slow, hints=exercise.hints
        )
    case, cases = (run.failing[0], run.cases) if run.stopped else smallest(exercise, space, run, limit)
    found = diagnose(case, cases)
    cause = recognise(exercise, runs) or found.cause
    failure = case.failure
    failing = None
    if failure is not None and case.pasteable:
        yours, expected = _shown(failure)
        failing = {"line": case.pasteable, "yours": yours, "expected": expected}
    opener = opener_of(space, case)
    return Report(
        exercise.id,
        exercise.title,
        verdict,
        _rows(run.cases),
        largest_difference=_largest([run]),
        cause=cause,
        observation=found.observation,
        next=None if not failing else _RUN_IT_STOPPABLE if verdict == "stopped" else _RUN_IT,
        failing=failing,
        hints=exercise.hints,
        replayable=opener is not None,
        opener=opener,
    )


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
            f"{names}: 아직 없습니다. 정의하고 셀을 실행한 뒤 다시 확인하세요.",
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
            alone = shown.kind in ("exception", "stopped", "fact")  # there is nothing to compare with
            yours = _alone(shown) if alone else values.snapshot(shown.yours)
            expected = "" if alone else values.snapshot(shown.expected)
            difference = _finite(shown.difference)
            note = shown.text if not shown.ok else None
        inputs = ", ".join(f"{k} = {values.short(v)}" for k, v in case.inputs.items())
        rows.append(Row(title, case.failure is None, inputs, yours, expected, difference, note))
    return tuple(rows)


def _alone(shown: Finding) -> str:
    """The cell of a finding without an expected value; a fact that does not hold is told by its text."""
    return {"exception": type(shown.yours).__name__, "stopped": "∞"}.get(shown.kind, "")


def _shown(failure: Finding) -> tuple[str, str]:
    """Yours and expected as text; nothing where an error or a fact speaks for itself."""
    if failure.kind in ("exception", "stopped", "fact"):
        return "", ""
    if failure.kind in ("type", "dtype", "raises"):
        return str(failure.yours), str(failure.expected)
    return values.short(failure.yours), values.short(failure.expected)


def _largest(runs: Sequence[Run]) -> float | None:
    found = [f.difference for r in runs for c in r.cases for f in c.findings if f.difference is not None]
    return _finite(max(found)) if found else None


def _finite(d: float | None) -> float | None:
    return None if d is None or not np.isfinite(d) else float(d)
