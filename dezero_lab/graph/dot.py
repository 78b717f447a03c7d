"""The graph as DOT text, and as an image file where Graphviz is installed."""

from __future__ import annotations

from pathlib import Path

from dezero_lab.graph.model import Graph

FORMATS = ("svg", "png", "pdf")


def quote(text: str) -> str:
    r"""`text` as a quoted DOT string, on one line.

    In DOT only the double quote ends a string, but labels also read backslash escapes, so both are escaped.

    >>> print(quote('say "hi"'))
    "say \"hi\""
    """
    lines = text.replace("\\", "\\\\").replace('"', '\\"').replace("\r\n", "\n").split("\n")
    return '"' + "\\n".join("".join(c if c.isprintable() else "�" for c in line) for line in lines) + '"'


def to_dot(graph: Graph) -> str:
    """`graph` in the DOT language, with variables as ellipses and calls as boxes.

    >>> g = Graph()
    >>> _ = g.add_function("f1", "square", inputs=["x"], outputs=["y"])
    >>> print(to_dot(g))
    digraph g {
      rankdir=LR;
      "x" [label="x", shape=ellipse, style=filled, fillcolor="#fff7e6", color="#b86e00"];
      "f1" [label="square", shape=box, style="filled,rounded", fillcolor="#e8f2fb", color="#0b62a8"];
      "y" [label="y", shape=ellipse, style=filled, fillcolor="#fff7e6", color="#b86e00"];
      "x" -> "f1";
      "f1" -> "y";
    }
    """
    lines = ["digraph g {", "  rankdir=LR;"]
    for node in graph.nodes.values():
        if node.kind == "variable":
            look = 'shape=ellipse, style=filled, fillcolor="#fff7e6", color="#b86e00"'
        else:
            look = 'shape=box, style="filled,rounded", fillcolor="#e8f2fb", color="#0b62a8"'
        label = f"{node.label}\n{node.value}" if node.value else node.label
        # Graphviz reads HTML entities in labels, not in ids.
        lines.append(f"  {quote(node.id)} [label={quote(label.replace('&', '&amp;'))}, {look}];")
    for edge in graph.edges:
        style = {"flow": "", "missing": " [style=dotted]", "wrong": ' [style=dashed, color="#b42318"]'}[
            edge.kind
        ]
        lines.append(f"  {quote(edge.source)} -> {quote(edge.target)}{style};")
    return "\n".join([*lines, "}"])


def render(graph: Graph, path: str | Path) -> Path:
    """Write `graph` as an image with the ``dot`` program; the ending of `path` (svg, png, pdf) is the format. Return the path.

    Errors: ValueError for another ending; RuntimeError if the `graphviz` package or the ``dot`` program is not installed. Both
    are optional: :func:`to_svg` draws the same graph without them.
    """
    path = Path(path)
    form = path.suffix.lower().lstrip(".")
    if form not in FORMATS:
        raise ValueError(
            f"render() writes {', '.join(FORMATS)}, chosen by the file's ending; it was given {path.name!r}"
        )
    hint = "to_svg(layout(graph)) needs neither; to_dot(graph) gives the text for an online viewer"
    try:
        import graphviz
    except ImportError as error:
        raise RuntimeError(
            f"render() needs the Python package graphviz (pip install graphviz). {hint}."
        ) from error
    try:
        image = graphviz.Source(to_dot(graph)).pipe(format=form)
    except graphviz.ExecutableNotFound as error:
        raise RuntimeError(
            f"render() needs the program dot of Graphviz (graphviz.org/download). {hint}."
        ) from error
    path.write_bytes(image)
    return path
