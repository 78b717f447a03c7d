"""A laid-out picture as plain data: what the browser draws, what :func:`to_svg` prints, what a saved replay carries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dezero_lab.graph.model import EdgeKind, NodeKind


@dataclass(slots=True)
class Placed:
    """A node with its place: `x`, `y` is the centre, in pixels, y downwards.

    `parts` is the number of nodes inside a group; `open` means that they are drawn, with the group as a frame around them; `bundle`
    that all of them are variables.
    """

    id: str
    kind: NodeKind
    label: str
    x: float
    y: float
    w: float
    h: float
    gen: int
    value: str = ""
    same_as: str | None = None
    parts: int = 0
    open: bool = False
    bundle: bool = False

    def to_json(self) -> dict[str, Any]:
        """The node as the browser draws it; what is empty is left out."""
        record: dict[str, Any] = {
            "id": self.id,
            "kind": self.kind,
            "label": self.label,
            "x": tidy(self.x),
            "y": tidy(self.y),
            "w": tidy(self.w),
            "h": tidy(self.h),
            "gen": self.gen,
        }
        if self.value:
            record["value"] = self.value
        if self.same_as:
            record["same_as"] = self.same_as
        if self.parts:
            record["parts"] = self.parts
        if self.open:
            record["open"] = True
        if self.bundle:
            record["bundle"] = True
        return record


@dataclass(slots=True)
class Route:
    """An edge with its line, an SVG path from `source` to `target` in forward direction."""

    id: str
    source: str
    target: str
    slot: int
    path: str
    kind: EdgeKind = "flow"

    def to_json(self) -> dict[str, Any]:
        """The edge as the browser draws it."""
        record: dict[str, Any] = {
            "id": self.id,
            "from": self.source,
            "to": self.target,
            "slot": self.slot,
            "path": self.path,
        }
        if self.kind != "flow":
            record["kind"] = self.kind
        return record


@dataclass(slots=True)
class Band:
    """The background stripe behind one column of functions; `last` > `gen` where a folded column spans generations."""

    gen: int
    x: float
    w: float
    last: int

    def to_json(self) -> dict[str, Any]:
        """The band as the browser draws it."""
        record: dict[str, Any] = {"gen": self.gen, "x": tidy(self.x), "w": tidy(self.w)}
        if self.last > self.gen:
            record["last"] = self.last
        return record


@dataclass(slots=True)
class Group:
    """What a folded node hides: the ids of all calls and variables in it, and its own picture."""

    id: str
    label: str
    members: list[str]
    scene: Scene

    def to_json(self) -> dict[str, Any]:
        """The group with its picture, as the browser draws it."""
        return {"id": self.id, "label": self.label, "members": self.members, "scene": self.scene.to_json()}


@dataclass(slots=True)
class Scene:
    """A finished picture: size, generation bands, placed nodes, routed edges, folded groups.

    ``reveal_order`` lists the node ids in the order in which they came into being, so a player can show them one by one
    without moving any. A leaf comes directly before the first call that uses it.
    """

    w: float
    h: float
    bands: list[Band] = field(default_factory=list)
    nodes: list[Placed] = field(default_factory=list)
    edges: list[Route] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    reveal_order: list[str] = field(default_factory=list)

    def node(self, node_id: str) -> Placed:
        """The placed node with this id; KeyError names the id if there is none."""
        for node in self.nodes:
            if node.id == node_id:
                return node
        raise KeyError(
            f"no node {node_id!r} in this scene; scene.nodes lists the {len(self.nodes)} there are"
        )

    def to_json(self) -> dict[str, Any]:
        """Plain dict for ``json.dumps``; numbers rounded to a tenth of a pixel."""
        return {
            "version": 1,
            "kind": "dezero_lab.scene",
            "w": tidy(self.w),
            "h": tidy(self.h),
            "bands": [band.to_json() for band in self.bands],
            "nodes": [node.to_json() for node in self.nodes],
            "edges": [edge.to_json() for edge in self.edges],
            "groups": [group.to_json() for group in self.groups],
            "reveal_order": self.reveal_order,
        }


def tidy(number: float) -> float | int:
    """`number` rounded to 0.1, as an int where it is one: short in JSON and in SVG paths.

    >>> tidy(2.0), tidy(1 / 3), tidy(-0.04)
    (2, 0.3, 0)
    """
    rounded = round(number, 1)
    return int(rounded) if rounded == int(rounded) else rounded
