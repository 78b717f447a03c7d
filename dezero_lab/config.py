"""Two switches, `enable_backprop` and `train`, that hold for a thread or a task and not for its neighbours.

`with no_grad():` computes without recording a graph; `with test_mode():` switches dropout and batch normalisation to
their behaviour at test time. Both also work as decorators.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any


class _Override:
    """A value that holds until its block ends. What was below it holds again then."""

    __slots__ = ("below", "holds", "value")

    def __init__(self, value: bool, below: _Override | None) -> None:
        self.value = value
        self.below = below
        self.holds = True


class _Switch:
    """A value with overrides that may end in any order and anywhere.

    Interleaved blocks (generators, callbacks) leave in another order than they came, and a generator may be closed by
    another thread. So a block marks its own override as ended, and whoever reads passes over those that have.
    """

    __slots__ = ("base", "current")

    def __init__(self, name: str, base: bool) -> None:
        self.base = base
        self.current: ContextVar[_Override | None] = ContextVar(name, default=None)

    def get(self) -> bool:
        override = self.current.get()
        while override is not None:
            if override.holds:
                return override.value
            override = override.below
        return self.base

    def enter(self, value: bool) -> _Override:
        override = _Override(value, self.current.get())
        self.current.set(override)
        return override

    def leave(self, override: _Override) -> None:
        override.holds = False
        left = self.current.get()
        while left is not None and not left.holds:
            left = left.below
        self.current.set(left)


_SWITCHES = {"enable_backprop": _Switch("enable_backprop", True), "train": _Switch("train", True)}
backprop = _SWITCHES["enable_backprop"]


class _ConfigType(type):
    def __getattr__(cls, name: str) -> bool:
        try:
            return _SWITCHES[name].get()
        except KeyError:
            raise AttributeError(_unknown(name)) from None

    def __setattr__(cls, name: str, value: Any) -> None:
        if name not in _SWITCHES:
            raise AttributeError(_unknown(name))
        _SWITCHES[name].base = bool(value)


class Config(metaclass=_ConfigType):
    """Read a switch as `Config.train`; assigning sets it for every thread that has not overridden it.

    >>> Config.enable_backprop
    True
    """

    enable_backprop: bool
    train: bool


def _unknown(name: str) -> str:
    return f"Config has no switch {name!r}; there are {', '.join(map(repr, _SWITCHES))}"


@contextlib.contextmanager
def using_config(name: str, value: bool) -> Iterator[None]:
    """Set a switch for the length of a `with` block, in this thread or task only. Source: book, step 18.

    >>> with using_config("train", False):
    ...     Config.train
    False
    """
    if name not in _SWITCHES:
        raise AttributeError(_unknown(name))
    switch = _SWITCHES[name]
    key = switch.enter(bool(value))
    try:
        yield
    finally:
        switch.leave(key)


def no_grad() -> contextlib.AbstractContextManager[None]:
    """Compute without recording: results have no creator, and nothing is kept for a backward pass."""
    return using_config("enable_backprop", False)


def test_mode() -> contextlib.AbstractContextManager[None]:
    """Behave as at test time: dropout passes its input on, batch normalisation uses its running averages."""
    return using_config("train", False)


test_mode.__test__ = False  # type: ignore[attr-defined]  # pytest collects functions by this prefix
