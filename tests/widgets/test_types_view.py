"""Where an array stops being an array, before and after `as_array`."""

from types import SimpleNamespace

import numpy as np
import pytest

from dezero_lab.stages import ch08, ch09
from dezero_widgets import types_view


def show(stage, *arrays, lang="en"):
    names = {name: getattr(stage, name) for name in stage.__all__}
    chapter = SimpleNamespace(number=9, lang=lang, namespace=names)
    return types_view.show(chapter, lambda x: stage.Square()(stage.Exp()(stage.Square()(x))), *arrays)


def test_before_as_array_a_zero_axis_input_loses_its_type():
    rows = show(ch08).data["rows"]
    assert [w["type"] for w in rows[0]["wires"]] == ["ndarray"] * 4
    assert [w["type"] for w in rows[1]["wires"]] == ["ndarray"] + ["np.float64"] * 3
    assert [w["name"] for w in rows[1]["wires"]] == ["x", "a", "b", "y"]


def test_after_as_array_the_wires_stay_arrays_though_forward_gives_scalars():
    row = show(ch09, np.array(1.0)).data["rows"][0]
    assert all(w["array"] for w in row["wires"])
    assert [c["raw"]["type"] for c in row["calls"]] == ["np.float64"] * 3


def test_a_refused_input_is_a_row_with_its_reason():
    view = show(ch09, 1.0, lang="ko")
    assert "TypeError" in view.data["rows"][0]["error"]
    assert "TypeError" in view.text_form()


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_text_form_names_the_function(lang):
    text = show(ch08, lang=lang).text_form()
    assert "np.float64" in text
    assert "Square" in text


def test_an_endless_function_is_stopped_and_said():
    def endless(x):
        while True:
            x = ch09.Square()(x)

    chapter = SimpleNamespace(number=9, lang="en", namespace={n: getattr(ch09, n) for n in ch09.__all__})
    assert "RecordingLimit" in types_view.show(chapter, endless, np.array(1.0)).data["rows"][0]["error"]
