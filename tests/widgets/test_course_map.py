"""The map shows the record as it is, and finds the notebooks."""

from __future__ import annotations

import pytest

from dezero_lab import exercises
from dezero_lab.grading import Report
from dezero_lab.grading.progress import Progress
from dezero_widgets.course_map import CourseMap, course_map, notebooks


@pytest.fixture
def progress():
    return Progress.in_memory()


def passed(progress, chapter):
    for exercise in exercises.chapter(chapter):
        progress.record_check(Report(exercise.id, exercise.title, "pass"))


def states(progress, **options):
    data = CourseMap(progress, **options).data
    return {e["id"]: e["state"] for e in data["entries"]}, {c["id"]: c["state"] for c in data["concepts"]}


def test_nothing_done(progress):
    entries, concepts = states(progress)
    assert set(entries.values()) == {"open"}
    assert {id for id, state in concepts.items() if state != "open"} == {"math.slope", "math.vector"}
    assert CourseMap(progress).data["here"] == "1"


def test_a_passed_chapter_is_learned(progress):
    passed(progress, 7)
    entries, concepts = states(progress)
    assert entries["7"] == "done"
    assert concepts["var.creator"] == "learned"
    assert concepts["bp.loop"] == "open"


def test_only_the_core_check_decides(progress):
    for exercise in exercises.chapter(7):
        if not exercise.core:
            progress.record_check(Report(exercise.id, exercise.title, "pass"))
    assert states(progress)[0]["7"] == "open"


def test_a_solution_or_another_prediction_is_shaky(progress):
    passed(progress, 7)
    passed(progress, 8)
    progress.record_help(next(e.id for e in exercises.chapter(7) if e.core), "solution")
    progress.record_prediction("P08", 0, False)
    entries, concepts = states(progress)
    assert (entries["7"], entries["8"]) == ("helped", "helped")
    assert concepts["bp.loop"] == "shaky"


def test_hints_do_not_make_it_shaky(progress):
    passed(progress, 7)
    progress.record_help("E07.2", "hint 1")
    assert states(progress)[0]["7"] == "done"


def test_columns_count_too(progress):
    passed(progress, "column_a")
    assert states(progress)[0]["cA"] == "done"


def test_notebooks_are_found_by_their_number(tmp_path):
    (tmp_path / "ko").mkdir()
    for name in ("01_box.ipynb", "10_tests.ipynb", "cA_ways.ipynb", "notes.txt"):
        (tmp_path / "ko" / name).write_text("{}")
    found = notebooks(tmp_path, "ko")
    assert {id: path.name for id, path in found.items()} == {
        "1": "01_box.ipynb", "10": "10_tests.ipynb", "cA": "cA_ways.ipynb",
    }  # fmt: skip
    assert notebooks(tmp_path, "en") == {}


def test_addresses_are_relative_and_quoted(tmp_path, monkeypatch, progress):
    (tmp_path / "01_상자 box.ipynb").write_text("{}")
    monkeypatch.chdir(tmp_path)
    entries = {e["id"]: e for e in CourseMap(progress).data["entries"]}
    assert entries["1"]["href"] == "01_%EC%83%81%EC%9E%90%20box.ipynb"
    assert entries["2"]["href"] is None


def test_text_form_names_everything(progress):
    passed(progress, 1)
    text = CourseMap(progress, lang="ko").text_form()
    assert text.startswith("코스 맵: 60장 중 1장")
    assert "✓   1  상자로서의 변수: 상자로서의 변수" in text
    assert "역전파 자동화" in text


def test_the_learners_own_record(tmp_path, monkeypatch):
    monkeypatch.setenv("DEZERO_LAB_DATA", str(tmp_path))
    passed(Progress.open(), 1)
    assert course_map().text_form().startswith("Course map: 1 of 60 chapters")
    assert course_map(progress=None).text_form().startswith("Course map: 0 of 60 chapters")
