"""Names, boxes, arrays: identity is told apart from equality, in play and in snapshots."""

from types import SimpleNamespace

import numpy as np
import pytest

from dezero_lab.stages.ch01 import Variable
from dezero_widgets import box_view

CODE = [s.text for s in box_view.STATEMENTS]


@pytest.fixture(autouse=True)
def _forget():
    box_view._history.clear()


def after(*statements, box=Variable):
    payload = box_view.play(box)
    at = payload["states"][0]
    for text in statements:
        at = payload["states"][at["next"][CODE.index(text)]]
    return at


def held(state, name):
    """(box token, memory token, text) of a name."""
    token = dict(map(tuple, state["names"]))[name]
    box = state["boxes"].get(token)
    thing = state["things"][box["data"] if box else token]
    return (token if box else None), thing["memory"], thing["text"]


def test_in_place_addition_reaches_into_the_box():
    state = after("a += 1")["state"]
    assert held(state, "a")[1:] == held(state, "x")[1:]
    assert held(state, "x")[2] == "2.0"


def test_rebinding_leaves_the_box_alone():
    state = after("a = a + 1")["state"]
    assert held(state, "a")[2] == "2.0"
    assert held(state, "x")[2] == "1.0"


def test_two_names_one_box_and_two_boxes_one_array():
    alias = after("y = x")["state"]
    assert held(alias, "y")[0] == held(alias, "x")[0]
    second = after("y = Variable(a)")["state"]
    assert held(second, "y")[0] != held(second, "x")[0]
    assert held(second, "y")[1] == held(second, "x")[1]


def test_new_data_keeps_the_box():
    before, state = after()["state"], after("x.data = np.array(5.0)")["state"]
    assert held(state, "x")[0] == held(before, "x")[0]
    assert held(state, "x")[1] != held(before, "x")[1]


def test_the_learners_own_fault_is_what_is_drawn():
    class Shared:
        def __init__(self, data):
            Shared.data = data

    state = after("a = a + 1", "y = Variable(a)", box=Shared)["state"]
    assert held(state, "x")[1] == held(state, "y")[1] == held(state, "a")[1]


def test_a_box_that_fails_stops_the_story():
    class Broken:
        def __init__(self, data):
            raise NotImplementedError("your turn")

    payload = box_view.play(Broken)
    assert payload["states"][0]["error"] == "NotImplementedError: your turn"
    assert payload["states"][0]["next"] == [None] * len(CODE)


def test_play_stays_small_and_every_link_leads_somewhere():
    payload = box_view.play(Variable)
    assert len(payload["states"]) < 400
    targets = {n for s in payload["states"] for n in s["next"] if n is not None}
    assert targets == set(range(1, len(payload["states"])))


def test_snapshots_follow_the_real_objects():
    names = {"a": np.arange(3.0), "Variable": Variable}
    names["x"] = Variable(names["a"])
    names["view"] = names["a"][:2]
    chapter = SimpleNamespace(number=1, lang="en", namespace=names)
    first = box_view.show(chapter, "a", "x", "view", "nowhere").data["states"][-1]["state"]
    assert held(first, "a")[1] == held(first, "x")[1] == held(first, "view")[1]
    assert ["nowhere", None] in first["names"]
    names["x"].data = np.zeros(2)
    view = box_view.show(chapter, "a", "x", "view", "nowhere")
    states = view.data["states"]
    assert len(states) == 2
    assert held(states[1]["state"], "x")[0] == held(states[0]["state"], "x")[0]
    assert held(states[1]["state"], "x")[1] != held(states[0]["state"], "x")[1]
    assert "[0. 0.] (float64)" in view.text_form()


def test_snapshots_keep_no_object_alive():
    import weakref

    names = {"x": Variable(np.ones(3))}
    box_view.show(SimpleNamespace(number=1, lang="ko", namespace=names), "x")
    gone = weakref.ref(names["x"])
    del names["x"]
    assert gone() is None


def test_one_box_with_two_names_is_said_in_words():
    names = {"x": Variable(np.array(1.0))}
    names["y"] = names["x"]
    text = box_view.show(SimpleNamespace(number=1, lang="ko", namespace=names), "x", "y").text_form()
    assert "상자 하나에 이름 2개: x, y" in text
