"""Two runs side by side: which steps belong together, and where the two first differ."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any


def align(left: dict[str, Any], right: dict[str, Any]) -> tuple[list[list[int]], int | None]:
    """Pairs of step indices, and the index of the first pair that differs (None when nothing does).

    Steps belong together when they do the same to nodes of the same name. Where one side has steps the other lacks, the
    other waits. Different numbers in the same step count as a difference, and so does a step without a partner,
    unless it is only a line of code or a note about the work list.
    """
    a = [_key(step, left) for step in left["steps"]]
    b = [_key(step, right) for step in right["steps"]]
    pairs: list[list[int]] = []
    differs: int | None = None
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        for n in range(max(a1 - a0, b1 - b0)):
            i, j = min(a0 + n, a1 - 1), min(b0 + n, b1 - 1)
            new = (n < a1 - a0, n < b1 - b0)
            pair = [max(i, 0), max(j, 0)]
            if differs is None and _differ(tag, pair, new, left, right):
                differs = len(pairs)
            pairs.append(pair)
    return pairs, differs


def _label(run: dict[str, Any], node: str) -> str:
    return next((v["label"] for v in run["variables"] if v["id"] == node), run["functions"].get(node, node))


def _key(step: dict[str, Any], run: dict[str, Any]) -> tuple[Any, ...]:
    names = tuple(_label(run, node) for node in step.get("on", []))
    line = tuple(step.get("at") or ()) if step["k"] == "line" else ()
    return (step["k"], names, step["p"], line if step["k"] == "line" else ())


def _differ(
    tag: str, pair: list[int], new: tuple[bool, bool], left: dict[str, Any], right: dict[str, Any]
) -> bool:
    a, b = left["steps"][pair[0]], right["steps"][pair[1]]
    if tag != "equal":
        return any(
            is_new and step["k"] not in ("line", "work") for is_new, step in zip(new, (a, b), strict=True)
        )
    return _values(a, left) != _values(b, right)


def _values(step: dict[str, Any], run: dict[str, Any]) -> list[tuple[Any, ...]]:
    found = []
    for node, what, index in step.get("set", []):
        snap = (
            None if index is None else {k: v for k, v in run["snaps"][index].items() if k not in ("t", "var")}
        )
        found.append((_label(run, node), what, str(snap)))
    return sorted(found)
