"""The panel carries everything its browser half needs, and keeps what the learner did."""

from __future__ import annotations

import json
import time

import numpy as np
import pytest

from dezero_lab import exercises
from dezero_lab.grading import Report, T, grade
from dezero_lab.grading.exercise import Exercise
from dezero_lab.stages import ch07
from dezero_lab.trace import record
from dezero_widgets import Chapter
from dezero_widgets import exercise_panel as module
from dezero_widgets.exercise_panel import ExercisePanel, name_like, own_part, reference_of


def graded(exercise_id, wrong_id=None):
    """A report on the reference, or on a listed fault."""
    exercise = exercises.load(exercise_id)
    source = exercise.reference
    if wrong_id is not None:
        source = next(w for w in exercise.wrongs if w.id == wrong_id).apply(source)
    return grade(exercise, exercise.build(source))


@pytest.fixture
def ch(tmp_path, monkeypatch):
    monkeypatch.setenv("DEZERO_LAB_DATA", str(tmp_path))
    exercise = exercises.load("E07.2")
    faulty = next(w for w in exercise.wrongs if w.id == "W07.2a").apply(exercise.reference)
    return Chapter(7, "en", exercise.build(faulty))


def test_payload_is_the_report_and_the_replay():
    panel = ExercisePanel(graded("E07.2", "W07.2a"))
    data = panel.data
    assert data["report"]["verdict"] == "fail"
    assert data["report"]["cause"]["id"] == "W07.2a"
    steps = data["replay"]["payload"]["runs"][0]["steps"]
    assert steps
    focus = data["replay"]["focus"]
    if focus and focus[0] == "v":  # a gradient that never arrived: opens at the end
        assert data["replay"]["payload"]["start"] == len(steps) - 1


def test_the_replay_speaks_of_x_and_y():
    run = ExercisePanel(graded("E07.2", "W07.2a")).data["replay"]["payload"]["runs"][0]
    labels = [v["label"] for v in run["variables"]]
    assert (labels[0], labels[-1]) == ("x", "y")
    assert "`x`" in run["steps"][0]["say"]["en"]


def test_the_replay_shows_the_learners_code_only():
    run = ExercisePanel(graded("E07.2", "W07.2a")).data["replay"]["payload"]["runs"][0]
    assert {source["title"] for source in run["sources"]} >= {"Variable.backward", "Square.backward"}
    assert not [source for source in run["sources"] if source["file"].endswith(".py")]


def test_names_are_not_guessed():
    x = ch07.Variable(np.array(1.0))
    with record(ch07.Variable, ch07.Function) as tape:
        ch07.Square()(x)
        ch07.Square()(ch07.Variable(np.array(2.0)))
    before = [info.label for info in tape.variables.values()]
    name_like(tape, "a = Variable(np.array(2.0)); a.grad")
    assert [info.label for info in tape.variables.values()] == before


def test_a_big_replay_waits_until_it_is_asked_for(monkeypatch):
    monkeypatch.setattr(module, "PREFETCH", 10)
    panel = ExercisePanel(graded("E07.2", "W07.2a"))
    assert panel.data["replay"] is None
    sent = []
    panel.send = sent.append
    panel._hear(panel, {"kind": "replay"}, [])
    assert sent[0]["kind"] == "replay"
    assert sent[0]["payload"]["runs"][0]["steps"]


def test_a_replay_that_fails_is_said(monkeypatch):
    report = graded("E07.2", "W07.2a")
    object.__setattr__(report, "opener", lambda record: 1 / 0)
    panel = ExercisePanel(report)
    assert panel.data["replay"] is None
    assert panel.data["report"]["replay"] is False  # no button that leads nowhere
    sent = []
    panel.send = sent.append
    panel._hear(panel, {"kind": "replay"}, [])
    assert sent == [{"kind": "replay", "payload": None, "focus": None}]


@pytest.mark.parametrize("message", [None, "replay", {"kind": "who"}, {}])
def test_other_messages_are_ignored(message):
    panel = ExercisePanel(graded("E07.2"))
    sent = []
    panel.send = sent.append
    panel._hear(panel, message, [])
    assert sent == []


def test_attempts_hints_and_solutions_are_kept(ch):
    exercise = exercises.load("E07.2")
    for expected in (1, 2, 3):
        panel = ExercisePanel.check(ch, exercise)
        assert panel.data["attempts"] == expected
    panel.state = json.dumps({"hints": 1})
    panel.state = json.dumps({"hints": 2})
    panel.state = json.dumps({"hints": 2, "solution": True})
    assert ch.progress.helped("E07.2") == ["hint 1", "hint 2", "solution"]
    assert ExercisePanel.check(ch, exercise).data["helped"] is True


def test_not_attempted_counts_nothing(ch):
    ch.namespace.clear()
    panel = ExercisePanel.check(ch, exercises.load("E07.2"))
    assert panel.report.verdict == "not_attempted"
    assert ch.progress.failed_attempts("E07.2") == 0


def test_broken_state_is_no_accident(ch):
    panel = ExercisePanel.check(ch, exercises.load("E07.2"))
    panel.state = "{not json"
    assert ch.progress.helped("E07.2") == []


def test_verify_runs_the_saved_source_alone(ch, monkeypatch):
    exercise = exercises.load("E07.2")
    whole = exercises.load("E07.1").reference + "\n\n" + exercise.reference
    monkeypatch.setattr(ch.own, "source", lambda: whole)
    panel = ExercisePanel.verify(ch, exercise)
    assert panel.report.verdict == "pass"
    assert panel.data["verified"] is True
    assert ch.progress.verified("E07.2")


def test_verify_from_the_button_answers_by_message(ch, monkeypatch):
    monkeypatch.setattr(
        module, "verify", lambda exercise, source: Report(exercise.id, exercise.title, "pass")
    )
    panel = ExercisePanel.check(ch, exercises.load("E07.2"))
    sent = []
    panel.send = sent.append
    panel._hear(panel, {"kind": "verify"}, [])
    deadline = time.monotonic() + 5
    while not sent and time.monotonic() < deadline:
        time.sleep(0.01)
    assert [(m["kind"], m["report"]["verdict"]) for m in sent] == [("verified", "pass")]
    assert ch.progress.verified("E07.2")


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_text_form_is_complete(lang):
    report = graded("E07.2", "W07.2a")
    text = ExercisePanel(report, lang=lang).text_form()
    assert report.cause[1][lang] in text
    assert report.failing["line"] in text


def test_a_static_page_says_it_too():
    bundle = ExercisePanel(graded("E07.2", "W07.2a"))._repr_mimebundle_()[0]
    assert "E07.2" in bundle["text/plain"]
    assert "E07.2" in bundle["text/html"]


def test_own_part():
    source = "import os\n\n\nclass A:\n    pass\n\n\ndef use():\n    return A()\n\n\nclass B:\n    pass\n"
    assert own_part(source, ("use",)) == "def use():\n    return A()\n"
    assert own_part("", ("use",)) == ""


def test_no_reference_hides_the_button():
    exercise = Exercise("E99.9", T("x", "x"), (), lambda c: None)
    assert reference_of(exercise) == ""
