"""Sizes from text alone."""

from __future__ import annotations

import pytest

from dezero_lab.graph import Node
from dezero_lab.graph.metrics import elide, node_size, text_width


def test_wide_letters_count_about_double():
    assert text_width("가나다") == pytest.approx(2 * text_width("abc"), rel=0.2)


def test_variables_are_at_least_a_pill_and_functions_a_box():
    assert node_size(Node("x", "variable", "x", 0, 0)) == (66.0, 52.0)
    assert node_size(Node("f", "function", "add", 0, 0)) == (54.0, 36.0)


def test_long_labels_widen_a_node_only_so_far():
    wide, _ = node_size(Node("f", "function", "average_pooling", 0, 0))
    widest, _ = node_size(Node("f", "function", "m" * 10_000, 0, 0))
    assert 54 < wide < widest < 200


@pytest.mark.parametrize("text", ["", "x", "제곱", "a" * 500, "two\nlines", "가" * 100])
def test_elided_text_fits(text):
    assert text_width(elide(text, 80.0)) <= 80.0
    assert "\n" not in elide(text, 80.0)


def test_short_text_is_left_alone():
    assert elide("matmul", 80.0) == "matmul"
