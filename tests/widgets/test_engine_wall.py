"""The wall: which lamps light, and that the notebook is as it was afterwards."""

import unittest
from types import SimpleNamespace

import numpy as np
import pytest

from dezero_lab.stages import ch10
from dezero_widgets import engine_wall


@pytest.fixture
def notebook():
    return {name: getattr(ch10, name) for name in ch10.__all__}


def make_case(names, **methods):
    """A TestCase whose methods look names up in the notebook, as a learner's do."""
    bodies = {}
    for name, source in methods.items():
        space = {}
        exec(f"def {name}(self):\n    {source}", names, space)  # noqa: S102
        bodies[name] = space[name]
    return type("SquareTest", (unittest.TestCase,), bodies)


def wall(names, case, lang="en"):
    return engine_wall.show(SimpleNamespace(number=10, lang=lang, namespace=names), case)


VALUE = "self.assertEqual(square(Variable(np.array(3.0))).data, 9.0)"
SLOPES = (
    "x = Variable(np.array([-1.5, 2.0])); y = square(x); y.grad = np.array([0.7, 1.3]); y.backward(); "
    "self.assertEqual(x.grad.shape, (2,)); self.assertTrue(np.allclose(x.grad, 2 * x.data * y.grad))"
)


def test_tests_of_values_only_let_every_fault_of_backward_live(notebook):
    notebook["np"] = np
    view = wall(notebook, make_case(notebook, test_value=VALUE))
    assert (view.green, view.red) == (7, 1)
    assert "6 of 7 faults survive" in view.text_form()


def test_good_tests_leave_exactly_one_green_lamp(notebook):
    notebook["np"] = np
    view = wall(notebook, make_case(notebook, test_value=VALUE, test_slopes=SLOPES))
    assert (view.green, view.red) == (1, 7)
    assert [e["right"] for e in view.data["engines"] if e["lamp"] == "green"] == [True]
    assert "Exactly one green lamp" in view.text_form()


def test_a_test_that_is_wrong_itself_rejects_the_right_engine(notebook):
    notebook["np"] = np
    view = wall(notebook, make_case(notebook, test_wrong="self.assertEqual(1, 2)"), lang="ko")
    assert view.green == 0
    assert "올바른 엔진까지 거부합니다" in view.text_form()


def test_methods_without_the_prefix_are_not_tests(notebook):
    view = wall(notebook, make_case(notebook, check_value="pass"))
    assert view.data["problem"] == "no_tests"
    assert "0 tests were collected" in view.text_form()


def test_a_class_from_another_module_is_tested_too(notebook):
    assert wall(notebook, ch10.SquareTest).green < 8


def test_names_and_random_state_are_as_before(notebook):
    square, Square, state = notebook["square"], notebook["Square"], np.random.get_state()[1].copy()
    notebook["np"] = np
    wall(notebook, make_case(notebook, test_random="np.random.rand(3); raise KeyError"))
    assert notebook["square"] is square
    assert notebook["Square"] is Square
    assert ch10.Square is Square
    assert (np.random.get_state()[1] == state).all()


def test_an_empty_notebook_gets_an_answer():
    view = wall({}, None, lang="ko")
    assert view.data["problem"] == "no_square"
    assert (view.green, view.red) == (0, 0)
