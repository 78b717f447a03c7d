"""The proof must catch careless authors, and every exercise of the course must survive it."""

import dataclasses
import os

import pytest

from dezero_lab import exercises
from dezero_lab.grading import T, Wrong
from dezero_lab.grading.proof import lint, main, prove

SEEDS = int(os.environ.get("DEZERO_LAB_SEEDS", "10"))


def problems(exercise, **changes):
    return " | ".join(prove(dataclasses.replace(exercise, **changes), seeds=3).problems)


def test_a_careful_exercise_is_proven(exercise):
    proof = prove(exercise, seeds=5)
    assert proof.ok, proof.problems
    assert proof.fired == {"W99.1a": "W99.1a", "W99.1b": "W99.1b"}
    assert 0 < proof.milliseconds < 1000


def test_lint(exercise):
    assert lint(exercise) == []
    assert "no wrong answers" in problems(exercise, wrongs=())
    assert "one language only" in problems(exercise, hints=(T("a", ""), T("b", "나"), T("c", "다")))
    assert "no Korean in it" in problems(exercise, hints=(T("a", "a"), T("b", "나"), T("c", "다")))
    assert "has 1 hints" in problems(exercise, hints=(T("a", "가"),))
    first = exercise.wrongs[0]
    assert "same id" in problems(exercise, wrongs=(first, first))
    assert "has no hint" in problems(exercise, wrongs=(dataclasses.replace(first, hint=""),))


def test_replacements_must_fit(exercise):
    absent = Wrong("W99.1x", [("tanh", "sinh")], T("a", "가"))
    assert "W99.1x: the reference does not contain 'tanh'" in problems(exercise, wrongs=(absent,))
    twice = Wrong("W99.1x", [("3 * ", "2 * ")], T("a", "가"))
    assert problems(exercise, wrongs=(twice,)) == ""
    many = Wrong("W99.1x", [("self", "this")], T("a", "가"))
    assert "times in the reference" in problems(exercise, wrongs=(many,))
    everywhere = dataclasses.replace(many, replace=[("def forward(self, x)", "def forward(self)")])
    assert problems(exercise, wrongs=(everywhere,)) == ""
    assert "give replace" in problems(exercise, wrongs=(Wrong("W99.1x", hint=T("a", "가")),))


def test_a_wrong_answer_that_is_right_is_refused(exercise):
    harmless = Wrong("W99.1x", [("3 * np.cos", "3.0 * np.cos")], T("a", "가"))
    assert "W99.1x passes" in problems(exercise, wrongs=(harmless,))
    assert problems(exercise, wrongs=(dataclasses.replace(harmless, accepted=True),)) == ""
    bad = dataclasses.replace(exercise.wrongs[0], accepted=True)
    assert "accepted but does not pass" in problems(exercise, wrongs=(bad,))


def test_wrong_answers_that_look_alike_are_refused(exercise):
    first = exercise.wrongs[0]
    twin = Wrong("W99.1x", [(" * gy", " * 1.0")], T("twin", "쌍둥이"))
    assert "not told apart" in problems(exercise, wrongs=(first, twin))
    declared = dataclasses.replace(twin, alike=("W99.1a",))
    assert problems(exercise, wrongs=(first, declared)) == ""


def test_a_starter_that_passes_or_equals_a_wrong_answer_is_refused(exercise):
    assert "the starter is pass" in problems(exercise, starter_source=exercise.reference)
    like = exercise.wrongs[0].apply(exercise.reference)
    assert "looks like the starter" in problems(exercise, starter_source=like)


def test_a_check_that_cannot_fail_is_refused(exercise):
    def lenient(c):
        c.get("Scale")
        with c.case(T("a", "가")) as case:
            case.true(True, T("a", "가"))

    def empty(c):
        c.get("Scale")

    assert "cannot fail" in problems(exercise, check=lenient)
    assert "the reference fails" in problems(exercise, check=empty)


def test_a_line_that_cannot_be_pasted_is_refused(exercise):
    def check(c):
        with c.case(T("a", "가"), "f({y}", x=1.0) as case:
            case.true(c.get("Scale")().forward(0.0) == 0.0, T("a", "가"))

    assert "the line to paste is not Python" in problems(exercise, check=check)


def test_constant_draws_are_refused(exercise):
    def check(c):
        with c.case(T("a", "가"), x=c.array((3,), 1.0, 1.0)) as case:
            case.true(c.get("Scale")().forward(0.0) == 0.0, T("a", "가"))

    assert "constant draw" in problems(exercise, check=check)


def test_the_command_prints_a_table(capsys):
    assert main(["E06.1", "ch07", "--seeds", "2"]) == 0
    out = capsys.readouterr().out
    assert "E06.1" in out
    assert "W07.2d" in out
    assert out.splitlines()[-1] == "3 exercises, 11 wrong answers, 0 exercises with problems"


def all_exercises():
    return [e for e in exercises.all() if e.given is None or e.given.startswith("ch")]


@pytest.mark.parametrize("exercise", all_exercises(), ids=lambda e: e.id)
def test_every_exercise_of_the_course(exercise):
    proof = prove(exercise, SEEDS)
    assert proof.problems == []
