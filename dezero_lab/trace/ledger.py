"""Who is who, and what each variable held when we last looked.

The ledger gives ids to objects it meets, remembers by value (never by reference) what it knows of them, and
writes an event whenever something turns out to be different. Both the recorder and the static walk use it.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from dezero_lab.trace import events as ev
from dezero_lab.trace.events import Id, MaybeIds, Snapshots
from dezero_lab.trace.learner import MISSING, Kinds, dereference, read, read_value, spread
from dezero_lab.trace.snapshot import MAX_VALUES, Snapshot, Storage
from dezero_lab.trace.tape import FunctionInfo, VariableInfo
from dezero_lab.trace.writer import Writer, weight

FEW = 32
FUNCTION_LINKS = ("input", "inputs", "output", "outputs")


class Ledger:
    """Gives ids, takes snapshots, and compares what is with what was known."""

    def __init__(self, writer: Writer, kinds: Kinds, on_meet: Callable[[Any], None] | None = None) -> None:
        self.tape = writer.tape
        self.kinds = kinds
        self._writer = writer
        self._on_meet = on_meet
        self._closing = False
        self._storage = Storage()
        self._ids: dict[int, Id] = {}
        self._alive: dict[Id, Callable[[], Any]] = {}
        self._known: dict[tuple[Id, str], tuple[Snapshot | None, object]] = {}
        self._sharing: dict[int, set[tuple[Id, str]]] = {}
        self._links: dict[tuple[Id, str], object] = {}

    def catch_up(self) -> None:
        """End the tape: brackets that never closed are, and the numbers are those everything ended with."""
        if self._writer.full or self._writer.depth:
            self._writer.remark("caught_up")
        self._writer.reopen()
        self._closing = True
        self.sync(deep=True)

    def close(self) -> None:
        """Let go of everything."""
        self._writer.close()
        self._on_meet = None
        self._ids.clear()
        self._alive.clear()
        self._known.clear()
        self._sharing.clear()
        self._links.clear()
        self._storage.clear()
        self.kinds.clear()

    # ---- ids

    def variable(self, obj: Any) -> Id | None:
        """The id of a variable, given at first sight; None for anything else."""
        name = self.name_of(obj)
        if name is not None:
            return name
        if self._writer.full or self._closing or not self.kinds.is_variable(obj):
            return None
        name = f"v{len(self.tape.variables) + 1}"
        self._meet(obj, name)
        cls = type(obj).__name__
        self.tape.variables[name] = VariableInfo(name, name, (), cls)
        self._writer.count(150 + 2 * len(cls))
        try:
            (data, data_mark), (grad, grad_mark) = self._look(obj, "data"), self._look(obj, "grad")
            introduced = self._writer.emit(ev.VariableSeen, v=name, data=data, grad=grad)
        except BaseException:  # an interrupt can come at any moment
            self._unmeet(obj, name)
            raise
        if not introduced:
            return self._unmeet(obj, name)
        self._remember(name, "data", data, data_mark)
        self._remember(name, "grad", grad, grad_mark)
        return name

    def function(self, obj: Any) -> Id | None:
        """The id of a function, given at first sight; None for anything else."""
        name = self.name_of(obj)
        if name is not None:
            return name
        if self._writer.full or self._closing or not self.kinds.is_function(obj):
            return None
        name = f"f{len(self.tape.functions) + 1}"
        self._meet(obj, name)
        label = type(obj).__name__
        self.tape.functions[name] = FunctionInfo(name, label, label)
        self._writer.count(60 + 2 * len(label))
        return name if self._writer.emit(ev.FunctionSeen, f=name) else self._unmeet(obj, name)

    def name_of(self, obj: Any) -> Id | None:
        """The id that was given to this very object; None when it has none yet."""
        name = self._ids.get(id(obj))
        # An address may have been used before by an object that is gone.
        return name if name is not None and self._alive[name]() is obj else None

    def alive(self, name: Id) -> Any:
        """The object behind an id, or None when it is gone."""
        ref = self._alive.get(name)
        return None if ref is None else ref()

    def living(self) -> Iterable[tuple[Id, Any]]:
        """(id, object) of everything met that still exists."""
        # No weakref callbacks: they could run, and change the table, while it is being read.
        for name, ref in list(self._alive.items()):
            obj = ref()
            if obj is not None:
                yield name, obj

    def _meet(self, obj: Any, name: Id) -> None:
        try:
            self._alive[name] = weakref.ref(obj)
        except TypeError:  # __slots__ without __weakref__: kept alive, but only until the recording ends
            self._alive[name] = lambda: obj
        self._ids[id(obj)] = name
        if self._on_meet is not None:
            self._on_meet(obj)

    def _unmeet(self, obj: Any, name: Id) -> None:
        """The tape had no room left for the event that introduces this object."""
        del self._alive[name], self._ids[id(obj)]
        self.tape.variables.pop(name, None)
        self.tape.functions.pop(name, None)

    # ---- values

    def snap(self, value: Any) -> Snapshot:
        """A copy of a value; of the data inside when it is a variable."""
        if self.kinds.is_variable(value):
            inner = read_value(value, "data")
            return Snapshot.of(
                None if inner is MISSING else inner, self._storage.token(inner), self.variable(value)
            )
        return Snapshot.of(value, self._storage.token(value))

    def snaps(self, values: Any) -> Snapshots:
        """Copies of one value, or of each in a tuple or list."""
        return tuple(self.snap(value) for value in spread(values))

    def ids(self, values: Any) -> MaybeIds:
        """Ids of the variables in a value, tuple or list, also one list deeper; None in the place of others."""
        found: list[Id | None] = []
        for value in spread(values):
            inner = [dereference(v) for v in value] if type(value) in (list, tuple) else []
            if any(self.kinds.is_variable(v) for v in inner):
                found.extend(self.variable(v) for v in inner)
            else:
                found.append(self.variable(dereference(value)))
        return tuple(found)

    def check(self, name: Id, obj: Any, attr: str, written: bool = False) -> None:
        """Write an event if `obj.attr` is not what it was; in any case if it was just `written`."""
        if self._writer.full:
            return
        old, old_mark = self._known.get((name, attr), (None, None))
        value = read_value(obj, attr)
        mark = self._mark(value)
        if mark == old_mark and mark is not None and not written:
            return
        new = None if value is None or value is MISSING else self.snap(value)
        if new == old and (not written or new is None):
            return
        if new is None:
            op = "clear"
        else:
            same = old is not None and old.token is not None and old.token == new.token
            op = "inplace" if same and old != new else "set"
        if not self._writer.emit(ev.Grad if attr == "grad" else ev.Data, v=name, old=old, new=new, op=op):
            return
        self._remember(name, attr, new, mark)
        if op == "inplace" and new is not None and new.token is not None:
            for other, other_attr in sorted(self._sharing.get(new.token, ())):
                if (other, other_attr) != (name, attr):
                    sharer = self.alive(other)
                    if sharer is not None:
                        self.check(other, sharer, other_attr)

    def glance(self, names: Iterable[Id | None]) -> None:
        """Check some variables again; all of them while there are few, so that nothing is noticed late."""
        if len(self._alive) <= FEW:
            self.sync()
        else:
            self.look_at(names)

    def look_at(self, names: Iterable[Id | None]) -> None:
        """Check these variables again."""
        if self._writer.full:
            return
        for name in names:
            obj = self.alive(name) if name is not None else None
            if obj is not None and name is not None:
                self._check_again(name, obj, deep=False)

    def sync(self, deep: bool = False) -> None:
        """Check every living variable again: writes past `__setattr__` and changed memory come to light.

        Arrays above 64 elements are compared only when `deep`.
        """
        if self._writer.full:
            return
        for name, obj in self.living():
            if name[0] == "v":
                self._check_again(name, obj, deep)

    def _check_again(self, name: Id, obj: Any, deep: bool) -> None:
        for attr in ("data", "grad"):
            value = read_value(obj, attr)
            mark = self._mark(value)
            old, old_mark = self._known.get((name, attr), (None, None))
            if mark is None and not deep:
                moved = old is None or old.token != self._storage.token(self._inner(value))
            else:
                moved = mark is None or mark != old_mark
            if moved:
                self.check(name, obj, attr)

    def inputs_and_outputs(self, obj: Any) -> list[Id | None]:
        """Ids of the variables a function links to, as far as they are known."""
        found: list[Id | None] = []
        for attr in FUNCTION_LINKS:
            for value in spread(read(obj, attr)):
                found.append(self.name_of(dereference(value)))
        return found

    def _look(self, obj: Any, attr: str) -> tuple[Snapshot | None, object]:
        value = read_value(obj, attr)
        nothing = value is None or value is MISSING
        return (None if nothing else self.snap(value)), self._mark(value)

    def _inner(self, value: Any) -> Any:
        return read_value(value, "data") if self.kinds.is_variable(value) else value

    def _mark(self, value: Any) -> object:
        """Something cheap that differs when the value does; None when only a full snapshot can tell."""
        if value is None or value is MISSING:
            return "nothing"
        if self.kinds.is_variable(value):
            inner = read_value(value, "data")
            mark = "nothing" if inner is MISSING or self.kinds.is_variable(inner) else self._mark(inner)
            return None if mark is None else (id(value), mark)
        if issubclass(type(value), np.ndarray):
            # The address tells an array that was replaced by an equal one.
            return (value.tobytes(), value.shape, id(value)) if value.size <= MAX_VALUES else None
        if issubclass(type(value), np.generic):
            return (type(value).__name__, value.tobytes())
        if type(value) in (bool, int, float, complex, str):
            return (type(value).__name__, repr(value))
        return id(value)

    def _remember(self, name: Id, attr: str, new: Snapshot | None, mark: object) -> None:
        key = (name, attr)
        old = self._known.get(key, (None, None))[0]
        self._writer.held += weight(new) - weight(old)
        if old is not None and old.token is not None:
            self._sharing.get(old.token, set()).discard(key)
        if new is not None and new.token is not None:
            self._sharing.setdefault(new.token, set()).add(key)
        self._known[key] = (new, mark)

    # ---- links

    def function_links(self, obj: Any) -> None:
        """Write down which variables a function says it took and made, where that is news."""
        name = self.function(obj)
        if name is None:
            return
        for attr in FUNCTION_LINKS:
            found = read(obj, attr)
            if found is not MISSING:
                self._link(name, attr, self.ids(found))
        self._generation(name, obj)

    def variable_links(self, obj: Any, known_only: bool = False) -> None:
        """Write down which function a variable names as its creator, where that is news.

        With `known_only` a creator not met before stays out: it belongs to a graph that was made earlier, and
        a part of that without the rest would be a riddle. A sweep through it brings in all of it.
        """
        name = self.variable(obj)
        if name is None:
            return
        creator = read(obj, "creator")
        stranger = known_only and self.kinds.is_function(creator) and self.name_of(creator) is None
        if (
            creator is not MISSING
            and not stranger
            and (creator is not None or (name, "creator") in self._links)
        ):
            self._link(name, "creator", (self.function(creator),))
        self._generation(name, obj)

    def _generation(self, name: Id, obj: Any) -> None:
        value = read(obj, "generation")
        if type(value) is int and self._links.get((name, "generation")) != value and not self._writer.full:
            self._links[name, "generation"] = value
            self._writer.emit(ev.Link, owner=name, attr="generation", targets=(), value=value)

    def _link(self, name: Id, attr: str, targets: MaybeIds) -> None:
        if self._links.get((name, attr)) != targets and not self._writer.full:
            self._links[name, attr] = targets
            self._writer.emit(ev.Link, owner=name, attr=attr, targets=targets, value=None)

    def explore(self, output: Any) -> None:
        """Meet everything `output` links to, inputs first, without recursion and however tangled it is."""
        seen: set[int] = set()
        todo: list[tuple[Any, bool]] = [(output, False)]
        while todo and not self._writer.full:
            obj, finished = todo.pop()
            if finished:
                if self.kinds.is_function(obj):
                    self.function_links(obj)
                else:
                    self.variable_links(obj)
                continue
            if id(obj) in seen:
                continue
            seen.add(id(obj))
            if self.kinds.is_variable(obj):
                todo.append((obj, True))
                creator = read(obj, "creator")
                if creator is not MISSING and self.kinds.is_function(creator):
                    todo.append((creator, False))
            elif self.kinds.is_function(obj):
                todo.append((obj, True))
                for attr in ("inputs", "input"):
                    found = read(obj, attr)
                    if found is not MISSING:
                        todo.extend((dereference(v), False) for v in reversed(spread(found)))
