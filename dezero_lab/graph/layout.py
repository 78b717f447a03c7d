"""Graph in, picture out: columns by generation, order within columns, heights, lines.

The same graph gives the same bytes on every machine: sizes come from a width table, and the time budget is counted in work.
"""

from __future__ import annotations

from dezero_lab.graph.assemble import assemble
from dezero_lab.graph.drawing import Drawing, draw
from dezero_lab.graph.folding import fold
from dezero_lab.graph.lattice import Lattice
from dezero_lab.graph.model import Graph
from dezero_lab.graph.order import Work, reduce_crossings
from dezero_lab.graph.place import assign_rows
from dezero_lab.graph.scene import Group, Scene

GRAD_ROOM = 14.0
LINE_REACH = 5.0
STEPS_PER_SECOND = 1_000_000
STEPS_PER_ITEM = 400


def layout(graph: Graph, *, fold_above: int = 400, budget: float = 1.0) -> Scene:
    """Lay out `graph` from left to right; return a :class:`Scene`.

    More than `fold_above` nodes are folded into groups first, and so is the inside of a group. `budget` is the time in seconds
    that a slow machine may take; it is counted in steps of work, so the result does not depend on the machine. When it
    runs out, the picture keeps what it has: always complete and without overlaps, with more crossings than need be.

    >>> g = Graph()
    >>> _ = g.add_function("f1", "square", inputs=["x"], outputs=["y"])
    >>> scene = layout(g)
    >>> [(node.id, node.x, node.y) for node in scene.nodes]
    [('x', 59.0, 92.0), ('f1', 168.5, 92.0), ('y', 278.0, 92.0)]
    """
    return _Layout(len(graph), fold_above, int(budget * STEPS_PER_SECOND)).scene(graph, "g")


class _Layout:
    def __init__(self, nodes: int, fold_above: int, steps: int) -> None:
        self.nodes = nodes
        self.fold_above = fold_above
        self.steps = steps
        self.drawn: dict[str, int] = {}
        self.solved: dict[object, tuple[Lattice, list[float]]] = {}

    def scene(self, graph: Graph, prefix: str) -> Scene:
        """The picture of `graph`, with the pictures of its groups inside."""
        folded = fold(graph, self.fold_above, prefix)
        drawing = draw(folded.graph, self.drawn)
        scene = assemble(folded.graph, drawing, *self._solve(drawing))
        for group, inner in folded.inside.items():
            # A graph that stays as large when folded is drawn as it is: folding it again would never end.
            smaller = len(inner.calls) < len(graph.calls)
            inside = self.scene(inner, f"{group}.") if smaller else self._flat(inner)
            scene.groups.append(Group(group, folded.graph.nodes[group].label, folded.members(group), inside))
        return scene

    def _flat(self, graph: Graph) -> Scene:
        drawing = draw(graph, self.drawn)
        return assemble(graph, drawing, *self._solve(drawing))

    def _solve(self, drawing: Drawing) -> tuple[Lattice, list[float]]:
        """Order and heights; repeated blocks of one shape are solved once."""
        reach = [
            height / 2 + (GRAD_ROOM if node.kind == "variable" else 0)
            for node, height in zip(drawing.nodes, drawing.height, strict=True)
        ]
        shape = (
            tuple(drawing.column),
            tuple(reach),
            tuple((source, target) for source, target, _ in drawing.edges),
        )
        if shape not in self.solved:
            lattice = Lattice(drawing)
            bends = len(lattice.column) - len(reach)
            order_work, place_work = self._share(len(reach), len(lattice.column))
            available = order_work.left + place_work.left
            reduce_crossings(lattice.layers, lattice.left, lattice.right, order_work)
            reach += [LINE_REACH] * bends
            rows = assign_rows(
                lattice.layers, lattice.left, lattice.right, reach, len(drawing.ids), place_work
            )
            self.steps -= available - order_work.left - place_work.left
            self.solved[shape] = lattice, rows
        return self.solved[shape]

    def _share(self, nodes: int, items: int) -> tuple[Work, Work]:
        """What may be spent on order and on heights of one picture: one of many groups must not use up everything."""
        part = min(1.0, 2 * nodes / max(nodes, self.nodes, 1))
        self.nodes -= nodes
        steps = min(int(part * max(self.steps, 0)), STEPS_PER_ITEM * items)
        return Work(steps * 3 // 4), Work(steps // 4)
