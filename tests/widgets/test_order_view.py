"""Every order of three backward calls, really run: only one works, the others meet None where they should."""

from types import SimpleNamespace

import numpy as np
import pytest

from dezero_lab.stages import ch06
from dezero_widgets import order_view

CHAIN = (ch06.Square, ch06.Exp, ch06.Square)


def chapter(lang="en", **names):
    return SimpleNamespace(
        number=6, lang=lang, namespace={**{k: getattr(ch06, k) for k in ch06.__all__}, **names}
    )


def test_only_from_output_to_input_works():
    orders = order_view.measure(CHAIN, ch06.Variable, 0.5)["orders"]
    assert len(orders) == 6
    complete = [order for order, steps in orders.items() if sum(s["gx"] is not None for s in steps) == 3]
    assert complete == ["2,1,0"]
    assert float(orders["2,1,0"][-1]["gx"]) == pytest.approx(2 * np.exp(0.5), rel=1e-3)


def test_a_wrong_order_stops_where_none_arrives():
    orders = order_view.measure(CHAIN, ch06.Variable, 0.5)["orders"]
    assert [s["f"] for s in orders["2,0,1"]] == [2, 0]
    stopped = orders["2,0,1"][-1]
    assert stopped["gy"] is None
    assert stopped["gx"] is None
    assert "TypeError" in stopped["error"]


def test_instances_keep_their_settings_and_are_not_touched():
    affine = ch06.Affine(3.0, 1.0)
    payload = order_view.measure((affine, ch06.Square), ch06.Variable, 2.0)
    assert [value for _, value in payload["wires"]] == ["2.0", "7.0", "49.0"]
    assert vars(affine) == {"a": 3.0, "b": 1.0}


def test_a_backward_without_return_stops_too():
    class Silent(ch06.Square):
        def backward(self, gy):
            gy * 2

    steps = order_view.measure((Silent,), ch06.Variable, 1.0)["orders"]["0"]
    assert steps == [{"f": 0, "gy": "1.0", "gx": None, "error": None}]


def test_a_half_built_notebook_gets_a_sentence():
    class Function:
        def __call__(self, input):
            raise NotImplementedError("your turn")

    view = order_view.show(chapter(Square=Function, Exp=Function))
    assert view.data["error"] == "NotImplementedError: your turn"
    assert "your turn" in view.text_form()


@pytest.mark.parametrize(("lang", "word"), [("en", "None arrived"), ("ko", "None이 왔습니다")])
def test_the_text_form_lists_every_order(lang, word):
    text = order_view.show(chapter(lang)).text_form()
    assert text.count(word) == 5
    assert "3.297" in text
