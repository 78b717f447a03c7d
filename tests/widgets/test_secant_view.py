"""Both differences and the valley of errors, against what can be computed by hand."""

import math
from types import SimpleNamespace

import numpy as np
import pytest

from dezero_lab.stages import ch04
from dezero_widgets import secant_view


def f(v):
    return ch04.Variable(np.exp(v.data**2) ** 2)


SLOPE = 2 * math.exp(0.5)  # of exp(2 x²) at 0.5


def chapter(**names):
    return SimpleNamespace(number=4, lang="en", namespace={"Variable": ch04.Variable, **names})


@pytest.fixture(scope="module")
def payload():
    return secant_view.measure(f, 0.5, box=ch04.Variable, numerical_diff=ch04.numerical_diff)


def test_the_true_slope_is_found_without_being_given(payload):
    assert payload["slope"] == pytest.approx(SLOPE, rel=1e-12)
    assert not payload["given"]


def test_the_valley_is_where_the_chapter_says(payload):
    at = {round(-math.log10(s["h"]), 2): s for s in payload["steps"]}
    assert at[6.0]["ec"] < 1e-10
    assert at[5.0]["ec"] == pytest.approx(9e-10, rel=0.5)
    assert at[13.0]["ec"] > 1e-4
    assert min(s["ef"] for s in payload["steps"]) > 1e-9  # the forward valley is shallower
    assert 5 <= -math.log10(payload["steps"][payload["best"]["ec"]]["h"]) <= 7


def test_central_errors_fall_with_h_squared_and_forward_ones_with_h(payload):
    errors = {k: [s[k] for s in payload["steps"] if 1e-4 < s["h"] < 1e-2] for k in ("ec", "ef")}
    for key, power in (("ec", 2), ("ef", 1)):
        slopes = np.diff(np.log10(errors[key])) / -0.25
        assert slopes.mean() == pytest.approx(power, abs=0.05)


def test_the_learners_own_difference_is_used_and_its_runs_counted():
    def numerical_diff(g, x, eps):
        return (g(ch04.Variable(x.data + eps)).data - g(x).data) / eps

    payload = secant_view.measure(f, 0.5, box=ch04.Variable, numerical_diff=numerical_diff)
    assert payload["own"]
    assert payload["runs"] == 2
    assert payload["steps"][8]["central"] == pytest.approx(payload["steps"][8]["forward"])


def test_the_magnifier_shows_a_straight_line_first_and_a_staircase_last(payload):
    places = np.linspace(-1, 1, secant_view.ZOOM_POINTS)
    bent = {
        round(-math.log10(s["h"])): np.abs(np.array(s["zoom"]) - SLOPE * places).max()
        for s in payload["steps"][::4]
    }
    assert bent[6] < 0.002
    assert bent[15] > 0.05


def test_a_failing_f_is_told_and_not_raised():
    def broken(v):
        raise ZeroDivisionError("no slope here")

    view = secant_view.show(chapter(), broken)
    assert "ZeroDivisionError: no slope here" in view.text_form()
    assert view.data["steps"][0]["central"] is None


@pytest.mark.parametrize(
    ("result", "said"), [(None, "numerical_diff: None"), (KeyError("h"), "numerical_diff: KeyError: 'h'")]
)
def test_an_unfinished_numerical_diff_is_named_and_replaced(result, said):
    def numerical_diff(g, x, eps=1e-4):
        if result is not None:
            raise result

    view = secant_view.show(chapter(numerical_diff=numerical_diff), f, 0.5)
    assert view.data["error"] == said
    assert not view.data["own"]
    assert view.data["steps"][20]["central"] == pytest.approx(SLOPE)
    assert said in view.text_form()


def test_without_numerical_diff_the_lab_takes_the_difference():
    view = secant_view.show(chapter(), f, 0.5, slope=SLOPE)
    assert not view.data["own"]
    assert view.data["given"]
    assert "smallest error of the central difference" in view.text_form()


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_still_picture_is_the_valley(payload, lang):
    from xml.etree import ElementTree

    root = ElementTree.fromstring(secant_view.valley(payload, lang))
    dots = [(float(e.get("cx")), float(e.get("cy"))) for e in root.iter() if e.tag.endswith("circle")][:-1]
    assert len(dots) == len(payload["steps"])
    assert all(0 < x < 560 and 40 < y < 300 for x, y in dots)
    lowest = max(range(len(dots)), key=lambda i: dots[i][1])
    assert lowest == payload["best"]["ec"]
