"""The call stack of a recursive `backward` beside the work list of a loop, on the same chain (chapters 7 and 8).

Short chains are recorded: every moment at which the stack or the list changed. Long ones, up to 500 beyond Python's
recursion limit, are only run and measured. Everything happens before the picture opens, on throw-away chains made of
the engine's own classes and one gentle function, so values stay finite at any length.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from types import CodeType, FrameType
from typing import Any

import numpy as np

from dezero_lab.trace import RecordingLimit, Tape, record

from ._base import STATIC
from .second_engine import CannotCompare, find_engine
from .small_view import SmallView, Twin, words

RECORDED = (1, 2, 3, 4, 5, 6, 8)
BEYOND = 500
Names = dict[str, Any]


class _Enough(BaseException):
    """An engine that never stops is stopped from inside; not an Exception, so no engine can swallow it."""


class Meter:
    """Counts what one run of a long chain needs, from inside the backward of its functions."""

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self.visits = 0
        self.waiting = 0
        self.depth = 0

    def visit(self, caller: FrameType | None, function: type, leaf: bool) -> None:
        self.visits += 1
        if self.visits > self.budget:
            raise _Enough
        if caller is None:
            return
        if leaf:
            self.depth = frames_of(caller.f_code, caller)  # a recursive engine goes one deeper, see `Leaf`
        for value in caller.f_locals.values():
            if isinstance(value, list) and value and all(isinstance(f, function) for f in value):
                self.waiting = max(self.waiting, len(value))


def frames_of(code: CodeType, frame: FrameType | None) -> int:
    """How many frames from `frame` outwards run this code."""
    count = 0
    while frame is not None:
        count += frame.f_code is code
        frame = frame.f_back
    return count


def chain(names: Names, length: int, meter: Meter | None = None) -> tuple[Any, type]:
    """`x → Step → … → y` of the engine's own classes, with the gradient of y set to 1; the function class too."""
    base = names["Function"]

    class Step(base):
        def forward(self, *xs: Any) -> Any:
            return xs[0] * 1.0

        def backward(self, *gys: Any) -> Any:
            if meter is not None:
                source = getattr(self, "input", None) or self.inputs[0]
                meter.visit(sys._getframe(1), base, getattr(source, "creator", None) is None)
            return gys[0]

    box = names["Variable"]

    class Leaf(box):
        def backward(self, *args: Any) -> Any:
            if meter is not None:
                meter.depth = frames_of(box.backward.__code__, sys._getframe(1)) + 1
            return super().backward(*args)

    y = (box if meter is None else Leaf)(np.array(1.0))
    for _ in range(length):
        y = Step()(y)
    y.grad = np.array(1.0)
    return y, Step


def record_chain(names: Names, length: int) -> Tape:
    """One recorded `y.backward()`; what stops it is the tape's last event."""
    with record(
        names["Variable"], names["Function"], names={}, max_events=4000, limit=400 + 60 * length
    ) as tape:
        y, _ = chain(names, length)
        with suppress(Exception, RecordingLimit):  # drawn, not raised
            y.backward()
    return tape


def moments(tape: Tape) -> list[dict[str, Any]]:
    """The moments at which the stack or the work list changed.

    Returns:
        `[{"stack": [line numbers, outermost first], "work": [labels] | None, "name": list name, "running": label}]`
    """
    labels = {f: f"Step {i + 1}" for i, f in enumerate(tape.functions)}
    found: list[dict[str, Any]] = []
    running: str | None = None
    for event in tape.events:
        e: Any = event
        if event.kind == "backward_begin":
            running = labels.get(e.f)
            if found:
                found.append({**found[-1], "running": running})
        elif event.kind == "backward_end":
            running = None
        elif event.kind == "line":
            stack = [entry.lineno for entry in e.stack if _is_engine(tape, entry)]
            if not stack:
                continue
            work = None if e.work is None else [labels.get(f, "None") if f else "None" for f in e.work.items]
            name = "" if e.work is None else e.work.name
            now = {"stack": stack, "work": work, "name": name, "running": running}
            last = found[-1] if found else None
            if last is None or len(last["stack"]) != len(stack) or last["work"] != work:
                found.append(now)
            else:
                last["stack"] = stack
    return found


def _is_engine(tape: Tape, entry: Any) -> bool:
    source = tape.sources.get(entry.s)
    return source is not None and entry.name == "backward" and source.title.startswith("Variable")


