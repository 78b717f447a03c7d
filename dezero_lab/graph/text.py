"""The same graph as a table in plain text: one row per node, for terminals and screen readers."""

from __future__ import annotations

from unicodedata import east_asian_width

from dezero_lab.graph.model import Graph

_WORDS = {
    "en": {
        "head": ("generation", "kind", "name", "inputs", "outputs", "value"),
        "variable": "variable",
        "function": "function",
        "group": "group",
        "empty": "No nodes.",
        "missing": "no link",
        "wrong": "wrong link to {}",
    },
    "ko": {
        "head": ("세대", "종류", "이름", "입력", "출력", "값"),
        "variable": "변수",
        "function": "함수",
        "group": "묶음",
        "empty": "노드가 없습니다.",
        "missing": "연결 없음",
        "wrong": "잘못된 연결: {}",
    },
}


def to_text(graph: Graph, *, lang: str = "en") -> str:
    """`graph` as a table, complete: a row per node with its generation, kind, name, inputs, outputs and value.

    Errors: ValueError for a `lang` other than "en" and "ko".

    >>> g = Graph()
    >>> _ = g.add_function("f1", "square", inputs=["x"], outputs=["y"])
    >>> print(to_text(g))
    generation  kind      name    inputs  outputs  value
    0           variable  x               square
    0           function  square  x       y
    1           variable  y       square
    """
    if lang not in _WORDS:
        raise ValueError(f"to_text() has words in 'en' and 'ko', not in {lang!r}")
    words = _WORDS[lang]
    if not graph.nodes:
        return str(words["empty"])
    names = display_names(graph)
    into: dict[str, list[str]] = {node_id: [] for node_id in graph.nodes}
    out: dict[str, list[str]] = {node_id: [] for node_id in graph.nodes}
    for edge in graph.edges:
        note = {"flow": "", "missing": f" ({words['missing']})", "wrong": ""}[edge.kind]
        if edge.kind == "wrong":
            out[edge.source].append(str(words["wrong"]).format(names[edge.target]))
        else:
            into[edge.target].append(names[edge.source] + note)
            out[edge.source].append(names[edge.target] + note)
    rows = [tuple(words["head"])]
    for node in graph.nodes.values():
        rows.append(
            (
                str(node.generation) if node.last <= node.generation else f"{node.generation}–{node.last}",
                str(words[node.kind]),
                names[node.id],
                ", ".join(into[node.id]),
                ", ".join(out[node.id]),
                " ".join(node.value.split()),
            )
        )
    return _table(rows)


def display_names(graph: Graph) -> dict[str, str]:
    """A name for each node, on one line; nodes with the same label are told apart by their ids."""
    labels = {node.id: " ".join(node.label.split()) or node.id for node in graph.nodes.values()}
    uses: dict[str, int] = {}
    for label in labels.values():
        uses[label] = uses.get(label, 0) + 1
    return {i: label if uses[label] == 1 or label == i else f"{label} ({i})" for i, label in labels.items()}


def _table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(map(terminal_width, cells)) for cells in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell + " " * (w - terminal_width(cell)) for cell, w in zip(row, widths, strict=True))
        for row in rows
    ]
    return "\n".join(line.rstrip() for line in lines)


def terminal_width(text: str) -> int:
    """Columns that `text` takes in a terminal; wide letters such as Hangul take two.

    >>> terminal_width("상자 x")
    6
    """
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
