"""What is said about a block of the learner's: what it computes, whose classes run, why it stopped."""

from __future__ import annotations

import ast
import re
from types import TracebackType
from typing import Any

from .texts import Lang, say

TITLE_LENGTH = 84


def endless(lang: Lang, limit: int) -> str:
    """Why a block was stopped after `limit` recorded steps, and what to look for.

    >>> endless("en", 300_000)[:51]
    'The block was stopped after 300,000 recorded steps:'
    """
    return say(
        lang,
        f"The block was stopped after {limit:,} recorded steps: it looks endless. "
        "Which line should end the loop, or take a function off the work list?",
        f"기록한 단계가 {limit:,}개를 넘어 블록을 멈췄습니다. 끝나지 않는 것처럼 보입니다. "
        "반복문을 끝내거나 작업 목록에서 함수를 꺼내는 줄이 있나요?",
    )


def stopped(lang: Lang, error: BaseException, trace: TracebackType | None) -> str:
    """At which line of its cell a block stopped, and with which exception.

    >>> stopped("en", TypeError("no array"), None)
    'The block stopped at line 0 with TypeError: no array'
    """
    line = trace.tb_lineno if trace is not None else 0
    what = f"{type(error).__name__}: {error}"
    return say(
        lang,
        f"The block stopped at line {line} with {what}",
        f"블록이 {line}번째 줄에서 멈췄습니다. {what}",
    )


def whose(variable: Any, lang: Lang) -> str:
    """Where the classes come from, for the line above the graph."""
    home = getattr(variable, "__module__", "")
    stage = re.fullmatch(r"dezero_lab\.stages\.ch(\d+)", home)
    if stage is not None:
        return say(lang, f"the classes of chapter {int(stage[1])}", f"{int(stage[1])}장의 클래스")
    if home.partition(".")[0] == "dezero_lab":
        return say(lang, "the finished framework, dezero_lab", "완성된 프레임워크 dezero_lab")
    return say(lang, "your classes, defined in this notebook", "이 노트북에서 정의한 내 클래스")


def headline(block: ast.With) -> str:
    """What the block computes, on one line: its own statements without the making of inputs and `backward()`.

    >>> headline(ast.parse("with a:\\n    x = Variable(1)\\n    y = x + x\\n    y.backward()").body[0])
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
