"""The grid on which a picture is ordered: columns of items, and bends where a long line passes a column."""

from __future__ import annotations

from dezero_lab.graph.drawing import Drawing
from dezero_lab.graph.order import Adjacency


class Lattice:
    """The items column by column, with bends (items from ``len(drawing.ids)`` on) where a line passes a column.

    All long lines out of one item share one trunk of bends. ``chains[k]`` lists the bends of edge `k`.
    """

    def __init__(self, drawing: Drawing) -> None:
        column = list(drawing.column)
        self.column = column
        self.left: Adjacency = [[] for _ in column]
        self.right: Adjacency = [[] for _ in column]
        self.chains: list[list[int]] = []
        trunks: dict[int, list[int]] = {}
        for source, target, _ in drawing.edges:
            trunk = trunks.setdefault(source, [])
            for at in range(column[source] + 1 + len(trunk), column[target]):
                self._join(trunk[-1] if trunk else source, len(column))
                trunk.append(len(column))
                column.append(at)
            chain = trunk[: column[target] - column[source] - 1]
            self._join(chain[-1] if chain else source, target)
            self.chains.append(chain)
        self.layers: Adjacency = [[] for _ in range(max(column, default=-1) + 1)]
        for item, at in enumerate(column):
            self.layers[at].append(item)

    def _join(self, source: int, target: int) -> None:
        while len(self.left) <= target:
            self.left.append([])
            self.right.append([])
        self.right[source].append(target)
        self.left[target].append(source)
