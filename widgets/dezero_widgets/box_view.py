"""Names, boxes and arrays: who points at what, and which two things are one (chapter 1).

Two modes. Snapshot (`ch.boxes("a", "x")`) draws the learner's own objects as they are now; drawn again, it adds a
snapshot to scrub between. Play (`ch.boxes()`) offers a few statements as chips: every state that up to four of them
can reach was really run with the learner's `Variable` before the picture opened, so the browser needs no kernel.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np

from ._base import STATIC
from .small_view import Box, SmallView, Twin, words

DEPTH = 4
KEEP = 8  # snapshots a notebook scrubs between
State = dict[str, Any]


class Statement(NamedTuple):
    """A line of code a reader may choose, and the same line as a function on a namespace."""

    text: str
    run: Callable[[dict[str, Any]], None]


def _new_data(ns: dict[str, Any]) -> None:
    ns["x"].data = np.array(5.0)


def _alias(ns: dict[str, Any]) -> None:
    ns["y"] = ns["x"]


def _in_place(ns: dict[str, Any]) -> None:
    ns["a"] += 1


def _rebind(ns: dict[str, Any]) -> None:
    ns["a"] = ns["a"] + 1


def _second_box(ns: dict[str, Any]) -> None:
    ns["y"] = ns["Variable"](ns["a"])


STATEMENTS = (
    Statement("x.data = np.array(5.0)", _new_data),
    Statement("y = x", _alias),
    Statement("y = Variable(a)", _second_box),
    Statement("a += 1", _in_place),
    Statement("a = a + 1", _rebind),
)
START = ("a = np.array(1.0)", "x = Variable(a)")


class Tokens:
    """Short labels for objects by identity: `box 1`, `array 2`. Holds nothing alive that can be held weakly."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, str]] = {}
        self._count = {"b": 0, "m": 0, "o": 0}

    def of(self, value: Any, kind: str) -> str:
        known = self._known.get(id(value))
        if known is not None and known[0]() is value:
            return known[1]
        self._count[kind] += 1
        token = f"{kind}{self._count[kind]}"
        try:
            alive: Callable[[], Any] = weakref.ref(value)
        except TypeError:
            alive = lambda: value  # noqa: E731  (a number or a string: small)
        self._known[id(value)] = (alive, token)
        return token


def owner(array: np.ndarray) -> np.ndarray:
    """The array whose memory a view shows; the array itself when it owns its memory."""
    while isinstance(array.base, np.ndarray):
        array = array.base
    return array


def snapshot(names: dict[str, Any], tokens: Tokens, wanted: Iterable[str]) -> State:
    """Who points at what, now.

    Returns:
        `{"names": [[name, token | None]], "boxes": {token: {"type", "data": token | None}}, "things": {token:
        {"type", "text", "memory"}}}`. Two entries with one `memory` token share their numbers.
    """
    state: State = {"names": [], "boxes": {}, "things": {}}

    def thing(value: Any) -> str | None:
        if value is None:
            return None
        token = tokens.of(value, "m" if isinstance(value, np.ndarray) else "o")
        if isinstance(value, np.ndarray):
            memory = tokens.of(owner(value), "m")
            text = str(value.item()) if value.ndim == 0 else np.array2string(value, precision=4, threshold=8)
            text = text if len(text) <= 22 and "\n" not in text else f"shape {value.shape}"
            state["things"][token] = {"type": f"{value.dtype}", "text": text, "memory": memory}
        elif isinstance(value, np.generic):
            state["things"][token] = {
                "type": f"np.{type(value).__name__}",
                "text": str(value.item()),
                "memory": token,
            }
        else:
            state["things"][token] = {"type": type(value).__name__, "text": repr(value)[:28], "memory": token}
        return token

    for name in wanted:
        if name not in names:
            state["names"].append([name, None])
            continue
        value = names[name]
        if hasattr(value, "data") and not isinstance(value, np.ndarray | np.generic | memoryview):
            token = tokens.of(value, "b")
            state["boxes"][token] = {"type": type(value).__name__, "data": thing(value.data)}
        else:
            token = thing(value)
        state["names"].append([name, token])
    return state


