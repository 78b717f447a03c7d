"""Drawing a computation graph: facts (`Graph`), places (`layout`, `LivePlacement`), pictures (`to_svg`, `to_dot`, `to_text`).

Knows recorded events and nodes, never live objects of a framework.
"""

from dezero_lab.graph.dot import render, to_dot
from dezero_lab.graph.layout import layout
from dezero_lab.graph.live import LivePlacement
from dezero_lab.graph.model import Edge, Graph, Node
from dezero_lab.graph.scene import Band, Group, Placed, Route, Scene
from dezero_lab.graph.svg import to_svg
from dezero_lab.graph.text import to_text
from dezero_lab.graph.unfold import unfold

__all__ = [
    "Band",
    "Edge",
    "Graph",
    "Group",
    "LivePlacement",
    "Node",
    "Placed",
    "Route",
    "Scene",
    "layout",
    "render",
    "to_dot",
    "to_svg",
    "to_text",
    "unfold",
]
