"""The lines: smooth from column to column, level where they pass between nodes."""

from __future__ import annotations

import re
from math import sqrt

from dezero_lab.graph.place import spaced
from dezero_lab.graph.scene import tidy

Point = tuple[float, float]
PORT_GAP = 8.0


def spread_ports(offsets: list[float], height: float) -> list[float]:
    """Where lines meet the side of a node `height` high, as distances from its middle, for lines that come from `offsets`.

    A single line meets the middle; several keep apart, in the order of where they come from, straight ones in the middle.

    >>> spread_ports([-78.0, 78.0], 36.0)
    [-7.8, 7.8]
    """
    if len(offsets) < 2:
        return [0.0] * len(offsets)
    limit = height / 2 - 8
    gap = min(PORT_GAP, 2 * limit / (len(offsets) - 1))
    order = sorted(range(len(offsets)), key=offsets.__getitem__)
    wishes = [max(-limit, min(limit, offsets[k] / 10)) for k in order]
    ports = [0.0] * len(offsets)
    for k, port in zip(order, spaced(wishes, [gap] * (len(order) - 1), [1.0] * len(order)), strict=True):
        ports[k] = max(-limit, min(limit, port))
    return ports


def pill_inset(port: float, height: float, kind: str) -> float:
    """How far the round end of a variable's pill draws back at `port` from the middle."""
    radius = height / 2
    return radius - sqrt(max(0.0, radius * radius - port * port)) if kind == "variable" else 0.0


def curve(points: list[Point]) -> str:
    """An SVG path through `points`: level at each of them, straight where two have the same height.

    >>> curve([(0, 0), (10, 0), (30, 20)])
    'M0 0H10C20 0 20 20 30 20'
    """
    x, y = points[0]
    path = [f"M{tidy(x)} {tidy(y)}"]
    for next_x, next_y in points[1:]:
        if next_x - x < 1 and next_x != points[-1][0]:
            continue
        if abs(next_y - y) < 0.05:
            if len(path) > 1 and path[-1][0] == "H":
                path.pop()
            path.append(f"H{tidy(next_x)}")
        else:
            middle = tidy((x + next_x) / 2)
            path.append(f"C{middle} {tidy(y)} {middle} {tidy(next_y)} {tidy(next_x)} {tidy(next_y)}")
        x, y = next_x, next_y
    return "".join(path)


def commands_of(path: str) -> list[tuple[str, list[float]]]:
    """The commands of such a path, each a letter M, H or C with its numbers.

    >>> commands_of("M0 0H10")
    [('M', [0.0, 0.0]), ('H', [10.0])]
    """
    return [
        (command, [float(number) for number in text.split()])
        for command, text in re.findall(r"([MHC])([^MHC]*)", path)
    ]


def points_of(path: str) -> list[Point]:
    """The points that a path of `curve` or `detour` goes through: where its commands M, H and C end.

    >>> points_of("M0 0H10C20 0 20 20 30 20")
    [(0.0, 0.0), (10.0, 0.0), (30.0, 20.0)]
    """
    points: list[Point] = []
    for command, numbers in commands_of(path):
        points.append((numbers[0], points[-1][1]) if command == "H" else (numbers[-2], numbers[-1]))
    return points


def detour(start: Point, end: Point) -> str:
    """An SVG path between any two places, also backwards, that bows over what may be in between."""
    (x, y), (to_x, to_y) = start, end
    bow = 40 + min(60.0, abs(to_x - x) / 8)
    reach = 40 + abs(to_x - x) / 8
    points = ((x + reach, y - bow), (to_x - reach, to_y - bow), end)
    return f"M{tidy(x)} {tidy(y)}C" + " ".join(f"{tidy(a)} {tidy(b)}" for a, b in points)
