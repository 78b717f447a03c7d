"""The author's proof: a check is only trusted after it rejected every listed mistake with its own hint.

`python -m dezero_lab.grading.proof [--seeds N] [ch06 ch07 ...]` prints one line per exercise and exits with 1 when one
fails. The test suite calls `prove` for every exercise.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dezero_lab import exercises
from dezero_lab.grading.exercise import Exercise, Wrong
from dezero_lab.grading.fingerprint import hint_text
from dezero_lab.grading.run import Run, run_check
from dezero_lab.grading.runner import grade

_HANGUL = re.compile(r"[가-힣]")


@dataclass
class Proof:
    """What was shown about one exercise. `problems` is empty when everything holds."""

    exercise: str
    problems: list[str] = field(default_factory=list)
    fired: dict[str, str | None] = field(default_factory=dict)
    milliseconds: float = 0.0
    seeds: int = 0

    @property
    def ok(self) -> bool:
        """Whether nothing is left to repair."""
        return not self.problems


def prove(exercise: Exercise, seeds: int = 20) -> Proof:
    """Lint the exercise, then: blank is not attempted, the reference passes on `seeds` seeds, each wrong answer gets its hint."""
    proof = Proof(exercise.id, seeds=seeds)
    proof.problems += lint(exercise)
    try:
        reference = exercise.build(exercise.reference, f"{exercise.id} reference")
        _prove_blank(exercise, proof)
        _prove_reference(exercise, reference, seeds, proof)
        _prove_it_can_fail(exercise, proof)
        for wrong in exercise.wrongs:
            _prove_wrong(exercise, wrong, proof)
    except Exception as error:
        proof.problems.append(f"{type(error).__name__}: {error}")
    return proof


def lint(exercise: Exercise) -> list[str]:
    """What an author should repair before anything is run."""
    problems = []
    if not exercise.wrongs:
        problems.append("has no wrong answers; the check proves nothing")
    if len(exercise.hints) != 3:
        problems.append(f"has {len(exercise.hints)} hints; the ladder has three: where, why, what in words")
    if len({w.id for w in exercise.wrongs}) < len(exercise.wrongs):
        problems.append("two wrong answers have the same id")
    texts = [("title", exercise.title), *((f"hint {i + 1}", h) for i, h in enumerate(exercise.hints))]
    texts += [(w.id, hint_text(w)) for w in exercise.wrongs if w.hint]
    for name, text in texts:
        if not text.en.strip() or not text.ko.strip():
            problems.append(f"{name}: a text in one language only")
        elif not _HANGUL.search(text.ko) and name != "title":
            problems.append(f"{name}: the Korean text has no Korean in it")
    problems += [f"{w.id}: has no hint" for w in exercise.wrongs if not w.hint]
    return problems


def _prove_blank(exercise: Exercise, proof: Proof) -> None:
    blank = exercise.before()
    try:
        started = exercise.build(exercise.starter, f"{exercise.id} starter")
    except Exception:  # a starter whose blanks do not run defines nothing new
        started = exercise.before()
    given = {} if exercise.after else dict(blank)
    for title, space in (("a notebook without an answer", blank), ("the starter", started)):
        report = grade(exercise, space, seed=1, given=given)
        if report.verdict != "not_attempted":
            proof.problems.append(f"{title} is {report.verdict}, not not_attempted: {report.text()}")


def _prove_reference(exercise: Exercise, space: dict[str, Any], seeds: int, proof: Proof) -> None:
    took = []
    before = dict(space)
    for seed in range(seeds):
        began = time.perf_counter()
        run = run_check(exercise, space, seed)
        took.append(time.perf_counter() - began)
        if not run.ok:
            bad = next(
                (f"{c.title.en}: {c.pasteable} {c.failure}" for c in run.failing),
                f"{run.missing} {run.stopped}",
            )
            proof.problems.append(f"the reference fails with seed {seed}: {bad}")
            break
        if seed == 0 and not run.observations:
            proof.problems.append("the check observes nothing, so it cannot fail")
        if seed == 0:
            proof.problems += _bad_lines(run)
    if space != before:
        proof.problems.append("the check changed the namespace")
    proof.milliseconds = 1000 * float(np.median(took))


def _bad_lines(run: Run) -> list[str]:
    """The lines for pasting that are not Python, or that name an input which does not exist."""
    bad = {}
    for case in run.cases:
        try:
            ast.parse(case.pasteable)
        except (SyntaxError, KeyError, IndexError, ValueError) as error:
            said = f"{case.title.en}: the line to paste is not Python ({error!r}): {case.line}"
            bad.setdefault(case.title.en, said)
    return list(bad.values())


def _prove_it_can_fail(exercise: Exercise, proof: Proof) -> None:
    """Answers that always say the same must not pass."""
    for constant in (None, 0.0, 1.0, True, np.zeros(3)):
        space = exercise.before()
        space.update({name: lambda *_, value=constant, **__: value for name in exercise.needs})
        if run_check(exercise, space).ok:
            proof.problems.append(f"answers that are always {constant!r} pass; the check cannot fail")


def _prove_wrong(exercise: Exercise, wrong: Wrong, proof: Proof) -> None:
    space = exercise.build(wrong.apply(exercise.reference), wrong.id)
    for seed in (1, 2):
        report = grade(exercise, space, seed=seed)
        proof.fired[wrong.id] = report.cause[0] if report.cause else None
        if wrong.accepted:
            if not report.ok:
                proof.problems.append(f"{wrong.id} is accepted but does not pass: {report.text()}")
            return
        if report.ok:
            proof.problems.append(f"{wrong.id} passes")
            return
        if report.verdict == "not_attempted":
            proof.problems.append(f"{wrong.id} looks like the starter (not attempted)")
            return
        cause = report.cause
        if cause is None or (cause[0] != wrong.id and cause[0] not in wrong.alike):
            proof.problems.append(
                f"{wrong.id} got the hint of {cause[0] if cause else None}: {report.text()}"
            )
            return
        if cause[0] == wrong.id and cause[1] != hint_text(wrong):
            proof.problems.append(f"{wrong.id} is not told apart from another wrong answer: {cause[1].en}")
            return
        if not report.text("en") or not report.text("ko"):
            proof.problems.append(f"{wrong.id}: the report has no text")


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; 1 when an exercise has a problem."""
    parser = argparse.ArgumentParser(prog="python -m dezero_lab.grading.proof", description=__doc__)
    parser.add_argument(
        "chapters", nargs="*", help="ch06, column_a, or one exercise such as E06.1; default: all"
    )
    parser.add_argument("--seeds", type=int, default=20)
    options = parser.parse_args(arguments)
    chosen: list[Exercise] = []
    for name in options.chapters or exercises.chapters():
        chosen += (
            [exercises.load(name)]
            if name[0] == "E"
            else exercises.chapter(int(name) if name.isdigit() else name)
        )
    failed = 0
    print(f"{'exercise':9} {'check':>8}  {'seeds':>5}  hints that fired")
    for exercise in chosen:
        proof = prove(exercise, options.seeds)
        failed += not proof.ok
        fired = " ".join(f"{k}{'' if v == k else f'→{v}'}" for k, v in proof.fired.items())
        print(f"{exercise.id:9} {proof.milliseconds:6.1f}ms  {proof.seeds:5}  {fired}")
        for problem in proof.problems:
            print(f"    ✗ {problem}")
    wrongs = sum(len(e.wrongs) for e in chosen)
    print(f"{len(chosen)} exercises, {wrongs} wrong answers, {failed} exercises with problems")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
