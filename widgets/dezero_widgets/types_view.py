"""A type meter on every wire: where an array stops being an array (chapter 9)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from dezero_lab.trace import RecordingLimit, Tape, record
from dezero_lab.trace.snapshot import Snapshot

from ._base import STATIC
from .small_view import SmallView, Twin, words


def meter(snapshot: Snapshot | None) -> dict[str, Any]:
    """What one wire carries: `{"type", "shape", "value", "array"}`.

    >>> meter(Snapshot.of(np.array(2.0)))["type"], meter(Snapshot.of(np.float64(2.0)))["type"]
    ('ndarray', 'np.float64')
    """
    if snapshot is None or snapshot.is_none:
        return {"type": "None", "shape": "", "value": "", "array": False}
    if snapshot.shape is not None:
        value = ""
        if snapshot.values is not None and len(snapshot.values) <= 3:
            value = ", ".join(f"{v:.6g}" if isinstance(v, float) else str(v) for v in snapshot.values)
            value = f"[{value}]" if snapshot.shape else value
        return {"type": "ndarray", "shape": str(snapshot.shape), "value": value, "array": True}
    value = f"{snapshot.values[0]:.6g}" if snapshot.values else snapshot.text or ""
    return {"type": snapshot.py or "?", "shape": "", "value": value[:24], "array": False}


def read(tape: Tape) -> dict[str, Any]:
    """The wires of one run, in order: the input, then for each call what `forward` gave and what the new box holds."""
    wires: list[dict[str, Any]] = []
    calls: list[dict[str, Any]] = []
    held: dict[str, Snapshot | None] = {}
    given: Snapshot | None = None
    error = None
    for event in tape.events:
        e: Any = event
        if event.kind == "variable":
            held[e.v] = e.data
        elif event.kind == "call_begin" and not wires:
            first = next((v for v in e.inputs if v), None)
            wires.append({"name": tape.label(first), **meter(held.get(first or ""))})
        elif event.kind == "forward_end":
            given = e.results[0] if e.results else None
        elif event.kind == "call_end" and e.outputs and e.outputs[0]:
            calls.append({"label": tape.functions[e.f].label, "raw": meter(given)})
            wires.append({"name": "", **meter(held.get(e.outputs[0]))})
        elif event.kind == "call_end":
            calls.append({"label": tape.functions[e.f].label, "raw": meter(given)})
            wires.append({"name": "", **meter(None)})
        elif event.kind == "error":
            error = f"{e.type}: {e.message}"[:160]
    for i, wire in enumerate(wires):
        wire["name"] = "x" if i == 0 else "y" if i == len(wires) - 1 else chr(ord("a") + i - 1)
    return {"wires": wires, "calls": calls, "error": error}


def measure(f: Callable[[Any], Any], arrays: tuple[Any, ...], names: dict[str, Any]) -> dict[str, Any]:
    """One row per array sent through `f`: `{"rows": [{"input", "wires", "calls", "error"}]}`."""
    rows = []
    for array in arrays:
        shown = (
            f"np.array({np.asarray(array).tolist()!r})" if np.size(array) <= 6 else f"shape {np.shape(array)}"
        )
        with record(names.get("Variable"), names.get("Function"), names={}, lines=False, limit=5000) as tape:
            try:
                f(names["Variable"](array))
                problem = None
            except (Exception, RecordingLimit) as error:  # shown beside the wires it got to
                problem = f"{type(error).__name__}: {error}"[:160]
        row = read(tape)
        rows.append({"input": shown, **row, "error": row["error"] or problem})
    return {"rows": rows}


def twin(payload: dict[str, Any], lang: str) -> Twin:
    """One row per input, one column per wire."""
    say = words(lang)
    most = max((len(r["wires"]) for r in payload["rows"]), default=0)
    names = next((r["wires"] for r in payload["rows"] if len(r["wires"]) == most), [])
    rows = []
    for row in payload["rows"]:
        cells = [f"{w['type']}{w['shape']}" for w in row["wires"]]
        rows.append([row["input"], *cells, *[""] * (most - len(cells))])
    lines = [f"{r['input']}: {r['error']}" for r in payload["rows"] if r["error"]]
    lines += [
        say(
            f"{r['input']}: {c['label']} gave {c['raw']['type']}",
            f"{r['input']}: {c['label']}의 결과는 {c['raw']['type']}",
        )
        for r in payload["rows"]
        for c in r["calls"]
        if not c["raw"]["array"]
    ]
    return Twin(
        say("Type meter", "자료형 측정기"), lines, [say("input", "입력"), *(w["name"] for w in names)], rows
    )


class TypesView(SmallView):
    """The type on every wire, for every input."""

    _esm = STATIC / "types_view.js"
    twin = staticmethod(twin)


def show(chapter: Any, f: Callable[[Any], Any], *arrays: Any) -> TypesView:
    """`ch.types(f, np.array([1.0]), np.array(1.0))`; without arrays these two are used."""
    return TypesView(
        measure(f, arrays or (np.array([1.0]), np.array(1.0)), chapter.namespace), lang=chapter.lang
    )
