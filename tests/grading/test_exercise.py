import dataclasses

import numpy as np
import pytest

from dezero_lab import exercises
from dezero_lab.grading import Exercise, Question, T
from dezero_lab.grading.exercise import given_module, public_names


def test_ids_lead_to_modules():
    assert exercises.load("E07.2").id == "E07.2"
    assert exercises.load("EcA.1").title.en
    assert [e.id for e in exercises.chapter(6)] == ["E06.1", "E06.2", "E06.3"]
    assert exercises.chapter("ch06") == exercises.chapter(6)
    assert exercises.question("P07").id == "P07"
    assert exercises._module_name("Ep1.3") == "primer_1"
    assert exercises._module_name("EaB.1") == "appendix_b"
    assert exercises._module_name("Ex2.1") == "bridge_2"
    ids = [e.id for e in exercises.all()]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("E07.9", "this chapter has E07.1, E07.2"),
        ("E99.1", "there is no|there are ch01"),
        ("07", "ids look like E07.2"),
        ("E7.1", "ids look like"),
        (7, "ids look like"),
        ("../E07.1", "ids look like"),
    ],
)
def test_an_unknown_id_says_what_there_is(wrong, says):
    with pytest.raises(KeyError, match=says):
        exercises.load(wrong)


def test_unknown_chapters_and_questions():
    with pytest.raises(KeyError, match="ch01"):
        exercises.chapter(99)
    with pytest.raises(KeyError, match="this chapter has P07"):
        exercises.question("P07.9")


def test_the_namespace_before_has_functions_that_make_its_own_variables():
    space = exercises.load("E08.1").before()
    old = space["Variable"]
    space["Variable"] = type("Variable", (old,), {})
    y = space["Square"]()(space["Variable"](np.array(2.0)))
    assert type(y) is space["Variable"]


def test_earlier_references_are_applied_first():
    assert "creator" in vars(exercises.load("E07.2").before()["Variable"](np.array(1.0)))
    assert "creator" not in vars(exercises.load("E07.1").before()["Variable"](np.array(1.0)))


def test_missing_files_say_how_to_make_them():
    lost = Exercise("E98.1", T("a", "가"), ("f",), lambda c: None, given="ch98")
    with pytest.raises(FileNotFoundError, match=r"solutions/E98_1.py.*build.py"):
        lost.reference  # noqa: B018
    with pytest.raises(FileNotFoundError, match="no stage 'ch98'"):
        lost.before()


def test_a_package_can_be_given():
    framework = Exercise("E98.2", T("a", "가"), ("f",), lambda c: None, given="dezero_lab.core")
    assert "Variable" in framework.before()
    assert "np" not in public_names(given_module("dezero_lab.core"))


def test_questions():
    choice = Question("P99", T("q", "질문"), 1, T("r", "답"), options=[T("a", "가"), T("b", "나")])
    number = dataclasses.replace(choice, kind="number", answer=1.5, tolerance=0.1, options=())
    assert [choice.right(k) for k in (None, 0, 1)] == [False, False, True]
    assert [number.right(k) for k in (None, 1.45, 1.7)] == [False, True, False]


def test_texts():
    assert T("a {x}", "가 {x}").format(x=1) == T("a 1", "가 1")
    assert T("a", "가") + T("b", "나") == T("a b", "가 나")
    assert (T("a", "가")["en"], T("a", "가")["ko"]) == ("a", "가")
