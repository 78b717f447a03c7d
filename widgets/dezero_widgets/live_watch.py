"""Watches the learner's classes for the live graph: which function took what and gave what, as long as the block runs.

A recording copies every value and ends after some thousand events; a live picture copies nothing and has no end. So it
watches on its own, on top of a recording: two wrappers, `Function.__call__` and `Variable.backward`, and one for each
class's `backward`. Values and names are read when a batch is sent, not at every step. Objects are held weakly.
"""

from __future__ import annotations

import functools
import threading
import weakref
from collections.abc import Callable, Iterable, Mapping
from types import FunctionType
from typing import Any

import numpy as np

from .live_picture import LivePicture, Text

KNOWN = 4000  # ids kept before those of objects that are gone are looked for and dropped


def brief(value: Any) -> str:
    """A number, or the shape of an array; cheap for arrays of any size.

    >>> brief(np.array(2.0)), brief(np.zeros((3, 4))), brief(None)
    ('2.0', '(3, 4)', '')
    """
    if value is None:
        return ""
    shape = getattr(value, "shape", None)
    if shape:
        return str(tuple(shape))
    if isinstance(value, np.ndarray | np.generic):
        value = value.item()
    if isinstance(value, float):
        return f"{value:.4g}" if len(repr(value)) > 7 else repr(value)
    return str(value)[:14] if isinstance(value, int | str) else type(value).__name__[:14]


