"""`ch.graph(y)`: the graph that `y` links to, through the learner's own `creator` and `input(s)` (from chapter 7).

Nothing is run and nothing is recorded: the picture is what a walk over the learner's pointers finds. In it one can
follow a pointer, and cut one to see which part can no longer be reached; the objects themselves stay as they are.
"""

from __future__ import annotations

import contextlib
import weakref
from typing import Any

import numpy as np

from dezero_lab.graph import Graph, layout, to_svg, to_text
from dezero_lab.graph.flow import value_text
from dezero_lab.trace import Tape, walk
from dezero_lab.trace.events import Link

from ._base import STATIC, LabWidget
from .live_graph import LiveBlock
from .live_graph import show as live_show
from .small_view import words

FOLLOWED = ("creator", "input", "inputs")
NODES = 400


def measure(y: Any, names: dict[str, Any] | None = None) -> tuple[dict[str, Any], Graph]:
    """The walk from `y` as a payload, and its graph.

    Returns:
        `{"output": id, "scene", "nodes": {id: {"label", "kind", "class", "data", "grad", "links": [[attr, [id |
        None]]]}}, "before": None}`. `links` are only those that a walk from the output follows.
    """
    tape = walk(y, names if names is not None else {})
    graph = Graph.from_tape(tape)
    scene = layout(graph, fold_above=NODES).to_json()
    return {"output": output_of(tape), "scene": scene, "nodes": nodes(tape), "before": None}, graph


def output_of(tape: Tape) -> str | None:
    """The variable the walk began at: it names its creator after all others, or it is alone."""
    made = [event.owner for event in tape.events if isinstance(event, Link) and event.attr == "creator"]
    return made[-1] if made else next(iter(tape.variables), None)


def nodes(tape: Tape) -> dict[str, dict[str, Any]]:
    """What each node holds and points at."""
    found: dict[str, dict[str, Any]] = {
        info.id: {"label": info.label, "kind": kind, "class": info.cls, "data": "", "grad": "", "links": []}
        for kind, infos in (("variable", tape.variables), ("function", tape.functions))
        for info in infos.values()
    }
    for event in tape.events:
        e: Any = event
        if event.kind == "variable":
            found[e.v]["data"] = value_text(e.data)
            found[e.v]["grad"] = value_text(e.grad)
        elif event.kind == "link" and e.attr in FOLLOWED:
            found[e.owner]["links"].append([e.attr, list(e.targets)])
    return found


class LinkedView(LabWidget):
    """A picture of pointers, to follow and to cut."""

    _esm = STATIC / "linked_view.js"

    def __init__(self, payload: dict[str, Any], graph: Graph, lang: str) -> None:
        super().__init__(payload, lang=lang)
        self._graph = graph

    def text_form(self) -> str:
        say = words(self.lang)
        payload = self.data
        head = say(
            f"{payload['nodes'][payload['output']]['label']} reaches {len(payload['nodes'])} nodes",
            f"{payload['nodes'][payload['output']]['label']}에서 닿는 노드 {len(payload['nodes'])}개",
        )
        return f"{head}\n{to_text(self._graph, lang=self.lang)}"

    def svg_form(self) -> str | None:
        return to_svg(layout(self._graph, fold_above=NODES))


_last: dict[int, tuple[weakref.ref[Any], int]] = {}


def show(chapter: Any, y: Any) -> LinkedView | LiveBlock:
    """`ch.graph(y)`; the second time it says how many nodes fewer (or more) than before can be reached.

    `with ch.graph("title"):` means a live graph with that title.

    Raises:
        TypeError: for something that is no variable.
    """
    if isinstance(y, str):
        return live_show(chapter, y)
    if not hasattr(y, "data") or isinstance(y, np.ndarray | np.generic):
        raise TypeError(
            f"ch.graph(y) draws what a Variable links to; this is {type(y).__name__}. "
            "Pass the Variable itself, not its data."
        )
    payload, graph = measure(y, chapter.namespace)
    with contextlib.suppress(TypeError):  # a class with __slots__ and no weak references
        known = _last.get(id(y))
        if known is not None and known[0]() is y:
            payload["before"] = known[1]
        _last[id(y)] = (weakref.ref(y), len(payload["nodes"]))
    return LinkedView(payload, graph, chapter.lang)
