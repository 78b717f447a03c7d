"""The table twin: complete, aligned, in both languages."""

from __future__ import annotations

from unicodedata import east_asian_width

import pytest

from dezero_lab.graph import Edge, Graph, to_text


def test_every_node_is_a_row(small_graph):
    lines = to_text(small_graph).split("\n")
    assert len(lines) == 1 + len(small_graph)


def test_the_diamond(graphs):
    assert to_text(graphs.diamond()).split("\n") == [
        "generation  kind      name         inputs       outputs                   value",
        "0           variable  x                         square (f1)               2.0",
        "0           function  square (f1)  x            a",
        "1           variable  a            square (f1)  square (f2), square (f3)",
        "1           function  square (f2)  a            b",
        "2           variable  b            square (f2)  add",
        "1           function  square (f3)  a            c",
        "2           variable  c            square (f3)  add",
        "2           function  add          b, c         y",
        "3           variable  y            add",
    ]


def test_korean_columns_line_up(graphs):
    g = Graph()
    g.add_variable("x", "입력값", "2.0")
    g.add_function("f", "제곱", ["x"], ["y"])
    lines = to_text(g, lang="ko").split("\n")

    def column(line: str, word: str) -> int:
        return sum(2 if east_asian_width(c) in "WF" else 1 for c in line[: line.index(word)])

    assert lines[0].split() == ["세대", "종류", "이름", "입력", "출력", "값"]
    assert column(lines[0], "이름") == column(lines[1], "입력값") == column(lines[2], "제곱")
    assert column(lines[0], "값") == column(lines[1], "2.0")


def test_links_that_are_missing_or_wrong_are_said(graphs):
    g = graphs.chain()
    g.edges.append(Edge("f1", "y", 0, "wrong"))
    g.outputs["f3"][0].kind = "missing"
    text = to_text(g)
    assert "y (no link)" in text
    assert "wrong link to y" in text


def test_labels_cannot_break_a_row():
    g = Graph()
    g.add_variable("x", "two\nlines", "a\nb")
    assert len(to_text(g).split("\n")) == 2


def test_nothing_to_show():
    assert to_text(Graph()) == "No nodes."
    assert to_text(Graph(), lang="ko") == "노드가 없습니다."


def test_an_unknown_language_is_named():
    with pytest.raises(ValueError, match=r"'en' and 'ko', not in 'de'"):
        to_text(Graph(), lang="de")
