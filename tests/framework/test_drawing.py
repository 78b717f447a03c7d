"""Graphs as DOT text and as pictures: names are only text, and nothing is handed to a shell."""

import os
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

import dezero_lab.functions as F
from dezero_lab import Variable, drawing, utils

HOSTILE = [
    'say "hi"',
    "two words",
    "변수 가",
    "x;rm -rf ~",
    "</svg><script>",
    "a\\n\\",
    "%s{}$(id)`id`",
    "line\nbreak",
    "&amp;",
]


def graph(name):
    x = Variable(np.array(2.0), name=name)
    y = F.sin(x) * x
    y.name = f"{name}!"
    return y


@pytest.mark.parametrize("name", HOSTILE)
def test_names_stay_text_in_dot(name):
    text = utils.get_dot_graph(graph(name), verbose=False)
    strings = text.replace("\\\\", "").replace('\\"', "")
    assert strings.count('"') % 2 == 0
    assert all(line.startswith(("digraph", "  ", "}")) for line in text.splitlines())
    if shutil.which("dot"):
        done = subprocess.run(["dot", "-Tsvg"], input=text.encode(), capture_output=True)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", HOSTILE)
def test_names_stay_text_in_svg(tmp_path, name):
    path = tmp_path / "g.svg"
    utils.plot_dot_graph(graph(name), to_file=str(path))
    root = ElementTree.parse(path).getroot()  # our own file
    assert root.tag.endswith("svg")
    assert not [e for e in root.iter() if e.tag.endswith("script")]


def test_verbose_adds_values():
    y = graph("x")
    assert "2" in utils.get_dot_graph(y)
    short = utils.get_dot_graph(y, verbose=False)
    assert 'label="x"' in short
    assert 'label="Sin"' in short
    assert short.count("->") == 5  # x into Sin and Mul, Sin's result, Mul's two and its result


def test_dot_files(tmp_path):
    drawing.plot_dot_graph(graph("x"), to_file=str(tmp_path / "g.dot"))
    assert (tmp_path / "g.dot").read_text(encoding="utf-8").startswith("digraph g {")


@pytest.mark.parametrize(("ending", "head"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
@pytest.mark.parametrize("tool", ["graphviz", "matplotlib"])
def test_pictures_by_either_tool(tmp_path, monkeypatch, ending, head, tool):
    if tool == "graphviz":
        pytest.importorskip("graphviz")
    if tool == "graphviz" and not shutil.which("dot"):
        pytest.skip("Graphviz is not installed")
    if tool == "matplotlib":
        pytest.importorskip("matplotlib")
        monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / f"a name;with 'quotes'.{ending}"
    drawing.plot_dot_graph(graph("x"), to_file=str(path))
    assert path.read_bytes().startswith(head)
    assert path.stat().st_size > 2_000


def test_no_tool_for_a_picture_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)
    with pytest.raises(RuntimeError, match=r"needs Graphviz or Matplotlib.*to_file='g\.svg' needs neither"):
        drawing.plot_dot_graph(graph("x"), to_file=str(tmp_path / "g.png"))
    assert os.listdir(tmp_path) == []


def test_another_ending_is_named(tmp_path):
    with pytest.raises(
        ValueError, match=r"can be written as \.svg, \.dot, \.png or \.pdf, but the file is named g\.bmp"
    ):
        drawing.plot_dot_graph(graph("x"), to_file=str(tmp_path / "g.bmp"))


def test_something_else_cannot_be_drawn():
    with pytest.raises(TypeError, match="a graph is drawn from a Variable, not from ndarray"):
        drawing.get_dot_graph(np.zeros(3))


def test_a_long_graph_is_drawn():
    y = Variable(np.array(1.0))
    for _ in range(3_000):
        y = y * 1.0
    assert utils.get_dot_graph(y, verbose=False).count("->") == 9_000


def test_a_long_picture_is_folded(tmp_path):
    y = Variable(np.array(1.0))
    for _ in range(3_000):
        y = y * 1.0
    drawing.plot_dot_graph(y, to_file=str(tmp_path / "g.svg"))
    assert (tmp_path / "g.svg").stat().st_size < 2_000_000
