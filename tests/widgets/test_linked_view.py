"""The graph behind a variable: the learner's own pointers, wrong ones too."""

from types import SimpleNamespace

import numpy as np
import pytest

from dezero_lab.stages import ch07
from dezero_widgets import linked_view
from dezero_widgets.live_graph import LiveBlock


@pytest.fixture
def chapter():
    linked_view._last.clear()
    return SimpleNamespace(
        number=7, lang="en", namespace={name: getattr(ch07, name) for name in ch07.__all__}
    )


def built(chapter):
    names = chapter.namespace
    names["x"] = ch07.Variable(np.array(0.5))
    names["a"] = ch07.Square()(names["x"])
    names["y"] = ch07.Exp()(names["a"])
    return names["y"]


def reach(payload):
    """Ids that can be reached by the payload's links, as the browser walks them."""
    seen, todo = set(), [payload["output"]]
    while todo:
        node = todo.pop()
        if node is not None and node not in seen:
            seen.add(node)
            todo += [t for _, targets in payload["nodes"][node]["links"] for t in targets]
    return seen


def test_the_chain_is_walked_through_creator_and_input(chapter):
    payload = linked_view.show(chapter, built(chapter)).data
    labels = {n["label"] for n in payload["nodes"].values()}
    assert labels == {"x", "a", "y", "Square", "Exp"}
    assert payload["nodes"][payload["output"]]["label"] == "y"
    assert reach(payload) == set(payload["nodes"])
    assert {n["id"] for n in payload["scene"]["nodes"]} == set(payload["nodes"])
    assert payload["nodes"][payload["output"]]["links"][0][0] == "creator"


def test_a_broken_link_shows_less_and_says_so(chapter):
    y = built(chapter)
    assert linked_view.show(chapter, y).data["before"] is None
    chapter.namespace["a"].creator = None
    payload = linked_view.show(chapter, y).data
    assert payload["before"] == 5
    assert {n["label"] for n in payload["nodes"].values()} == {"a", "y", "Exp"}


def test_the_walk_begins_at_the_given_one_of_two_outputs(chapter):
    class Variable:
        def __init__(self, data):
            self.data, self.creator = data, None

    class Function:
        def __call__(self, x):
            self.inputs, self.outputs = [x], [Variable(x.data), Variable(-x.data)]
            for y in self.outputs:
                y.creator = self
            return self.outputs

    names = chapter.namespace = {"x": Variable(np.array(0.5))}
    names["up"], names["down"] = Function()(names["x"])
    for name in ("up", "down"):
        payload = linked_view.show(chapter, names[name]).data
        assert payload["nodes"][payload["output"]]["label"] == name


def test_a_variable_nobody_made(chapter):
    view = linked_view.show(chapter, ch07.Variable(np.array(1.0)))
    assert len(view.data["nodes"]) == 1
    assert "reaches 1 nodes" in view.text_form()


def test_a_function_that_is_its_own_maker_does_not_hang(chapter):
    y = built(chapter)
    y.creator.input = y
    payload = linked_view.show(chapter, y).data
    assert reach(payload) <= set(payload["nodes"])


def test_values_and_gradients_are_shown_as_they_are(chapter):
    y = built(chapter)
    y.grad = np.array(1.0)
    y.backward()
    found = {n["label"]: n for n in linked_view.show(chapter, y).data["nodes"].values()}
    assert found["x"]["data"] == "0.5"
    assert float(found["x"]["grad"]) == pytest.approx(np.exp(0.25), rel=1e-3)


def test_what_is_no_variable_is_refused_with_a_reason(chapter):
    with pytest.raises(TypeError, match="this is ndarray"):
        linked_view.show(chapter, np.array(1.0))
    assert isinstance(linked_view.show(chapter, "a title"), LiveBlock)


def test_both_languages_have_a_text_and_a_picture(chapter):
    chapter.lang = "ko"
    view = linked_view.show(chapter, built(chapter))
    assert "y에서 닿는 노드 5개" in view.text_form()
    assert view.svg_form().startswith("<svg")
