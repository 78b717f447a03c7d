"""The card says what was done, and nothing else."""

from __future__ import annotations

import pytest

from dezero_lab import exercises
from dezero_lab.grading import Report
from dezero_widgets import Chapter
from dezero_widgets.share_card import ShareCard


@pytest.fixture
def ch(tmp_path, monkeypatch):
    monkeypatch.setenv("DEZERO_LAB_DATA", str(tmp_path))
    return Chapter(7, "en", {})


def test_an_empty_chapter(ch):
    card = ShareCard.of(ch, "", "Nothing yet.")
    assert card.markdown == "### Chapter 7 · Automating backpropagation\n- **Checks** E07.1 – · E07.2 –\n"
    assert card.text_form().startswith("Nothing yet.")
    assert card.data["stored"] is False


def test_a_full_one(ch):
    for exercise in exercises.chapter(7):
        ch.progress.record_check(Report(exercise.id, exercise.title, "pass"))
    ch.progress.record_help("E07.1", "hint 1")
    ch.progress.record_help("E07.1", "hint 2")
    ch.progress.record_help("E07.2", "solution")
    ch.progress.record_prediction("P07", 0, True)
    ch.progress.record_prediction("S07", "it walks home", None, 2)
    ch.progress.save_note("7", "two\nlines")
    source = "import numpy as np\n\n\nclass Variable:\n    pass\n\n\nclass Helper:\n    pass\n"
    markdown = ShareCard.of(ch, source, "Saved.").markdown
    assert "- **Built** `Variable` (5 lines)" in markdown
    assert "E07.1 ✓ (hints: 2) · E07.2 ✓ (with a solution)" in markdown
    assert "- **Predictions** P07 right" in markdown
    assert "- **In my words** it walks home" in markdown
    assert "- **TMI** two lines" in markdown


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_saved_source_is_verified_alone(ch, lang):
    ch.lang = lang
    core = exercises.load("E07.2")
    ch.progress.record_check(Report(core.id, core.title, "pass"))
    whole = exercises.load("E07.1").reference + "\n\n" + core.reference
    card = ShareCard.of(ch, whole, "Saved.")
    ch.own.verify(card, whole)
    assert [v["ok"] for v in card.data["verified"]] == [True]
    assert ch.progress.verified("E07.2")
    card = ShareCard.of(ch, whole, "Saved.")
    ch.own.verify(card, whole.replace("return x**2", "return power_of_two(x)"))
    [found] = card.data["verified"]
    assert found["ok"] is False
    assert "E07.2" in found["text"]


def test_korean(ch):
    ch.lang = "ko"
    card = ShareCard.of(ch, "class Variable:\n    pass\n", "저장")
    assert card.markdown.startswith("### 7장 · 역전파 자동화\n- **만든 것** `Variable` (2줄)")
