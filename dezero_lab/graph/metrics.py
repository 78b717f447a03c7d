"""How big a node is, from its text alone: the same picture on every machine, whatever fonts it has."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import east_asian_width

from dezero_lab.graph.model import Node, NodeKind

VARIABLE_HEIGHT = 52.0
FUNCTION_HEIGHT = 36.0
GROUP_HEIGHT = 56.0
LONGEST_LABEL = 150.0
LONGEST_GROUP_LABEL = 220.0

_WIDTHS = {"narrow": 4.0, "lower": 7.4, "digit": 7.7, "upper": 9.0, "broad": 11.8, "wide": 13.4}
_NARROW = frozenset("fijlrt.,:;'`|!()[]{}/\\ -\"")
_BROAD = frozenset("mwMW@%&—…")


@lru_cache(maxsize=4096)
def text_width(text: str, size: float = 13.0) -> float:
    """Width in pixels of `text` set in a sans-serif font of `size` pixels; Korean and other wide letters count double.

    >>> text_width("square") < text_width("제곱함수이다")
    True
    """
    return sum(map(_char_width, text)) * size / 13.0


def _char_width(char: str) -> float:
    if char in _NARROW:
        return _WIDTHS["narrow"]
    if char in _BROAD:
        return _WIDTHS["broad"]
    if char.isascii():
        return _WIDTHS["digit" if char.isdigit() else "upper" if char.isupper() else "lower"]
    return _WIDTHS["wide" if east_asian_width(char) in "WF" else "upper"]


def elide(text: str, width: float, size: float = 13.0) -> str:
    """`text` on one line, cut with an ellipsis where it would be wider than `width` pixels.

    >>> elide("a_very_long_name_for_a_variable", 80)
    'a_very_lon…'
    """
    text = " ".join(text.split())
    if text_width(text, size) <= width:
        return text
    room = width - text_width("…", size)
    for end, char in enumerate(text):
        room -= text_width(char, size)
        if room < 0:
            return text[:end].rstrip() + "…"
    return text


def node_size(node: Node) -> tuple[float, float]:
    """Width and height of a node: variables are pills of at least 66 x 52 pixels, functions 36 high, groups 56."""
    return _size(node.kind, node.label, node.value)


@lru_cache(maxsize=4096)
def _size(kind: NodeKind, label: str, value: str) -> tuple[float, float]:
    longest = LONGEST_GROUP_LABEL if kind == "group" else LONGEST_LABEL
    width = min(text_width(" ".join(label.split())), longest)
    if kind == "variable":
        value_width = min(text_width(value), LONGEST_LABEL)
        return float(max(66, round(width + 30), round(value_width + 24))), VARIABLE_HEIGHT
    if kind == "group":
        return float(max(96, round(width + 40))), GROUP_HEIGHT
    return float(max(54, round(width + 32))), FUNCTION_HEIGHT
