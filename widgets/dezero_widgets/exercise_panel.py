"""The verdict of one check, with the failing case one click away from the step player."""

from __future__ import annotations

import ast
import json
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import traitlets

from dezero_lab.grading import Report, grade
from dezero_lab.grading.verify import verify
from dezero_lab.trace import Tape, record
from dezero_lab.trace.events import CallEnd

from ._base import STATIC, LabWidget, dumps
from .carry_over import collect
from .texts import Lang

if TYPE_CHECKING:
    from dezero_lab.grading import Exercise

    from .chapter import Chapter

log = logging.getLogger("dezero_lab")

PREFETCH = 60_000
"""A replay up to this many bytes travels with the panel, so it opens without the kernel."""


class ExercisePanel(LabWidget):
    """What `ch.check("E07.1")` shows: verdict, likely cause, evidence, cases, a line to paste, hints, the graph.

    `state` keeps which hints were asked for and whether a solution was opened.

    Args:
        report: what the grader found.
        lang: "en" or "ko".
        attempts: failed attempts so far, this one included.
        helped: a solution was opened at an earlier attempt.
        verified: the saved source passed in a fresh process.
        own: the learner's source of what is checked.
        reference: source of one solution; "" hides the button.
        on_change: called with `{"hints": n}` or `{"solution": True}` when the learner asks for help.
        on_verify: runs the check in a fresh process and returns its report.

    >>> from dezero_lab.grading import Report, T
    >>> print(ExercisePanel(Report("E01.1", T("the box", "상자"), "not_attempted")))
    ○ not attempted  E01.1  the box
    """

    _esm = STATIC / "exercise_panel.js"
    state = traitlets.Unicode("{}").tag(sync=True)

    def __init__(
        self,
        report: Report,
        *,
        lang: Lang = "en",
        attempts: int = 0,
        helped: bool = False,
        verified: bool = False,
        own: str = "",
        reference: str = "",
        on_change: Callable[[dict[str, Any]], None] | None = None,
        on_verify: Callable[[], Report] | None = None,
    ):
        self.report = report
        self._on_change = on_change
        self._on_verify = on_verify
        replay = self.replay(lang) if report.replayable else None
        openable = replay is not None
        if replay is not None and len(dumps(replay)) > PREFETCH:
            replay = None  # the browser asks for it
        payload = {
            "report": report.to_json() | {"replay": openable},
            "attempts": attempts,
            "helped": helped,
            "verified": verified,
            "verifiable": on_verify is not None,
            "own": own,
            "reference": reference,
            "replay": replay,
        }
        super().__init__(payload, lang=lang)
        self.observe(self._hear_state, "state")
        self.on_msg(self._hear)

    @classmethod
    def check(cls, chapter: Chapter, exercise: Exercise) -> ExercisePanel:
        """Grade the names in the notebook and keep the result."""
        report = grade(exercise, chapter.namespace, given=chapter.own.given)
        return cls.of(chapter, exercise, report)

    @classmethod
    def verify(cls, chapter: Chapter, exercise: Exercise) -> ExercisePanel:
        """Grade the learner's source alone in a fresh process, and keep the result."""
        return cls.of(chapter, exercise, verify(exercise, chapter.own.source()), verified=True)

    @classmethod
    def of(
        cls, chapter: Chapter, exercise: Exercise, report: Report, *, verified: bool = False
    ) -> ExercisePanel:
        """Keep a report, and show it with what is known around it: attempts, help, the reference."""
        progress = chapter.progress
        progress.record_check(report, verified=verified)

        def on_change(change: dict[str, Any]) -> None:
            if "hints" in change:
                progress.record_help(exercise.id, f"hint {change['hints']}")
            if change.get("solution"):
                progress.record_help(exercise.id, "solution")

        def on_verify() -> Report:
            found = verify(exercise, chapter.own.source())
            progress.record_check(found, verified=True)
            return found

        return cls(
            report,
            lang=chapter.lang,
            attempts=progress.failed_attempts(exercise.id),
            helped="solution" in progress.helped(exercise.id),
            verified=verified and report.ok,
            own=own_part(chapter.own.source(), exercise.needs),
            reference=reference_of(exercise),
            on_change=on_change,
            on_verify=on_verify if chapter.own.keeps(exercise) else None,
        )

    def replay(self, lang: Lang | None = None) -> dict[str, Any] | None:
        """The failing case on the learner's classes, ready for the step player. None when it cannot be replayed."""
        try:
            from .screenplay import player_payload

            tape, focus = self.report.replay(record)
            if not tape.functions:
                return None  # boxes alone are no graph
            if self.report.failing is not None:
                name_like(tape, self.report.failing["line"])
            wanted = lang or str(self.lang)
            payload = player_payload(tape, title=self.report.title[wanted], lang=wanted, focus=focus)
            if focus is None or (focus[0] == "v" and tape.state().grad.get(focus) is None):
                # Where no node is to blame, or what is wrong never arrived, the whole is seen at the end.
                payload["start"] = len(payload["runs"][0]["steps"]) - 1
            return {"payload": payload, "focus": focus}
        except Exception:
            log.debug("replay of %s", self.report.exercise, exc_info=True)
            return None

    def _hear_state(self, change: Any) -> None:
        if self._on_change is None:
            return
        try:
            before, now = json.loads(change["old"] or "{}"), json.loads(change["new"] or "{}")
        except ValueError:
            return
        changed = {key: value for key, value in now.items() if before.get(key) != value}
        if changed:
            self._on_change(changed)

    def _hear(self, _widget: Any, content: Any, _buffers: Any) -> None:
        kind = content.get("kind") if isinstance(content, dict) else None
        if kind == "replay":
            self.send({"kind": "replay", "payload": None, "focus": None} | (self.replay() or {}))
        elif kind == "verify" and self._on_verify is not None:
            threading.Thread(target=self._verify, daemon=True).start()  # a fresh process takes a second

    def _verify(self) -> None:
        if self._on_verify is not None:
            self.send({"kind": "verified", "report": json.loads(dumps(self._on_verify().to_json()))})

    def text_form(self) -> str:
        return self.report.text(str(self.lang))


