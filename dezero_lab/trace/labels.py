"""What the learner calls a variable."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import CodeType, FrameType
from typing import Any

from dezero_lab.trace import events as ev
from dezero_lab.trace.events import Id
from dezero_lab.trace.learner import read
from dezero_lab.trace.ledger import Ledger

_OPTIMIZED = 0x1  # inspect.CO_OPTIMIZED: the frame of a function
_MAX_FRAMES = 40


class Labels:
    """Finds names by identity, in the namespace of the block and in the functions it calls.

    A variable that has no name of its own is called by its `name` attribute, by the variable whose gradient it
    is ("x.grad"), or by a short running label: "t1" for results, "c1" for anything that was not computed.
    """

    def __init__(self, ledger: Ledger, names: Mapping[str, Any] | None) -> None:
        self._ledger = ledger
        self._names = names
        self._block: FrameType | None = None
        self._found: dict[Id, list[str]] = {}
        self._given: dict[Id, str] = {}

    def enter(self, frame: FrameType) -> Any:
        """Note the frame of the block; returns the globals in which its learner works."""
        block: FrameType | None = frame
        if self._names is not None:
            while block is not None and block.f_globals is not self._names:
                block = block.f_back
        self._block = block if block is not None else frame
        return self._names if self._names is not None else frame.f_globals

    def classes(self) -> list[type]:
        """Classes of variables and functions in the namespace: a cell run again leaves more than one."""
        kinds = self._ledger.kinds
        values = list(self._namespace().values())
        return [v for v in values if issubclass(type(v), type) and kinds.of_class(v)]

    def look(self, ids: Iterable[Id | None], is_method: Callable[[CodeType], bool]) -> None:
        """Name what is still nameless: from the block inwards, as far as the first method of the learner's classes."""
        nameless = {}
        for name in ids:
            if name is not None and name not in self._found:
                obj = self._ledger.alive(name)
                if obj is not None:
                    nameless[id(obj)] = name
                    self._ask(name, obj)
        if not nameless:
            return
        frames: list[FrameType] = []
        inner: FrameType | None = sys._getframe(1)
        for _ in range(_MAX_FRAMES):
            if inner is None or inner is self._block:
                break
            frames.append(inner)
            inner = inner.f_back
        self._search(self._namespace(), nameless)
        if self._block is not None and self._names is None:
            self._search_frame(self._block, nameless)
        for frame in reversed(frames):
            if is_method(frame.f_code) or frame.f_globals.get("__package__") == __package__:
                break
            self._search_frame(frame, nameless)

    def settle(self) -> None:
        """Give every variable its final label."""
        living = {}
        for name, obj in self._ledger.living():
            if name[0] == "v":
                living[id(obj)] = name
                self._ask(name, obj)
        earlier, self._found = self._found, {}
        self._search(self._namespace(), living)
        if self._block is not None:
            self._search_frame(self._block, living)
        variables = self._ledger.tape.variables
        # A name that means a variable of this tape now is not given to another one that had it earlier.
        taken = {word for word, value in list(self._namespace().items()) if id(value) in living}
        taken.update(words[0] for words in self._found.values())
        grads, computed = self._grad_owners(), self._computed()
        counts = {"t": 0, "c": 0}
        for name, info in variables.items():
            words = tuple(dict.fromkeys(self._found.get(name, []) + earlier.get(name, [])))
            if name in self._found:
                label = words[0]
            elif words:
                label = _free(words[0], taken)
            elif name in self._given:
                label = _free(self._given[name], taken)
            elif name in grads:
                label = _free(f"{variables[grads[name]].label}.grad", taken)
            else:
                letter = "t" if name in computed else "c"
                label = ""
                while not label or label in taken:
                    counts[letter] += 1
                    label = f"{letter}{counts[letter]}"
            taken.add(label)
            variables[name] = replace(info, label=label, names=words)

    def close(self) -> None:
        """Let go of the frame and the namespace."""
        self._block = None
        self._names = None
        self._found.clear()

    def _namespace(self) -> Mapping[str, Any]:
        if self._names is not None:
            return self._names
        return self._block.f_globals if self._block is not None else {}

    def _search_frame(self, frame: FrameType, wanted: dict[int, Id]) -> None:
        if frame.f_locals is frame.f_globals:
            return
        found = frame.f_locals
        code = frame.f_code
        # What a helper calls its parameter is not the variable's name: in add(square(a), b) nothing is an `x0`.
        own = code.co_argcount + code.co_kwonlyargcount if frame is not self._block else 0
        parameters = set(code.co_varnames[:own])
        self._search({word: found[word] for word in found if word not in parameters}, wanted)
        # Before Python 3.13 a frame keeps this copy, and with it every local, for as long as it runs.
        if sys.version_info < (3, 13) and frame.f_code.co_flags & _OPTIMIZED and isinstance(found, dict):
            found.clear()

    def _search(self, namespace: Mapping[str, Any], wanted: dict[int, Id]) -> None:
        for word, value in list(namespace.items()):
            name = wanted.get(id(value))
            if name is not None and not word.startswith("_"):
                self._found.setdefault(name, []).append(word)

    def _ask(self, name: Id, obj: Any) -> None:
        """Note what a variable says its name is."""
        word = read(obj, "name")
        if type(word) is str and word:
            self._given[name] = word

    def _grad_owners(self) -> dict[Id, Id]:
        """Of which variable a variable was the gradient first."""
        owners: dict[Id, Id] = {}
        for event in self._ledger.tape.events:
            if isinstance(event, ev.Grad) and event.new is not None and event.new.var is not None:
                owners.setdefault(event.new.var, event.v)
        return owners

    def _computed(self) -> set[Id]:
        """Variables that a function made."""
        made: set[Id] = set()
        for event in self._ledger.tape.events:
            if isinstance(event, ev.CallEnd):
                made.update(name for name in event.outputs if name is not None)
            elif isinstance(event, ev.Link) and event.attr == "creator":
                made.add(event.owner)
        return made


def _free(label: str, taken: set[str]) -> str:
    """The label itself, or with the first subscript that nobody has."""
    if label not in taken:
        return label
    n = 1
    while True:
        candidate = label + str(n).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
        if candidate not in taken:
            return candidate
        n += 1
