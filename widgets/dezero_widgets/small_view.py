"""What the small pictures of the early chapters share: a table twin, and still forms drawn from it.

A small view measures everything first (`measure`), hands the numbers to the browser as one payload, and says the
same in a `Twin`: a title, a few sentences and a table. The twin is the text form, the screen reader's form and the
still picture of a notebook that is only read.
"""

from __future__ import annotations

import html
import math
from collections.abc import Callable
from typing import Any, NamedTuple

from dezero_lab.graph.text import terminal_width

from ._base import LabWidget


class Twin(NamedTuple):
    """A view in words: `rows` has as many entries per row as `columns`."""

    title: str
    lines: list[str]
    columns: list[str]
    rows: list[list[str]]


class Box:
    """A variable of chapter 1, for views that are opened before the learner has a `Variable`."""

    def __init__(self, data: Any) -> None:
        self.data = data
        self.grad: Any = None


class SmallView(LabWidget):
    """A view whose text and still picture come from its module's `twin(payload, lang)`."""

    @staticmethod
    def twin(payload: dict[str, Any], lang: str) -> Twin:
        """The view in words; each module has its own."""
        raise NotImplementedError

    def text_form(self) -> str:
        return as_text(self.twin(self.data, str(self.lang)))

    def svg_form(self) -> str | None:
        return as_svg(self.twin(self.data, str(self.lang)))


def words(lang: str) -> Callable[[str, str], str]:
    """`say(en, ko)` for one language.

    >>> words("ko")("box", "상자")
    '상자'
    """
    return lambda en, ko: ko if lang == "ko" else en


def number(value: float) -> float | None:
    """The value, or None when a picture could not place it.

    >>> number(float("nan")) is None
    True
    """
    return float(value) if math.isfinite(value) else None


def shown(value: float | None, digits: int = 6) -> str:
    """A number in a table; a dash for one that `number` refused.

    >>> shown(2 / 3, 3), shown(None)
    ('0.667', '-')
    """
    return "-" if value is None else f"{value:.{digits}g}"


def as_text(twin: Twin) -> str:
    """The twin for a terminal, columns aligned.

    >>> print(as_text(Twin("Lamps", ["one is green"], ["engine", "lamp"], [["1", "green"], ["2", "red"]])))
    Lamps
      one is green
      engine  lamp
      1       green
      2       red
    """
    table = [twin.columns, *twin.rows] if twin.rows else []
    sizes = [max(terminal_width(row[i]) for row in table) for i in range(len(twin.columns))] if table else []
    lines = [twin.title, *(f"  {line}" for line in twin.lines)]
    for row in table:
        cells = (cell + " " * (size - terminal_width(cell)) for cell, size in zip(row, sizes, strict=True))
        lines.append(("  " + "  ".join(cells)).rstrip())
    return "\n".join(lines)


def as_svg(twin: Twin) -> str:
    """The twin as a still picture that reads in light and dark surroundings."""
    table = [twin.columns, *twin.rows] if twin.rows else []
    sizes = (
        [8 * max(terminal_width(row[i]) for row in table) + 24 for i in range(len(twin.columns))]
        if table
        else []
    )
    wide = max([sum(sizes), *(8 * terminal_width(t) for t in (twin.title, *twin.lines)), 300]) + 32
    tall = 44 + 22 * len(twin.lines) + 24 * len(table) + 12
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{tall}" viewBox="0 0 {wide} {tall}" '
        'font-family="system-ui, sans-serif" font-size="13">',
        f'<rect width="{wide}" height="{tall}" rx="8" fill="#ffffff" stroke="#d5dae3"/>',
        _label(twin.title, 16, 28, "#1c2330", 'font-weight="600" font-size="14"'),
    ]
    y = 28
    for line in twin.lines:
        y += 22
        out.append(_label(line, 16, y, "#1c2330"))
    for i, row in enumerate(table):
        y += 24
        x = 16
        for cell, size in zip(row, sizes, strict=True):
            weight = 'font-weight="600"' if i == 0 else 'font-family="monospace"'
            out.append(_label(cell, x, y, "#5d6778" if i == 0 else "#1c2330", weight))
            x += size
        out.append(f'<path d="M16 {y + 7}H{wide - 16}" stroke="#e5e8ee"/>')
    return "".join(out) + "</svg>"


def _label(text: str, x: int, y: int, fill: str, extra: str = "") -> str:
    return f'<text x="{x}" y="{y}" fill="{fill}" {extra}>{html.escape(text)}</text>'
