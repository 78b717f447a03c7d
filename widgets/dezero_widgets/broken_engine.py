"""`ch.break_it("W07.2a")`: the step player on an engine with one listed fault."""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import TYPE_CHECKING, Any

from dezero_lab.grading import grade
from dezero_lab.trace import record

from .second_engine import names_for
from .step_block import record_call
from .texts import say

if TYPE_CHECKING:
    from .chapter import Chapter
    from .step_player import StepPlayer


def break_it(chapter: Chapter, wrong_id: str, block: Callable[[], Any] | None = None) -> StepPlayer | None:
    """Open the faulty engine: on `block` run with its names, else on the smallest case that betrays the fault."""
    from .step_player import StepPlayer

    lang = chapter.lang
    listed = {wrong.id: (wrong, exercise) for exercise in chapter.exercises for wrong in exercise.wrongs}
    if wrong_id not in listed:
        ids = ", ".join(listed) or "-"
        print(
            say(
                lang,
                f"{wrong_id!r} is no fault of chapter {chapter.id}. There are: {ids}.",
                f"{chapter.id}장에 {wrong_id!r} 결함은 없습니다. 고를 수 있는 것: {ids}.",
            )
        )
        return None
    wrong, exercise = listed[wrong_id]
    engine = exercise.build(wrong.apply(exercise.reference), title=wrong.id)
    title = say(lang, f"Broken on purpose · {wrong.id}", f"일부러 고장 낸 엔진 · {wrong.id}")
    subtitle = say(
        lang, "not your classes: one fault was put in", "내 클래스가 아닙니다: 결함 하나를 넣었습니다"
    )
    focus = None
    if block is not None:
        names = names_for(engine, chapter.namespace)
        again = FunctionType(block.__code__, names, block.__name__, block.__defaults__, block.__closure__)
        tape = record_call(again, names, title)
    else:
        report = grade(exercise, engine)
        if not report.replayable:
            print(report.text(lang))
            return None
        tape, focus = report.replay(record)
    return StepPlayer(tape, title=title, subtitle=subtitle, lang=lang, focus=focus)
