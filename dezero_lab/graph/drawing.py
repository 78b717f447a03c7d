"""From a graph to the items of a picture: a column for each node, and one copy of a leaf per place of use.

A parameter that is used at every time step would need a line across the whole page for each use. So a variable is drawn
again, directly before its consumer, wherever the line would get too long; the copies carry ``same_as``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dezero_lab.graph.metrics import node_size
from dezero_lab.graph.model import Edge, Graph, Node

LEAF_SPAN = 5
COMPUTED_SPANS = (61, 25, 9, 3)
DUMMIES_PER_NODE = 3


@dataclass(slots=True)
class Drawing:
    """Items and the edges between them by index; item `i` is ``nodes[i]``, drawn in ``column[i]`` under ``ids[i]``.

    Column ``2 g`` holds the variables of rank `g`, column ``2 g + 1`` the calls of rank `g`.
    """

    ids: list[str] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    column: list[int] = field(default_factory=list)
    width: list[float] = field(default_factory=list)
    height: list[float] = field(default_factory=list)
    edges: list[tuple[int, int, Edge]] = field(default_factory=list)
    extra_edges: list[tuple[int, int, Edge]] = field(default_factory=list)

    def add(self, item_id: str, node: Node, column: int) -> int:
        """Draw a node in a column; returns the index of the item."""
        width, height = node_size(node)
        self.ids.append(item_id)
        self.nodes.append(node)
        self.column.append(column)
        self.width.append(width)
        self.height.append(height)
        return len(self.ids) - 1

    def dummies(self) -> int:
        """How many in-between points the long lines need when the lines out of one item share a trunk."""
        reach: dict[int, int] = {}
        for source, target, _ in self.edges:
            reach[source] = max(reach.get(source, 0), self.column[target] - self.column[source] - 1)
        return sum(reach.values())


def draw(graph: Graph, drawn: dict[str, int]) -> Drawing:
    """Items and edges of `graph`, with as few copies of computed values as keep the picture small.

    `drawn` counts how often each node was drawn so far, in this picture and in others that it must share no id with.
    """
    drawing = Drawing()
    for span in COMPUTED_SPANS:
        drawing = _draw(graph, span, drawn)
        if drawing.dummies() <= DUMMIES_PER_NODE * len(drawing.ids) + 200:
            break
    for node in drawing.nodes:
        drawn[node.id] = drawn.get(node.id, 0) + 1
    return drawing


def _draw(graph: Graph, computed_span: int, drawn: dict[str, int]) -> Drawing:
    drawing = Drawing()
    nodes = graph.nodes
    newest: dict[str, int] = {}
    copies: dict[str, int] = {}

    def variable(v: str, column: int) -> int:
        copies[v] = copies.get(v, drawn.get(v, 0)) + 1
        newest[v] = drawing.add(v if copies[v] == 1 else f"{v}~{copies[v]}", nodes[v], column)
        return newest[v]

    for call in sorted(graph.calls, key=lambda c: (nodes[c].rank, nodes[c].order)):
        column = 2 * nodes[call].rank + 1
        arguments = []
        for edge in graph.inputs[call]:
            limit = LEAF_SPAN if graph.is_leaf(edge.source) else computed_span
            item = newest.get(edge.source)
            if item is None or column - drawing.column[item] > limit:
                item = variable(edge.source, column - 1)
            arguments.append((item, edge))
        this = drawing.add(call, nodes[call], column)
        drawing.edges += [(item, this, edge) for item, edge in arguments]
        drawing.edges += [(this, variable(edge.target, column + 1), edge) for edge in graph.outputs[call]]
    for v, node in nodes.items():
        if v not in graph.inputs and v not in newest:
            variable(v, 2 * node.rank)
    first: dict[str, int] = {}
    for item, node in enumerate(drawing.nodes):
        first.setdefault(node.id, item)
    drawing.extra_edges = [
        (first[e.source], first[e.target], e) for e in graph.edges if e.kind == "wrong" and e.source in first
    ]
    return drawing
