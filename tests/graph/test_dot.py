"""DOT text that Graphviz reads back as exactly what was meant."""

from __future__ import annotations

import builtins
import json
import shutil
import subprocess

import pytest

from dezero_lab.graph import Edge, Graph, render, to_dot

LABELS = [
    'say "hi"',
    "back\\slash",
    "ends with \\",
    '\\"',
    "line\nbreak",
    "제곱",
    "<b>bold</b>",
    "<<TABLE>>",
    ";rm -rf /",
    '"]; evil [label="x',
    "a -> b",
    "\\N \\G \\L",
    "&lt; &amp; &#65;",
    "// comment /* x */ # y",
    "",
    "a" * 500,
]
needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="the program dot is not installed")


def named(label: str) -> Graph:
    g = Graph()
    g.add_variable("x", label)
    g.add_function("f", label, ["x"], ["y"])
    return g


def read_back(dot: str) -> dict:
    done = subprocess.run(["dot", "-Tjson"], input=dot.encode(), capture_output=True, check=True)
    return json.loads(done.stdout)


@needs_dot
@pytest.mark.parametrize("label", LABELS)
def test_graphviz_draws_exactly_the_label(label):
    found = read_back(to_dot(named(label)))
    assert {o["name"] for o in found["objects"]} == {"x", "f", "y"}
    assert len(found["edges"]) == 2
    x = next(o for o in found["objects"] if o["name"] == "x")
    drawn = [op["text"] for op in x.get("_ldraw_", []) if op["op"] == "T"]
    assert "\n".join(drawn) == label


@needs_dot
@pytest.mark.parametrize("node_id", ['q"uote', "back\\slash", "x\ny", "node", "제곱", "a:b", "<x>", "\\"])
def test_any_id_stays_one_node(node_id):
    g = Graph()
    g.add_function("f", "Exp", [node_id], ["y"])
    found = read_back(to_dot(g))
    assert len(found["objects"]) == 3
    assert len(found["edges"]) == 2


@pytest.mark.parametrize("label", LABELS)
def test_one_statement_per_line_whatever_the_label(label):
    lines = to_dot(named(label)).split("\n")
    assert len(lines) == 2 + 3 + 2 + 1
    assert all(line.endswith(";") for line in lines[1:-1])


def test_values_links_and_kinds(graphs):
    g = graphs.chain()
    g.edges.append(Edge("f1", "y", 0, "wrong"))
    g.outputs["f3"][0].kind = "missing"
    dot = to_dot(g)
    assert '"x" [label="x\\n0.5", shape=ellipse' in dot
    assert '"f1" [label="Square", shape=box' in dot
    assert '"f3" -> "y" [style=dotted];' in dot
    assert '"f1" -> "y" [style=dashed, color="#b42318"];' in dot


@needs_dot
@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_rendering_to_a_file(graphs, tmp_path, ending):
    pytest.importorskip("graphviz")
    path = render(graphs.diamond(), tmp_path / f"it's; odd $(name).{ending}")
    start = path.read_bytes()[:200]
    assert {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[ending] in start
    assert list(tmp_path.iterdir()) == [path]


def test_an_unknown_ending_is_named(graphs, tmp_path):
    with pytest.raises(ValueError, match=r"render\(\) writes svg, png, pdf.*it was given 'graph.exe'"):
        render(graphs.chain(), tmp_path / "graph.exe")


def test_without_the_package_the_error_says_what_to_do(graphs, tmp_path, monkeypatch):
    real_import = builtins.__import__

    def no_graphviz(name, *args, **kwargs):
        if name == "graphviz":
            raise ImportError(name)
        return real_import(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", no_graphviz)
    with pytest.raises(RuntimeError, match=r"pip install graphviz.*to_svg\(layout\(graph\)\) needs neither"):
        render(graphs.chain(), tmp_path / "g.svg")


def test_without_the_program_the_error_says_what_to_do(graphs, tmp_path, monkeypatch):
    pytest.importorskip("graphviz")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RuntimeError, match=r"needs the program dot of Graphviz"):
        render(graphs.chain(), tmp_path / "g.svg")
