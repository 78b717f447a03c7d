"""Which line of the learner's code is running, who called it, and what waits in its work list."""

from __future__ import annotations

import inspect
import linecache
import os
import re
import sys
from collections import deque
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

from dezero_lab.trace import events as ev
from dezero_lab.trace.events import StackEntry, Work
from dezero_lab.trace.learner import MISSING, read
from dezero_lab.trace.ledger import Ledger
from dezero_lab.trace.tape import Source

MAX_STACK = 12
MAX_WORK = 200
_CONSUMED = re.compile(
    r"\b(\w+)\s*(?:\.\s*(?:pop|popleft|get|get_nowait|remove)\b|\[)"
    r"|heappop\(\s*(\w+)|\bdel\s+(\w+)|\bwhile\s+(?:len\()?(\w+)|\*\s*(\w+)\s*="
)
_HEAP = re.compile(r"\bheap(?:push|pop|ify|pushpop|replace)\(\s*(\w+)")

Tracer = Callable[[FrameType, str, Any], Any]


def source_lines(code: CodeType) -> list[str]:
    """The text of one function, from a file or a notebook cell; [] when it is not available."""
    lines = linecache.getlines(code.co_filename)
    first = code.co_firstlineno - 1
    if not 0 <= first < len(lines):
        return []
    try:
        block = inspect.getblock(lines[first:])
    except Exception:
        block = lines[first : first + 1]
    return [line.rstrip("\n") for line in block]


def file_label(filename: str) -> str:
    """A short name that gives no folder away: the file's own name, or "notebook cell"."""
    if filename.startswith("<ipython-input-") or "ipykernel_" in filename:
        return "notebook cell"
    return os.path.basename(filename)


class _Frame:
    """A learner's frame on the stack."""

    __slots__ = ("frame", "lineno", "name", "source")

    def __init__(self, frame: FrameType, source: Source) -> None:
        self.frame = frame
        self.source = source
        self.name = frame.f_code.co_name
        self.lineno = frame.f_lineno


