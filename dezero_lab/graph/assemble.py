"""From order and heights to the finished scene: column widths, bands, nodes, lines, order of appearance."""

from __future__ import annotations

from dezero_lab.graph.drawing import Drawing
from dezero_lab.graph.lattice import Lattice
from dezero_lab.graph.model import Edge, Graph
from dezero_lab.graph.route import curve, detour, pill_inset, spread_ports
from dezero_lab.graph.scene import Band, Placed, Route, Scene

MARGIN_LEFT, MARGIN_TOP, MARGIN_BOTTOM = 26.0, 66.0, 48.0
COLUMN_GAP, STEEPEST_GAP = 40.0, 110.0
BAND_PADDING = 18.0
AIRY_SPAN, MOST_AIR = 165.0, 1.7

LineEnds = dict[int, float]
TRUNK = -1


def assemble(graph: Graph, drawing: Drawing, lattice: Lattice, rows: list[float]) -> Scene:
    """The scene for `drawing`, whose items and bends have been ordered in `lattice` and given heights `rows`."""
    if not drawing.ids:
        return Scene(2 * MARGIN_LEFT, MARGIN_TOP + MARGIN_BOTTOM)
    real = len(drawing.ids)
    rows = _airy(rows)
    tops = [row - h / 2 for row, h in zip(rows, drawing.height, strict=False)] + rows[real:]
    bottoms = [row + h / 2 for row, h in zip(rows, drawing.height, strict=False)] + rows[real:]
    shift = MARGIN_TOP - min(tops)
    rows = [row + shift for row in rows]
    starts, widths = _columns(drawing, lattice, rows)
    centres = [start + width / 2 for start, width in zip(starts, widths, strict=True)]
    scene = Scene(starts[-1] + widths[-1] + MARGIN_LEFT, max(bottoms) + shift + MARGIN_BOTTOM)
    scene.bands = _bands(drawing, lattice, starts, widths)
    for item, node in enumerate(drawing.nodes):
        item_id = drawing.ids[item]
        scene.nodes.append(
            Placed(
                item_id,
                node.kind,
                node.label,
                centres[drawing.column[item]],
                rows[item],
                drawing.width[item],
                drawing.height[item],
                node.generation,
                node.value,
                node.same_as or (node.id if item_id != node.id else None),
                node.parts,
                bundle=node.kind == "group" and drawing.column[item] % 2 == 0,
            )
        )
    scene.edges = _routes(drawing, lattice, scene.nodes, rows, starts, widths)
    scene.reveal_order = _reveal_order(graph, drawing)
    return scene


def _airy(rows: list[float]) -> list[float]:
    """Small pictures have room to spare: the rows move apart. A stretch keeps level lines level and nothing overlaps."""
    span = max(rows) - min(rows)
    stretch = max(1.0, min(MOST_AIR, AIRY_SPAN / span)) if span else 1.0
    return [row * stretch for row in rows]


def _columns(drawing: Drawing, lattice: Lattice, rows: list[float]) -> tuple[list[float], list[float]]:
    """Left edge and width of each column; the steeper the lines between two columns, the wider the gap."""
    widths = [0.0] * len(lattice.layers)
    for at, width in zip(drawing.column, drawing.width, strict=True):
        widths[at] = max(widths[at], width)
    steepest = [0.0] * len(widths)
    for item, others in enumerate(lattice.right):
        at = lattice.column[item]
        for other in others:
            steepest[at] = max(steepest[at], abs(rows[other] - rows[item]))
    starts = [MARGIN_LEFT]
    for width, steep in zip(widths[:-1], steepest[:-1], strict=True):
        starts.append(starts[-1] + width + min(STEEPEST_GAP, max(COLUMN_GAP, 22 + steep / 5)))
    return starts, widths


def _bands(drawing: Drawing, lattice: Lattice, starts: list[float], widths: list[float]) -> list[Band]:
    bands = []
    for at in range(1, len(starts), 2):
        calls = [drawing.nodes[item] for item in lattice.layers[at] if item < len(drawing.nodes)]
        first, last = min(n.generation for n in calls), max(n.last for n in calls)
        bands.append(Band(first, starts[at] - BAND_PADDING, widths[at] + 2 * BAND_PADDING, last))
    return bands


def _routes(
    drawing: Drawing,
    lattice: Lattice,
    nodes: list[Placed],
    rows: list[float],
    starts: list[float],
    widths: list[float],
) -> list[Route]:
    leaving = [LineEnds() for _ in nodes]
    arriving = [LineEnds() for _ in nodes]
    for k, (source, target, _) in enumerate(drawing.edges):
        chain = lattice.chains[k]
        # All long lines out of a node leave it as one.
        leaving[source].setdefault(TRUNK if chain else k, rows[chain[0] if chain else target] - rows[source])
        arriving[target][k] = rows[chain[-1] if chain else source] - rows[target]
    out_ports = [_ports(ends, node.h) for ends, node in zip(leaving, nodes, strict=True)]
    in_ports = [_ports(ends, node.h) for ends, node in zip(arriving, nodes, strict=True)]
    routes = []
    for k, (source, target, edge) in enumerate(drawing.edges):
        a, b, chain = nodes[source], nodes[target], lattice.chains[k]
        out, into = out_ports[source][TRUNK if chain else k], in_ports[target][k]
        points = [(a.x + a.w / 2 - pill_inset(out, a.h, a.kind), a.y + out)]
        at = lattice.column[source]
        points.append((starts[at] + widths[at], a.y + out))
        for bend in chain:
            at = lattice.column[bend]
            points += [(starts[at], rows[bend]), (starts[at] + widths[at], rows[bend])]
        points.append((starts[lattice.column[target]], b.y + into))
        points.append((b.x - b.w / 2 + pill_inset(into, b.h, b.kind), b.y + into))
        routes.append(_route(edge, a, b, curve(points)))
    for source, target, edge in drawing.extra_edges:
        a, b = nodes[source], nodes[target]
        routes.append(_route(edge, a, b, detour((a.x + a.w / 2, a.y), (b.x - b.w / 2, b.y))))
    return routes


def _ports(ends: LineEnds, height: float) -> LineEnds:
    return dict(zip(ends, spread_ports(list(ends.values()), height), strict=True))


def _route(edge: Edge, a: Placed, b: Placed, path: str) -> Route:
    mark = "!" if edge.kind == "wrong" else ""
    return Route(f"{a.id}>{b.id}:{edge.slot}{mark}", a.id, b.id, edge.slot, path, edge.kind)


def _reveal_order(graph: Graph, drawing: Drawing) -> list[str]:
    copies: dict[str, list[int]] = {}
    feeds: dict[int, list[int]] = {}
    for item, node in enumerate(drawing.nodes):
        copies.setdefault(node.id, []).append(item)
    for source, target, _ in drawing.edges:
        feeds.setdefault(target, []).append(source)
    order: dict[int, None] = {}
    for node_id in graph.nodes:
        if node_id in graph.inputs:
            call = copies[node_id][0]
            order.update(dict.fromkeys(feeds.get(call, [])))
            order[call] = None
        elif not graph.is_leaf(node_id) or not graph.consumers[node_id]:
            order[copies[node_id][0]] = None
    return [drawing.ids[item] for item in order]
