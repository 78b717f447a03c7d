"""The slope as a measurement: a secant, a step that shrinks, and the valley of errors (chapter 4).

Everything is computed before the picture opens, from the learner's own `f` and `numerical_diff`: the curve, both
sample points and both differences for 61 steps from 1 down to 1e-15. The browser then only chooses which to show.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ._base import STATIC
from .small_view import Box, SmallView, Twin, number, shown, words

STEPS = tuple(10.0 ** (-k / 4) for k in range(61))
CURVE_POINTS = 121
ZOOM_POINTS = 41

Values = dict[str, Any]


def _float(value: Any) -> float:
    """The one number inside a Variable, an array or a plain number."""
    inner = getattr(value, "data", value) if not isinstance(value, np.ndarray) else value
    return float(np.asarray(inner, dtype=float).reshape(-1)[0])


class Sampler:
    """Calls the learner's `f` on plain numbers and counts how often it is asked.

    A sample that fails or overflows is NaN; the first error is kept for the reader.
    """

    def __init__(self, f: Callable[[Any], Any], box: Callable[[Any], Any]) -> None:
        self._f, self._box = f, box
        self.calls = 0
        self.error: str | None = None

    def variable(self, x: float) -> Any:
        return self._box(np.array(x))

    def function(self, variable: Any) -> Any:
        """`f` itself, with the counter; this is what the learner's `numerical_diff` is given."""
        self.calls += 1
        return self._f(variable)

    def __call__(self, x: float) -> float:
        return self.attempt(lambda: self.function(self.variable(x)))

    def attempt(self, run: Callable[[], Any]) -> float:
        try:
            with np.errstate(all="ignore"):
                return _float(run())
        except Exception as error:
            if self.error is None:
                self.error = f"f: {type(error).__name__}: {error}"
            return math.nan


def true_slope(f: Callable[[float], float], x: float) -> float:
    """The slope of `f` at `x`, to about 12 digits, by Ridders' extrapolation of central differences.

    >>> abs(true_slope(math.exp, 0.5) - math.exp(0.5)) < 1e-10
    True
    """
    step, shrink, size = 0.2, 1.4, 14
    best, smallest = math.nan, math.inf
    before: list[float] = []
    for _ in range(size):
        row = [(f(x + step) - f(x - step)) / (2 * step)]
        factor = shrink * shrink
        for old in before:
            row.append((row[-1] * factor - old) / (factor - 1))
            factor *= shrink * shrink
            error = max(abs(row[-1] - row[-2]), abs(row[-1] - old))
            if error < smallest:
                best, smallest = row[-1], error
        before = row
        step /= shrink
    return best


def measure(
    f: Callable[[Any], Any],
    x: float,
    *,
    box: Callable[[Any], Any],
    numerical_diff: Callable[..., Any] | None = None,
    slope: float | None = None,
) -> Values:
    """What the picture shows, as JSON: the curve, and one entry per step size.

    Args:
        f: Variable -> Variable, as in chapter 3.
        x: where the slope is wanted.
        box: the learner's `Variable`, used to wrap numbers.
        numerical_diff: the learner's `numerical_diff(f, x, eps)`; without it the central difference is taken here.
        slope: the true slope when it is known; otherwise `true_slope` estimates it to about 12 digits.

    Returns:
        `{"x", "slope", "given", "own", "runs", "curve": [[x, y]], "here", "steps": [...], "best", "error"}`. A step
        is `{"h", "left", "right", "central", "forward", "ec", "ef", "zoom"}`; a number that is not finite is None.
    """
    sample = Sampler(f, box)
    if numerical_diff is not None:
        trouble = trial(numerical_diff, sample, x)
        if trouble is not None:
            numerical_diff, sample.error = None, trouble
    here = sample(x)
    given = slope is not None
    truth = float(slope) if slope is not None else true_slope(sample, x)
    span = np.linspace(x - 1.25, x + 1.25, CURVE_POINTS)
    curve = [[float(p), number(sample(float(p)))] for p in span]

    zooms = [magnified(sample, x, here, h) for h in STEPS]

    sample.calls = 0
    steps: list[Values] = []
    for h in STEPS:
        left, right = sample(x - h), sample(x + h)
        if numerical_diff is None:
            central = (right - left) / (2 * h)
        else:
            central = sample.attempt(lambda h=h: numerical_diff(sample.function, sample.variable(x), h))
        forward = (right - here) / h
        steps.append(
            {
                "h": h,
                "left": number(left),
                "right": number(right),
                "central": number(central),
                "forward": number(forward),
                "ec": number(abs(central - truth)),
                "ef": number(abs(forward - truth)),
                "zoom": zooms[len(steps)],
            }
        )
    runs = (sample.calls - 2 * len(STEPS)) / len(STEPS) if numerical_diff is not None else 2.0
    return {
        "x": x,
        "slope": number(truth),
        "given": given,
        "own": numerical_diff is not None,
        "runs": runs,
        "curve": curve,
        "here": number(here),
        "steps": steps,
        "best": {key: _lowest(steps, key) for key in ("ec", "ef")},
        "error": sample.error,
    }


def trial(numerical_diff: Callable[..., Any], sample: Sampler, x: float) -> str | None:
    """Why the learner's `numerical_diff` cannot be used yet, or None when it gives a number."""
    try:
        with np.errstate(all="ignore"):
            result = numerical_diff(sample.function, sample.variable(x), 1e-2)
    except Exception as error:
        return None if sample(x) != sample(x) else f"numerical_diff: {type(error).__name__}: {error}"
    return "numerical_diff: None" if result is None else None


