"""Calling backward by hand: in which order? Every order is run on the learner's own functions (chapter 6).

`backward` of a function needs what the variable on its right has in `grad`. Called too early it receives `None`; the wire
shows that, and the walk stops there. All orders are run before the picture opens.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from itertools import permutations
from typing import Any

import numpy as np

from ._base import STATIC
from .lanes_view import wire_names
from .live_watch import brief
from .small_view import Box, SmallView, Twin, words

MOST = 4  # functions; four have 24 orders
Step = dict[str, Any]


def forward(functions: Sequence[Any], box: Callable[[Any], Any], x: Any) -> tuple[list[Any], list[Any]]:
    """One fresh pass: the function instances and the variables on the wires, one more than functions."""
    made = [f() if isinstance(f, type) else copy.copy(f) for f in functions]
    wires = [box(np.array(x))]
    for f in made:
        wires.append(f(wires[-1]))
    return made, wires


def run(functions: Sequence[Any], box: Callable[[Any], Any], x: Any, order: Sequence[int]) -> list[Step]:
    """Call backward in this order, each with the grad that is on its right at that moment.

    Returns:
        `[{"f": index, "gy": text | None, "gx": text | None, "error": text | None}]`, up to the first that fails.
    """
    made, wires = forward(functions, box, x)
    wires[-1].grad = np.ones_like(wires[-1].data)
    steps: list[Step] = []
    for i in order:
        gy = getattr(wires[i + 1], "grad", None)
        step: Step = {"f": i, "gy": None if gy is None else brief(gy), "gx": None, "error": None}
        steps.append(step)
        try:
            gx = made[i].backward(gy)
        except Exception as error:
            step["error"] = f"{type(error).__name__}: {error}"[:120]
            break
        if gx is None:
            break
        wires[i].grad = getattr(gx, "data", gx) if not isinstance(gx, np.ndarray | np.generic) else gx
        step["gx"] = brief(wires[i].grad)
    return steps


def measure(functions: Sequence[Any], box: Callable[[Any], Any], x: Any) -> dict[str, Any]:
    """Every order of the functions.

    Returns:
        `{"functions": [labels], "wires": [[name, value]], "orders": {"2,1,0": steps}, "seed": text, "error"}`
    """
    labels = [(f if isinstance(f, type) else type(f)).__name__ for f in functions]
    payload: dict[str, Any] = {"functions": labels, "wires": [], "orders": {}, "seed": "1.0", "error": None}
    try:
        _, wires = forward(functions, box, x)
        payload["wires"] = [
            [name, brief(v.data)] for name, v in zip(wire_names(len(labels)), wires, strict=True)
        ]
        with np.errstate(all="ignore"):
            for order in permutations(range(len(labels))):
                payload["orders"][",".join(map(str, order))] = run(functions, box, x, order)
    except Exception as error:
        payload["error"] = f"{type(error).__name__}: {error}"[:160]
    return payload


def twin(payload: dict[str, Any], lang: str) -> Twin:
    """One row per order: how far it came."""
    say = words(lang)
    labels = payload["functions"]
    title = say("In which order?", "어떤 순서로?")
    if payload["error"]:
        return Twin(title, [payload["error"]], [], [])
    rows = []
    for order, steps in payload["orders"].items():
        called = " → ".join(f"{labels[int(i)]}" for i in order.split(","))
        last = steps[-1]
        end = (
            say("None arrived", "None이 왔습니다")
            if last["gy"] is None
            else last["error"] or last["gx"] or "None"
        )
        done = sum(s["gx"] is not None for s in steps)
        rows.append([called, f"{done}/{len(labels)}", end])
    names = " → ".join(f"{name} = {value}" for name, value in payload["wires"])
    columns = [say("called in this order", "호출 순서"), say("worked", "성공"), say("end", "끝")]
    return Twin(title, [names], columns, rows)


class OrderView(SmallView):
    """Cards to put in order, a chain whose grads fill, and where a wrong order stops."""

    _esm = STATIC / "order_view.js"
    twin = staticmethod(twin)


def show(chapter: Any, *functions: Any, x: Any = 0.5) -> OrderView:
    """`ch.order(Square, Exp, Square, x=0.5)`; without functions, the notebook's Square and Exp."""
    names = chapter.namespace
    if not functions:
        functions = tuple(names[k] for k in ("Square", "Exp", "Square") if k in names)
    return OrderView(measure(functions[:MOST], names.get("Variable", Box), x), lang=chapter.lang)
