"""The work list of the learner's `backward`: pushes, pops, generations, refused duplicates (chapters 8, 15, 16).

The list is found by the recorder in the frame of the learner's own `backward`, whatever it is called there.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from dezero_lab.trace import RecordingLimit, Tape, record

from ._base import STATIC
from .small_view import SmallView, Twin, words


def measure(tape: Tape) -> dict[str, Any]:
    """Every change of the list, one step each.

    Returns:
        `{"name": list name, "heap": bool, "labels": {id: label}, "steps": [{"kind": "push" | "pop" | "run" | "refuse",
        "f", "items": [[id, gen]], "visit", "line", "code", "end": 0 (front) or 1 (back) of a pop}], "error"}`
    """
    steps: list[dict[str, Any]] = []
    items: list[tuple[str, int | None]] = []
    pushed: set[str] = set()
    creators, inputs = links(tape)
    expected: list[str] = []
    name, heap, line, code, error = "", False, None, "", None

    def add(kind: str, f: str, **more: Any) -> None:
        steps.append(
            {"kind": kind, "f": f, "items": [list(i) for i in items], "line": line, "code": code, **more}
        )

    def refuse() -> None:
        for f in expected:
            if f in pushed:
                add("refuse", f)
        expected.clear()

    for event in tape.events:
        e: Any = event
        if event.kind == "line" and e.work is not None:
            name, heap = e.work.name, heap or e.work.heap
            now = [(f or "?", g) for f, g in zip(e.work.items, e.work.gens, strict=True)]
            if _ids(now) != _ids(items):
                gone, come = _difference(items, now)
                end = 1 if items and gone and items[-1][0] == gone[0] else 0
                if gone:
                    refuse()  # whatever was not taken in before the next function is taken out
                for f in gone:
                    items = [i for i in items if i[0] != f] if heap else _without(items, f, end)
                    add("pop", f, end=end)
                items = now
                for f in come:
                    pushed.add(f)
                    if f in expected:
                        expected.remove(f)
                    add("push", f)
            else:
                items = now
            line, code = e.lineno, _code(tape, e)
        elif event.kind == "line":
            line, code = e.lineno, _code(tape, e)
        elif event.kind == "backward_begin":
            refuse()
            add("run", e.f, visit=e.visit)
            expected = [g for v in inputs.get(e.f, ()) if (g := creators.get(v)) is not None]
        elif event.kind == "sweep_end":
            refuse()
        elif event.kind == "error":
            error = f"{e.type}: {e.message}"[:160]
    return {
        "name": name,
        "heap": heap,
        "labels": labels(tape),
        "steps": steps,
        "error": error,
    }


def _ids(items: list[tuple[str, int | None]]) -> list[str]:
    return [f for f, _ in items]


def _difference(
    old: list[tuple[str, int | None]], new: list[tuple[str, int | None]]
) -> tuple[list[str], list[str]]:
    """What left and what came, by count: a list may hold a function twice."""
    before, after = _ids(old), _ids(new)
    gone, come = list(before), list(after)
    for f in after:
        if f in gone:
            gone.remove(f)
    for f in before:
        if f in come:
            come.remove(f)
    return gone, come


def _without(items: list[tuple[str, int | None]], f: str, end: int) -> list[tuple[str, int | None]]:
    order = range(len(items) - 1, -1, -1) if end else range(len(items))
    for i in order:
        if items[i][0] == f:
            return items[:i] + items[i + 1 :]
    return items


def _code(tape: Tape, event: Any) -> str:
    source = tape.sources.get(event.s)
    return "" if source is None else source.line(event.lineno)


def links(tape: Tape) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Who made each variable, and what each function took: by the learner's links, else by what flowed."""
    creators: dict[str, str] = {}
    inputs: dict[str, tuple[str, ...]] = {}
    for event in tape.events:
        e: Any = event
        if event.kind == "link" and e.attr == "creator":
            if e.targets and e.targets[0]:
                creators[e.owner] = e.targets[0]
            else:
                creators.pop(e.owner, None)
        elif event.kind == "link" and e.attr in ("input", "inputs"):
            inputs[e.owner] = tuple(v for v in e.targets if v)
        elif event.kind == "call_end":
            inputs.setdefault(e.f, tuple(v for v in e.inputs if v))
    return creators, inputs


def labels(tape: Tape) -> dict[str, str]:
    """`Square`, or `Square → a` where one class occurs more than once, after what it made."""
    made: dict[str, str] = {}
    for event in tape.events:
        e: Any = event
        if event.kind == "link" and e.attr == "creator" and e.targets and e.targets[0]:
            made[e.targets[0]] = e.owner
    kinds = [info.label for info in tape.functions.values()]
    return {
        f: f"{info.label} → {tape.variables[made[f]].label}"
        if kinds.count(info.label) > 1 and f in made
        else info.label
        for f, info in tape.functions.items()
    }


SIGNS = {"push": "+", "pop": "-", "run": "▶", "refuse": "×"}


def twin(payload: dict[str, Any], lang: str) -> Twin:
    """One row per change of the list."""
    say = words(lang)
    label = payload["labels"]
    rows = [
        [
            str(i + 1),
            f"{SIGNS[s['kind']]} {label.get(s['f'], s['f'])}",
            ", ".join(f"{label.get(f, f)}" + (f" (gen {g})" if g is not None else "") for f, g in s["items"])
            or say("empty", "비어 있음"),
        ]
        for i, s in enumerate(payload["steps"])
    ]
    columns = [say("step", "단계"), say("what happened", "일어난 일"), payload["name"] or say("list", "목록")]
    lines = [payload["error"]] if payload["error"] else []
    return Twin(say("The work list", "작업 목록"), lines, columns, rows)


class QueueView(SmallView):
    """What waits, what runs, what was refused."""

    _esm = STATIC / "queue_view.js"
    twin = staticmethod(twin)


def show(chapter: Any, given: Any, title: str = "") -> QueueView:
    """`ch.queue(y)` runs `y.backward()`; `ch.queue(block)` runs the block. Either is recorded and drawn."""
    names = chapter.namespace

    def block() -> None:  # looked up inside the recording, which wraps the class
        given.backward() if hasattr(given, "backward") else given()

    recording = record(names.get("Variable"), names.get("Function"), names=names, title=title, limit=20_000)
    with recording as tape, suppress(Exception, RecordingLimit):  # the tape's last event says it
        block()
    return QueueView(measure(tape), lang=chapter.lang)
