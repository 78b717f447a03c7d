"""The smallest failing input: the same check with rounder numbers, then the smallest of the cases that fail."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import numpy as np

from dezero_lab.grading import values
from dezero_lab.grading.checks import Case
from dezero_lab.grading.exercise import Exercise
from dezero_lab.grading.run import Run, run_check


def smallest(
    exercise: Exercise, space: MutableMapping[str, Any], run: Run, limit: float
) -> tuple[Case, list[Case]]:
    """The failing case that is easiest to look at, and the cases of the run it comes from.

    It has the title of the first failing case and fails in the same kind of assertion. The check is run again with draws
    rounded to whole numbers, then to one decimal; the roundest that still fails so wins. Shapes shrink by choice: of
    the failing cases the one with the fewest and shortest numbers.
    """
    first = run.failing[0]
    best = min(_alike(run, first), key=size)
    for coarse in (2, 1):
        rounder = run_check(exercise, space, run.seed, coarse, limit)
        found = _alike(rounder, first)
        if found and not rounder.stopped:
            case = min(found, key=size)
            return (case, rounder.cases) if size(case) < size(best) else (best, run.cases)
    return best, run.cases


def size(case: Case) -> tuple[int, int]:
    """How much there is to look at: numbers, then digits."""
    numbers = sum(
        np.size(v) if values.is_numeric(v) else len(v) if hasattr(v, "__len__") else 1
        for v in case.inputs.values()
    )
    return int(numbers), len("".join(values.paste(v) for v in case.inputs.values()))


def _alike(run: Run, first: Case) -> list[Case]:
    """The cases that fail like the first one."""
    kind = first.failure.kind if first.failure else ""
    return [
        c for c in run.failing if c.title == first.title and c.failure is not None and c.failure.kind == kind
    ]
