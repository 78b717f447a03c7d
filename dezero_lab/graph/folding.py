"""Large graphs made readable: consecutive calls become one group node that can be opened.

A group is always a run of calls that followed each other. The order in which the calls happened is a topological order, so
whatever the runs are, the folded graph has no cycle. Where the calls repeat (layers, time steps, long chains), the groups
end where the repetitions end.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from dezero_lab.graph.model import Edge, Graph

GROUPS = 16
READABLE = 150
LONGEST_PERIOD = 128
LOOSE_CALLS = 3
FEW = 8


@dataclass(frozen=True, slots=True)
class Repeat:
    """Calls `start` to `stop` (exclusive) repeat a block of `period` calls."""

    start: int
    stop: int
    period: int


@dataclass(slots=True)
class Folded:
    """The graph with groups in it, for each group id the graph of what is inside, and the values that are in a bundle."""

    graph: Graph
    inside: dict[str, Graph]
    bundled: set[str]

    def add_group(self, prefix: str, inner: Graph, taken: Container[str]) -> str:
        """Keep what is inside a new group; returns its id, one that is not `taken`."""
        group = f"{prefix}{len(self.inside) + 1}"
        while group in taken:
            group += "_"
        self.inside[group] = inner
        return group

    def members(self, group: str) -> list[str]:
        """Ids of the nodes that `group` stands for: those inside that are not shown next to it."""
        inner = self.inside[group]
        own_bundle = not inner.calls
        return [v for v in inner.nodes if v not in self.graph.nodes and (own_bundle or v not in self.bundled)]


def find_repeats(labels: Sequence[str]) -> list[Repeat]:
    """Stretches of `labels` in which a block occurs at least twice in a row, longest first taken, none overlapping.

    >>> find_repeats(["x", "dot", "add", "dot", "add", "dot", "add", "sum"])
    [Repeat(start=1, stop=7, period=2)]
    """
    numbers: dict[str, int] = {}
    tokens = np.array([numbers.setdefault(label, len(numbers)) for label in labels])
    found: list[Repeat] = []
    for period in range(1, min(LONGEST_PERIOD, len(tokens) // 2) + 1):
        same = np.concatenate(([0], tokens[:-period] == tokens[period:], [0]))
        changes = np.flatnonzero(np.diff(same))
        for start, stop in zip(changes[::2].tolist(), changes[1::2].tolist(), strict=True):
            if stop - start >= period:
                found.append(Repeat(start, stop + period, period))
    found.sort(key=lambda r: (r.period - (r.stop - r.start), r.start))
    free = np.ones(len(tokens), dtype=bool)
    chosen = []
    for repeat in found:
        whole = (repeat.stop - repeat.start) // repeat.period * repeat.period
        if free[repeat.start : repeat.start + whole].all():
            free[repeat.start : repeat.start + whole] = False
            chosen.append(Repeat(repeat.start, repeat.start + whole, repeat.period))
    return sorted(chosen, key=lambda r: r.start)


def fold(graph: Graph, limit: int, prefix: str = "g") -> Folded:
    """Fold `graph` to at most `limit` nodes; unchanged if it has no more. Group ids are `prefix` and a number."""
    calls = graph.calls
    if len(graph) <= limit or len(calls) == 1:
        return Folded(graph, {}, set())
    repeats = find_repeats([graph.nodes[call].label for call in calls])
    groups, bundle = GROUPS, False
    while True:
        folded = _quotient(graph, _runs(calls, repeats, groups), prefix, bundle)
        if len(folded.graph) <= min(limit, READABLE) or groups == 1:
            return folded
        groups, bundle = groups // 2 if bundle else groups, True


@dataclass(frozen=True, slots=True)
class _Run:
    calls: list[str]
    period: int = 0


def _runs(calls: list[str], repeats: list[Repeat], groups: int) -> list[_Run]:
    """Cut the calls into about `groups` runs."""
    if groups == 1 or not calls:
        return [_Run(calls)] if calls else []
    size = -(-len(calls) // groups)
    runs: list[_Run] = []

    def loose(start: int, stop: int) -> None:
        few = stop - start <= LOOSE_CALLS
        parts = stop - start if few else -(-(stop - start) // size)
        cuts = [start + (stop - start) * k // parts for k in range(parts)] + [stop]
        runs.extend(_Run(calls[a:b]) for a, b in pairwise(cuts))

    at = 0
    for repeat in repeats:
        if 2 * (repeat.stop - repeat.start) < size:
            continue
        loose(at, repeat.start)
        step = repeat.period * max(1, size // repeat.period)
        runs += [
            _Run(calls[a : min(a + step, repeat.stop)], repeat.period)
            for a in range(repeat.start, repeat.stop, step)
        ]
        at = repeat.stop
    loose(at, len(calls))
    return runs


def _quotient(graph: Graph, runs: list[_Run], prefix: str, bundle: bool) -> Folded:
    """The graph of the runs. With `bundle`, what many values carry from one run to others is one node, too."""
    run_of = {call: k for k, run in enumerate(runs) for call in run.calls}
    results = [v for v in graph.producer if not graph.consumers[v]]
    outside = set(results) if len(results) <= FEW else set()
    for v, call in graph.producer.items():
        if any(run_of[user] != run_of[call] for user in graph.consumers[v]):
            outside.add(v)
    wrong = [edge for edge in graph.edges if edge.kind == "wrong"]
    folded = Folded(Graph(), {}, set())
    node_of: dict[str, str] = {}
    for k, run in enumerate(runs):
        sources = dict.fromkeys(edge.source for call in run.calls for edge in graph.inputs[call])
        inputs = [v for v in sources if v in graph.producer and run_of[graph.producer[v]] != k]
        inputs = inputs or [v for v in sources if graph.is_leaf(v)][:1]
        outputs = [
            edge.target for call in run.calls for edge in graph.outputs[call] if edge.target in outside
        ]
        if len(run.calls) == 1 and len(sources) <= FEW and len(graph.outputs[run.calls[0]]) <= FEW:
            _copy_call(folded.graph, graph, run.calls[0], node_of)
            continue
        group = folded.add_group(prefix, _subgraph(graph, run.calls, wrong), graph.nodes)
        if bundle and len(outputs) > FEW:
            values = folded.add_group(prefix, _copy_nodes(Graph(), graph, outputs), graph.nodes)
            folded.bundled.update(outputs)
            node_of.update(dict.fromkeys(outputs, values))
            outputs = [values]
        inputs = list(dict.fromkeys(node_of.get(v, v) for v in inputs))
        folded.graph.add_function(group, _label(graph, run), inputs, outputs, kind="group")
        generations = [graph.nodes[call].generation for call in run.calls]
        folded.graph.nodes[group].generation = min(generations)
        folded.graph.nodes[group].last = max(generations)
    unused = [v for v in graph.nodes if graph.is_leaf(v) and not graph.consumers[v]]
    if len(unused) > FEW:
        folded.graph.add_variable(folded.add_group(prefix, _copy_nodes(Graph(), graph, unused), graph.nodes))
    else:
        _copy_nodes(folded.graph, graph, unused)
    _copy_facts(folded.graph, graph, wrong)
    for group, inner in folded.inside.items():
        node = folded.graph.nodes[group]
        node.kind = "group"
        node.parts = len(folded.members(group))
        if not inner.calls:
            first, *_, last = inner.nodes.values()
            node.label = f"{first.label} … {last.label}"
            node.generation = min(v.generation for v in inner.nodes.values())
    return folded


def _subgraph(graph: Graph, calls: Iterable[str], wrong: list[Edge]) -> Graph:
    """Only these calls, with what goes into them and comes out of them; values made elsewhere are leaves of it."""
    inner = Graph()
    for call in calls:
        _copy_call(inner, graph, call, {})
    return _copy_facts(inner, graph, wrong)


def _copy_call(to: Graph, graph: Graph, call: str, node_of: Mapping[str, str]) -> None:
    inputs = [node_of.get(edge.source, edge.source) for edge in graph.inputs[call]]
    to.add_function(call, graph.nodes[call].label, inputs, [edge.target for edge in graph.outputs[call]])
    for mine, theirs in ((to.inputs, graph.inputs), (to.outputs, graph.outputs)):
        for edge, original in zip(mine[call], theirs[call], strict=True):
            edge.slot, edge.kind = original.slot, original.kind


def _copy_nodes(to: Graph, graph: Graph, variables: list[str]) -> Graph:
    for v in variables:
        to.add_variable(v, graph.nodes[v].label, graph.nodes[v].value)
    return to


def _copy_facts(to: Graph, graph: Graph, wrong: list[Edge]) -> Graph:
    """Give the nodes of `to` what `graph` knows of them: all but the place, which is their own."""
    for node_id, node in to.nodes.items():
        known = graph.nodes.get(node_id)
        if known is not None:
            node.label, node.value, node.same_as = known.label, known.value, known.same_as
            node.generation, node.last = known.generation, known.last
    to.edges += [edge for edge in wrong if edge.source in to.nodes and edge.target in to.nodes]
    return to


def _label(graph: Graph, run: _Run) -> str:
    """The block that a run repeats, and how often: "matmul → add ×5"."""
    block = [graph.nodes[call].label for call in run.calls[: run.period or None]]
    name = " → ".join(block) if len(block) <= 3 else f"{block[0]} … {block[-1]}"
    times = len(run.calls) // run.period if run.period else 1
    return f"{name} ×{times}" if times > 1 else name
