"""record(...): watch the learner's own classes for the length of a with block."""

from __future__ import annotations

import functools
import sys
import threading
from collections.abc import Callable, Mapping
from types import FrameType, FunctionType, TracebackType
from typing import Any

from dezero_lab.trace import events as ev
from dezero_lab.trace.events import Event, Id
from dezero_lab.trace.labels import Labels
from dezero_lab.trace.learner import MISSING, Kinds, read_value, spread
from dezero_lab.trace.ledger import Ledger
from dezero_lab.trace.seams import Seams
from dezero_lab.trace.source import LineTracer
from dezero_lab.trace.tape import Tape

_BRACKETS = {"__call__": "call", "forward": "forward", "backward": "backward"}
_LINKS = ("creator", "generation")


class RecordingLimit(BaseException):
    """The block did more than `limit` steps; raised only for recordings that ask for a limit."""


class _Open:
    """A bracket the learner's program is inside of; `id` is None for one that writes no events."""

    __slots__ = ("boxes", "id", "inputs", "kind", "obj")

    def __init__(self, kind: str, obj: Any) -> None:
        self.kind = kind
        self.obj = obj
        self.id: Id | None = None
        self.inputs: list[Id | None] = []
        self.boxes: list[Any] = []


class Recorder:
    """The context manager behind `record`; see there."""

    def __init__(
        self,
        variable: type | None,
        function: type | None,
        names: Mapping[str, Any] | None,
        title: str,
        lines: bool,
        max_events: int,
        max_bytes: int,
        on_event: Callable[[Event], object] | None,
        limit: int | None,
    ) -> None:
        self.tape = Tape(title)
        self._roots = [cls for cls in (variable, function) if cls is not None]
        self._kinds = Kinds(variable, function)
        self._ledger = Ledger(self.tape, self._kinds, max_events, max_bytes, on_event, self._met)
        self._labels = Labels(self._ledger, names)
        self._lines = LineTracer(self._ledger, self._tick) if lines else None
        self._seams = Seams()
        self._adopted: set[type] = set()
        self._limit = limit
        self._ticks = 0
        self._thread = 0
        self._busy = False
        self._open: list[_Open] = []
        self._building: list[int] = []
        self._writing = False
        self._sweeps = 0
        self._visits: dict[Id, int] = {}
        self._error = 0

    def __enter__(self) -> Tape:
        if self._thread:
            raise RuntimeError("this recording was already used; call record(...) again for a new one")
        self._thread = threading.get_ident()
        namespace = self._labels.enter(sys._getframe(1))
        if self._lines is not None:
            self._lines.own_namespace(namespace)
        try:
            for cls in self._roots + self._labels.classes():
                self._adopt_tree(cls)
        except BaseException:
            self._close()
            raise
        return self.tape

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._busy = True
            if error is not None:
                self._note_error(error, None)
                _hide_our_frames(error, trace)
            self._ledger.catch_up()
            self._labels.settle()
        except Exception as failure:
            self._fail(failure)
        finally:
            self._close()

    def _close(self) -> None:
        self._seams.restore()
        if self._lines is not None:
            if self._lines.on:
                self._lines.stop()
            self._lines.close()
        self._labels.close()
        self._ledger.close()
        self._open.clear()
        self._adopted.clear()
        self._roots.clear()

    # ---- which classes

    def _met(self, obj: Any) -> None:
        if type(obj) not in self._adopted:
            self._adopt(type(obj))

    def _adopt_tree(self, cls: type) -> None:
        todo = [cls]
        while todo:
            cls = todo.pop()
            if cls not in self._adopted:
                self._adopt(cls)
                todo.extend(type.__subclasses__(cls))

    def _adopt(self, cls: type) -> None:
        """Wrap what this class and its bases define themselves; each class once."""
        self._adopted.add(cls)
        verdict = self._kinds.of_class(cls)
        for base in cls.__mro__:
            if base is object or base.__module__ in ("builtins", "abc", "typing"):
                continue
            if verdict == "f":
                for name, kind in _BRACKETS.items():
                    self._wrap(base, name, functools.partial(self._bracket, kind))
                self._wrap(
                    base, "__init_subclass__", functools.partial(self._new_class, base), always=base is cls
                )
            elif verdict == "v":
                self._wrap(base, "backward", functools.partial(self._bracket, "sweep"))
                self._wrap(base, "__init__", self._birth)
                self._wrap(base, "__setattr__", functools.partial(self._write, base), always=base is cls)
            if self._lines is not None and verdict:
                for name, value in vars(base).items():
                    self._lines.own(getattr(value, "__wrapped__", value), f"{base.__name__}.{name}")

    def _wrap(self, cls: type, name: str, make: Callable[[Any], Any], always: bool = False) -> None:
        if self._seams.has(cls, name):
            return
        own = vars(cls).get(name, MISSING)
        if isinstance(own, FunctionType) or (always and own is MISSING):
            if own is MISSING and any(self._seams.has(base, name) for base in cls.__mro__):
                return
            self._seams.wrap(cls, name, make)

    # ---- wrappers

    def _deaf(self) -> bool:
        return self._busy or threading.get_ident() != self._thread

    def _bracket(self, kind: str, original: Any) -> Any:
        @functools.wraps(original)
        def seam(obj: Any, *args: Any, **kwargs: Any) -> Any:
            if self._deaf():
                return original(obj, *args, **kwargs)
            self._tick()
            first = not self._open
            bracket = self._begin(kind, obj, args)
            if first and self._lines is not None and not self._ledger.full:
                self._lines.start()
            try:
                result = original(obj, *args, **kwargs)
            except BaseException as error:
                self._end(bracket, MISSING, error)
                raise
            else:
                self._end(bracket, result, None)
                return result
            finally:
                if first and self._lines is not None and self._lines.on:
                    self._lines.stop()

        return seam

    def _birth(self, original: Any) -> Any:
        @functools.wraps(original)
        def __init__(obj: Any, *args: Any, **kwargs: Any) -> None:
            if self._deaf() or id(obj) in self._building:
                return original(obj, *args, **kwargs)
            self._building.append(id(obj))
            try:
                result = original(obj, *args, **kwargs)
            finally:
                self._building.pop()
            self._quietly(self._born, obj)
            return result

        return __init__

    def _write(self, cls: type, original: Any) -> Any:
        def __setattr__(obj: Any, name: str, value: Any) -> None:
            ours = not (self._writing or self._deaf())
            self._writing = self._writing or ours
            try:
                if original is MISSING:
                    super(cls, obj).__setattr__(name, value)
                else:
                    original(obj, name, value)
            finally:
                if ours:
                    self._writing = False
            if ours and name in ("data", "grad", *_LINKS):
                self._quietly(self._wrote, obj, name)

        return __setattr__

    def _new_class(self, cls: type, original: Any) -> Any:
        def __init_subclass__(new: type, **kwargs: Any) -> None:
            if original is MISSING:
                super(cls, new).__init_subclass__(**kwargs)
            else:
                original.__func__(new, **kwargs)
            self._quietly(self._adopt, new)

        return classmethod(__init_subclass__)

    def _quietly(self, action: Callable[..., Any], *args: Any) -> Any:
        """Do our own work: unseen by ourselves, and never an exception into the learner's program."""
        if self._busy:
            return None
        self._busy = True
        try:
            return action(*args)
        except Exception as failure:
            self._fail(failure)
        finally:
            self._busy = False

    def _fail(self, failure: Exception) -> None:
        self._ledger.remark("recorder_failed", type=type(failure).__name__, message=str(failure)[:200])
        self._ledger.full = True

    def _tick(self) -> None:
        self._ticks += 1
        if self._limit is not None and self._ticks > self._limit:
            self._limit = None
            raise RecordingLimit(f"the block did more than {self._ticks - 1} steps and was stopped")

    # ---- what happened

    def _born(self, obj: Any) -> None:
        self._ledger.variable(obj)
        if self._open and self._open[-1].kind == "call":
            self._open[-1].boxes.append(obj)

    def _wrote(self, obj: Any, name: str) -> None:
        if id(obj) in self._building:
            return
        if not self._ledger.knows(obj):
            self._ledger.variable(obj)
        elif name in _LINKS:
            if not any(bracket.kind == "call" for bracket in self._open):
                self._ledger.variable_links(obj)
        else:
            v = self._ledger.variable(obj)
            if v is not None:
                self._ledger.check(v, obj, name, written=True)

    def _begin(self, kind: str, obj: Any, args: tuple[Any, ...]) -> _Open:
        bracket = _Open(kind, obj)
        nested = bool(self._open) and self._open[-1].kind == kind and self._open[-1].obj is obj
        if not nested and not self._ledger.full:
            self._quietly(self._write_begin, bracket, args)
        self._open.append(bracket)
        return bracket

    def _write_begin(self, bracket: _Open, args: tuple[Any, ...]) -> None:
        ledger, obj, kind = self._ledger, bracket.obj, bracket.kind
        if kind == "sweep":
            if any(other.kind == "sweep" for other in self._open):
                return
            ledger.explore(obj)
            ledger.sync()
            v = ledger.variable(obj)
            if v is not None:
                self._labels.look(sys._getframe(3))
                self._sweeps += 1
                self._visits = {}
                bracket.id = v
                ledger.emit(ev.SweepBegin, v=v, n=self._sweeps)
            return
        f = ledger.function(obj)
        if f is None:
            return
        if kind == "call":
            bracket.inputs = list(ledger.ids(args))
            ledger.sync()
            self._labels.look(sys._getframe(3))
            ledger.emit(ev.CallBegin, f=f, inputs=tuple(bracket.inputs))
        elif kind == "forward":
            self._match_boxes(obj, args)
            ledger.emit(ev.ForwardBegin, f=f, args=ledger.snaps(args))
        else:
            ledger.sync()
            self._visits[f] = self._visits.get(f, 0) + 1
            ledger.emit(ev.BackwardBegin, f=f, args=ledger.snaps(args), visit=self._visits[f])
        bracket.id = f

    def _match_boxes(self, obj: Any, args: tuple[Any, ...]) -> None:
        """Numbers are wrapped inside the call: find the box whose array is the one `forward` received."""
        call = self._open[-1] if self._open else None
        if call is None or call.kind != "call" or call.obj is not obj:
            return
        for k, arg in enumerate(spread(args)):
            if k < len(call.inputs) and call.inputs[k] is None:
                for box in call.boxes:
                    if read_value(box, "data") is arg:
                        call.inputs[k] = self._ledger.variable(box)

    def _end(self, bracket: _Open, result: Any, error: BaseException | None) -> None:
        # An exception may have skipped the ends of inner brackets that another thread or generator left open.
        while self._open and self._open.pop() is not bracket:
            pass
        if bracket.id is not None and not self._ledger.full:
            self._quietly(self._write_end, bracket, result, error)

    def _write_end(self, bracket: _Open, result: Any, error: BaseException | None) -> None:
        ledger, f, kind = self._ledger, bracket.id, bracket.kind
        if error is not None:
            self._note_error(error, f)
        if kind == "sweep":
            ledger.sync(deep=True)
            ledger.emit(ev.SweepEnd, v=f, n=self._sweeps)
        elif kind == "call":
            outputs = () if error is not None else ledger.ids(result)
            ledger.emit(ev.CallEnd, f=f, inputs=tuple(bracket.inputs), outputs=outputs)
            self._write_links(bracket, outputs)
        else:
            results = () if error is not None else ledger.snaps(result)
            ledger.emit(ev.ForwardEnd if kind == "forward" else ev.BackwardEnd, f=f, results=results)

    def _write_links(self, bracket: _Open, outputs: tuple[Id | None, ...]) -> None:
        self._ledger.function_links(bracket.obj)
        wanted = {name for name in (*bracket.inputs, *outputs) if name is not None}
        for name in sorted(wanted, key=lambda name: int(name[1:])):
            obj = self._ledger.alive(name)
            if obj is not None:
                self._ledger.variable_links(obj)

    def _note_error(self, error: BaseException, where: Id | None) -> None:
        if id(error) == self._error or type(error) is RecordingLimit:
            return
        self._error = id(error)
        try:
            message = str(error)[:500]
        except Exception:
            message = ""
        lineno = self._lines.lineno() if self._lines is not None else None
        self._ledger.emit(ev.Error, where=where, type=type(error).__name__, message=message, lineno=lineno)


