"""The picture as SVG: well-formed, safe, readable in light and dark."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dezero_lab.graph import Graph, layout, to_svg, unfold
from dezero_lab.graph.svg import escape

SVG = "{http://www.w3.org/2000/svg}"

NASTY = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "a & b < c",
    "'quotes' \"both\"",
    "제곱 함수",
    "line\nbreak\ttab",
    "\x00\x1b[31m\x07",
    "]]>",
    "</svg>",
    "url(javascript:alert(1))",
    "\ud800",
]


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in parse(svg).iter(f"{SVG}text")]


def named(label: str) -> Graph:
    g = Graph()
    g.add_variable("x", label, label)
    g.add_function("f", label, ["x"], ["y"])
    return g


@pytest.mark.parametrize("label", NASTY)
def test_no_label_can_leave_its_text(label):
    scene = layout(named(label))
    svg = to_svg(scene, values={"y": label}, grads={"y": label}, title=label, desc=label)
    root = parse(svg)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "style", "defs", "marker", "path", "rect", "g", "text"}
    assert "\x00" not in svg
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not [name for name in attributes if name.startswith("on")]
    svg.encode()


@given(st.text(max_size=30))
def test_any_text_survives_parsing(text):
    root = parse(f'<t a="{escape(text)}">{escape(text)}</t>')
    assert (root.text or "").replace("\n", " ").replace("\t", " ") == (root.attrib["a"])


def test_names_values_and_gradients_are_shown(graphs):
    svg = to_svg(layout(graphs.diamond()), values={"a": "4.0"}, grads={"a": "grad 8.0 → 16.0"})
    assert {"x", "2.0", "a", "4.0", "grad 8.0 → 16.0", "square", "add", "generation 2"} <= set(texts(svg))


def test_copies_show_the_text_of_their_variable(graphs):
    svg = to_svg(layout(graphs.shared_parameter(5)), grads={"Wh": "grad 3.0"})
    assert texts(svg).count("grad 3.0") == 5


def test_highlighted_nodes_and_edges(graphs):
    svg = to_svg(layout(graphs.diamond()), highlight={"f3", "f3>c:0"})
    root = parse(svg)
    classes = [element.get("class", "").split() for element in root.iter()]
    assert sum("g-now" in names for names in classes) == 1
    back = [element for element in root.iter(f"{SVG}path") if "g-back" in element.get("class", "").split()]
    marker = next(root.iter(f"{SVG}marker")).get("id")
    assert [element.get("marker-start") for element in back] == [f"url(#{marker})"]


def test_a_screen_reader_gets_a_title_and_a_description(graphs):
    root = parse(to_svg(layout(graphs.diamond())))
    assert root.get("role") == "img"
    ids = (root.get("aria-labelledby") or "").split()
    found = {element.get("id"): element.text for element in root if element.get("id")}
    assert found[ids[0]] == "Computation graph"
    assert (
        found[ids[1]]
        == "5 variables and 4 calls, from left to right. Lines show which value goes into which call."
    )


def test_korean(graphs):
    svg = to_svg(layout(graphs.diamond()), lang="ko")
    assert "세대 1" in texts(svg)
    assert "계산 그래프" in svg


def test_light_and_dark_can_be_fixed_or_follow_the_page(graphs):
    scene = layout(graphs.chain())
    light, dark, auto = (to_svg(scene, theme=theme) for theme in ("light", "dark", "auto"))
    assert "#fff7e6" in light
    assert "#3a2e14" not in light
    assert "#3a2e14" in dark
    assert "prefers-color-scheme:dark" in auto
    assert len({light.split('"')[3], dark.split('"')[3], auto.split('"')[3]}) == 3


def test_two_pictures_on_one_page_share_no_id(graphs):
    ids = []
    for g in (graphs.chain(), graphs.diamond()):
        ids += [element.get("id") for element in parse(to_svg(layout(g))).iter() if element.get("id")]
    assert len(ids) == len(set(ids)) == 6


def test_folded_and_opened_groups(graphs):
    scene = layout(graphs.mlp(160))
    assert f"{scene.node('g1').parts} nodes" in texts(to_svg(scene))
    opened = to_svg(unfold(scene, ["g1"]))
    assert 'class="g-frame"' in opened
    assert "W1" in texts(opened)


def test_missing_and_wrong_links_have_a_look_of_their_own(graphs):
    from dezero_lab.graph import Edge

    g = graphs.chain()
    g.edges.append(Edge("f1", "y", 0, "wrong"))
    g.outputs["f3"][0].kind = "missing"
    svg = to_svg(layout(g))
    assert svg.count('class="g-edge g-missing"') == svg.count('class="g-edge g-wrong"') == 1


def test_an_unknown_theme_or_language_is_named(graphs):
    scene = layout(graphs.chain())
    with pytest.raises(ValueError, match=r"themes 'auto', 'light' and 'dark', not 'blue'"):
        to_svg(scene, theme="blue")
    with pytest.raises(ValueError, match=r"'en' and 'ko', not in 'fr'"):
        to_svg(scene, lang="fr")


def test_an_empty_graph_is_an_empty_picture():
    assert parse(to_svg(layout(Graph()))).tag == f"{SVG}svg"
