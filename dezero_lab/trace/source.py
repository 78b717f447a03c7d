"""Which line of the learner's code is running, who called it, and what waits in its work list."""

from __future__ import annotations

import linecache
import os
import sys
from collections.abc import Callable, Iterable
from types import CodeType, FrameType, FunctionType
from typing import Any

from dezero_lab.trace import events as ev
from dezero_lab.trace.events import Id, StackEntry
from dezero_lab.trace.guard import Guard
from dezero_lab.trace.ledger import Ledger
from dezero_lab.trace.tape import Source
from dezero_lab.trace.worklist import LearnerFrame, WorkList
from dezero_lab.trace.writer import Writer

MAX_STACK = 12
Tracer = Callable[[FrameType, str, Any], Any]


def source_lines(code: CodeType) -> list[str]:
    """The text of one function, from a file or a notebook cell; [] when it is not available."""
    lines = linecache.getlines(code.co_filename)
    first, last = code.co_firstlineno - 1, _last_line(code)
    if not 0 <= first < last <= len(lines):
        return []
    # The last statement may go on: everything indented deeper than the function belongs to it.
    depth = _indent(lines[first])
    while last < len(lines) and _indent(lines[last]) > depth:
        last += 1
    return [line.rstrip("\n") for line in lines[first:last]]


def _last_line(code: CodeType) -> int:
    last = max((line for _, _, line in code.co_lines() if line is not None), default=0)
    inner = [_last_line(const) for const in code.co_consts if isinstance(const, CodeType)]
    return max([last, *inner])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip()) if line.strip() else -1


def file_label(filename: str) -> str:
    """A short name that gives no folder away: the file's own name, or "notebook cell"."""
    if filename.startswith("<ipython-input-") or "ipykernel_" in filename:
        return "notebook cell"
    return os.path.basename(filename)


class Authorship:
    """Which code the learner wrote: everything in the modules and notebooks their classes are written in."""

    def __init__(self) -> None:
        self._globals: set[int] = set()
        self._titles: dict[int, str] = {}
        self._getters: set[int] = set()

    def add_namespace(self, namespace: Any) -> None:
        """Functions with these globals are the learner's."""
        self._globals.add(id(namespace))

    def add_class(self, cls: type) -> None:
        """So is everything written where the methods of this class are."""
        for name, value in vars(cls).items():
            method = getattr(value, "fget", None) or getattr(value, "__func__", value)
            # Our own wrappers are no work of the learner's, but what they wrap is.
            while hasattr(method, "__wrapped__"):
                method = method.__wrapped__
            if isinstance(method, FunctionType) and not _is_foreign(method.__globals__.get("__name__", "")):
                self._globals.add(id(method.__globals__))
                self._titles[id(method.__code__)] = f"{cls.__name__}.{name}"
                if isinstance(value, property):
                    self._getters.add(id(method.__code__))

    def has(self, frame: FrameType) -> bool:
        """Whether the learner wrote the code of this frame."""
        return id(frame.f_globals) in self._globals

    def follows(self, frame: FrameType) -> bool:
        """Whether its lines are worth following.

        Comprehensions and lambdas repeat their own line, properties answer small questions, and special methods
        are housekeeping, except for the call.
        """
        code = frame.f_code
        name = code.co_name
        quiet = (
            name.startswith("<")
            or (name.startswith("__") and name != "__call__")
            or id(code) in self._getters
        )
        return not quiet and self.has(frame)

    def is_method(self, code: CodeType) -> bool:
        """Whether this is a method of one of the learner's classes."""
        return id(code) in self._titles

    def title(self, code: CodeType) -> str:
        """The full name of a method of one of the learner's classes, such as "Variable.backward"; else the plain one."""
        return self._titles.get(id(code), code.co_name)

    def line_of(self, error: BaseException) -> int | None:
        """The innermost line of the learner's that an exception came through."""
        lineno, trace = None, error.__traceback__
        while trace is not None:
            if self.has(trace.tb_frame):
                lineno = trace.tb_lineno
            trace = trace.tb_next
        return lineno


