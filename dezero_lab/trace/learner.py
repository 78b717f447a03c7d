"""How to look at a learner's objects without touching them.

Half-built classes may compare, convert, count or look up attributes in ways that raise, lie or build graph
nodes. So nothing here compares, truth-tests, prints or iterates them: types are judged by their bases, values
are read past any `__getattr__`, objects are told apart by identity.
"""

from __future__ import annotations

import weakref
from typing import Any

MISSING: Any = object()


def read(obj: Any, name: str) -> Any:
    """The attribute as stored (instance, slot, property or class), or MISSING. Never asks `__getattr__`."""
    try:
        return object.__getattribute__(obj, name)
    except Exception:
        return MISSING


def read_value(obj: Any, name: str) -> Any:
    """Like `read`, for `data` and `grad`: a class that keeps them elsewhere may answer by `__getattr__`."""
    value = read(obj, name)
    if value is MISSING and _defines(type(obj), "__getattr__"):
        try:
            return getattr(obj, name)
        except Exception:
            return MISSING
    return value


def spread(values: Any) -> tuple[Any, ...]:
    """One value, a tuple or a list of values, always as a tuple; a single list argument is opened."""
    if type(values) not in (tuple, list):
        return (values,)
    if len(values) == 1 and type(values[0]) in (tuple, list):
        return tuple(values[0])
    return tuple(values)


def dereference(obj: Any) -> Any:
    """What a weak reference refers to (None when it is gone); anything else unchanged."""
    return obj() if issubclass(type(obj), weakref.ref) else obj


def _defines(cls: type, name: str) -> bool:
    return any(name in vars(base) for base in cls.__mro__ if base is not object)


class Kinds:
    """Tells variables and functions by their class: the given one, or one of the same name.

    The name matters because a class cell that is run again leaves two classes of one name, and objects of the
    old one are still part of the learner's graph.

    >>> class Variable: ...
    >>> kinds = Kinds(Variable, None)
    >>> Variable_again = type("Variable", (), {})
    >>> kinds.is_variable(Variable_again()), kinds.is_variable(1.0)
    (True, False)
    """

    def __init__(self, variable: type | None, function: type | None) -> None:
        self._variable = variable.__name__ if variable is not None else "Variable"
        self._function = function.__name__ if function is not None else "Function"
        self._function_given = function is not None
        self._verdicts: dict[type, str] = {object: ""}

    def of_class(self, cls: type) -> str:
        """What a class makes: "v" variables, "f" functions, "" anything else."""
        verdict = self._verdicts.get(cls)
        if verdict is None:
            names = [base.__name__ for base in cls.__mro__]
            if self._function in names:
                verdict = "f"
            elif self._variable in names:
                verdict = "v"
            elif not self._function_given and _defines(cls, "forward") and _defines(cls, "__call__"):
                verdict = "f"
            else:
                verdict = ""
            self._verdicts[cls] = verdict
        return verdict

    def is_variable(self, obj: Any) -> bool:
        """Whether `obj` is one of the learner's variables."""
        return self.of_class(type(obj)) == "v"

    def is_function(self, obj: Any) -> bool:
        """Whether `obj` is one of the learner's functions."""
        return self.of_class(type(obj)) == "f"

    def clear(self) -> None:
        """Forget all classes."""
        self._verdicts.clear()
