"""One run of a check on one namespace: guarded, silent, without traces."""

from __future__ import annotations

import contextlib
import io
import random
import re
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dezero_lab.grading import values
from dezero_lab.grading.cases import PUBLISHED_SEED
from dezero_lab.grading.checks import Case, Check
from dezero_lab.grading.exercise import Exercise
from dezero_lab.grading.findings import Finding, Missing, error_name
from dezero_lab.grading.guard import Guard, Stopped, memory_limit
from dezero_lab.grading.untouched import untouched


@dataclass
class Run:
    """One run of a check on one namespace with one seed."""

    seed: int
    cases: list[Case] = field(default_factory=list)
    observations: list[tuple[int, str, Any]] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    stopped: bool = False
    errors: tuple[str, ...] = ()  # what the exceptions said; wording is no observation, but it supports one

    @property
    def ok(self) -> bool:
        """Whether the check came to its end and every case holds."""
        return bool(self.cases) and not self.missing and not self.stopped and all(c.ok for c in self.cases)

    @property
    def failing(self) -> list[Case]:
        """The cases that do not hold, in order."""
        return [c for c in self.cases if not c.ok]

    @property
    def only_errors(self) -> bool:
        """Whether all that is known of the failing cases is that something raised."""
        return all(f.kind == "exception" for case in self.failing for f in case.findings)

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
        untouched(space) as switches,
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
            guard.disarm()
            run.stopped = True
        except (Exception, SystemExit) as error:  # between the cases: the learner's code, or the check itself
            outside = Case(c, exercise.title, {}, index=len(c.cases))
            outside.findings.append(Finding("exception", type(error).__name__, False, error, ""))
            c.cases.append(outside)
            c.observations.append((outside.index, "exception", error_name(error)))
        run.cases, run.observations = c.cases, c.observations
        said = [str(f.yours) for case in c.cases for f in case.findings if f.kind == "exception"]
        run.errors = tuple(re.sub("0x[0-9a-fA-F]+", "0x", text) for text in said)  # addresses differ
    return run