def magnified(f: Callable[[float], float], x: float, here: float, h: float) -> list[float | None]:
    """The curve between x - 2h and x + 2h, both axes magnified by the same factor: (f(x + d) - f(x)) / 2h.

    At small steps the straight piece turns into a staircase: there are no numbers between two neighbours.
    """
    shifts = np.linspace(-2 * h, 2 * h, ZOOM_POINTS)
    heights = (number((f(float(x + d)) - here) / (2 * h)) for d in shifts)
    return [None if y is None else round(max(-99.0, min(99.0, y)), 3) for y in heights]


def _lowest(steps: list[Values], key: str) -> int | None:
    finite = [(step[key], i) for i, step in enumerate(steps) if step[key] is not None]
    return min(finite)[1] if finite else None


def twin(payload: Values, lang: str) -> Twin:
    """The same measurement as a table: one row per decade of the step."""
    say = words(lang)
    lines = [
        say(
            f"slope at x = {payload['x']:g}: {shown(payload['slope'], 8)}",
            f"x = {payload['x']:g}에서의 기울기: {shown(payload['slope'], 8)}",
        )
    ]
    if payload["error"]:
        lines.append(say(f"not usable yet: {payload['error']}", f"아직 쓸 수 없습니다: {payload['error']}"))
    best = payload["best"]["ec"]
    if best is not None:
        step = payload["steps"][best]
        lines.append(
            say(
                f"smallest error of the central difference: {step['ec']:.1e} at step {step['h']:.0e}",
                f"중앙차분의 가장 작은 오차: {step['ec']:.1e} (간격 {step['h']:.0e})",
            )
        )
    rows = [
        [
            f"{s['h']:.0e}",
            shown(s["central"], 8),
            shown(s["ec"], 1),
            shown(s["forward"], 8),
            shown(s["ef"], 1),
        ]
        for s in payload["steps"][::4]
    ]
    columns = [
        say("step", "간격"),
        say("central", "중앙차분"),
        say("error", "오차"),
        say("forward", "전진차분"),
        say("error", "오차"),
    ]
    return Twin(say("The secant and its error", "할선과 오차"), lines, columns, rows)


def valley(payload: Values, lang: str) -> str:
    """The error valley as a still picture: error over step, both logarithmic, steps shrinking to the right."""
    say = words(lang)
    wide, tall, left, top, right, bottom = 560, 330, 62, 44, 30, 40

    def x(h: float) -> float:
        return left + (-math.log10(h) / 15) * (wide - left - right)

    def y(error: float) -> float:
        power = min(2.0, max(-13.0, math.log10(max(error, 1e-13))))
        return top + (2 - power) / 15 * (tall - top - bottom)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{tall}" viewBox="0 0 {wide} {tall}" '
        'font-family="system-ui, sans-serif" font-size="12" fill="#5d6778">',
        f'<rect width="{wide}" height="{tall}" rx="8" fill="#ffffff" stroke="#d5dae3"/>',
        f'<text x="16" y="26" fill="#1c2330" font-size="14" font-weight="600">'
        f"{say('Error of the measured slope', '측정한 기울기의 오차')}</text>",
    ]
    for power in (0, -3, -6, -9, -12):
        line = y(10.0**power)
        out.append(f'<path d="M{left} {line:.1f}H{wide - right}" stroke="#e5e8ee"/>')
        out.append(f'<text x="{left - 8}" y="{line + 4:.1f}" text-anchor="end">1e{power}</text>')
    for power in (0, -5, -10, -15):
        out.append(f'<text x="{x(10.0**power):.1f}" y="{tall - 18}" text-anchor="middle">1e{power}</text>')
    for step in payload["steps"]:
        if step["ef"] is not None:
            out.append(
                f'<rect x="{x(step["h"]) - 3:.1f}" y="{y(step["ef"]) - 3:.1f}" width="6" height="6" fill="none" '
                'stroke="#b86e00" stroke-width="1.6"/>'
            )
        if step["ec"] is not None:
            out.append(f'<circle cx="{x(step["h"]):.1f}" cy="{y(step["ec"]):.1f}" r="3.4" fill="#0b62a8"/>')
    out.append(f'<circle cx="{wide - 150}" cy="22" r="3.4" fill="#0b62a8"/>')
    out.append(f'<text x="{wide - 141}" y="26">{say("central", "중앙차분")}</text>')
    out.append(
        f'<rect x="{wide - 82}" y="19" width="6" height="6" fill="none" stroke="#b86e00" stroke-width="1.6"/>'
        f'<text x="{wide - 71}" y="26">{say("forward", "전진차분")}</text></svg>'
    )
    return "".join(out)


class SecantView(SmallView):
    """Curve, secant and error valley of one function at one point."""

    _esm = STATIC / "secant_view.js"
    twin = staticmethod(twin)

    def svg_form(self) -> str | None:
        return valley(self.data, str(self.lang))


def show(chapter: Any, f: Callable[[Any], Any], x: float = 0.5, slope: float | None = None) -> SecantView:
    """`ch.secant(f, x=0.5)`: see `measure`. The learner's `Variable` and `numerical_diff` are used when defined."""
    names = chapter.namespace
    payload = measure(
        f,
        _float(x),
        box=names.get("Variable", Box),
        numerical_diff=names.get("numerical_diff"),
        slope=None if slope is None else float(slope),
    )
    return SecantView(payload, lang=chapter.lang)
