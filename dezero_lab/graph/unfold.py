"""Opening groups in place: a group grows to the size of its inside and pushes its neighbours apart.

No new layout, only sums that the browser does as well. The group's column becomes as wide as the inside: everything to the
right moves right. In this column, what is above the group moves up and what is below moves down. Then lines
are drawn through their moved points, and the whole picture is pushed down if it sticks out at the top.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from dezero_lab.graph.assemble import MARGIN_BOTTOM, MARGIN_TOP
from dezero_lab.graph.route import Point, curve, detour, points_of
from dezero_lab.graph.scene import Group, Route, Scene


def unfold(scene: Scene, open_ids: Collection[str]) -> Scene:
    """A new scene in which the groups `open_ids` are open frames around their insides; also groups inside opened groups.

    Errors: KeyError if one of them is not in `scene` or only inside a group that stays folded.

    >>> from dezero_lab.graph import Graph, layout
    >>> g = Graph()
    >>> for k in range(9):
    ...     _ = g.add_function(f"f{k}", "exp", [f"x{k}"], [f"x{k + 1}"])
    >>> folded = layout(g, fold_above=8)
    >>> opened = unfold(folded, [folded.groups[0].id])
    >>> len(opened.nodes) > len(folded.nodes), opened.w > folded.w
    (True, True)
    """
    wanted = set(open_ids)
    opened = _unfold(scene, wanted)
    closed = sorted(wanted - {node.id for node in opened.nodes if node.open})
    if closed:
        raise KeyError(
            f"no group {', '.join(closed)} to open here; groups in sight: {_names(opened) or 'none'}"
        )
    return opened


def _names(scene: Scene) -> str:
    return ", ".join(group.id for group in scene.groups)


def _unfold(scene: Scene, wanted: set[str]) -> Scene:
    opening = [(group, _unfold(group.scene, wanted)) for group in scene.groups if group.id in wanted]
    if not opening:
        return scene
    picture = _Picture(scene)
    for group, inside in opening:
        picture.make_room(group.id, inside.w, inside.h)
    return picture.finish(opening)


class _Picture:
    """A scene on the move: node centres, line points and bands that are pushed until there is room."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.nodes = {node.id: replace(node) for node in scene.nodes}
        self.bands = [replace(band) for band in scene.bands]
        self.lines = [points_of(edge.path) for edge in scene.edges]
        self.width = scene.w

    def make_room(self, group_id: str, width: float, height: float) -> None:
        group = self.nodes[group_id]
        column = [node for node in self.nodes.values() if node.x == group.x]
        left, right = (group.x + side * max(node.w for node in column) / 2 for side in (-1, 1))
        wider = max(0.0, width - (right - left))
        taller = max(0.0, height - group.h)
        middle, level = group.x, group.y

        def push(x: float, y: float) -> Point:
            if left - 1 <= x <= right + 1:
                y += taller / 2 * ((y > level) - (y < level))
            return x + (wider if x > middle else wider / 2 if x == middle else 0.0), y

        before = {node.id: (node.x, node.y) for node in self.nodes.values()}
        for node in self.nodes.values():
            node.x, node.y = push(node.x, node.y)
        for edge, line in zip(self.scene.edges, self.lines, strict=True):
            ends = ((0, edge.source, 1), (-1, edge.target, -1))
            moved = [push(x, y) for x, y in line]
            for place, end, side in ends:
                x, y = line[place]
                dx, dy = (
                    new - old
                    for new, old in zip((self.nodes[end].x, self.nodes[end].y), before[end], strict=True)
                )
                if end == group_id:
                    dx += side * (max(width, group.w) - group.w) / 2
                moved[place] = x + dx, y + dy
                # The level stretch beside a node keeps the height of the line's end.
                beside = place + side
                if len(line) > 2 and line[beside][1] == y:
                    moved[beside] = moved[beside][0], y + dy
            line[:] = moved
        for band in self.bands:
            if band.x > middle:
                band.x += wider
            elif band.x + band.w > middle:
                band.w += wider
        self.width += wider
        group.w, group.h, group.open = max(width, group.w), max(height, group.h), True

    def finish(self, opening: list[tuple[Group, Scene]]) -> Scene:
        nodes = list(self.nodes.values())
        down = MARGIN_TOP - min(node.y - node.h / 2 for node in nodes)
        for node in nodes:
            node.y += down
        edges = [
            _redrawn(edge, line, 0.0, down) for edge, line in zip(self.scene.edges, self.lines, strict=True)
        ]
        order, groups = (
            list(self.scene.reveal_order),
            [g for g in self.scene.groups if not self.nodes[g.id].open],
        )
        for group, inside in opening:
            frame = self.nodes[group.id]
            left, top = frame.x - inside.w / 2, frame.y - inside.h / 2
            nodes += [replace(node, x=node.x + left, y=node.y + top) for node in inside.nodes]
            edges += [_redrawn(edge, points_of(edge.path), left, top) for edge in inside.edges]
            groups += inside.groups
            at = order.index(group.id) + 1
            order[at:at] = inside.reveal_order
        low = max(y for line in self.lines for _, y in line) + down if self.lines else 0.0
        height = max(low, *(node.y + node.h / 2 for node in nodes)) + MARGIN_BOTTOM
        return Scene(self.width, height, self.bands, nodes, edges, groups, order)


def _redrawn(edge: Route, points: list[Point], dx: float, dy: float) -> Route:
    points = [(x + dx, y + dy) for x, y in points]
    return replace(edge, path=detour(points[0], points[-1]) if edge.kind == "wrong" else curve(points))
