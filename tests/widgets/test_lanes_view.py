"""Two lanes: values, derivatives, and the damage of a derivative taken at the wrong point."""

import math
from types import SimpleNamespace

import pytest

from dezero_widgets import lanes_view


def test_the_chapter_example_in_numbers():
    payload = lanes_view.measure(("affine(2,1)", "square", "exp"), 0.3)
    a, b = 1.6, 2.56
    y = math.exp(b)
    assert [w["value"] for w in payload["wires"]] == pytest.approx([0.3, a, b, y])
    assert [w["slope"] for w in payload["wires"]] == pytest.approx([y * 2 * a * 2, y * 2 * a, y, 1.0])


def test_slopes_agree_with_numbers_and_wrong_ones_do_not():
    payload = lanes_view.measure(("square", "exp", "sin", "affine(-3,0.5)", "cube"), 0.4)
    for wire in payload["wires"]:
        assert wire["slope"] == pytest.approx(wire["check"], rel=1e-6)
    assert payload["wires"][0]["wrong"] != pytest.approx(payload["wires"][0]["slope"], rel=0.01)
    assert (
        payload["functions"][0]["wrong"] == payload["functions"][0]["local"]
    )  # the first function did receive x


def test_own_functions_and_ends_of_the_range():
    payload = lanes_view.measure((("half", lambda v: v / 2, lambda v: 0.5), "exp"), 2000.0)
    assert payload["wires"][1]["value"] == 1000.0
    assert payload["wires"][2]["value"] is None  # exp(1000) is no float
    assert payload["functions"][0]["label"] == "half"


def test_an_unknown_name_says_what_there_is():
    with pytest.raises(ValueError, match=r"No function is called 'relu' here\. Known: square, cube"):
        lanes_view.link("relu")


@pytest.mark.parametrize(("lang", "word"), [("en", "at the wrong point"), ("ko", "잘못된 점에서")])
def test_the_text_form_has_every_number(lang, word):
    text = lanes_view.show(SimpleNamespace(number=5, lang=lang, namespace={})).text_form()
    assert word in text
    assert "dy/da = dy/db · 2·a = 12.9358 · 3.2 = 41.3946" in text