class LineTracer:
    """Follows lines in the learner's frames while one of their methods runs.

    It is switched on for the outermost call only, chains to a debugger written in Python, and makes anything
    else that traces (coverage in C cannot share) wait for the length of the call.
    """

    def __init__(self, writer: Writer, ledger: Ledger, authorship: Authorship, guard: Guard) -> None:
        self._writer = writer
        self._ledger = ledger
        self._authorship = authorship
        self._guard = guard
        self._codes: dict[int, tuple[CodeType, Source | None]] = {}
        self._frames: list[LearnerFrame] = []
        self._work = WorkList(ledger)
        self._recent: tuple[Id | None, ...] = ()
        self._previous: Any = None
        self._dropped = False
        self._hook: Tracer = self._call
        self.on = False

    def watch(self, names: Iterable[Id | None]) -> None:
        """The variables whose values the lines to come may change without an assignment."""
        self._recent = tuple(names)

    def start(self) -> Tracer:
        """Begin to follow lines in frames opened from now on; returns what to give to `sys.settrace`.

        The caller switches, in one and the same frame on and off: tracers in C count calls and returns, and
        must not miss the return of a function they saw being called.
        """
        self._previous = sys.gettrace()
        self._dropped = False
        self.on = True
        return self._hook

    def stop(self) -> Any:
        """End it; returns what `sys.settrace` should get, whatever traced before or somebody took over with."""
        current, previous = sys.gettrace(), self._previous
        self.on = False
        self._frames.clear()
        self._work.forget()
        self._previous = None
        # The interpreter drops a trace function through which an exception went, such as an interrupt.
        ours = current is self._hook or (current is None and self._dropped)
        return previous if ours else current

    def close(self) -> None:
        """Let go of everything."""
        self._codes.clear()
        self._hook = _nobody

    # ---- called by the interpreter

    def _call(self, frame: FrameType, event: str, arg: Any) -> Any:
        if self._guard.busy:
            return None
        try:
            previous = self._previous
            theirs = previous(frame, event, arg) if _is_python(previous) else None
            source = None if self._guard.idle() else self._source(frame)
            if source is None or not self.on:
                return theirs
            self._frames.append(LearnerFrame(frame, source))
            return self._local if theirs is None else self._both(theirs)
        except BaseException:
            self._dropped = True
            raise

    def _both(self, theirs: Tracer | None) -> Tracer:
        def local(frame: FrameType, event: str, arg: Any) -> Any:
            nonlocal theirs
            self._local(frame, event, arg)
            if theirs is not None:
                theirs = theirs(frame, event, arg)
            return local

        return local

    def _local(self, frame: FrameType, event: str, arg: Any) -> Any:
        try:
            if event == "line":
                self._guard.step()
                self._guard.quietly(self._line, frame)
            elif event == "return" and self._frames:
                self._work.leave(self._frames.pop().frame)
        except BaseException:
            self._dropped = True
            raise
        return self._local

    def _line(self, frame: FrameType) -> None:
        if not self._frames or self._writer.full:
            return
        self._ledger.look_at(self._recent)
        top = self._frames[-1]
        top.lineno = frame.f_lineno
        work = self._work.show(self._frames)
        events = self._writer.tape.events
        last = events[-1] if events else None
        depth = len(self._frames)
        s = top.source.id
        if type(last) is ev.Line and (last.s, last.lineno, last.depth, last.work) == (
            s,
            top.lineno,
            depth,
            work,
        ):
            return
        stack = tuple(StackEntry(e.source.id, e.name, e.lineno) for e in self._frames[-MAX_STACK:])
        self._writer.emit(ev.Line, s=s, lineno=top.lineno, depth=depth, stack=stack, work=work)

    def _source(self, frame: FrameType) -> Source | None:
        code = frame.f_code
        known = self._codes.get(id(code))
        if known is None:
            source = self._register(code) if self._authorship.follows(frame) else None
            known = self._codes[id(code)] = (code, source)
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
        sources = self._writer.tape.sources
        title = self._authorship.title(code)
        source = Source(f"s{len(sources) + 1}", title, file, code.co_firstlineno, tuple(lines))
        sources[source.id] = source
        self._writer.count(sum(len(line) + 8 for line in lines) + 100)
        return source


def _is_foreign(module: str) -> bool:
    """A base class from a library does not make the library the learner's."""
    top = module.partition(".")[0]
    return top in sys.stdlib_module_names or top == "numpy" or module.startswith("dezero_lab.trace.")


def _is_python(tracer: Any) -> bool:
    return hasattr(getattr(tracer, "__func__", tracer), "__code__")


def _nobody(frame: FrameType, event: str, arg: Any) -> None:
    return None


def wake() -> None:
    """A call for a tracer written in C to notice that it is back: it reinstalls itself at the next call."""
