"""`with ch.step():` — record what the block does on the learner's classes, then open the step player."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any

from dezero_lab.trace import RecordingLimit, Tape, record

from .namespace import learner_names
from .second_engine import CannotCompare, block_of, body_code, find_engine
from .texts import Lang, say

if TYPE_CHECKING:
    from .chapter import Chapter

TITLE_LENGTH = 84
STEP_LIMIT = (
    300_000  # recorded steps after which a block counts as endless: seconds, where a lesson needs hundreds
)


class StepBlock:
    """The context manager behind `ch.step()`.

    An exception of the learner's block ends the recording, is drawn as its last step, and is not raised again;
    Ctrl-C is. After the block, `tape` holds what was recorded, `other` the second engine's tape when there is one.
    """

    def __init__(
        self,
        chapter: Chapter,
        title: str | None = None,
        compare: str | None = None,
        predict: bool = False,
        detail: str = "events",
    ):
        self.chapter = chapter
        self.title = title
        self.lines = ""
        self.compare = compare
        self.predict = predict
        self.detail = detail
        self.tape: Tape | None = None
        self.other: Tape | None = None
        self._recording: AbstractContextManager[Tape] | None = None
        self._rerun: tuple[str, Any, dict[str, Any]] | None = None

    def __enter__(self) -> StepBlock:
        frame = sys._getframe(1)
        names = learner_names(frame)
        with self.chapter.quietly():
            self._prepare(frame, names)
        with self.chapter.quietly():
            self._recording = record(
                names.get("Variable"),
                names.get("Function"),
                names=names,
                title=self.title or self.lines,
                limit=STEP_LIMIT,
            )
            self.tape = self._recording.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if self._recording is not None:
            self._recording.__exit__(kind, error, trace)
        if isinstance(error, RecordingLimit):
            print(self._endless())
        elif error is not None and not isinstance(error, Exception):
            return False
        elif error is not None:
            print(self._stopped(error, trace))
        with self.chapter.quietly():
            self._show()
        return True

    def _prepare(self, frame: FrameType, names: dict[str, Any]) -> None:
        try:
            block = block_of(frame, self.chapter.lang)
        except CannotCompare as why:
            if self.compare is not None:
                print(why)
            return
        self.lines = _headline(block)
        if self.compare is not None:
            try:
                title, engine = find_engine(self.compare, self.chapter.exercises, names, self.chapter.lang)
                self._rerun = (title, body_code(block, frame, self.chapter.lang), engine)
            except CannotCompare as why:
                print(why)

    def _show(self) -> None:
        from .step_player import StepPlayer

        if self.tape is None or not (self.tape.variables or self.tape.functions):
            return  # nothing happened that a picture could show
        lang = self.chapter.lang
        more: dict[str, Any] = {}
        if self._rerun is not None:
            title, code, engine = self._rerun
            self.other = record_call(lambda: exec(code, engine), engine, title)  # noqa: S102  the learner's block
            more = {"compare": self.other, "compare_titles": (say(lang, "yours", "내 엔진"), title)}
        StepPlayer.show(
            self.tape,
            title=self.title or self.lines,
            subtitle=_whose(self.chapter.namespace.get("Variable"), lang),
            lang=lang,
            predict=self.predict,
            detail=self.detail,
            **more,
        )

    def _endless(self) -> str:
        return say(
            self.chapter.lang,
            f"The block was stopped after {STEP_LIMIT:,} recorded steps: it looks endless. "
            "Which line should end the loop, or take a function off the work list?",
            f"기록한 단계가 {STEP_LIMIT:,}개를 넘어 블록을 멈췄습니다. 끝나지 않는 것처럼 보입니다. "
            "반복문을 끝내거나 작업 목록에서 함수를 꺼내는 줄이 있나요?",
        )

    def _stopped(self, error: Exception, trace: TracebackType | None) -> str:
        line = trace.tb_lineno if trace is not None else 0
        what = f"{type(error).__name__}: {error}"
        return say(
            self.chapter.lang,
            f"The block stopped at line {line} with {what}",
            f"블록이 {line}번째 줄에서 멈췄습니다. {what}",
        )


def record_call(run: Callable[[], Any], names: dict[str, Any], title: str) -> Tape:
    """What `run` does on the Variable and Function of `names`. An exception ends the tape as its last event."""
    recording = record(
        names.get("Variable"), names.get("Function"), names=names, title=title, lines=True, limit=STEP_LIMIT
    )
    with suppress(Exception, RecordingLimit), recording:
        run()
    return recording.tape


def _whose(variable: Any, lang: Lang) -> str:
    """Where the classes come from, for the line above the graph."""
    home = getattr(variable, "__module__", "")
    stage = re.fullmatch(r"dezero_lab\.stages\.ch(\d+)", home)
    if stage is not None:
        return say(lang, f"the classes of chapter {int(stage[1])}", f"{int(stage[1])}장의 클래스")
    if home.partition(".")[0] == "dezero_lab":
        return say(lang, "the finished framework, dezero_lab", "완성된 프레임워크 dezero_lab")
    return say(lang, "your classes, defined in this notebook", "이 노트북에서 정의한 내 클래스")


def _headline(block: ast.With) -> str:
    """What the block computes, on one line: its own statements without the making of inputs and `backward()`.

    >>> _headline(ast.parse("with a:\\n    x = Variable(1)\\n    y = x + x\\n    y.backward()").body[0])
    'y = x + x'
    """
    telling = [statement for statement in block.body if _computes(statement)] or block.body
    text = ";  ".join(ast.unparse(statement).split("\n")[0] for statement in telling)
    return text if len(text) <= TITLE_LENGTH else text[: TITLE_LENGTH - 1] + "…"


def _computes(statement: ast.stmt) -> bool:
    """True for `y = f(x)`; not for `x = Variable(...)`, `A, B = Square(), Exp()`, `y.grad = ...`, `n = 3`."""
    if not isinstance(statement, ast.Assign) or any(isinstance(t, ast.Attribute) for t in statement.targets):
        return False
    value = statement.value
    return not all(_makes(part) for part in (value.elts if isinstance(value, ast.Tuple) else [value]))


def _makes(value: ast.expr) -> bool:
    if not isinstance(value, ast.Call):
        return isinstance(value, ast.Constant)
    name = ast.unparse(value.func)
    return name in ("Variable", "np.array") or (name[:1].isupper() and not value.args)
