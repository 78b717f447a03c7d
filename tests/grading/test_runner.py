import dataclasses
import json
import random
import sys

import numpy as np
import pytest

from dezero_lab.grading import Exercise, T, grade
from dezero_lab.grading.run import run_check


def test_a_correct_answer_passes_with_its_numbers(exercise, answer):
    report = grade(exercise, answer())
    assert report.verdict == "pass"
    assert (report.passed, report.total) == (1, 1)
    assert 0 < report.largest_difference < 1e-8
    assert 0 < report.seconds < 5
    assert report.cause is None
    assert report.observation is None


def test_a_listed_mistake_gets_its_hint_and_the_smallest_input(exercise, answer):
    report = grade(exercise, answer((" * gy", "")))
    assert report.verdict == "fail"
    assert report.cause == ("W99.1a", T("multiply by gy", "gy를 곱하세요"))
    line = report.failing["line"]
    assert line.startswith("f = Scale(); f(Variable(np.array(")
    assert "[" not in line  # of the shapes (), (3,), (2, 3) the zero-axis one
    assert report.observation.en.startswith("`gx` stays ")


def test_the_failing_line_can_be_pasted(exercise, answer):
    space = answer((" * gy", ""))
    report = grade(exercise, space)
    *steps, last = report.failing["line"].split("; ")
    exec("; ".join(steps), space)  # noqa: S102 - what the learner does with it
    assert f"{eval(last, space):.6g}" == report.failing["yours"]  # noqa: S307


def test_an_unlisted_mistake_gets_the_generic_diagnosis(exercise, answer):
    report = grade(exercise, answer(("3 * np.cos", "1.5 * np.cos")))
    assert report.cause[0] == "D01"
    assert "0.5 times" in report.cause[1].en
    assert report.observation.en == "`gx` is 0.5 times the numerical gradient."
    assert report.observation.ko == "`gx`의 값이 수치 기울기의 0.5배입니다."


def test_no_cause_is_named_without_evidence(exercise, answer):
    report = grade(exercise, answer(("np.cos(self.input.data) * gy", "np.cos(self.input.data) * gy + 0.1")))
    assert report.verdict == "fail"
    assert report.cause is None
    assert report.observation.en.startswith("`gx` is ")


@pytest.mark.parametrize("names", [(), ("Scale",), ("Scale", "Variable")])
def test_missing_names_are_not_attempted_and_neutral(exercise, answer, names):
    space = answer()
    for name in names or ("Scale",):
        del space[name]
    report = grade(exercise, space)
    assert report.verdict == "not_attempted"
    assert report.cases == ()
    assert "`Scale`" in report.observation.en or "`Variable`" in report.observation.en
    for word in ("wrong", "fail", "error", "틀", "실패"):
        assert word not in report.text("en") + report.text("ko")


def test_the_starter_is_not_attempted(exercise):
    report = grade(exercise, exercise.build(exercise.starter))
    assert report.verdict == "not_attempted"


def test_what_was_loaded_is_not_attempted(exercise, answer):
    space = answer((" * gy", ""))
    assert grade(exercise, space, given=space).verdict == "not_attempted"
    assert grade(exercise, space, given={"Scale": object}).verdict == "fail"


def test_classes_of_the_course_are_not_attempted():
    from dezero_lab import exercises
    from dezero_lab.stages import ch06

    report = grade(exercises.load("E06.1"), {"np": np, **vars(ch06)})
    assert report.verdict == "not_attempted"  # although they are right


def test_nothing_of_the_learner_is_changed(exercise, answer):
    space = answer() | {"sys": sys, "random": random}
    exec(  # noqa: S102
        "class Config:\n    enable_backprop = True\n"
        "class Scale(Scale):\n"
        "    def forward(self, x):\n"
        "        global leaked\n"
        "        leaked = np.random.rand()\n"
        "        type(self).count = 1\n"
        "        Scale.backward = None\n"
        "        Config.enable_backprop = False\n"
        "        np.seterr(all='raise'); sys.setrecursionlimit(5000); random.seed(1)\n"
        "        return x\n",
        space,
    )
    np.random.seed(3)
    random.seed(3)
    before, limit = dict(space), sys.getrecursionlimit()
    attributes = dict(vars(space["Scale"]))
    state, errors = np.random.get_state()[1].copy(), np.geterr()
    report = grade(exercise, space)
    assert report.verdict == "fail"
    assert space == before
    assert dict(vars(space["Scale"])) == attributes
    assert space["Config"].enable_backprop is True
    assert (np.random.get_state()[1] == state).all()
    assert random.getstate() == random.Random(3).getstate()
    assert np.geterr() == errors
    assert sys.getrecursionlimit() == limit


