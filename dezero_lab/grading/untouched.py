"""Leaving no trace: whatever a check could change in the notebook is put back."""

from __future__ import annotations

import contextlib
import random
import sys
import warnings
from collections.abc import Iterator, MutableMapping
from typing import Any

import numpy as np


@contextlib.contextmanager
def untouched(space: MutableMapping[str, Any]) -> Iterator[Switches]:
    """Put back everything a check could change: random states, switches, names, class attributes, NumPy's settings.

    Yields the switches (`Config` values) as they were, so that a check can tell when one was left turned.
    """
    numpy_state, python_state = np.random.get_state(), random.getstate()
    before = dict(space)
    classes = {id(v): (v, dict(vars(v))) for v in before.values() if isinstance(v, type)}
    switches = Switches(space)
    errors = np.geterr()
    limit = sys.getrecursionlimit()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield switches
        finally:
            switches.restore()
            for cls, attributes in classes.values():
                _restore_class(cls, attributes)
            for name in [n for n in space if n not in before]:
                del space[name]
            for name, value in before.items():
                if name not in space or space[name] is not value:
                    space[name] = value
            np.random.set_state(numpy_state)
            random.setstate(python_state)
            np.seterr(**errors)
            if sys.getrecursionlimit() != limit:
                sys.setrecursionlimit(limit)


class Switches:
    """The plain values on a class named Config, as they were when this was made."""

    def __init__(self, space: MutableMapping[str, Any]) -> None:
        config = space.get("Config")
        self._config = config if isinstance(config, type) else None
        self._values = self._read()

    def changed(self) -> list[str]:
        """The names of the switches that differ now."""
        now = self._read()
        return sorted(n for n in self._values.keys() | now.keys() if self._values.get(n) != now.get(n))

    def restore(self) -> None:
        """Set every switch back to the value it had."""
        for name in self.changed():
            if name in self._values:
                setattr(self._config, name, self._values[name])

    def _read(self) -> dict[str, Any]:
        if self._config is None:
            return {}
        return {
            n: v
            for n, v in vars(self._config).items()
            if not n.startswith("_") and isinstance(v, bool | int | float | str)
        }


def _restore_class(cls: type, before: dict[str, Any]) -> None:
    now = dict(vars(cls))
    if now.keys() == before.keys() and all(now[k] is before[k] for k in now):
        return
    with contextlib.suppress(AttributeError, TypeError):
        for name in now.keys() - before.keys():
            delattr(cls, name)
        for name, value in before.items():
            if name in ("__dict__", "__weakref__"):
                continue
            if now.get(name) is not value:
                setattr(cls, name, value)
