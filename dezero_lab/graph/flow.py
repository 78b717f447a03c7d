"""Reads a tape into a graph: values that really flowed first, the learner's own links second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dezero_lab.graph.model import Edge, Graph

if TYPE_CHECKING:
    from dezero_lab.trace.tape import Tape

LONGEST_VALUE = 14


def read_tape(graph: Graph, tape: Tape, upto: int | None, links: bool, unlinked: bool) -> Graph:
    """Fill `graph` from events 0 to `upto` of `tape`. Calls make the edges; a tape without calls (a walk) has only links."""
    events: list[Any] = tape.events if upto is None else tape.events[: upto + 1]
    found = {(e.owner, e.attr): list(e.targets) for e in events if e.kind == "link" and e.value is None}
    if any(event.kind == "call_begin" for event in events):
        _read_calls(graph, tape, events, None if unlinked else _calls_without_links(tape))
        if links:
            compare_links(graph, found)
    else:
        _read_links(graph, tape, events, found)
    return graph


def value_text(snapshot: Any) -> str:
    """The short second line of a variable: a number, or the shape of an array.

    >>> from dezero_lab.trace.snapshot import Snapshot
    >>> import numpy as np
    >>> value_text(Snapshot.of(np.array(2.0))), value_text(Snapshot.of(np.zeros((3, 4))))
    ('2.0', '(3, 4)')
    """
    if snapshot is None or snapshot.is_none:
        return ""
    if snapshot.shape:
        return str(tuple(snapshot.shape))
    if snapshot.values:
        value = snapshot.values[0]
        return f"{value:.4g}" if isinstance(value, float) and len(repr(value)) > 7 else str(value)
    return (snapshot.text or "")[:LONGEST_VALUE]


def compare_links(graph: Graph, found: dict[tuple[str, str], list[str | None]]) -> None:
    """Mark flows that the learner's links leave out as "missing", and add the links that no value took as "wrong".

    `found` maps (owner, "creator" | "input" | "inputs") to the targets. An attribute that occurs nowhere is not expected yet,
    and a call with no link at all is left alone: it ran with recording of the graph switched off.
    """
    used = {attr for (_, attr), targets in found.items() if any(targets)}
    into = used & {"input", "inputs"}
    for call, edges in graph.inputs.items():
        own_inputs = [v for attr in sorted(into) for v in found.get((call, attr), []) if v]
        creators = {edge.target: found.get((edge.target, "creator"), []) for edge in graph.outputs[call]}
        if not own_inputs and not any(any(own) for own in creators.values()):
            continue
        if into:
            _compare(
                graph, [(edge, edge.source) for edge in edges], own_inputs, [(v, call) for v in own_inputs]
            )
        if "creator" in used:
            for edge in graph.outputs[call]:
                own = [creator for creator in creators[edge.target] if creator]
                _compare(graph, [(edge, call)], own, [(creator, edge.target) for creator in own])


def _compare(
    graph: Graph, flows: list[tuple[Edge, str]], own: list[str], links: list[tuple[str, str]]
) -> None:
    """Compare the ends of some flows with the learner's `own` ends; `links` are the latter as (source, target)."""
    for edge, end in flows:
        if end not in own:
            edge.kind = "missing"
    flowed = {end for _, end in flows}
    for slot, (end, (source, target)) in enumerate(zip(own, links, strict=True)):
        if end not in flowed and source in graph.nodes and target in graph.nodes:
            graph.edges.append(Edge(source, target, slot, "wrong"))


