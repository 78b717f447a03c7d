"""`verify`: the learner's saved source, checked alone in a fresh process with limits on time and memory.

The notebook may hold names from cells that were deleted; here only what is saved counts. Limits of memory and processor
time exist on POSIX; elsewhere the time limit of the parent does the work.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from dezero_lab.grading.exercise import Exercise, T, execute
from dezero_lab.grading.fresh import Fresh, run_fresh
from dezero_lab.grading.report import Report
from dezero_lab.grading.runner import grade

_STARTING = 20.0  # seconds for Python and NumPy on a slow machine
_MEMORY = 4 * 2**30  # bytes of address space


def verify(
    exercise: Exercise,
    source: str,
    *,
    seed: int | None = None,
    limit: float | None = None,
    memory: int = _MEMORY,
) -> Report:
    """Check a source in a process of its own. Never raises; returns the same kind of report as `grade`.

    The process begins with what the exercise gives (`Exercise.before`), runs the source, then the check. limit: seconds
    the source and the check may take together, by default twice the exercise's limit plus two.
    """
    limit = 2 * exercise.limit + 2.0 if limit is None else limit
    order = json.dumps(
        {"exercise": exercise.id, "source": source, "seed": seed, "limit": limit, "memory": memory}
    )
    package = str(Path(__file__).resolve().parents[2])
    done = run_fresh(
        ["-m", "dezero_lab.grading.verify"], input=order, seconds=limit + _STARTING, paths=[package]
    )
    try:
        return Report.from_json(json.loads(done.output))
    except ValueError:
        return _ended(exercise, done, limit)


def _child() -> None:
    """The other process: reads the order from stdin, writes the report to the real stdout; prints go nowhere."""
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    order = json.loads(sys.stdin.buffer.read().decode())

    from dezero_lab import exercises

    exercise = exercises.load(order["exercise"])
    given = exercise.before()
    space = exercise.before()
    _limit_resources(order["limit"], order["memory"])
    try:
        execute(order["source"], space, "<your saved source>")
    except (Exception, SystemExit) as error:
        report = _broken(exercise, error)
    else:
        same = {name: space.get(name) for name in given if name not in order["source"]}
        report = grade(exercise, space, seed=order["seed"], given=same)
    channel.write(report.dumps())
    channel.close()


def _limit_resources(seconds: float, memory: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _stopped(exercise: Exercise, observation: T) -> Report:
    return Report(exercise.id, exercise.title, "stopped", observation=observation, hints=exercise.hints)


def _too_long(exercise: Exercise, limit: float) -> Report:
    return _stopped(
        exercise,
        T(
            f"Your saved source did not finish within {limit:g} s and was stopped.",
            f"저장된 코드가 {limit:g}초 안에 끝나지 않아 중단했습니다.",
        ),
    )


def _ended(exercise: Exercise, done: Fresh, limit: float) -> Report:
    """No report came back: time, memory, or the source left on its own."""
    killed = (-signal.SIGXCPU, -signal.SIGKILL) if os.name == "posix" else ()
    if done.code is None or done.code in killed:
        return _too_long(exercise, limit)
    if "MemoryError" in done.last_line:
        return _stopped(
            exercise,
            T(
                "Your saved source asked for too much memory.",
                "저장된 코드가 메모리를 너무 많이 요청했습니다.",
            ),
        )
    last = done.last_line or f"exit code {done.code}"
    return _stopped(
        exercise,
        T(
            f"The process ended before the check did: {last}",
            f"확인이 끝나기 전에 프로세스가 종료되었습니다: {last}",
        ),
    )


def _broken(exercise: Exercise, error: BaseException) -> Report:
    line: Any = getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<your saved source>":
            line = trace.tb_lineno
        trace = trace.tb_next
    where = (f" in line {line}", f" {line}번째 줄에서") if line else ("", "")
    said = f"{type(error).__name__}: {error}"
    observation = T(
        f"Your saved source does not run alone: {said}{where[0]}.",
        f"저장된 코드만으로는 실행되지 않습니다.{where[1]} {said} 오류가 났습니다.",
    )
    hint = T(
        "Something it needs was made in another cell. Save again with that cell included.",
        "필요한 이름이 다른 셀에 있습니다. 그 셀까지 포함해 다시 저장하세요.",
    )
    following = hint if isinstance(error, NameError) else None
    return Report(
        exercise.id, exercise.title, "fail", observation=observation, next=following, hints=exercise.hints
    )


if __name__ == "__main__":
    _child()
