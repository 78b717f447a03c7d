"""The kernel half of the step player: traits, the text and picture forms, saving."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from dezero_lab.stages.ch07 import Exp, Function, Square, Variable
from dezero_lab.trace import record
from dezero_widgets._base import STATIC, LabWidget, clean, static_html
from dezero_widgets.step_player import StepPlayer


@pytest.fixture
def tape():
    with record(Variable, Function, names={}) as tape:
        x = Variable(np.array(0.5))
        y = Square()(Exp()(x))
        y.grad = np.array(1.0)
        y.backward()
    return tape


def test_the_payload_travels_as_one_json_text(tape):
    player = StepPlayer(tape, title="제곱과 지수", lang="ko")
    assert isinstance(player.payload, str)
    assert "제곱과 지수" in player.payload
    assert player.data["lang"] == player.lang == "ko"
    assert json.loads(player.payload) == player.data


def test_the_text_form_has_every_step_and_the_table_of_the_graph(tape):
    player = StepPlayer(tape, title="Chain")
    text = player.text_form()
    steps = player.data["runs"][0]["steps"]
    assert text.startswith("Chain\n")
    assert len(re.findall(r"^ *\d+\. ", text, re.MULTILINE)) == sum("say" in step for step in steps)
    assert "2 * x * gy = 2 * 1.6487 * 1.0 = 3.2974" in text
    assert "generation  kind" in text
    assert repr(player) == text


def test_the_text_form_speaks_korean(tape):
    assert "세대" in StepPlayer(tape, lang="ko").text_form()


def test_the_bundle_has_widget_text_and_a_still_picture(tape):
    data, _ = StepPlayer(tape, title="Chain")._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/plain"].startswith("Chain")
    assert data["text/html"].startswith('<img alt="Chain" src="data:image/svg+xml;base64,')
    assert "<script" not in data["text/html"]


def test_the_still_form_escapes_whatever_the_learner_called_things():
    nasty = '<img src=x onerror="alert(1)">'
    page = static_html(nasty, "<svg/>")
    assert nasty not in page
    assert "&lt;img src=x" in page


def test_a_broken_block_is_still_playable():
    try:
        with record(Variable, Function, names={}) as tape:
            Square()(Variable("two"))
    except TypeError:
        pass
    player = StepPlayer(tape)
    assert player.data["runs"][0]["steps"][-1]["error"]["type"] == "TypeError"
    assert "TypeError" in player.text_form()


def test_a_saved_notebook_stays_small_after_a_long_pass():
    with record(Variable, Function, names={}, lines=False) as tape:
        y = Variable(np.array(1.0))
        for _ in range(400):
            y = Square()(y)
    player = StepPlayer(tape, title="Long")
    data, _ = player._repr_mimebundle_()
    assert len(player.text_form()) > 40_000
    assert sum(len(str(form)) for form in data.values()) < 80_000
    assert re.search(r"… \+\d+$", data["text/plain"])


def test_an_empty_tape_is_no_error():
    with record(Variable, Function, names={}) as tape:
        pass
    player = StepPlayer(tape, title="Nothing")
    assert player.data["runs"][0]["steps"] == []
    assert player.svg_form() is None
    assert player._repr_mimebundle_() is not None


def test_show_displays_and_returns_the_player(tape, capsys):
    player = StepPlayer.show(tape, "Chain")
    assert isinstance(player, StepPlayer)
    assert capsys.readouterr().out.startswith("Chain")


def test_the_bundle_is_one_module_below_its_budget_and_asks_nobody():
    source = (STATIC / "step_player.js").read_text(encoding="utf-8")
    assert len(source.encode()) < 150_000
    assert not re.search(r"^\s*import\b", source, re.MULTILINE)
    assert not re.search(r"\bfetch\(|XMLHttpRequest|innerHTML|https?://(?!www\.w3\.org)", source)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (float("nan"), "nan"),
        (np.float32(1.5), 1.5),
        ((1, 2), [1, 2]),
        ({"a": np.int64(3), "b": [float("inf")]}, {"a": 3, "b": ["inf"]}),
    ],
)
def test_clean_makes_json(value, expected):
    assert clean(value) == expected
    json.dumps(clean(value), allow_nan=False)


def test_a_language_that_is_not_there_says_which_are():
    with pytest.raises(ValueError, match=r'lang is .fr.; it must be "en" or "ko"'):
        LabWidget({}, lang="fr")