class LineTracer:
    """Follows lines in frames whose globals are the learner's, while one of their methods runs.

    It is switched on for the outermost call only, chains to a debugger written in Python, and steps aside for
    anything else that traces (coverage in C cannot share; it is suspended for the length of the call).
    """

    def __init__(self, ledger: Ledger, tick: Callable[[], None]) -> None:
        self._ledger = ledger
        self._tick = tick
        self._globals: set[int] = set()
        self._titles: dict[int, str] = {}
        self._codes: dict[int, tuple[CodeType, Source | None]] = {}
        self._frames: list[_Frame] = []
        self._owner: tuple[FrameType, str] | None = None
        self._previous: Any = None
        self._hook: Tracer = self._call
        self.on = False

    def own(self, function: Any, title: str) -> None:
        """Treat the module or notebook in which `function` was written as the learner's."""
        code = getattr(function, "__code__", None)
        if code is not None and not function.__globals__.get("__name__", "").startswith(__package__):
            self._globals.add(id(function.__globals__))
            self._titles[id(code)] = title

    def own_namespace(self, namespace: Any) -> None:
        """Treat functions with these globals as the learner's."""
        self._globals.add(id(namespace))

    def start(self) -> None:
        """Begin to follow lines in frames opened from now on."""
        self._previous = sys.gettrace()
        self.on = True
        sys.settrace(self._hook)

    def stop(self) -> None:
        """Put back whatever traced before, unless somebody else has taken over meanwhile."""
        self.on = False
        self._frames.clear()
        self._owner = None
        if sys.gettrace() is self._hook:
            sys.settrace(self._previous)
            if self._previous is not None:
                _wake()
        self._previous = None

    def close(self) -> None:
        """Let go of everything."""
        self._codes.clear()
        self._frames.clear()
        self._hook = _nobody

    def lineno(self) -> int | None:
        """The line the innermost of the learner's frames is on."""
        return self._frames[-1].lineno if self._frames else None

    # ---- called by the interpreter

    def _call(self, frame: FrameType, event: str, arg: Any) -> Any:
        previous = self._previous
        theirs = previous(frame, event, arg) if _is_python(previous) else None
        source = self._source(frame)
        if source is None or not self.on:
            return theirs
        self._frames.append(_Frame(frame, source))
        if theirs is None:
            return self._local

        def both(frame: FrameType, event: str, arg: Any) -> Any:
            nonlocal theirs
            self._local(frame, event, arg)
            if theirs is not None:
                theirs = theirs(frame, event, arg)
            return both

        return both

    def _local(self, frame: FrameType, event: str, arg: Any) -> Any:
        if event == "line":
            self._tick()
            try:
                self._line(frame)
            except Exception as error:
                self._fail(error)
        elif event == "return" and self._frames:
            top = self._frames.pop()
            if self._owner is not None and self._owner[0] is top.frame:
                self._owner = None
        return self._local

    def _fail(self, error: Exception) -> None:
        if not self._ledger.full:
            self._ledger.remark("recorder_failed", type=type(error).__name__, message=str(error)[:200])
            self._ledger.full = True

    def _line(self, frame: FrameType) -> None:
        if not self._frames or self._ledger.full:
            return
        top = self._frames[-1]
        top.lineno = frame.f_lineno
        work = self._work(frame)
        events = self._ledger.tape.events
        last = events[-1] if events else None
        depth = len(self._frames)
        s = top.source.id
        if type(last) is ev.Line and (last.s, last.lineno, last.depth) == (s, top.lineno, depth):
            return
        stack = tuple(StackEntry(e.source.id, e.name, e.lineno) for e in self._frames[-MAX_STACK:])
        self._ledger.emit(ev.Line, s=s, lineno=top.lineno, depth=depth, stack=stack, work=work)

    def _source(self, frame: FrameType) -> Source | None:
        code = frame.f_code
        known = self._codes.get(id(code))
        if known is None:
            ours = id(frame.f_globals) in self._globals and _is_worth_following(code.co_name)
            known = self._codes[id(code)] = (code, self._register(code) if ours else None)
        return known[1]

    def _register(self, code: CodeType) -> Source:
        lines = source_lines(code)
        file = file_label(code.co_filename)
        for other, source in self._codes.values():
            # A function inside a method is shown as part of that method's text.
            if source is not None and other.co_filename == code.co_filename:
                first = source.first_line
                if first <= code.co_firstlineno < first + len(source.lines):
                    return source
        sources = self._ledger.tape.sources
        title = self._titles.get(id(code), code.co_name)
        source = Source(f"s{len(sources) + 1}", title, file, code.co_firstlineno, tuple(lines))
        sources[source.id] = source
        self._ledger.count(sum(len(line) + 8 for line in lines) + 100)
        return source

    # ---- work list

    def _work(self, frame: FrameType) -> Work | None:
        if self._owner is None:
            self._owner = self._find(frame)
        if self._owner is None:
            return None
        owner, name = self._owner
        value = _items(owner.f_locals.get(name))
        if value is None:
            return None
        ledger = self._ledger
        things = [_function_in(item, ledger) for item in value[:MAX_WORK]]
        gens = [read(thing, "generation") for thing in things]
        text = "\n".join(self._frames[-1].source.lines)
        heap = any(type(item) is tuple for item in value) or name in _HEAP.findall(text)
        return Work(
            name,
            tuple(ledger.function(thing) or ledger.variable(thing) for thing in things),
            tuple(gen if type(gen) is int else None for gen in gens),
            heap,
        )

    def _find(self, frame: FrameType) -> tuple[FrameType, str] | None:
        text = "\n".join(self._frames[-1].source.lines)
        consumed = {name for groups in _CONSUMED.findall(text) for name in groups if name}
        for name, value in frame.f_locals.items():
            if text and name not in consumed:
                continue
            items = _items(value)
            if items and any(
                self._ledger.kinds.is_function(_function_in(item, self._ledger)) for item in items[:MAX_WORK]
            ):
                return (self._home(frame, name), name)
        return None

    def _home(self, frame: FrameType, name: str) -> FrameType:
        """The outermost frame that has this local: a nested helper sees its method's list from inside."""
        if name in frame.f_code.co_freevars:
            for entry in self._frames:
                if name in entry.frame.f_code.co_cellvars:
                    return entry.frame
        return frame


def _items(value: Any) -> list[Any] | None:
    kind = type(value)
    if issubclass(kind, list):
        return list(list.__iter__(value))
    if issubclass(kind, deque):
        return list(deque.__iter__(value))
    if kind.__module__ in ("queue", "_queue"):
        inner = read(value, "queue")
        return None if inner is MISSING else _items(inner)
    return None


def _function_in(item: Any, ledger: Ledger) -> Any:
    if type(item) in (tuple, list):
        for part in item:
            if ledger.kinds.is_function(part):
                return part
    return item


def _is_worth_following(name: str) -> bool:
    """Comprehensions and lambdas repeat their own line; special methods are housekeeping, but for calls."""
    return not name.startswith("<") and (name == "__call__" or not name.startswith("__"))


def _is_python(tracer: Any) -> bool:
    return hasattr(getattr(tracer, "__func__", tracer), "__code__")


def _nobody(frame: FrameType, event: str, arg: Any) -> None:
    return None


def _wake() -> None:
    """A call for a tracer written in C to notice that it is back: it reinstalls itself at the next call."""
