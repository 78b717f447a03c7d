"""Recognising a mistake by its numbers: the known wrong answers are run through the same check.

A wrong answer is named when it makes the same observations as the learner on two seeds. When several do, they are alike
to this check, and the hint is only called likely.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from dezero_lab.grading.cases import PUBLISHED_SEED
from dezero_lab.grading.diagnose import GENERIC
from dezero_lab.grading.exercise import Exercise, T, Wrong
from dezero_lab.grading.run import Run, run_check

_VARIANT_SECONDS = 1.0
_STARTER = Wrong("starter")
_BEFORE = Wrong("before")


def recognise(exercise: Exercise, runs: tuple[Run, Run]) -> tuple[str | None, T] | None:
    """The listed wrong answer that makes the same observations on both seeds.

    A careful word is put in front when several do, or when all that agrees is the class of an exception.
    """
    matching = [w for w in exercise.wrongs if not w.accepted and _reproduces(exercise, w, runs)]
    if not matching:
        return None
    first = matching[0]
    text = hint_text(first)
    alone = all(w is first or w.id in first.alike or first.id in w.alike for w in matching)
    known = _variant(exercise, first, runs[0].seed)
    if alone and not (runs[0].only_errors and runs[0].errors != known.errors):
        return first.id, text
    return first.id, T("Likely: " + text.en, "짐작되는 원인: " + text.ko)


def hint_text(wrong: Wrong) -> T:
    """The hint of a wrong answer; "D02" stands for the generic text."""
    if isinstance(wrong.hint, T):
        return wrong.hint
    return GENERIC[wrong.hint].format(k="k")


def _reproduces(exercise: Exercise, wrong: Wrong, runs: Sequence[Run]) -> bool:
    return all(run.same_as(_variant(exercise, wrong, run.seed)) for run in runs)


def recognisable(exercise: Exercise, wrong: Wrong, runs: Sequence[Run]) -> bool:
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


def untried(exercise: Exercise, run: Run) -> bool:
    """Whether the observations are those of the starter, or of what was there before (if no wrong answer makes those)."""
    if run.same_as(_variant(exercise, _STARTER, PUBLISHED_SEED)):
        return True
    if not run.same_as(_variant(exercise, _BEFORE, PUBLISHED_SEED)):
        return False
    return not any(_reproduces(exercise, w, (run,)) for w in exercise.wrongs)