def name_like(tape: Tape, line: str) -> None:
    """Give the variables of a replay the names of the pasteable line, so that picture and text speak alike.

    The case ran inside a check, where the learner's `x` was some local. Names are given only when it is plain which is
    which: as many `name = Variable(...)` as there are variables nobody made, in order; the last name is the last output.
    What the line leaves without a name, as in `f(Variable(...))`, is x when it is the only input, y when it is the result.
    """
    made = [v for event in tape.events if isinstance(event, CallEnd) for v in event.outputs if v is not None]
    leaves = [v for v in tape.variables if v not in made]
    inputs: list[str] = []
    last: str | None = None
    for name, value in _assignments(line):
        call = value.func if isinstance(value, ast.Call) else None
        if isinstance(call, ast.Name) and call.id == "Variable":
            inputs.append(name)
        elif not (isinstance(call, ast.Name) and call.id[:1].isupper()):  # `f = Square()` names no variable
            last = name
    inputs = inputs or ["x"]
    pairs: list[tuple[str, str]] = []
    if len(leaves) == len(inputs):
        pairs, last = list(zip(leaves, inputs, strict=True)), last or "y"
    if made and last is not None:
        pairs.append((made[-1], last))
    for v, name in pairs:
        tape.variables[v] = replace(tape.variables[v], label=name)


def _assignments(line: str) -> Iterator[tuple[str, ast.expr]]:
    """Names and what they are given, one by one, also in `v, w = Variable(a), Variable(b)`."""
    for statement in ast.parse(line).body:
        if not isinstance(statement, ast.Assign):
            continue
        target, value = statement.targets[0], statement.value
        if isinstance(target, ast.Name):
            yield target.id, value
        elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for one, given in zip(target.elts, value.elts, strict=False):
                if isinstance(one, ast.Name):
                    yield one.id, given


def own_part(source: str, needs: tuple[str, ...]) -> str:
    """The part of the learner's source that an exercise asks for: the definitions of the needed names.

    >>> print(own_part("import os\\n\\n\\ndef f():\\n    return 1\\n\\n\\ndef g():\\n    return 2\\n", ("g",)), end="")
    def g():
        return 2
    """
    found = collect([source], dict.fromkeys(needs))
    body = found.source.split("\n\n\n")
    return "\n\n\n".join(part for part in body if not part.startswith(("import ", "from ")))


def reference_of(exercise: Exercise) -> str:
    """One solution's source, or "" when there is none to show."""
    try:
        return exercise.reference
    except FileNotFoundError:
        return ""
