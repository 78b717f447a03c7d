"""Run a `with` block a second time, on the classes of another chapter: two engines, one input.

`ch.step(compare="stage 7")` shows the learner's engine beside the one of chapter 7. The block's own lines
are found in the source of the cell, and run again in a copy of the learner's names where `Variable`,
`Square`, ... mean that stage's classes. Variables that existed before the block are rebuilt from their
data, so the second run writes no gradient into the learner's objects.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from types import CodeType, FrameType
from typing import Any

import numpy as np

from dezero_lab.grading.exercise import Exercise, given_module, public_names

from .namespace import Names, source_of
from .texts import Lang, say


class CannotCompare(Exception):
    """Why there is no second run; the text is for the learner."""


def find_engine(text: str, exercises: Sequence[Exercise], names: Names, lang: Lang) -> tuple[str, Names]:
    """What `compare=` means: a stage ("stage 7"), or a listed wrong answer ("W07.2a"). Its title and its names.

    Raises:
        CannotCompare: nothing of that name; the text lists what there is.
    """
    wanted = text.strip()
    for exercise in exercises:
        for wrong in exercise.wrongs:
            if wrong.id == wanted:
                faulty = exercise.build(wrong.apply(exercise.reference), title=wrong.id)
                return say(lang, f"with the fault {wrong.id}", f"{wrong.id} 결함"), names_for(faulty, names)
    number = re.fullmatch(r"(?:stage|chapter|ch)?\s*0*(\d{1,2})", wanted.lower())
    if number is None:
        wrongs = ", ".join(wrong.id for exercise in exercises for wrong in exercise.wrongs)
        raise CannotCompare(
            say(
                lang,
                f"compare={text!r} is no engine. Write 'stage 7', or one of this chapter's faults: {wrongs}.",
                f"compare={text!r} 엔진은 없습니다. 'stage 7'처럼 쓰거나 이 장의 결함을 고르세요: {wrongs}.",
            )
        )
    stage = int(number[1])
    try:
        module = given_module(f"ch{stage:02d}")
    except ModuleNotFoundError:
        raise CannotCompare(
            say(lang, f"There is no stage {stage} to compare with.", f"비교할 {stage}장 코드가 없습니다.")
        ) from None
    return say(lang, f"stage {stage}", f"{stage}장"), names_for(public_names(module), names)


def block_of(frame: FrameType, lang: Lang) -> ast.With:
    """The `with` statement that `frame` is entering.

    Raises:
        CannotCompare: the source is not available, or no `with` stands at this line.
    """
    source = source_of(frame)
    if source is None:
        raise CannotCompare(
            say(
                lang,
                "The source of this cell is not available, so it cannot be run a second time.",
                "이 셀의 코드를 읽을 수 없어 두 번째로 실행하지 못합니다.",
            )
        )
    line = frame.f_lineno
    heads = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.With)]
    blocks = [node for node in heads if node.lineno == line or node.lineno <= line < node.body[0].lineno]
    if not blocks:
        raise CannotCompare(
            say(
                lang,
                "compare= works in a `with ch.step(...):` block; none was found here.",
                "compare=는 `with ch.step(...):` 블록에서만 쓸 수 있습니다. 여기서는 찾지 못했습니다.",
            )
        )
    return max(blocks, key=lambda node: node.lineno)


def body_code(block: ast.With, frame: FrameType, lang: Lang) -> CodeType:
    """The body of the block, compiled at its own line numbers."""
    if len(block.items) > 1:
        raise CannotCompare(
            say(
                lang,
                "Put `ch.step(...)` alone in its `with` line to compare two engines.",
                "두 엔진을 비교하려면 `with` 줄에 `ch.step(...)` 하나만 두세요.",
            )
        )
    return compile(ast.Module(body=block.body, type_ignores=[]), frame.f_code.co_filename, "exec")


def names_for(engine: Names, names: Names) -> Names:
    """A copy of the learner's names in which the engine's classes take the place of the learner's.

    A variable of the learner is rebuilt with the engine's `Variable`, from a copy of its data and without history;
    an instance without settings of one of the learner's functions becomes an instance of the engine's class of that
    name. Everything else is shared.
    """
    second = dict(names)
    box = engine.get("Variable")
    rebuilt: dict[int, Any] = {}
    for name, value in names.items():
        kind = type(value)
        if name.startswith("_") or isinstance(value, type):
            continue
        if box is not None and kind.__name__ == "Variable" and hasattr(value, "data"):
            if id(value) not in rebuilt:
                data = value.data
                rebuilt[id(value)] = box(np.array(data) if isinstance(data, np.ndarray) else data)
            second[name] = rebuilt[id(value)]
        elif isinstance(engine.get(kind.__name__), type) and not getattr(value, "__dict__", None):
            second[name] = engine[kind.__name__]()
    second.update({name: value for name, value in engine.items() if not name.startswith("__")})
    return second
