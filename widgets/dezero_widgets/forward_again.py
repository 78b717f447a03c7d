"""Compute an output again from other values, through the learner's own functions and links.

A numerical gradient needs `y` as a function of some variable in the graph. The graph itself says how: walk from `y`
along `creator` and `input`/`inputs`, then call each function's `forward` on plain arrays. Nothing is written to a
variable; every function's `forward` runs last with the values it had, so what it remembered stays right.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


class NoPath(Exception):
    """Why an output cannot be computed again; the text is for the learner."""


def forward_again(y: Any) -> Callable[[Mapping[int, Array]], Array]:
    """`again({id(x): array})` is the data `y` would have if variable `x` held that array.

    Raises:
        NoPath: `y` has no creator, so there is nothing to compute.
    """
    functions = _in_order(y)
    if not functions:
        raise NoPath("`y` has no creator: nothing links it to its inputs yet.")

    def again(override: Mapping[int, Array]) -> Array:
        known: dict[int, Array] = {}

        def value(variable: Any) -> Array:
            key = id(variable)
            if key in override:
                return override[key]
            return known[key] if key in known else np.asarray(variable.data)

        for function in functions:
            results = _forward(function, [value(v) for v in _inputs(function)])
            for output, result in zip(_outputs(function), results):  # noqa: B905  a wrong engine may return fewer
                if output is not None:
                    known[id(output)] = np.asarray(result)
        return value(y)

    def tidy(override: Mapping[int, Array]) -> Array:
        try:
            return again(override)
        finally:
            if override:
                again({})

    return tidy


def _in_order(y: Any) -> list[Any]:
    """Every function `y` depends on, producers first. Iterative, keyed by identity."""
    ordered: list[Any] = []
    seen: set[int] = set()
    work: list[tuple[Any, bool]] = [(getattr(y, "creator", None), False)]
    while work:
        function, finished = work.pop()
        if function is None or (not finished and id(function) in seen):
            continue
        if finished:
            ordered.append(function)
            continue
        seen.add(id(function))
        work.append((function, True))
        work.extend((getattr(v, "creator", None), False) for v in _inputs(function))
    return ordered


def _inputs(function: Any) -> list[Any]:
    if hasattr(function, "inputs"):
        return list(function.inputs)
    return [function.input] if hasattr(function, "input") else []


def _outputs(function: Any) -> list[Any]:
    """The output variables; from chapter 17 on the links are weak and one may be gone (None)."""
    many = function.outputs if hasattr(function, "outputs") else [getattr(function, "output", None)]
    return [link() if isinstance(link, weakref.ref) else link for link in many]


def _forward(function: Any, arrays: list[Array]) -> tuple[Any, ...]:
    try:
        results = function.forward(*arrays)
    except TypeError:
        results = function.forward(arrays)  # chapter 11 hands over one list
    return tuple(results) if isinstance(results, (tuple, list)) else (results,)
