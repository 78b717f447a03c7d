"""The same lines on another engine, without touching the learner's objects."""

from __future__ import annotations

import ast

import numpy as np
import pytest

from dezero_lab import exercises
from dezero_lab.stages import ch06, ch07
from dezero_widgets.second_engine import CannotCompare, find_engine, names_for


def test_variables_are_rebuilt_without_history():
    x = ch06.Variable(np.array(2.0))
    x.grad = np.array(7.0)
    second = names_for(vars(ch07), {"x": x, "also_x": x, "f": ch06.Square(), "n": 3})
    assert type(second["x"]) is ch07.Variable
    assert second["x"] is second["also_x"]
    assert second["x"].grad is None
    assert type(second["f"]) is ch07.Square
    assert second["n"] == 3
    second["x"].data += 1
    assert x.data == 2.0


def test_functions_with_settings_stay_the_learners():
    f = ch06.Affine(2.0, 1.0)
    assert names_for(vars(ch07), {"f": f})["f"] is f


@pytest.mark.parametrize("text", ["stage 7", "ch07", "7", "Stage 07", "chapter 7"])
def test_stages_by_name(text):
    title, names = find_engine(text, (), {}, "en")
    assert title == "stage 7"
    assert names["Variable"] is ch07.Variable


def test_a_listed_fault_by_its_id():
    title, names = find_engine("W07.2a", exercises.chapter(7), {}, "ko")
    assert "W07.2a" in title
    x = names["Variable"](np.array(0.5))
    y = names["Square"]()(names["Square"]()(x))
    y.grad = np.array(1.0)
    y.backward()
    assert x.grad is None  # the fault: it stops after one step


@pytest.mark.parametrize(
    ("text", "said"), [("W99.1a", "W07.1a"), ("stage 99", "no stage 99"), ("mine", "stage 7")]
)
def test_what_there_is_instead(text, said):
    with pytest.raises(CannotCompare, match=said):
        find_engine(text, exercises.chapter(7), {}, "en")


def test_headline_is_what_the_block_computes():
    from dezero_widgets.block_text import TITLE_LENGTH, headline

    block = ast.parse(
        "with s:\n x = Variable(1)\n A, B = Square(), Exp()\n n = 3\n a = square(x)\n y = a + a\n y.grad = 1\n y.backward()"
    ).body[0]
    assert headline(block) == "a = square(x);  y = a + a"
    only = ast.parse("with s:\n y.backward()").body[0]
    assert headline(only) == "y.backward()"
    long = ast.parse("with s:\n y = " + " + ".join(["square(x)"] * 20)).body[0]
    assert len(headline(long)) == TITLE_LENGTH


def test_whose_classes():
    from dezero_widgets.block_text import whose

    class Variable:
        pass

    assert whose(Variable, "en") == "your classes, defined in this notebook"
    assert whose(ch07.Variable, "en") == "the classes of chapter 7"
    Variable.__module__ = "dezero_lab.core"
    assert whose(Variable, "ko") == "완성된 프레임워크 dezero_lab"
