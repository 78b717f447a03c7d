"""Draw the computation graph behind a variable: DOT text, or a picture that needs no other program.

get_dot_graph(y)                          DOT text
plot_dot_graph(y, to_file="graph.svg")    SVG, drawn here
plot_dot_graph(y, to_file="graph.png")    PNG or PDF, by Graphviz where it is installed, else by Matplotlib
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .core import Variable
from .graph import Graph, layout, to_dot, to_svg
from .graph.dot import render
from .trace import walk


def _graph_of(output: Any, verbose: bool) -> Graph:
    if not isinstance(output, Variable):
        raise TypeError(f"a graph is drawn from a Variable, not from {type(output).__name__}")
    graph = Graph.from_tape(walk(output, names={output.name: output} if output.name else {}))
    if not verbose:
        for node in graph.nodes.values():
            node.value = ""
    return graph


def get_dot_graph(output: Variable, verbose: bool = True) -> str:
    """The graph behind `output` in the DOT language, each variable once; verbose adds values or shapes.

    Names with quotes, spaces, Hangul or semicolons are quoted and stay names. Source: book, step 26.

    >>> import numpy as np
    >>> x = Variable(np.array(2.0), name="x")
    >>> '"Mul"' in get_dot_graph(x * x)
    True
    """
    return to_dot(_graph_of(output, verbose))


def plot_dot_graph(output: Variable, verbose: bool = True, to_file: str = "graph.png") -> Any:
    """Write the picture to a file named .svg, .dot, .png or .pdf and return it for display in a notebook.

    SVG and DOT need no other program; PNG and PDF need Graphviz or Matplotlib (RuntimeError when neither is there).
    Nothing is passed to a shell. ValueError for another ending.
    """
    path = Path(to_file)
    graph = _graph_of(output, verbose)
    if path.suffix == ".dot":
        path.write_text(to_dot(graph), encoding="utf-8")
    elif path.suffix == ".svg":
        path.write_text(to_svg(layout(graph)), encoding="utf-8")
    elif path.suffix in (".png", ".pdf"):
        _render(graph, path)
    else:
        raise ValueError(
            f"a graph can be written as .svg, .dot, .png or .pdf, but the file is named {path.name}"
        )
    return _for_display(path)


def _render(graph: Graph, path: Path) -> None:
    try:
        render(graph, path)
    except RuntimeError as no_graphviz:
        from .graph.raster import save

        try:
            save(layout(graph), path)
        except ImportError:
            raise RuntimeError(
                f"a {path.suffix} picture needs Graphviz or Matplotlib, and neither is installed; "
                f"to_file='{path.stem}.svg' needs neither"
            ) from no_graphviz


def _for_display(path: Path) -> Any:
    if path.suffix not in (".svg", ".png"):
        return None
    try:
        from IPython import display
    except ImportError:
        return None
    return display.SVG(filename=str(path)) if path.suffix == ".svg" else display.Image(filename=str(path))
