"""Own gradients beside numerical ones: right, wrong, missing, and what cannot be computed."""

from __future__ import annotations

import numpy as np
import pytest

from dezero_lab.stages import ch07
from dezero_widgets import Chapter
from dezero_widgets.grad_table import GradTable, own_gradient


@pytest.fixture
def ch(tmp_path, monkeypatch):
    monkeypatch.setenv("DEZERO_LAB_DATA", str(tmp_path))
    x = ch07.Variable(np.array(0.5))
    a = ch07.Square()(x)
    y = ch07.Exp()(a)
    y.grad = np.array(2.0)
    y.backward()
    return Chapter(7, "en", {"x": x, "a": a, "y": y})


def row(table, name):
    return next(r for r in table.rows if r.name == name)


def test_through_the_links_with_the_seed_in_y(ch):
    table = GradTable.of(ch, ["x", "a"])
    assert row(table, "x").ok is True
    assert np.isclose(row(table, "x").numerical, 2 * 2 * 0.5 * np.exp(0.25))
    assert np.isclose(row(table, "a").numerical, 2 * np.exp(0.25))


def test_a_wrong_gradient_shows_its_difference(ch):
    ch.namespace["x"].grad = np.array(0.0)
    found = row(GradTable.of(ch, ["x"]), "x")
    assert found.ok is False
    assert found.difference == pytest.approx(2 * np.exp(0.25), rel=1e-4)


def test_an_empty_gradient_still_shows_what_it_should_be(ch):
    ch.namespace["x"].grad = None
    table = GradTable.of(ch, ["x"])
    assert row(table, "x").ok is False
    assert np.isclose(row(table, "x").numerical, 2 * np.exp(0.25))
    assert "grad is empty" in table.text_form()


def test_of_a_function_when_there_are_no_links(ch):
    ch.namespace["x"].grad = np.array(6.0)
    table = GradTable.of(ch, ["x"], f=lambda x: ch07.Affine(6.0, 1.0)(x))
    assert row(table, "x").ok is True


def test_a_name_that_is_not_there(ch):
    assert "no q in the notebook" in GradTable.of(ch, ["q"]).text_form()
    assert "노트북에 q" in GradTable.of(Chapter(7, "ko", {}), ["q"]).text_form()


def test_an_engine_without_links_is_a_sentence_in_the_table(ch):
    ch.namespace["y"].creator = None
    table = GradTable.of(ch, ["x", "a"])
    assert [r.ok for r in table.rows] == [None, None]
    assert table.rows[0].own is not None
    assert "y has no creator" in table.text_form()


def test_a_forward_that_fails_is_a_sentence_too(ch, monkeypatch):
    monkeypatch.setattr(ch07.Exp, "forward", lambda self, x: x.no_such_thing)
    found = row(GradTable.of(ch, ["x"]), "x")
    assert found.ok is None
    assert "AttributeError" in found.note


def test_tensors_element_by_element(ch):
    x = ch07.Variable(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]))
    y = ch07.Square()(x)
    x.grad = 2 * x.data
    x.grad[0, 1] = 0.0
    ch.namespace.update(x=x, y=y)
    found = row(GradTable.of(ch, ["x"]), "x")
    assert found.ok is False
    assert np.allclose(found.numerical, 2 * x.data)
    assert found.difference == pytest.approx(4.0, rel=1e-4)


def test_nothing_of_the_learner_changes(ch):
    before = {name: (v.data.copy(), v.grad.copy()) for name, v in ch.namespace.items()}
    GradTable.of(ch, ["x", "a"])
    after = {name: (v.data, v.grad) for name, v in ch.namespace.items()}
    assert before == after


def test_gradients_that_are_variables():
    class Variable:
        def __init__(self, data, grad=None):
            self.data, self.grad = data, grad

    assert own_gradient(Variable(1.0, Variable(np.array(3.0)))) == 3.0
    assert own_gradient(Variable(1.0)) is None