class Ids:
    """Short ids by identity; an id dies with its object."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Callable[[], Any], str]] = {}
        self._objects: dict[str, Callable[[], Any]] = {}
        self._count = 0
        self._room = KNOWN

    def of(self, obj: Any, letter: str) -> str:
        known = self._known.get(id(obj))
        if known is not None and known[0]() is obj:
            return known[1]
        self._count += 1
        name = f"{letter}{self._count}"
        try:
            ref: Callable[[], Any] = weakref.ref(obj)
        except TypeError:  # __slots__ without __weakref__
            ref = functools.partial(lambda it: it, obj)
        self._known[id(obj)] = (ref, name)
        self._objects[name] = ref
        if len(self._known) > self._room:
            self._known = {key: entry for key, entry in self._known.items() if entry[0]() is not None}
            self._objects = {entry[1]: entry[0] for entry in self._known.values()}
            self._room = max(KNOWN, 2 * len(self._known))
        return name

    def known(self, obj: Any) -> str | None:
        """The id of an object that has one."""
        entry = self._known.get(id(obj))
        return entry[1] if entry is not None and entry[0]() is obj else None

    def alive(self, name: str) -> Any:
        """The object behind an id, or None."""
        ref = self._objects.get(name)
        return None if ref is None else ref()


class LiveWatch:
    """Tells a picture what the learner's classes do in this thread, between `start` and `stop`.

    Args:
        picture: told about every call, visit and sweep; `lock` is held while it is.
        variable, function: the learner's base classes; without a function class nothing is seen.
    """

    def __init__(
        self, picture: LivePicture, lock: threading.Lock, variable: type | None, function: type | None
    ):
        self._picture, self._lock = picture, lock
        self._variable, self._function = variable, function
        self._ids = Ids()
        self._wrapped: list[tuple[type, str, Any]] = []
        self._visited: set[type] = set()
        self._sweeping = 0
        self._thread = 0

    def start(self) -> None:
        """Put the wrappers on."""
        self._thread = threading.get_ident()
        if self._function is not None:
            for cls in family(self._function):
                if "__call__" in vars(cls):
                    self._wrap(cls, "__call__", self._call)
                self._watch_backward(cls)
        if self._variable is not None:
            for cls in family(self._variable):
                if "backward" in vars(cls):
                    self._wrap(cls, "backward", self._sweep)

    def stop(self) -> None:
        """Take the wrappers off; every class is as it was."""
        for cls, name, original in reversed(self._wrapped):
            setattr(cls, name, original)
        self._wrapped.clear()
        self._thread = 0

    def _wrap(self, cls: type, name: str, make: Callable[[Any], Any]) -> None:
        original = vars(cls)[name]
        if not isinstance(original, FunctionType):  # a static method takes no object to look at
            return
        self._wrapped.append((cls, name, original))
        setattr(cls, name, functools.wraps(original)(make(original)))

    def _watch_backward(self, cls: type) -> None:
        for base in cls.__mro__:
            if base is not object and base not in self._visited:
                self._visited.add(base)
                if "backward" in vars(base):
                    self._wrap(base, "backward", self._visit)

    def _told(self, action: Callable[..., Any], *args: Any) -> None:
        """Our own work: nothing of it may reach the learner's program."""
        try:
            with self._lock:
                action(*args)
        except Exception:
            self._thread = 0  # see nothing more rather than disturb

    # ---- wrappers

    def _call(self, original: Any) -> Any:
        def __call__(f: Any, *args: Any, **kwargs: Any) -> Any:
            if threading.get_ident() != self._thread:
                return original(f, *args, **kwargs)
            self._told(self._begin, f)
            result = original(f, *args, **kwargs)
            self._told(self._called, f, args, result)
            return result

        return __call__

    def _visit(self, original: Any) -> Any:
        def backward(f: Any, *args: Any, **kwargs: Any) -> Any:
            if threading.get_ident() == self._thread:
                self._told(lambda: self._picture.visit(self._ids.of(f, "f"), type(f).__name__))
            return original(f, *args, **kwargs)

        return backward

    def _sweep(self, original: Any) -> Any:
        def backward(v: Any, *args: Any, **kwargs: Any) -> Any:
            if threading.get_ident() != self._thread or self._sweeping:
                return original(v, *args, **kwargs)
            self._sweeping = 1
            self._told(self._picture.sweep, True)
            try:
                return original(v, *args, **kwargs)
            finally:
                self._sweeping = 0
                self._told(self._picture.sweep, False)

        return backward

    # ---- what the picture is told

    def _begin(self, f: Any) -> None:
        if type(f) not in self._visited:
            self._watch_backward(type(f))  # a class made inside the block
        self._picture.begin(type(f).__name__)

    def _called(self, f: Any, args: tuple[Any, ...], result: Any) -> None:
        given = list(_spread(args))
        kept = _kept_inputs(f)
        if len(kept) == len(given):  # numbers became variables inside the call
            given = [a if self._is_variable(a) else b for a, b in zip(given, kept, strict=True)]
        inputs = [self._ids.of(v, "v") if self._is_variable(v) else None for v in given]
        results = list(_spread((result,)))
        if self._sweeping and results and all(getattr(v, "creator", self) is None for v in results):
            return  # arithmetic of a backward pass that leaves no links: no part of any graph
        outputs = [self._ids.of(v, "v") if self._is_variable(v) else None for v in results]
        values = {
            name: brief(obj.data)
            for name, obj in zip([*inputs, *outputs], [*given, *results], strict=True)
            if name is not None
        }
        self._picture.call(self._ids.of(f, "f"), type(f).__name__, inputs, outputs, values)

    def _is_variable(self, value: Any) -> bool:
        if self._variable is not None and isinstance(value, self._variable):
            return True
        # A class cell that was run again leaves two classes of one name.
        kind = type(value).__name__
        return self._variable is not None and kind == self._variable.__name__ and hasattr(value, "data")

    def look(self, namespace: Mapping[str, Any]) -> tuple[dict[str, Text], dict[str, str]]:
        """What the variables on the page hold and are called right now; may be asked from any thread."""
        texts: dict[str, Text] = {}
        for v in self._picture.variables:
            obj = self._ids.alive(v)
            if obj is not None:
                grad = getattr(obj, "grad", None)
                inner = getattr(grad, "data", None) if self._is_variable(grad) else grad
                texts[v] = brief(obj.data), brief(inner)
        names: dict[str, str] = {}
        for word, value in list(namespace.items()):
            v = None if word.startswith("_") else self._ids.known(value)
            if v is not None:
                names.setdefault(v, word)
        return texts, names


def family(cls: type) -> list[type]:
    """A class and all its subclasses, each once, bases first."""
    found = [cls]
    for one in found:
        found += [sub for sub in type.__subclasses__(one) if sub not in found]
    return found


def counts_generations(function: type | None) -> bool:
    """Whether a function class knows generations, as from chapter 16 on; before that nothing is called so.

    >>> from dezero_lab.stages import ch10
    >>> counts_generations(ch10.Function)
    False
    """
    code = getattr(vars(function).get("__call__"), "__code__", None) if function is not None else None
    return hasattr(function, "generation") or (code is not None and "generation" in code.co_names)


def _spread(values: Iterable[Any]) -> Iterable[Any]:
    for value in values:
        if isinstance(value, list | tuple):
            yield from value
        else:
            yield value


def _kept_inputs(f: Any) -> list[Any]:
    kept = getattr(f, "inputs", None)
    if isinstance(kept, list | tuple):
        return list(kept)
    one = getattr(f, "input", None)
    return [] if one is None else [one]
