"""Temporary wrappers on a class, and the promise that nothing of them stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dezero_lab.trace.learner import MISSING

_MARK = "__dezero_lab_seam__"


class Seams:
    """Wraps attributes of classes and puts the originals back.

    Recordings may be nested and may end in any order. So an attribute is put back only if it is still our
    wrapper: a method the learner replaced meanwhile stays, and a wrapper that another recording has put on top
    is passed over when that one ends.

    >>> class Square:
    ...     def forward(self, x):
    ...         return x ** 2
    >>> before = dict(vars(Square))
    >>> seams = Seams()
    >>> seams.wrap(Square, "forward", lambda original: lambda self, x: original(self, x) + 1)
    >>> Square().forward(3)
    10
    >>> seams.restore()
    >>> Square().forward(3), dict(vars(Square)) == before
    (9, True)
    """

    def __init__(self) -> None:
        self._wrapped: dict[tuple[type, str], tuple[Any, Any]] = {}
        self.open = True

    def has(self, cls: type, name: str) -> bool:
        """Whether `cls.name` is already wrapped here."""
        return (cls, name) in self._wrapped

    def wrap(self, cls: type, name: str, make: Callable[[Any], Any]) -> None:
        """Replace `cls.name` by `make(original)`; original is MISSING when the class itself has none."""
        original = vars(cls).get(name, MISSING)
        wrapper = make(original)
        raw = wrapper.__func__ if isinstance(wrapper, classmethod) else wrapper
        setattr(raw, _MARK, (self, original))
        # `type.` and not `setattr`: a metaclass of the learner's has no say in this.
        type.__setattr__(cls, name, wrapper)
        self._wrapped[cls, name] = (wrapper, original)

    def restore(self) -> None:
        """Put every original back where our wrapper still is."""
        self.open = False
        for (cls, name), (wrapper, original) in self._wrapped.items():
            if vars(cls).get(name, MISSING) is not wrapper:
                continue
            while original is not MISSING:
                seams, below = getattr(getattr(original, "__func__", original), _MARK, (None, MISSING))
                if seams is None or seams.open:
                    break
                original = below
            if original is MISSING:
                type.__delattr__(cls, name)
            else:
                type.__setattr__(cls, name, original)
        self._wrapped.clear()
