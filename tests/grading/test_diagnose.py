import dataclasses

import numpy as np
import pytest

from dezero_lab.grading import T, grade
from dezero_lab.grading.checks import Check
from dezero_lab.grading.diagnose import GENERIC, diagnose
from dezero_lab.grading.exercise import execute


def diagnosis(body):
    """The diagnosis of the first failing case of a check written in place."""
    c = Check({})
    body(c)
    return diagnose(next(case for case in c.cases if not case.ok), c.cases)


def gradients(wrong, of=np.sin, shape=(3,), shared=False, shares=None):
    def body(c):
        for x in (c.array(shape), c.array(shape)):
            for gy in c.upstreams():
                with c.case(T("a", "가"), shared=shared, x=x) as case:
                    v = np.full(np.shape(of(x)), gy)
                    case.gradient(
                        wrong(x, gy), of=of, at=x, upstream=v, shares=shares(x, gy) if shares else ()
                    )

    return diagnosis(body)


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("D01", lambda x, gy: 2 * gy * np.cos(x)),
        ("D02", lambda x, gy: -gy * np.cos(x)),
        ("D04", lambda x, gy: None),
        ("D04", lambda x, gy: np.zeros_like(x)),
        ("D05", lambda x, gy: np.cos(x)),
        ("D08", lambda x, gy: gy * np.cos(x)[None]),
        ("D10", lambda x, gy: gy * np.cos(x) * np.nan),
    ],
)
def test_generic_diagnoses_of_gradients(code, wrong):
    found = gradients(wrong)
    assert found.cause[0] == code
    assert found.observation.en
    assert found.observation.ko


def test_transposed():
    weight = np.array([[1.0, 2.0, 0.5], [0.3, -1.0, 0.7], [2.0, 0.1, -0.4]])
    found = gradients(lambda x, gy: gy * weight.T, of=lambda x: weight * x, shape=(3, 3))
    assert found.cause[0] == "D03"


def test_shares_of_branches():
    def two(x):
        return x**2 + np.sin(x)

    def shares(x, gy):
        return [gy * 2 * x, gy * np.cos(x)]

    last = gradients(lambda x, gy: gy * np.cos(x), of=two, shared=True, shares=shares)
    double = gradients(lambda x, gy: gy * (2 * x + 2 * np.cos(x)), of=two, shared=True, shares=shares)
    assert (last.cause[0], double.cause[0]) == ("D06", "D07")


def test_a_ratio_in_a_shared_graph_is_no_cause():
    assert gradients(lambda x, gy: 0.5 * gy * np.cos(x), shared=True).cause is None
    assert gradients(lambda x, gy: 0.5 * gy * np.cos(x), shared=False).cause[0] == "D01"


def test_one_number_is_no_ratio():
    def body(c):
        with c.case(T("a", "가"), x=2.0) as case:
            case.close(6.0, 3.0)

    found = diagnosis(body)
    assert found.cause is None
    assert found.observation == T("`y` is 6.0, expected 3.0.", "`y`: 6.0. 기댓값: 3.0.")


def test_integers():
    def body(c):
        with c.case(T("a", "가")) as case:
            case.close(np.array([1, 2]), np.array([1.5, 2.7]))

    assert diagnosis(body).cause[0] == "D09"


class Variable:
    def __init__(self, data):
        self.data = data


def test_types():
    def wrapped(c):
        with c.case(T("a", "가")) as case:
            case.gradient(Variable(np.array(1.0)), of=np.square, at=2.0)

    def older(c):
        with c.case(T("a", "가")) as case:
            case.type(type("Variable", (), {})(), Variable)

    def other(c):
        with c.case(T("a", "가")) as case:
            case.type(np.float64(1.0), Variable)

    assert diagnosis(wrapped).cause[0] == "D13"
    assert diagnosis(older).cause[0] == "D15"
    assert diagnosis(other).cause[0] == "D13"
    assert diagnosis(other).observation.en == "`y` is of type np.float64, expected Variable."


def test_changed_inputs_and_second_calls():
    def changed(c):
        with c.case(T("a", "가"), x=np.array([1.0, 2.0])) as case:
            case.inputs["x"] += 1

    def second(c):
        counter = iter(range(10))
        with c.case(T("a", "가")) as case:
            case.twice(lambda: next(counter))

    assert diagnosis(changed).cause[0] == "D11"
    assert diagnosis(changed).observation.en == "`x` was [1.0, 2.0] and is [2.0, 3.0] after your code ran."
    assert diagnosis(second).cause[0] == "D12"


def test_the_line_of_a_file_in_a_clone_called_dezero_lab_is_named():
    space: dict = {}
    execute("def half(x):\n    return x / None\n", space, "/home/ada/dezero_lab/my/engine.py")

    def body(c):
        with c.case(T("a", "가")) as case:
            case.close(space["half"](2.0), 1.0)

    assert diagnosis(body).observation.en.startswith("`half` stopped at `return x / None` with TypeError")


def test_an_author_can_say_more():
    def body(c):
        with c.case(T("a", "가")) as case:
            case.equal(3, 4, name="visits", text=T("visited thrice", "세 번 방문"), cause=T("sort", "정렬"))

    found = diagnosis(body)
    assert found.observation.en == "visited thrice"
    assert found.cause == (None, T("sort", "정렬"))


def test_every_generic_text_is_there_in_both_languages():
    assert list(GENERIC) == [f"D{k:02d}" for k in range(1, 17)]
    for text in GENERIC.values():
        assert text.en.endswith((".", "?"))
        assert any("가" <= ch <= "힣" for ch in text.ko)


def test_many_entries_are_counted():
    def body(c):
        expected = np.arange(12.0).reshape(3, 4)
        yours = expected.copy()
        yours[0, 1] = 9
        yours[2, 2] = 9
        with c.case(T("a", "가")) as case:
            case.close(yours, expected, name="gW")

    assert diagnosis(body).observation.en == "2 of 12 entries of `gW` differ."


def test_several_fitting_wrong_answers_are_only_likely(exercise, answer):
    from dezero_lab.grading import Wrong

    twins = [
        Wrong("W99.1a", [(" * gy", "")], T("A", "가")),
        Wrong("W99.1c", [(" * gy", " * 1")], T("C", "다")),
    ]
    report = grade(dataclasses.replace(exercise, wrongs=twins), answer((" * gy", "")))
    assert report.cause == ("W99.1a", T("Likely: A", "짐작되는 원인: 가"))
    alike = [twins[0], dataclasses.replace(twins[1], alike=("W99.1a",))]
    report = grade(dataclasses.replace(exercise, wrongs=alike), answer((" * gy", "")))
    assert report.cause == ("W99.1a", T("A", "가"))


def test_the_same_formula_in_other_words_is_recognised(exercise, answer):
    report = grade(
        exercise,
        answer(("return 3 * np.cos(self.input.data) * gy", "c = np.cos(self.input.data); return c + 2 * c")),
    )
    assert report.cause[0] == "W99.1a"


def test_the_same_kind_of_error_alone_is_only_likely(exercise, answer):
    from dezero_lab.grading import Wrong

    none = Wrong("W99.1n", [("3 * np.cos(self.input.data) * gy", "None * gy")], T("None", "없음"))
    known = dataclasses.replace(exercise, wrongs=[none])
    assert grade(known, answer(("3 * np.cos(self.input.data) * gy", "None * gy"))).cause == (
        "W99.1n",
        none.hint,
    )
    other = grade(known, answer(("3 * np.cos(self.input.data) * gy", "len(3)")))
    assert other.cause[1].en == "Likely: None"
    assert "len()" in other.observation.en
