"""The computation graph as facts: which values went into which function call, and what came out.

Nothing here knows a framework class, a position or a colour. A graph is built call by call, in the order in which the
calls happened, so it is acyclic by construction: a value that comes back out of a call that it went into gets a second
node (``same_as`` says of what).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dezero_lab.trace.tape import Tape

NodeKind = Literal["variable", "function", "group"]
EdgeKind = Literal["flow", "missing", "wrong"]


@dataclass(slots=True)
class Node:
    """One variable, one function call, or a folded group of calls.

    ``generation`` is the longest way from a leaf, counted in calls. ``rank`` is the column pair the node is drawn in; the two
    differ only where calls are folded into groups. ``last`` is the highest generation inside a group.
    """

    id: str
    kind: NodeKind
    label: str
    generation: int
    order: int
    value: str = ""
    same_as: str | None = None
    rank: int = 0
    last: int = 0
    parts: int = 0


@dataclass(slots=True)
class Edge:
    """A value going into a call (``slot`` = which argument) or out of it (``slot`` = which result).

    ``kind`` is ``"flow"`` where a value really went. ``"missing"`` is a flow which the learner's own links leave out, and
    ``"wrong"`` a link where nothing flowed.
    """

    source: str
    target: str
    slot: int
    kind: EdgeKind = "flow"


class Graph:
    """Variables, function calls and the values that flow between them.

    Build one from a recorded tape with :meth:`from_tape`, or by hand, call by call:

    >>> g = Graph()
    >>> _ = g.add_variable("x", value="2.0")
    >>> g.add_function("f1", "square", inputs=["x"], outputs=["y"])
    'f1'
    >>> [(node.id, node.kind, node.generation) for node in g.nodes.values()]
    [('x', 'variable', 0), ('f1', 'function', 0), ('y', 'variable', 1)]
    >>> [(edge.source, edge.target) for edge in g.edges]
    [('x', 'f1'), ('f1', 'y')]
    """

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.edges: list[Edge] = []
        self.inputs: dict[str, list[Edge]] = {}
        self.outputs: dict[str, list[Edge]] = {}
        self.producer: dict[str, str] = {}
        self.consumers: dict[str, list[str]] = {}
        self._newest: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self.nodes)

    def __repr__(self) -> str:
        calls = len(self.inputs)
        return f"Graph({len(self.nodes) - calls} variables, {calls} calls, {len(self.edges)} edges)"

    @classmethod
    def from_tape(
        cls, tape: Tape, upto: int | None = None, *, links: bool = False, unlinked: bool = True
    ) -> Graph:
        """The graph of everything recorded on `tape`, or of its events 0 to `upto` inclusive.

        Edges follow the values: arguments into a call, results out of it. With `links`, the learner's own ``creator`` and
        ``input(s)`` are compared with that flow, and the differences become ``"missing"`` and ``"wrong"`` edges.

        Where gradients are variables (from chapter 32), a backward pass makes calls of its own. Unless it ran with
        ``create_graph=True`` they leave no links; without `unlinked` such calls of a backward pass, and the variables only
        they used, are left out.
        """
        from dezero_lab.graph.flow import read_tape

        return read_tape(cls(), tape, upto, links, unlinked)

    @property
    def calls(self) -> list[str]:
        """Ids of the function calls (and groups) in the order in which they happened."""
        return list(self.inputs)

    def is_leaf(self, node_id: str) -> bool:
        """True for a variable that no call produced."""
        return node_id not in self.producer and node_id not in self.inputs

    def current(self, node_id: str) -> str:
        """The node that stands for `node_id` now: itself, or its newest version if a call gave it out again."""
        return self._newest.get(node_id, node_id)

    def add_variable(self, node_id: str, label: str | None = None, value: str = "") -> str:
        """Add a leaf variable; return its id. An id that is there already only gets the label and value it lacks."""
        node = self.nodes.get(node_id)
        if node is None:
            self._new(
                Node(node_id, "variable", node_id if label is None else label, 0, len(self.nodes), value)
            )
            self.consumers[node_id] = []
        else:
            if label is not None:
                node.label = label
            node.value = node.value or value
        return node_id

    def add_function(
        self,
        node_id: str,
        label: str | None = None,
        inputs: Sequence[str | None] = (),
        outputs: Sequence[str | None] = (),
        *,
        kind: NodeKind = "function",
    ) -> str:
        """Add one call; return the id of its node.

        `inputs` and `outputs` are variable ids in argument order, None where an argument was no variable. Unknown ids become
        variables. A function object that is called a second time gets a second node, ``"f1.2"`` with ``same_as="f1"``.
        """
        node = Node(self._version(node_id), kind, label if label is not None else node_id, 0, len(self.nodes))
        if node.id != node_id:
            node.same_as = node_id
        sources = [None if v is None else self.current(self.add_variable(v)) for v in inputs]
        node.rank = max((self.nodes[v].rank for v in sources if v is not None), default=0)
        node.generation = max((self.nodes[v].generation for v in sources if v is not None), default=0)
        node.last = node.generation
        node.order = len(self.nodes)
        self._new(node)
        self.inputs[node.id] = []
        self.outputs[node.id] = []
        for slot, v in enumerate(sources):
            if v is not None:
                edge = Edge(v, node.id, slot)
                self.edges.append(edge)
                self.inputs[node.id].append(edge)
                self.consumers[v].append(node.id)
        self.add_outputs(node.id, outputs)
        return node.id

    def add_outputs(self, call: str, outputs: Sequence[str | None]) -> None:
        """Say what the call `call` gave out. Separate from :meth:`add_function` because the results come later."""
        function = self.nodes[call]
        for slot, v in enumerate(outputs):
            if v is None:
                continue
            variable = self.nodes[self._fresh_output(v)]
            variable.generation = function.last + 1
            variable.rank = function.rank + 1
            self.producer[variable.id] = call
            edge = Edge(call, variable.id, slot)
            self.edges.append(edge)
            self.outputs[call].append(edge)

    def _fresh_output(self, v: str) -> str:
        """The node for an output called `v`: its own node, or a new version if that one is a result or was used already."""
        latest = self.current(v)
        if latest in self.nodes and (latest in self.producer or self.consumers[latest]):
            version = self._version(v)
            self._new(Node(version, "variable", self.nodes[latest].label, 0, len(self.nodes), same_as=v))
            self.consumers[version] = []
            self._newest[v] = version
            return version
        return self.add_variable(v) if latest not in self.nodes else latest

    def _version(self, node_id: str) -> str:
        if node_id not in self.nodes:
            return node_id
        n = 2
        while f"{node_id}.{n}" in self.nodes:
            n += 1
        return f"{node_id}.{n}"

    def _new(self, node: Node) -> None:
        self.nodes[node.id] = node
