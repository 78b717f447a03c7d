"""Answers are kept once, skipped counts as skipped, and the exit ticket remembers the beginning."""

from __future__ import annotations

import json

import pytest

from dezero_lab.grading import Question, T
from dezero_widgets import Chapter
from dezero_widgets.predict_card import PredictCard, block


@pytest.fixture
def ch(tmp_path, monkeypatch):
    monkeypatch.setenv("DEZERO_LAB_DATA", str(tmp_path))
    return Chapter(7, "en", {})


def give(card, **answers):
    card.state = json.dumps(card.answers | answers)


def question(ch, prefix):
    return next(q for q in ch.questions if q.id.startswith(prefix))


def test_left_alone_nothing_is_kept(ch):
    ch.predict("P07")
    assert ch.progress.prediction("P07") is None


def test_an_answer_counts_when_it_is_locked_in_and_once(ch):
    card = PredictCard.ask(ch, question(ch, "P"))
    give(card, P07={"value": 1})  # chosen, not locked in
    assert ch.progress.prediction("P07") is None
    give(card, P07={"value": 1, "sure": 3, "stage": "locked"})
    kept = ch.progress.prediction("P07")
    assert (kept["answer"], kept["right"], kept["confidence"]) == (1, False, 3)
    give(card, P07={"value": 1, "sure": 3, "stage": "revealed"})
    assert ch.progress.summary()["predictions"] == {"answered": 1, "right": 0, "skipped": 0}


def test_skipping_is_kept_as_skipping(ch):
    give(PredictCard.ask(ch, question(ch, "P")), P07={"stage": "skipped"})
    assert ch.progress.summary()["predictions"]["skipped"] == 1


def test_a_sentence_is_kept_with_the_learners_own_verdict(ch):
    card = PredictCard.ask(ch, question(ch, "S"))
    give(card, S07={"text": "each variable knows its maker", "stage": "revealed"})
    give(card, S07={"text": "each variable knows its maker", "stage": "revealed", "close": 3})
    kept = ch.progress.prediction("S07")
    assert (kept["answer"], kept["right"], kept["confidence"]) == ("each variable knows its maker", None, 3)


def test_the_exit_ticket_shows_what_was_said_before(ch):
    ch.progress.record_prediction("P07", 2, False)
    card = PredictCard.reflect(ch)
    roles = [b["role"] for b in card.data["blocks"]]
    assert roles == ["again", "transfer", "note"]
    assert card.data["blocks"][0]["earlier"] == 2
    right = question(ch, "P").answer
    give(card, **{"P07 again": {"value": right, "stage": "revealed"}})
    assert ch.progress.prediction("P07")["right"] is False  # the first answer stays what it was
    assert ch.progress.prediction("P07 again")["right"] is True


def test_a_note_is_kept_when_there_is_one(ch):
    card = PredictCard.reflect(ch)
    give(card, note={"text": "  ", "stage": "kept"})
    assert ch.progress.notes("7") == []
    give(card, note={"text": "lists are stacks", "stage": "kept"})
    assert ch.progress.notes("7") == ["lists are stacks"]


def test_numbers():
    q = Question("P14", T("x?", "x?"), 1.0, T("one", "하나"), kind="number", tolerance=0.5)
    assert block(q)["tolerance"] == 0.5
    assert PredictCard("predict", [block(q)]).data["blocks"][0]["kind"] == "number"


def test_state_that_is_no_json_is_an_empty_answer(ch):
    card = PredictCard.ask(ch, question(ch, "P"))
    card.state = "[]"
    assert card.answers == {}
    card.state = "{broken"
    assert card.answers == {}


@pytest.mark.parametrize(("lang", "said"), [("en", "Predict P07"), ("ko", "예측 P07")])
def test_text_form_asks_and_does_not_tell(ch, lang, said):
    ch.lang = lang
    text = PredictCard.ask(ch, question(ch, "P")).text_form()
    assert said in text
    assert question(ch, "P").reveal[lang] not in text
    assert "a) " in text
