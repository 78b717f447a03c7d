"""A laid-out graph as PNG or PDF by Matplotlib, for machines without Graphviz."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dezero_lab.graph.route import commands_of
from dezero_lab.graph.scene import Scene

_COLOURS = {
    "variable": ("#fff7e6", "#b86e00"),
    "function": ("#e8f2fb", "#0b62a8"),
    "group": ("#e8f2fb", "#0b62a8"),
}
_PIXELS_PER_INCH = 96
_LARGEST = 200  # inches along one side; a longer graph is scaled down


def save(scene: Scene, path: Path) -> None:
    """Write the scene in the format that the ending of `path` names. ImportError when Matplotlib is not installed."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    width, height = scene.w / _PIXELS_PER_INCH, scene.h / _PIXELS_PER_INCH
    scale = min(1.0, _LARGEST / max(width, height))
    figure = Figure((width * scale, height * scale))
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, scene.w)
    axes.set_ylim(scene.h, 0)
    axes.axis("off")
    for edge in scene.edges:
        axes.add_patch(_edge(edge.path, scale))
    for node in scene.nodes:
        _draw_node(axes, node, scale)
    figure.savefig(path, format=path.suffix[1:], dpi=2 * _PIXELS_PER_INCH)


def _edge(path: str, scale: float) -> Any:
    """An arrow along an SVG path of the commands M, H and C, which is what `graph.route` writes."""
    from matplotlib.patches import FancyArrowPatch
    from matplotlib.path import Path as Outline

    codes, points = [], []
    for command, values in commands_of(path):
        if command == "H":
            values = [*values, points[-1][1]]
        pairs = list(zip(values[::2], values[1::2], strict=True))
        points += pairs
        codes += [{"M": Outline.MOVETO, "H": Outline.LINETO, "C": Outline.CURVE4}[command]] * len(pairs)
    return FancyArrowPatch(
        path=Outline(points, codes),
        arrowstyle="-|>",
        mutation_scale=9 * scale,
        color="#8a94a6",
        linewidth=1.2 * scale,
    )


def _draw_node(axes: Any, node: Any, scale: float) -> None:
    from matplotlib.patches import FancyBboxPatch

    fill, line = _COLOURS[node.kind]
    look = {"facecolor": fill, "edgecolor": line, "linewidth": 1.2 * scale, "zorder": 3}
    radius = node.h / 2 if node.kind == "variable" else 5
    shape = f"round,pad=0,rounding_size={radius}"
    corner = (node.x - node.w / 2, node.y - node.h / 2)
    axes.add_patch(FancyBboxPatch(corner, node.w, node.h, boxstyle=shape, **look))
    lines = [node.label, node.value] if node.value else [node.label]
    text = "\n".join(lines).replace("$", r"\$")  # a dollar sign would start a formula
    axes.text(node.x, node.y, text, ha="center", va="center", fontsize=8 * scale, zorder=4)