def _read_calls(graph: Graph, tape: Tape, events: list[Any], left_out: set[int] | None) -> None:
    ends, containers = match_calls(events)
    open_calls: list[str | None] = []
    values: dict[str, str] = {}
    sweeps = 0
    for at, event in enumerate(events):
        if event.kind == "variable":
            values[event.v] = value_text(event.data)
            # A gradient that is a variable: drawn if a call uses it.
            if left_out is None or not sweeps:
                graph.add_variable(event.v)
        elif event.kind == "data":
            values[event.v] = value_text(event.new)
        elif event.kind in ("sweep_begin", "sweep_end"):
            sweeps += 1 if event.kind == "sweep_begin" else -1
        elif event.kind == "call_begin":
            if at in containers or at in (left_out or ()):
                open_calls.append(None)
                continue
            # Only the end of a call knows the variables that plain numbers were wrapped into on the way.
            end = ends.get(at)
            inputs = end.inputs if end is not None and end.inputs else event.inputs
            open_calls.append(graph.add_function(event.f, tape.label(event.f), inputs))
        elif event.kind == "call_end" and open_calls:
            call = open_calls.pop()
            if call is not None:
                graph.add_outputs(call, event.outputs)
    for node in graph.nodes.values():
        if node.kind == "variable":
            name = node.same_as or node.id
            node.label, node.value = tape.label(name), values.get(name, "")


def _calls_without_links(tape: Tape) -> set[int]:
    """Where on the tape the calls begin that happened in a backward pass and left no link."""
    events: list[Any] = tape.events
    linked = {e.owner for e in events if e.kind == "link" and any(e.targets)}
    found: set[int] = set()
    sweeps = 0
    for at, event in enumerate(events):
        if event.kind in ("sweep_begin", "sweep_end"):
            sweeps += 1 if event.kind == "sweep_begin" else -1
        elif event.kind == "call_begin" and sweeps and event.f not in linked:
            found.add(at)
    return found


def match_calls(events: list[Any]) -> tuple[dict[int, Any], set[int]]:
    """The end event of each call by the index of its beginning; and the calls that only pass on what calls inside them made."""
    ends: dict[int, Any] = {}
    containers: set[int] = set()
    stack: list[tuple[int, set[str]]] = []
    for at, event in enumerate(events):
        if event.kind == "call_begin":
            stack.append((at, set()))
        elif event.kind == "call_end" and stack:
            begin, inner = stack.pop()
            ends[begin] = event
            outputs = {v for v in event.outputs if v is not None}
            if outputs and outputs <= inner:
                containers.add(begin)
            if stack:
                stack[-1][1].update(outputs | inner)
    return ends, containers


def _read_links(
    graph: Graph, tape: Tape, events: list[Any], found: dict[tuple[str, str], list[str | None]]
) -> None:
    """Calls in an order that respects the links; where they run in a circle, the first one seen goes first."""
    calls: dict[str, tuple[list[str | None], list[str]]] = {}
    made_by: dict[str, str] = {}
    for event in events:
        if event.kind == "variable":
            graph.add_variable(event.v, tape.label(event.v), value_text(event.data))
        elif event.kind == "function":
            sources = found.get((event.f, "inputs")) or found.get((event.f, "input")) or []
            calls[event.f] = (sources, [])
    for (owner, attr), targets in found.items():
        if attr == "creator" and targets and targets[0] in calls:
            made_by[owner] = targets[0]
            calls[targets[0]][1].append(owner)
    for call in _topological(calls, made_by):
        sources, results = calls[call]
        order = [v for attr in ("output", "outputs") for v in found.get((call, attr), []) if v in results]
        graph.add_function(call, tape.label(call), sources, [*dict.fromkeys([*order, *results])])


def _topological(calls: dict[str, tuple[list[str | None], list[str]]], made_by: dict[str, str]) -> list[str]:
    done: dict[str, None] = {}
    for root in reversed(calls):
        path = [(root, iter(calls[root][0]))] if root not in done else []
        waiting = {root}
        while path:
            call, sources = path[-1]
            for source in sources:
                before = made_by.get(source) if source is not None else None
                if before is not None and before not in done and before not in waiting:
                    waiting.add(before)
                    path.append((before, iter(calls[before][0])))
                    break
            else:
                path.pop()
                done[call] = None
    return list(done)