def _replay(box: Any, path: tuple[int, ...]) -> tuple[State, str | None]:
    """The state after the start and the chosen statements, run afresh on private copies."""
    tokens, alive = Tokens(), []
    ns: dict[str, Any] = {"Variable": box, "a": np.array(1.0)}
    error = None
    try:
        ns["x"] = box(ns["a"])
    except Exception as problem:
        error = f"{type(problem).__name__}: {problem}"[:120]
    state = snapshot(ns, tokens, ("a", "x") if error is None else ("a",))
    for i in path:
        alive.extend(ns.values())  # a freed object would give its identity away
        if error is not None:
            break
        try:
            STATEMENTS[i].run(ns)
        except Exception as problem:
            error = f"{type(problem).__name__}: {problem}"[:120]
        state = snapshot(ns, tokens, [n for n in ("a", "x", "y") if n in ns])
    return state, error


def play(box: Any) -> dict[str, Any]:
    """Every state up to four statements deep, with what each statement leads to.

    Returns:
        `{"mode": "play", "start": [...], "statements": [...], "states": [{"state", "error", "next": [index | None]}]}`
    """
    states: list[dict[str, Any]] = []
    known: dict[str, int] = {}

    def visit(path: tuple[int, ...]) -> int:
        state, error = _replay(box, path)
        key = repr((state, error, len(path)))
        if key in known:
            return known[key]
        index = known[key] = len(states)
        entry = {"state": state, "error": error, "next": [None] * len(STATEMENTS)}
        states.append(entry)
        if len(path) < DEPTH and error is None:
            entry["next"] = [visit((*path, i)) for i in range(len(STATEMENTS))]
        return index

    visit(())
    return {
        "mode": "play",
        "start": list(START),
        "statements": [s.text for s in STATEMENTS],
        "states": states,
    }


def twin(payload: dict[str, Any], lang: str) -> Twin:
    """One row per name of the last state (snapshot) or of the first (play)."""
    say = words(lang)
    states = payload["states"]
    state = states[-1]["state"] if payload["mode"] == "snapshot" else states[0]["state"]
    rows = []
    for name, token in state["names"]:
        held = state["boxes"].get(token)
        inner = state["things"].get(held["data"] if held else token)
        rows.append(
            [
                name,
                f"{held['type']} {token}" if held else "-",
                f"{inner['text']} ({inner['type']}) {inner['memory']}" if inner else "None",
            ]
        )
    lines = []
    for token in state["boxes"]:
        sharing = [name for name, target in state["names"] if target == token]
        if len(sharing) > 1:
            lines.append(
                say(
                    f"one box, {len(sharing)} names: {', '.join(sharing)}",
                    f"상자 하나에 이름 {len(sharing)}개: {', '.join(sharing)}",
                )
            )
    columns = [say("name", "이름"), say("box", "상자"), say("array", "배열")]
    return Twin(say("Names, boxes, arrays", "이름, 상자, 배열"), lines, columns, rows)


class BoxView(SmallView):
    """Names on the left, boxes in the middle, arrays on the right."""

    _esm = STATIC / "box_view.js"
    twin = staticmethod(twin)


_history: dict[tuple[str, ...], tuple[Tokens, list[dict[str, Any]]]] = {}


def show(chapter: Any, *names: str) -> BoxView:
    """`ch.boxes()` to play, `ch.boxes("a", "x")` to draw the notebook's own objects."""
    if not names:
        return BoxView(play(chapter.namespace.get("Variable", Box)), lang=chapter.lang)
    tokens, states = _history.setdefault(names, (Tokens(), []))
    states.append({"state": snapshot(chapter.namespace, tokens, names), "error": None, "next": []})
    del states[:-KEEP]
    return BoxView(
        {"mode": "snapshot", "start": [], "statements": [], "states": list(states)}, lang=chapter.lang
    )
