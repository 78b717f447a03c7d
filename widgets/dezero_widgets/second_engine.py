"""Run a `with` block a second time, on the classes of another chapter: two engines, one input.

`ch.step(compare="stage 7")` shows the learner's engine beside the one of chapter 7. The block's own lines are found
in the source of the cell, and run again in a copy of the learner's names where `Variable`, `Square`, ... mean that
stage's classes. Variables that existed before the block are rebuilt from their data, so the second run writes no
gradient into the learner's objects.
"""

from __future__ import annotations

import ast
import importlib
import re
from types import CodeType, FrameType, ModuleType
from typing import Any

import numpy as np

from .namespace import Names, source_of


class CannotCompare(Exception):
    """Why there is no second run; the text is for the learner."""


def stage_module(text: str) -> ModuleType:
    """The module meant by `"stage 7"`, `"ch07"` or `"7"`.

    >>> stage_module("stage 7").__name__
    'dezero_lab.stages.ch07'
    """
    match = re.fullmatch(r"(?:stage|chapter|ch)?\s*0*(\d{1,2})", text.strip().lower())
    if match is None:
        raise CannotCompare(f"compare={text!r} names no stage. Write for example compare='stage 7'.")
    name = f"dezero_lab.stages.ch{int(match[1]):02d}"
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise CannotCompare(f"There is no stage {int(match[1])} to compare with.") from None


def public_names(module: ModuleType) -> Names:
    """The names a stage offers: its `__all__`, or everything it defines itself."""
    wanted = getattr(module, "__all__", None)
    if wanted is None:
        wanted = [name for name in vars(module) if not name.startswith("_")]
    return {name: getattr(module, name) for name in wanted}


def block_code(frame: FrameType) -> CodeType:
    """The body of the `with` statement that `frame` is entering, compiled at its own line numbers."""
    source = source_of(frame)
    if source is None:
        raise CannotCompare("The source of this cell is not available, so it cannot be run a second time.")
    line = frame.f_lineno
    blocks = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.With)
        and any(
            item.context_expr.lineno <= line <= (item.context_expr.end_lineno or line) for item in node.items
        )
    ]
    if not blocks:
        raise CannotCompare(
            "compare= works in a `with ch.step(...):` block; none was found around this line."
        )
    block = max(blocks, key=lambda node: node.lineno)
    if len(block.items) > 1:
        raise CannotCompare("Put `ch.step(...)` alone in its `with` line to compare two engines.")
    return compile(ast.Module(body=block.body, type_ignores=[]), frame.f_code.co_filename, "exec")


def names_for(module: ModuleType, names: Names) -> Names:
    """A copy of the learner's names in which the stage's classes take the place of the learner's.

    A variable of the learner is rebuilt with the stage's `Variable`, from a copy of its data and without history;
    an instance of one of the learner's functions becomes a fresh instance when the stage has that class and it takes no
    arguments. Everything else is shared.
    """
    theirs = public_names(module)
    second = dict(names)
    box = theirs.get("Variable")
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
        elif kind.__name__ in theirs and kind is not theirs[kind.__name__] and not vars(value):
            second[name] = theirs[kind.__name__]()
    second.update(theirs)
    return second
