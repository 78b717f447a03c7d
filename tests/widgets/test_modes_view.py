"""Three accounts of one derivative agree, and their bills are counted right."""

import math
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dezero_widgets import modes_view

FUNCTIONS = {
    "polynomial": (lambda x: x * x * x + 2 * x - 1, lambda x: 3 * x**2 + 2),
    "quotient": (
        lambda x: (3 - x) / (x * x + 2),
        lambda x: (-(x**2 + 2) - (3 - x) * 2 * x) / (x**2 + 2) ** 2,
    ),
    "power": (lambda x: -(x**3) + 2 / x, lambda x: -3 * x**2 - 2 / x**2),
}


@pytest.mark.parametrize("name", FUNCTIONS)
@given(x=st.floats(0.2, 3.0))
def test_forward_and_backward_agree_with_the_rule(name, x):
    f, df = FUNCTIONS[name]
    payload = modes_view.measure(f, (x,))
    assert payload["ops"][-1]["value"] == pytest.approx(f(x))
    assert payload["ops"][-1]["slope"] == pytest.approx(df(x))
    assert payload["gradient"][0] == pytest.approx(df(x))


def test_the_formula_grows_much_faster_than_the_list_of_operations():
    payload = modes_view.measure(modes_view.four_squarings, (1.1,))
    sizes = [op["size"] for op in payload["ops"]]
    assert sizes == [1, 7, 23, 63, 159]
    assert payload["counts"] == {"operations": 4, "pairs": 8, "formula": 159, "shares": 8}


def test_the_written_formula_is_the_derivative():
    payload = modes_view.measure(lambda x: x * (x + 1), (2.0,))
    formula = payload["ops"][-1]["formula"]
    assert formula == "1·(x + 1) + x·(1 + 0)"
    assert payload["ops"][-1]["slope"] == 1 * (2.0 + 1) + 2.0 * (1 + 0)


def test_two_inputs_and_one_walk():
    payload = modes_view.measure(lambda x, y: x * y + y, (3.0, 5.0))
    assert payload["gradient"] == [5.0, 4.0]
    assert payload["ops"][-1]["slope"] == 5.0  # forward mode was asked for the first input only


def test_shares_are_handed_back_in_order():
    payload = modes_view.measure(lambda x: x * x, (3.0,))
    assert payload["back"] == [{"op": "v1", "shares": [["x", 3.0, 3.0], ["x", 3.0, 6.0]]}]


class Dual:
    def __init__(self, value, slope):
        self.value, self.slope = value, slope

    def __mul__(self, other):
        return Dual(self.value * other.value, self.slope * other.value)  # one term of two


def test_the_learners_dual_is_run_and_compared():
    view = modes_view.show(
        SimpleNamespace(number=10, lang="en", namespace={}), lambda x: x * x, 3.0, dual=Dual
    )
    assert view.data["dual"] == {"value": 9.0, "slope": 3.0, "error": None}
    assert "your Dual: (9, 3)" in view.text_form()


def test_a_function_that_cannot_be_followed_is_explained():
    view = modes_view.show(SimpleNamespace(number=10, lang="ko", namespace={}), lambda x: math.sin(x), 3.0)
    assert "TypeError" in view.data["error"]
    assert "TypeError" in view.text_form()