def test_a_switch_left_turned_is_reported(exercise, answer):
    space = answer(
        ("        self.input = x\n", "        self.input = x\n        Config.enable_backprop = False\n")
    )
    exec("class Config:\n    enable_backprop = True", space)  # noqa: S102
    report = grade(exercise, space)
    assert report.cause[0] == "D16"
    assert "`Config.enable_backprop`" in report.observation.ko


def test_an_input_changed_in_place_is_reported(exercise, answer):
    report = grade(
        exercise, answer(("        self.input = x\n", "        self.input = x\n        x.data += 1\n"))
    )
    rows = [row for row in report.cases if not row.ok]
    assert rows
    space = answer(
        ("    def backward(self, gy):\n", "    def backward(self, gy):\n        self.input.data *= 1.5\n")
    )
    run = run_check(exercise, space)
    kinds = {f.kind for case in run.failing for f in case.findings if not f.ok}
    assert "unchanged" in kinds


def test_prints_and_warnings_do_not_come_out(exercise, answer, capsys, recwarn):
    noisy = "    def forward(self, x):\n        print('hello'); np.log(np.array(-1.0))\n"
    report = grade(exercise, answer(("    def forward(self, x):\n", noisy)))
    assert report.ok
    assert capsys.readouterr().out == ""
    assert not recwarn.list


def test_a_broken_check_never_raises(exercise, answer):
    def check(c):
        if c.get("Scale")().forward(0.0) == 0.0 and c.seed != 0:
            raise RuntimeError("the author slipped")
        with c.case(T("a", "가")) as case:
            case.observe("nothing", 0)

    report = grade(dataclasses.replace(exercise, check=check, wrongs=()), answer(), seed=4)
    assert report.verdict == "fail"
    assert "the author slipped" in report.observation.en


def test_a_broken_grader_never_raises(exercise, answer, monkeypatch):
    def slip(*_):
        raise RuntimeError("the grader slipped")

    monkeypatch.setattr("dezero_lab.grading.runner.diagnose", slip)
    report = grade(exercise, answer((" * gy", "")))
    assert report.verdict == "stopped"
    assert "not your mistake" in report.observation.en
    assert "여러분의 실수가 아닙니다" in report.observation.ko


def test_an_object_with_hostile_special_methods_does_not_break_the_report(exercise, answer):
    hostile = (
        "        return 3 * np.cos(self.input.data) * gy",
        "        class Odd:\n"
        "            def __repr__(self): raise ValueError('repr')\n"
        "            def __eq__(self, other): raise ValueError('eq')\n"
        "            def __len__(self): raise ValueError('len')\n"
        "            def __bool__(self): raise ValueError('bool')\n"
        "            __hash__ = None\n"
        "        return Odd()",
    )
    report = grade(exercise, answer(hostile))
    assert report.verdict == "fail"
    assert "Odd" in report.observation.en
    json.loads(report.dumps())


def test_the_learners_error_is_told_with_its_line(exercise, answer):
    report = grade(exercise, answer(("3 * np.cos(self.input.data) * gy", "3 * np.cos(self.inptu.data) * gy")))
    assert "inptu" in report.observation.en
    assert "`return 3 * np.cos(self.inptu.data) * gy`" in report.observation.en
    assert report.cases[0].yours == "AttributeError"


def test_the_attempt_seed_finds_what_the_published_one_does_not():
    def check(c):
        half = c.get("half")
        with c.case(T("half", "절반"), "half({x})", x=c.number()) as case:
            case.close(half(case.inputs["x"]), case.inputs["x"] / 2)

    published = []
    probe = Exercise("E99.2", T("a", "가"), ("half",), lambda c: published.append(c.number()))
    run_check(probe, {})
    exercise = Exercise(
        "E99.2",
        T("Half", "절반"),
        ("half",),
        check,
        reference_source="def half(x):\n    return x / 2\n",
        starter_source="def half(x):\n    ...\n",
    )
    learned_by_heart = {"half": lambda x: published[0] / 2}
    assert run_check(exercise, learned_by_heart).ok
    assert grade(exercise, learned_by_heart, seed=7).verdict == "fail"


def test_exit_does_not_end_the_notebook(exercise, answer):
    report = grade(
        exercise,
        answer(("        return 3 * np.cos", "        raise SystemExit(3)\n        return 3 * np.cos")),
    )
    assert report.verdict == "fail"
    assert "SystemExit" in report.observation.en


def test_an_interrupt_still_interrupts(exercise, answer):
    with pytest.raises(KeyboardInterrupt):
        grade(
            exercise,
            answer(
                ("        return 3 * np.cos", "        raise KeyboardInterrupt\n        return 3 * np.cos")
            ),
        )
