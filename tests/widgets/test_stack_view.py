"""Depth and list length of the recursive and the loop engine, up to and past the recursion limit."""

import sys
from types import SimpleNamespace

import numpy as np
import pytest

from dezero_lab.stages import ch07, ch08
from dezero_widgets import stack_view


def names(stage):
    return {name: getattr(stage, name) for name in stage.__all__}


@pytest.fixture(scope="module")
def payload():
    engines = [("recursive", names(ch07)), ("loop", names(ch08))]
    return stack_view.measure(engines, lengths=(1, 3, 5))


def test_recorded_depth_grows_with_the_chain_and_the_list_does_not(payload):
    recursive, loop = payload["engines"]
    for n in (1, 3, 5):
        assert max(len(m["stack"]) for m in recursive["moments"][str(n)]) == n + 1
        assert all(m["work"] is None for m in recursive["moments"][str(n)])
        assert max(len(m["stack"]) for m in loop["moments"][str(n)]) == 1
        assert max(len(m["work"] or []) for m in loop["moments"][str(n)]) == 1


def test_past_the_limit_only_the_loop_finishes(payload):
    recursive, loop = (engine["long"][-1] for engine in payload["engines"])
    assert recursive["n"] == loop["n"] == sys.getrecursionlimit() + stack_view.BEYOND
    assert recursive["error"] == "RecursionError"
    assert 0.5 * sys.getrecursionlimit() < recursive["depth"] <= sys.getrecursionlimit()
    assert recursive["reached"] < recursive["n"]
    assert (loop["error"], loop["depth"], loop["list"], loop["reached"]) == (None, 1, 1, loop["n"])


def test_below_the_limit_depth_is_measured_exactly(payload):
    recursive = payload["engines"][0]["long"][0]
    assert (recursive["depth"], recursive["list"]) == (recursive["n"] + 1, 0)


def test_an_engine_that_never_stops_is_stopped(monkeypatch):
    def backward(self):
        while True:
            self.creator.backward(np.array(1.0))

    monkeypatch.setattr(ch08.Variable, "backward", backward)
    payload = stack_view.measure([("mine", names(ch08))], lengths=(2,))
    assert [run["error"] for run in payload["engines"][0]["long"]] == ["endless"] * 4
    assert payload["engines"][0]["moments"]["2"][0]["work"] is None


def test_a_half_built_engine_is_told_not_raised():
    class Function:
        def __call__(self, input):
            raise NotImplementedError("your turn")

    chapter = SimpleNamespace(
        number=7, lang="ko", namespace={"Variable": ch07.Variable, "Function": Function}, exercises=[]
    )
    view = stack_view.show(chapter)
    assert "NotImplementedError: your turn" in view.text_form()


def test_compare_puts_the_other_engine_on_the_left(capsys):
    chapter = SimpleNamespace(number=8, lang="en", namespace=names(ch08), exercises=[])
    assert [e["title"] for e in stack_view.show(chapter, "stage 7").data["engines"]] == [
        "stage 7",
        "your engine",
    ]
    assert len(stack_view.show(chapter, "nonsense").data["engines"]) == 1
    assert "nonsense" in capsys.readouterr().out
