"""Two lanes of one chain: values run left to right, derivatives right to left (chapter 5).

Each derivative cell needs one value cell of the upper lane: the input its own function received. The wrong-point
switch takes that local derivative at `x` instead, and the damage is seen travelling left.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ._base import STATIC
from .small_view import SmallView, Twin, number, shown, words


class Link(NamedTuple):
    """One function of the chain: its name, value, slope, and the slope in words of its input `{v}`."""

    label: str
    f: Callable[[float], float]
    df: Callable[[float], float]
    rule: str


KNOWN: dict[str, Link] = {
    "square": Link("square", lambda v: v * v, lambda v: 2 * v, "2·{v}"),
    "cube": Link("cube", lambda v: v**3, lambda v: 3 * v * v, "3·{v}²"),
    "exp": Link("exp", math.exp, math.exp, "exp({v})"),
    "sin": Link("sin", math.sin, math.cos, "cos({v})"),
    "cos": Link("cos", math.cos, lambda v: -math.sin(v), "-sin({v})"),
}
AFFINE = re.compile(r"affine\(\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*\)")


def link(given: str | Sequence[Any]) -> Link:
    """The function meant by a name such as `"square"` or `"affine(2,1)"`, or by `(label, f, df)`.

    Raises:
        ValueError: for a name that is not known.

    >>> link("affine(2,1)").f(0.3)
    1.6
    """
    if not isinstance(given, str):
        label, f, df = given
        return Link(str(label), f, df, f"{label}′({{v}})")
    if given in KNOWN:
        return KNOWN[given]
    match = AFFINE.fullmatch(given.replace(" ", ""))
    if match is None:
        known = ", ".join(KNOWN)
        raise ValueError(
            f"No function is called {given!r} here. Known: {known}, affine(a,b); or give (label, f, df)."
        )
    a, b = float(match[1]), float(match[2])
    return Link(f"affine({a:g},{b:g})", lambda v: a * v + b, lambda v: a, f"{a:g}")


def wire_names(count: int) -> list[str]:
    """`x, a, b, ..., y` for a chain with `count` functions.

    >>> wire_names(3)
    ['x', 'a', 'b', 'y']
    """
    return ["x", *(chr(ord("a") + i) for i in range(count - 1)), "y"] if count else ["x"]


def measure(functions: Sequence[str | Sequence[Any]], x: float) -> dict[str, Any]:
    """Both lanes in numbers, right and at the wrong point, with a numerical check per cell.

    Returns:
        `{"x", "functions": [{"label", "rule", "local", "wrong"}], "wires": [{"name", "value", "slope", "wrong",
        "check"}]}`: a wire's `slope` is dy/d(wire), `wrong` the same when every local slope is taken at x, `check`
        a central difference. One wire more than functions.
    """
    chain = [link(f) for f in functions]
    names = wire_names(len(chain))
    values = [x]
    for one in chain:
        values.append(_safe(one.f, values[-1]))
    right, wrong = [1.0], [1.0]
    for one, value in zip(reversed(chain), reversed(values[:-1]), strict=True):
        right.append(right[-1] * _safe(one.df, value))
        wrong.append(wrong[-1] * _safe(one.df, x))
    right.reverse()
    wrong.reverse()

    def after(i: int, value: float) -> float:
        for one in chain[i:]:
            value = _safe(one.f, value)
        return value

    wires = []
    for i, (name, value) in enumerate(zip(names, values, strict=True)):
        h = 1e-6 * max(1.0, abs(value))
        check = (after(i, value + h) - after(i, value - h)) / (2 * h)
        wires.append(
            {
                "name": name,
                "value": number(value),
                "slope": number(right[i]),
                "wrong": number(wrong[i]),
                "check": number(check),
            }
        )
    locals_ = [
        {
            "label": one.label,
            "rule": one.rule,
            "local": number(_safe(one.df, value)),
            "wrong": number(_safe(one.df, x)),
        }
        for one, value in zip(chain, values[:-1], strict=True)
    ]
    return {"x": x, "functions": locals_, "wires": wires}


def _safe(f: Callable[[float], float], value: float) -> float:
    try:
        return float(f(value))
    except (ArithmeticError, ValueError):
        return math.nan


def twin(payload: dict[str, Any], lang: str) -> Twin:
    """Both lanes as a table: one row per wire."""
    say = words(lang)
    functions = payload["functions"]
    chain = " → ".join(["x", *(f["label"] for f in functions), "y"])
    lines = [chain]
    for i in range(len(functions) - 1, -1, -1):
        name, after = payload["wires"][i]["name"], payload["wires"][i + 1]
        f = functions[i]
        rule = f["rule"].format(v=name)
        lines.append(
            f"dy/d{name} = dy/d{after['name']} · {rule} = {shown(after['slope'])} · {shown(f['local'])} = "
            f"{shown(payload['wires'][i]['slope'])}"
        )
    columns = [
        say("wire", "변수"),
        say("value", "값"),
        say("derivative", "미분"),
        say("at the wrong point", "잘못된 점에서"),
        say("numerical", "수치 미분"),
    ]
    rows = [
        [w["name"], *(shown(w[k]) for k in ("value", "slope", "wrong", "check"))] for w in payload["wires"]
    ]
    return Twin(say("Two lanes", "두 줄로 보는 역전파"), lines, columns, rows)


class LanesView(SmallView):
    """The upper lane fills with values, the lower one with derivatives."""

    _esm = STATIC / "lanes_view.js"
    twin = staticmethod(twin)


def show(chapter: Any, *functions: str | Sequence[Any], x: float = 0.3) -> LanesView:
    """`ch.lanes("affine(2,1)", "square", "exp", x=0.3)`; without names that chain is used."""
    return LanesView(measure(functions or ("affine(2,1)", "square", "exp"), float(x)), lang=chapter.lang)