def run_long(names: Names, length: int) -> dict[str, Any]:
    """One plain run: how deep the stack was, how long the list, and how it ended.

    Returns:
        `{"n", "depth", "list", "error", "reached"}`; `reached` counts the functions that were visited.
    """
    meter = Meter(budget=2 * length + 10)
    error = None
    y, _ = chain(names, length, meter)
    try:
        y.backward()
    except RecursionError as problem:
        error = "RecursionError"
        meter.depth = _depth_of(problem, type(y).backward.__code__)
    except _Enough:
        error = "endless"
    except Exception as problem:
        error = type(problem).__name__
    _unlink(y)
    listed = meter.waiting + 1 if meter.visits and meter.depth <= 1 and error is None else meter.waiting
    return {"n": length, "depth": meter.depth, "list": listed, "error": error, "reached": meter.visits}


def _depth_of(error: BaseException, code: CodeType) -> int:
    trace, count = error.__traceback__, 0
    while trace is not None:
        count += trace.tb_frame.f_code is code
        trace = trace.tb_next
    return count


def _unlink(y: Any) -> None:
    """Take a long chain apart from its end: freeing it as a whole would recurse in C."""
    while y is not None and getattr(y, "creator", None) is not None:
        function, y.creator = y.creator, None
        inputs = getattr(function, "inputs", None) or (getattr(function, "input", None),)
        y = inputs[0]
        vars(function).clear()


def measure(engines: list[tuple[str, Names]], lengths: tuple[int, ...] = RECORDED) -> dict[str, Any]:
    """Every engine on every length.

    Returns:
        `{"limit", "lengths": [...], "long": [...], "engines": [{"title", "moments": {n: [...]}, "long": [...],
        "error"}]}`
    """
    limit = sys.getrecursionlimit()
    long = [32, 128, limit // 2, limit + BEYOND]
    out: list[dict[str, Any]] = []
    for title, names in engines:
        one: dict[str, Any] = {"title": title, "moments": {}, "long": [], "error": None}
        try:
            for n in lengths:
                one["moments"][str(n)] = moments(record_chain(names, n))
            one["long"] = [run_long(names, n) for n in long]
        except Exception as problem:
            one["error"] = f"{type(problem).__name__}: {problem}"[:160]
        out.append(one)
    return {"limit": limit, "lengths": list(lengths), "long": long, "engines": out}


def twin(payload: dict[str, Any], lang: str) -> Twin:
    """Highest stack and longest list per length and engine."""
    say = words(lang)
    rows = []
    for i, n in enumerate([*payload["lengths"], *payload["long"]]):
        row = [str(n)]
        for engine in payload["engines"]:
            if engine["error"]:
                row += ["-", "-"]
            elif i < len(payload["lengths"]):
                seen = engine["moments"][str(n)]
                row.append(str(max((len(m["stack"]) for m in seen), default=0)))
                row.append(str(max((len(m["work"] or []) for m in seen), default=0)))
            else:
                run = engine["long"][i - len(payload["lengths"])]
                row.append(f"{run['depth']} {run['error'] or ''}".strip())
                row.append(str(run["list"]))
        rows.append(row)
    columns = [say("length", "길이")]
    for engine in payload["engines"]:
        columns += [f"{engine['title']}: {say('frames', '프레임')}", say("list", "목록")]
    lines = [say(f"recursion limit here: {payload['limit']}", f"이 환경의 재귀 한도: {payload['limit']}")]
    lines += [f"{e['title']}: {e['error']}" for e in payload["engines"] if e["error"]]
    return Twin(say("Call stack and work list", "호출 스택과 작업 목록"), lines, columns, rows)


class StackView(SmallView):
    """Frames that pile up, beside a list that does not."""

    _esm = STATIC / "stack_view.js"
    twin = staticmethod(twin)


def show(chapter: Any, compare: str | None = None) -> StackView:
    """`ch.stack()`, `ch.stack(compare="stage 7")`: the other engine stands on the left."""
    say = words(chapter.lang)
    engines = [(say("your engine", "내 엔진"), chapter.namespace)]
    if compare is not None:
        try:
            title, names = find_engine(compare, chapter.exercises, chapter.namespace, chapter.lang)
            engines.insert(0, (title, names))
        except CannotCompare as why:
            print(why)
    engines = [(title, n) for title, n in engines if "Variable" in n and "Function" in n]
    return StackView(measure(engines), lang=chapter.lang)
