"""Copying and pickling graphs of any depth.

A graph is a chain of objects that point at each other, and a copy that follows the pointers overflows Python's stack.
So the state of a variable lists everything behind it, flat: leaves as objects, the rest by their numbers.
"""

from __future__ import annotations

import weakref
from typing import Any

from .core import Function, Variable
from .sweep import functions_behind

_FIELDS = ("data", "_grad", "name", "requires_grad")


def variable_state(x: Variable) -> dict[str, Any]:
    """What `pickle` and `copy.deepcopy` keep of a variable: its fields, and the graph behind it as a flat list."""
    state = _own_fields(x)
    if x.creator is not None:
        state["graph"] = _flat_graph(x)
    return state


def restore_variable(x: Variable, state: dict[str, Any]) -> None:
    _set_fields(x, state)
    if "graph" in state:
        _rebuild(x, state["graph"])


def _own_fields(x: Variable) -> dict[str, Any]:
    fields = {name: getattr(x, name) for name in _FIELDS}
    if hasattr(x, "__dict__"):
        fields["extra"] = dict(x.__dict__)
    return fields


def _set_fields(x: Variable, state: dict[str, Any]) -> None:
    for name in _FIELDS:
        setattr(x, name, state[name])
    x.creator = None
    if "extra" in state:
        x.__dict__.update(state["extra"])


def _function_fields(func: Function) -> dict[str, Any]:
    fields = dict(getattr(func, "__dict__", {}))
    for cls in type(func).__mro__:
        for name in getattr(cls, "__slots__", ()):
            if name not in ("__weakref__", "_outputs", "inputs") and hasattr(func, name):
                fields[name] = getattr(func, name)
    return fields


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
        made.append({"class": type(x), **_own_fields(x)})
        return "made", numbers[id(x)]

    records = []
    for func in funcs:
        records.append(
            {
                "class": type(func),
                "fields": _function_fields(func),
                "inputs": [reference(x) for x in func.inputs],
                "outputs": [reference(ref()) for ref in func.outputs],
            }
        )
    return {"leaves": leaf_objects, "made": made, "functions": records}


def _rebuild(output: Variable, graph: dict[str, Any]) -> None:
    made = [output]
    for state in graph["made"][1:]:
        x = state["class"].__new__(state["class"])
        _set_fields(x, state)
        made.append(x)

    def resolve(reference: tuple[str, int]) -> Variable:
        kind, number = reference
        return graph["leaves"][number] if kind == "leaf" else made[number]

    for record in graph["functions"]:
        func = record["class"].__new__(record["class"])
        for name, value in record["fields"].items():
            setattr(func, name, value)
        func.inputs = tuple(resolve(reference) for reference in record["inputs"])
        outputs = [resolve(reference) if reference else None for reference in record["outputs"]]
        refs: Any = tuple(weakref.ref(y) if y is not None else _dead for y in outputs)
        func._outputs = refs if len(refs) > 1 else refs[0]
        for y in outputs:
            if y is not None:
                y.creator = func


def _dead() -> None:
    """Stands for a weak reference to an output that was dropped before the copy was made."""
