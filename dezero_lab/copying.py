"""Copying and pickling graphs of any depth.

A graph is a chain of objects that point at each other, and a copy that follows the pointers overflows Python's stack.
So the state of a variable lists everything behind it, flat: leaves as objects, the rest by their numbers.
"""

from __future__ import annotations

import copy
import weakref
from typing import Any

from .core import Function, Variable
from .sweep import functions_behind

_NO_FIELDS = ("__weakref__", "__dict__", "creator", "_outputs", "inputs")  # links, which are made anew


def variable_state(x: Variable) -> dict[str, Any]:
    """What `pickle` and `copy.copy` keep of a variable: its fields, and the graph behind it as a flat list."""
    state: dict[str, Any] = {"fields": _own_fields(x)}
    if x.creator is not None:
        state["graph"] = _flat_graph(x)
    return state


def restore_variable(x: Variable, state: dict[str, Any]) -> None:
    x.creator = None
    _set_fields(x, state["fields"])
    if "graph" in state:
        _rebuild(x, state["graph"])


def deep_copy(output: Variable, memo: dict[int, Any]) -> Variable:
    """What `copy.deepcopy` makes of a variable: a copy of it and of the graph behind it.

    memo: the copies that this call of `copy.deepcopy` has made, by the id of the original; so variables that stood in
    one graph still do, also when they are reached one after the other.
    """

    def twin(x: Variable) -> Variable:
        if id(x) not in memo:
            memo[id(x)] = made = type(x).__new__(type(x))
            made.creator = None
            _set_fields(made, copy.deepcopy(_own_fields(x), memo))
        return memo[id(x)]

    for func in sorted(functions_behind(output), key=lambda func: func.generation):
        if id(func) in memo:
            continue
        made = memo[id(func)] = type(func).__new__(type(func))
        made.inputs = tuple([twin(x) for x in func.inputs])
        _set_fields(made, copy.deepcopy(_own_fields(func), memo))
        _link_outputs(made, [None if y is None else twin(y) for y in (ref() for ref in func.outputs)])
    return twin(output)


def _own_fields(obj: Any) -> dict[str, Any]:
    """Everything but the links of the graph, of a variable or of a function."""
    fields = dict(getattr(obj, "__dict__", {}))
    for cls in type(obj).__mro__:
        slots = cls.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if name not in _NO_FIELDS and hasattr(obj, name):
                fields[name] = getattr(obj, name)
    return fields


def _set_fields(obj: Any, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(obj, name, value)


def _link_outputs(func: Function, outputs: list[Variable | None]) -> None:
    refs: Any = tuple([weakref.ref(y) if y is not None else _dead for y in outputs])
    func._outputs = refs if len(refs) > 1 else refs[0]
    for y in outputs:
        if y is not None:
            y.creator = func


def _flat_graph(output: Variable) -> dict[str, Any]:
    """Functions from the leaves to the output. A variable is ("leaf", object), ("made", number) or the output itself."""
    funcs = sorted(functions_behind(output), key=lambda func: func.generation)
    numbers: dict[int, int] = {id(output): 0}
    made: list[dict[str, Any]] = [{}]
    leaves: dict[int, int] = {}
    leaf_objects: list[Variable] = []

    def reference(x: Variable | None) -> tuple[str, int] | None:
        if x is None:
            return None
        if id(x) in numbers:
            return "made", numbers[id(x)]
        if x.creator is None:
            if id(x) not in leaves:
                leaves[id(x)] = len(leaf_objects)
                leaf_objects.append(x)
            return "leaf", leaves[id(x)]
        numbers[id(x)] = len(made)
        made.append({"class": type(x), "fields": _own_fields(x)})
        return "made", numbers[id(x)]

    records = []
    for func in funcs:
        records.append(
            {
                "class": type(func),
                "fields": _own_fields(func),
                "inputs": [reference(x) for x in func.inputs],
                "outputs": [reference(ref()) for ref in func.outputs],
            }
        )
    return {"leaves": leaf_objects, "made": made, "functions": records}


def _rebuild(output: Variable, graph: dict[str, Any]) -> None:
    made = [output]
    for state in graph["made"][1:]:
        x = state["class"].__new__(state["class"])
        x.creator = None
        _set_fields(x, state["fields"])
        made.append(x)

    def resolve(reference: tuple[str, int]) -> Variable:
        kind, number = reference
        return graph["leaves"][number] if kind == "leaf" else made[number]

    for record in graph["functions"]:
        func = record["class"].__new__(record["class"])
        _set_fields(func, record["fields"])
        func.inputs = tuple(resolve(reference) for reference in record["inputs"])
        _link_outputs(func, [resolve(reference) if reference else None for reference in record["outputs"]])


def _dead() -> None:
    """Stands for a weak reference to an output that was dropped before the copy was made."""
