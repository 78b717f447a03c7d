"""record(...): watch the learner's own classes for the length of a with block."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Mapping
from types import FrameType, FunctionType, TracebackType
from typing import Any

from dezero_lab.trace import events as ev
from dezero_lab.trace.events import Event, Id
from dezero_lab.trace.guard import Guard
from dezero_lab.trace.labels import Labels
from dezero_lab.trace.learner import MISSING, Kinds, read_value, spread
from dezero_lab.trace.ledger import Ledger
from dezero_lab.trace.seams import Seams
from dezero_lab.trace.source import Authorship, LineTracer, wake
from dezero_lab.trace.tape import Tape
from dezero_lab.trace.writer import Writer

_BRACKETS = {"__call__": "call", "forward": "forward", "backward": "backward"}
_VALUES = ("data", "grad")
_LINKS = ("creator", "generation")
_IMMUTABLE = 1 << 8  # Py_TPFLAGS_IMMUTABLETYPE: a class written in C, of which nothing can be wrapped


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
    """The context manager behind `record`; see there.

    It wraps the methods through which everything passes (the seams), turns each passage into a bracket with a
    begin and an end event, and leaves values and identities to the ledger and lines to the line tracer.
    """

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
        self._writer = Writer(self.tape, max_events, max_bytes, on_event)
        self._ledger = Ledger(self._writer, self._kinds, self._met)
        self._guard = Guard(self._writer, limit)
        self._labels = Labels(self._ledger, names)
        self._authorship = Authorship()
        self._lines = LineTracer(self._writer, self._ledger, self._authorship, self._guard) if lines else None
        self._seams = Seams()
        self._adopted: set[type] = set()
        self._open: list[_Open] = []
        self._building: list[int] = []
        self._recent: list[Id | None] = []
        self._visits: dict[Id, int] = {}
        self._sweeps = 0
        self._writing = False
        self._used = False
        self._error = 0

    def __enter__(self) -> Tape:
        if self._used:
            raise RuntimeError("this recording was already used; call record(...) again for a new one")
        self._used = True
        self._authorship.add_namespace(self._labels.enter(sys._getframe(1)))
        try:
            for cls in self._roots + self._labels.classes():
                self._adopt_tree(cls)
        except Exception as failure:
            self._guard.fail(failure)
        except BaseException:
            self._close()
            raise
        return self.tape

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._guard.busy = True
        try:
            if error is not None:
                self._note_error(error, None)
                _hide_our_frames(trace)
            self._ledger.catch_up()
            self._labels.settle()
        except Exception as failure:
            self._guard.fail(failure)
        finally:
            self._close()

    def _close(self) -> None:
        self._seams.restore()
        if self._lines is not None:
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
        """Wrap what this class and its bases define themselves, each once."""
        self._adopted.add(cls)
        kind = self._kinds.of_class(cls)
        if not kind or cls.__flags__ & _IMMUTABLE:
            return
        bases = [base for base in cls.__mro__ if base.__module__ not in ("builtins", "abc", "typing")]
        for base in bases:
            self._authorship.add_class(base)
            if kind == "f":
                for name, bracket in _BRACKETS.items():
                    self._wrap(base, name, functools.partial(self._bracket, bracket))
            else:
                self._wrap(base, "backward", functools.partial(self._bracket, "sweep"))
                self._wrap(base, "__init__", self._birth)
                self._wrap(base, "__setattr__", functools.partial(self._write, base))
        # Where the class has no such method of its own, it gets one that passes on to the next class.
        if kind == "v" and not any(self._seams.has(base, "__setattr__") for base in bases):
            self._seams.wrap(cls, "__setattr__", functools.partial(self._write, cls))
        if kind == "f" and cls in self._roots and "__init_subclass__" not in vars(cls):
            self._seams.wrap(cls, "__init_subclass__", functools.partial(self._new_class, cls))

    def _wrap(self, cls: type, name: str, make: Callable[[Any], Any]) -> None:
        if not self._seams.has(cls, name) and isinstance(vars(cls).get(name), FunctionType):
            self._seams.wrap(cls, name, make)

    # ---- wrappers

    def _bracket(self, kind: str, original: Any) -> Any:
        @functools.wraps(original)
        def seam(obj: Any, *args: Any, **kwargs: Any) -> Any:
            if self._guard.deaf():
                return original(obj, *args, **kwargs)
            self._guard.step()
            outermost = not self._open
            try:
                bracket = self._begin(kind, obj, args)
                if outermost and self._lines is not None and not self._guard.idle():
                    sys.settrace(self._lines.start())
                try:
                    result = original(obj, *args, **kwargs)
                except BaseException as error:
                    self._end(bracket, MISSING, error)
                    raise
                self._end(bracket, result, None)
                return result
            finally:
                if outermost:
                    self._open.clear()
                    if self._lines is not None and self._lines.on:
                        sys.settrace(self._lines.stop())
                        wake()

        return seam

    def _birth(self, original: Any) -> Any:
        @functools.wraps(original)
        def __init__(obj: Any, *args: Any, **kwargs: Any) -> None:
            if self._guard.deaf() or id(obj) in self._building:
                return original(obj, *args, **kwargs)
            self._building.append(id(obj))
            try:
                result = original(obj, *args, **kwargs)
            finally:
                self._building.pop()
            self._guard.quietly(self._born, obj)
            return result

        return __init__

    def _write(self, cls: type, original: Any) -> Any:
        def __setattr__(obj: Any, name: str, value: Any) -> None:
            outermost = not self._writing and not self._guard.deaf()
            self._writing = self._writing or outermost
            try:
                if original is MISSING:
                    super(cls, obj).__setattr__(name, value)
                else:
                    original(obj, name, value)
            finally:
                if outermost:
                    self._writing = False
            if outermost and (name in _VALUES or name in _LINKS):
                self._guard.quietly(self._wrote, obj, name)

        return __setattr__

    def _new_class(self, cls: type, original: Any) -> Any:
        def __init_subclass__(new: type, **kwargs: Any) -> None:
            super(cls, new).__init_subclass__(**kwargs)
            self._guard.quietly(self._adopt, new)

        return classmethod(__init_subclass__)

    # ---- what happened

    def _born(self, obj: Any) -> None:
        self._ledger.glance(())
        self._ledger.variable(obj)
        if self._open and self._open[-1].kind == "call":
            self._open[-1].boxes.append(obj)

    def _wrote(self, obj: Any, name: str) -> None:
        if id(obj) in self._building:
            return
        v = self._ledger.name_of(obj)
        if v is None:
            self._ledger.variable(obj)
        elif name in _VALUES:
            self._labels.look(
                (v,), self._authorship.is_method
            )  # the last output of a helper is the input of nothing
            self._ledger.check(v, obj, name, written=True)
        elif not any(bracket.kind == "call" for bracket in self._open):
            self._ledger.variable_links(obj)

    def _begin(self, kind: str, obj: Any, args: tuple[Any, ...]) -> _Open:
        bracket = _Open(kind, obj)
        # super().forward(x) is not a second forward.
        again = bool(self._open) and self._open[-1].kind == kind and self._open[-1].obj is obj
        if not again:
            self._guard.quietly(self._begin_sweep if kind == "sweep" else self._begin_function, bracket, args)
        self._open.append(bracket)
        return bracket

    def _begin_sweep(self, bracket: _Open, args: tuple[Any, ...]) -> None:
        if any(other.kind == "sweep" for other in self._open):
            return
        ledger = self._ledger
        ledger.explore(bracket.obj)
        ledger.sync()
        self._labels.look(self.tape.variables, self._authorship.is_method)
        bracket.id = ledger.variable(bracket.obj)
        if bracket.id is not None:
            self._sweeps += 1
            self._visits = {}
            self._writer.emit(ev.SweepBegin, v=bracket.id, n=self._sweeps)

    def _begin_function(self, bracket: _Open, args: tuple[Any, ...]) -> None:
        ledger, obj, kind = self._ledger, bracket.obj, bracket.kind
        if not self._kinds.is_function(obj):
            return
        if kind == "call":
            bracket.inputs = list(ledger.ids(args))
            ledger.glance(bracket.inputs)
            self._labels.look(bracket.inputs, self._authorship.is_method)
        f = bracket.id = ledger.function(obj)
        if f is None:
            return
        if kind == "call":
            self._writer.emit(ev.CallBegin, f=f, inputs=tuple(bracket.inputs))
        elif kind == "forward":
            self._match_boxes(obj, args)
            self._writer.emit(ev.ForwardBegin, f=f, args=ledger.snaps(args))
        else:
            ledger.glance(self._recent)
            self._recent = ledger.inputs_and_outputs(obj)
            if self._lines is not None:
                self._lines.watch(self._recent)
            visit = self._visits[f] = self._visits.get(f, 0) + 1
            self._writer.emit(ev.BackwardBegin, f=f, args=ledger.snaps(args), visit=visit)

    def _match_boxes(self, obj: Any, args: tuple[Any, ...]) -> None:
        """Numbers are wrapped inside the call: find the box whose array is the one `forward` received."""
        call = self._open[-1] if self._open else None
        if call is None or call.kind != "call" or call.obj is not obj:
            return
        for k, arg in enumerate(spread(args)[: len(call.inputs)]):
            if call.inputs[k] is None:
                for box in call.boxes:
                    if read_value(box, "data") is arg:
                        call.inputs[k] = self._ledger.variable(box)

    def _end(self, bracket: _Open, result: Any, error: BaseException | None) -> None:
        # An interrupt may have left inner brackets behind.
        while self._open and self._open.pop() is not bracket:
            pass
        if bracket.id is not None:
            self._guard.quietly(self._write_end, bracket, result, error)

    def _write_end(self, bracket: _Open, result: Any, error: BaseException | None) -> None:
        ledger, kind = self._ledger, bracket.kind
        if error is not None:
            self._note_error(error, bracket.id)
        if kind == "sweep":
            ledger.sync(deep=True)
            self._writer.emit(ev.SweepEnd, v=bracket.id, n=self._sweeps)
        elif kind == "call":
            outputs = () if error is not None else ledger.ids(result)
            self._writer.emit(ev.CallEnd, f=bracket.id, inputs=tuple(bracket.inputs), outputs=outputs)
            ledger.function_links(bracket.obj)
            for name in dict.fromkeys((*bracket.inputs, *outputs)):
                obj = ledger.alive(name) if name is not None else None
                if obj is not None:
                    ledger.variable_links(obj, known_only=name not in outputs)
        else:
            ledger.glance(ledger.inputs_and_outputs(bracket.obj))
            results = () if error is not None else ledger.snaps(result)
            end = ev.ForwardEnd if kind == "forward" else ev.BackwardEnd
            self._writer.emit(end, f=bracket.id, results=results)

    def _note_error(self, error: BaseException, where: Id | None) -> None:
        """Write an exception down once, in the innermost bracket it left."""
        if id(error) == self._error:
            return
        self._error = id(error)
        try:
            message = str(error)[:500]
        except Exception:
            message = ""
        lineno = self._authorship.line_of(error)
        self._writer.emit(ev.Error, where=where, type=type(error).__name__, message=message, lineno=lineno)


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
    >>> [event.kind for event in tape.events]  # doctest: +NORMALIZE_WHITESPACE
    ['variable', 'function', 'call_begin', 'forward_begin', 'forward_end', 'variable', 'call_end']
    """
    return Recorder(Variable, Function, names, title, lines, max_events, max_bytes, on_event, limit)


def _hide_our_frames(trace: TracebackType | None) -> None:
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