def record(
    Variable: type | None = None,
    Function: type | None = None,
    names: Mapping[str, Any] | None = None,
    title: str = "",
    lines: bool = True,
    max_events: int = 5000,
    max_bytes: int = 2_000_000,
    on_event: Callable[[Event], object] | None = None,
    limit: int | None = None,
) -> Recorder:
    """Record what the learner's classes do inside a with block.

    Args:
        Variable, Function: the base classes as they are now; None for one that does not exist yet.
        names: the namespace in which the learner's names are looked up; the block's own when None.
        title: a heading for the tape.
        lines: also follow the lines, the call stack and the work list of the learner's methods.
        max_events, max_bytes: where the tape stops growing. It then says so and ends with the final numbers.
        on_event: called with each event as it happens; its exceptions end the calls, never the block.
        limit: stop the block itself with `RecordingLimit` after so many calls and lines (endless loops).

    Returns:
        A context manager that gives the growing `Tape`. On exit every class is as it was, also after an
        exception or an interrupt, and nothing of the learner's is held.

    >>> import numpy as np
    >>> from dezero_lab.trace import record
    >>> class Variable:
    ...     def __init__(self, data):
    ...         self.data = data
    >>> class Function:
    ...     def __call__(self, box):
    ...         return Variable(self.forward(box.data))
    >>> class Square(Function):
    ...     def forward(self, x):
    ...         return x ** 2
    >>> with record(Variable, Function, lines=False) as tape:
    ...     y = Square()(Variable(np.array(3.0)))
    >>> [event.kind for event in tape.events][1:5]
    ['function', 'call_begin', 'forward_begin', 'forward_end']
    """
    return Recorder(Variable, Function, names, title, lines, max_events, max_bytes, on_event, limit)


def _hide_our_frames(error: BaseException, trace: TracebackType | None) -> None:
    """Take the wrappers out of the traceback the learner is going to read."""
    while trace is not None:
        inner = trace.tb_next
        while inner is not None and _is_ours(inner.tb_frame):
            inner = inner.tb_next
        if trace.tb_next is not inner:
            trace.tb_next = inner
        trace = inner


def _is_ours(frame: FrameType) -> bool:
    return frame.f_globals is globals()
