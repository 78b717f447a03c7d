"""`with ch.step():` — record what the block does on the learner's classes, then open the step player."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any

from dezero_lab.trace import RecordingLimit, Tape, record

from .block_text import endless, headline, stopped, whose
from .namespace import learner_names
from .second_engine import CannotCompare, block_of, body_code, find_engine
from .texts import say

if TYPE_CHECKING:
    from .chapter import Chapter

# Recorded steps after which a block counts as endless: seconds, where a lesson needs hundreds.
STEP_LIMIT = 300_000


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
            print(endless(self.chapter.lang, STEP_LIMIT))
        elif error is not None and not isinstance(error, Exception):
            return False
        elif error is not None:
            print(stopped(self.chapter.lang, error, trace))
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
        self.lines = headline(block)
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
            subtitle=whose(self.chapter.namespace.get("Variable"), lang),
            lang=lang,
            predict=self.predict,
            detail=self.detail,
            **more,
        )


def record_call(run: Callable[[], Any], names: dict[str, Any], title: str) -> Tape:
    """What `run` does on the Variable and Function of `names`. An exception ends the tape as its last event."""
    recording = record(
        names.get("Variable"), names.get("Function"), names=names, title=title, lines=True, limit=STEP_LIMIT
    )
    with suppress(Exception, RecordingLimit), recording:
        run()
    return recording.tape
