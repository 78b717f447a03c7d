"""Places for a graph that is still growing: append only, so nothing on the screen ever moves.

The column is the generation; the row is the nearest free lane to the mean of the parents. A leaf is placed when its first
call is, directly before it: a parameter made long before its use would otherwise have to jump. Long lines run in the alleys
between the lanes, where no node can ever come.
"""

from __future__ import annotations

from collections.abc import Sequence

from dezero_lab.graph.drawing import LEAF_SPAN
from dezero_lab.graph.metrics import node_size
from dezero_lab.graph.model import Edge, Graph
from dezero_lab.graph.route import Point, curve, pill_inset, spread_ports
from dezero_lab.graph.scene import Band, Placed, Route, Scene

COLUMN_PITCH = 122.0
LANE_PITCH = 96.0
FIRST_X, FIRST_Y = 66.0, 92.0
WIDEST = 88.0
COMPUTED_SPAN = 61
ALLEY_GAP = 5.0


class LivePlacement:
    """Gives each new variable and call its place, once. `nodes` and `edges` only ever grow at the end.

    >>> live = LivePlacement()
    >>> live.add_variable("x") is None              # a leaf waits for its first call
    True
    >>> live.add_function("f1", "square", inputs=["x"])
    (188.0, 92.0)
    >>> live.add_variable("y", creator="f1")
    (310.0, 92.0)
    >>> [node.id for node in live.nodes]
    ['x', 'f1', 'y']
    """

    def __init__(self) -> None:
        self.graph = Graph()
        self.nodes: list[Placed] = []
        self.edges: list[Route] = []
        self._taken: list[set[int]] = []
        self._at: dict[str, tuple[Placed, int]] = {}
        self._copies: dict[str, int] = {}
        self._alleys: dict[tuple[int, int], int] = {}
        self._calls: dict[str, str] = {}

    def add_variable(
        self,
        node_id: str,
        label: str | None = None,
        value: str = "",
        creator: str | None = None,
        slot: int = 0,
    ) -> tuple[float, float] | None:
        """Add a variable; return the centre of its node in pixels, or None for a leaf, which waits for its first call.

        `creator` is the id of the call that gave it out as result number `slot`; KeyError if that call was never added.
        """
        if creator is None:
            self.graph.add_variable(node_id, label, value)
            return None
        if creator not in self._calls:
            raise KeyError(
                f"call {creator!r} has no place yet; use add_function({creator!r}, ...) before its results"
            )
        call = self._calls[creator]
        self.graph.add_outputs(call, [None] * slot + [node_id])
        edge = self.graph.outputs[call][-1]
        if label is not None or value:
            self.graph.add_variable(edge.target, label, value)
        parent, column = self._at[call]
        placed = self._place(edge.target, edge.target, column + 1, [parent.y])
        self._connect(call, placed.id, edge, 0.0)
        return placed.x, placed.y

    def add_function(
        self, node_id: str, label: str | None = None, inputs: Sequence[str | None] = ()
    ) -> tuple[float, float]:
        """Add a call with its arguments (None where one is no variable); return the centre of its node in pixels."""
        call = self._calls[node_id] = self.graph.add_function(node_id, label, inputs)
        column = 2 * self.graph.nodes[call].rank + 1
        edges = self.graph.inputs[call]
        sources = [self._nearest_copy(edge.source, column) for edge in edges]
        placed = self._place(call, call, column, [self._at[source][0].y for source in sources])
        ports = spread_ports([self._at[source][0].y - placed.y for source in sources], placed.h)
        for source, edge, port in zip(sources, edges, ports, strict=True):
            self._connect(source, call, edge, port)
        return placed.x, placed.y

    def scene(self) -> Scene:
        """The picture so far. Later ones have the same nodes at the same places, and may be larger."""
        if not self.nodes:
            return Scene(2 * FIRST_X, 2 * FIRST_Y)
        width = max(node.x for node in self.nodes) + FIRST_X
        height = max(node.y for node in self.nodes) + FIRST_Y
        bands = [
            Band(g, FIRST_X + (2 * g + 0.5) * COLUMN_PITCH, COLUMN_PITCH, g)
            for g in range(len(self._taken) // 2)
        ]
        order = [node.id for node in self.nodes]
        return Scene(width, height, bands, list(self.nodes), list(self.edges), [], order)

    def _nearest_copy(self, v: str, column: int) -> str:
        """The drawn node for an argument; a new one directly before the call if there is none near enough."""
        copies = self._copies.get(v, 0)
        span = LEAF_SPAN if self.graph.is_leaf(v) else COMPUTED_SPAN
        for k in range(copies, 0, -1):
            copy = v if k == 1 else f"{v}~{k}"
            if 0 < column - self._at[copy][1] <= span:
                return copy
        self._copies[v] = copies + 1
        return self._place(v if not copies else f"{v}~{copies + 1}", v, column - 1, []).id

    def _place(self, placed_id: str, node_id: str, column: int, parents: list[float]) -> Placed:
        while len(self._taken) <= column:
            self._taken.append(set())
        taken = self._taken[column]
        wish = (sum(parents) / len(parents) - FIRST_Y) / LANE_PITCH if parents else 0.0
        near = round(wish)
        lane = min(
            (k for k in range(near + len(taken) + 2) if k not in taken), key=lambda k: (abs(k - wish), k)
        )
        taken.add(lane)
        node = self.graph.nodes[node_id]
        width, height = node_size(node)
        same_as = node.same_as or (node_id if placed_id != node_id else None)
        x, y = FIRST_X + column * COLUMN_PITCH, FIRST_Y + lane * LANE_PITCH
        placed = Placed(
            placed_id,
            node.kind,
            node.label,
            x,
            y,
            min(width, WIDEST),
            height,
            node.generation,
            node.value,
            same_as,
        )
        self._copies.setdefault(node_id, 1)
        self.nodes.append(placed)
        self._at[placed_id] = placed, column
        return placed

    def _connect(self, source: str, target: str, edge: Edge, port: float) -> None:
        (a, start), (b, end) = self._at[source], self._at[target]
        points: list[Point] = [(a.x + a.w / 2 - pill_inset(0.0, a.h, a.kind), a.y), (a.x + WIDEST / 2, a.y)]
        for column in range(start + 1, end):
            points += self._alley(column, points[-1][1] + (b.y - points[-1][1]) / (end - column + 1))
        into = b.x - b.w / 2 + pill_inset(port, b.h, b.kind)
        points += [(b.x - WIDEST / 2, b.y + port), (into, b.y + port)]
        self.edges.append(
            Route(f"{source}>{target}:{edge.slot}", source, target, edge.slot, curve(points), edge.kind)
        )

    def _alley(self, column: int, y: float) -> list[Point]:
        """The way past a column for a line that would like to pass it at height `y`."""
        alley = round((y - FIRST_Y) / LANE_PITCH - 0.5)
        lines = self._alleys[column, alley] = self._alleys.get((column, alley), -1) + 1
        height = FIRST_Y + (alley + 0.5) * LANE_PITCH + (lines % 5 - 2) * ALLEY_GAP
        x = FIRST_X + column * COLUMN_PITCH
        return [(x - WIDEST / 2, height), (x + WIDEST / 2, height)]
