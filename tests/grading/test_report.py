import json

import numpy as np
import pytest

from dezero_lab.grading import Report, T, grade


def test_json_keeps_to_the_contract(exercise, answer):
    report = grade(exercise, answer((" * gy", "")))
    d = json.loads(report.dumps())
    assert list(d) == [
        "version",
        "exercise",
        "title",
        "verdict",
        "passed",
        "total",
        "seconds",
        "largest_difference",
        "cases",
        "cause",
        "observation",
        "next",
        "failing",
        "hints",
        "replay",
    ]
    assert d["version"] == 1
    assert d["cause"] == {"id": "W99.1a", "text": {"en": "multiply by gy", "ko": "gy를 곱하세요"}}
    assert set(d["failing"]) == {"line", "yours", "expected"}
    (case,) = d["cases"]
    assert set(case) == {"name", "ok", "inputs", "yours", "expected", "difference", "note"}
    assert set(case["yours"]) == {"s", "d", "v"}
    assert len(d["hints"]) == 3
    assert d["replay"] is True


@pytest.mark.parametrize("change", [(), ((" * gy", ""),), ((" * gy", " * np.nan"),), ((" * gy", "*"),)])
def test_json_round_trip(exercise, answer, change):
    report = grade(exercise, answer(*change) if change != ((" * gy", "*"),) else {})
    again = Report.from_json(json.loads(report.dumps()))
    assert again.to_json() == report.to_json()
    assert again.text("ko") == report.text("ko")


def test_another_version_is_refused():
    with pytest.raises(ValueError, match="version 2"):
        Report.from_json({"version": 2})


def test_text_is_complete_in_both_languages(exercise, answer):
    report = grade(exercise, answer((" * gy", "")))
    en, ko = report.text("en"), report.text("ko")
    assert en.startswith("✗ not yet  E99.1  Scale  (0 of 1 cases")
    assert ko.startswith("✗ 아직  E99.1  크기 바꾸기  (사례 1개 중 0개")
    for text, words in (
        (en, ("multiply by gy", "Try it:", "backward")),
        (ko, ("gy를 곱하세요", "내 값:", "기댓값:")),
    ):
        for word in (*words, report.failing["line"]):
            assert word in text
    assert str(report) == en


def test_a_pass_says_what_was_compared(exercise, answer):
    text = grade(exercise, answer()).text()
    assert text.startswith("✓ pass  E99.1  Scale  (1 of 1 cases")
    assert "largest difference" in text
    assert "\n" not in text


def test_large_values_are_summarised():
    from dezero_lab.grading.values import short, snapshot

    shot = snapshot(np.arange(200.0).reshape(10, 20))
    assert shot["s"] == [10, 20]
    assert "v" not in shot
    assert shot["st"] == {"min": 0.0, "max": 199.0, "mean": 99.5, "nan": 0}
    assert np.shape(shot["th"]) == (8, 8)
    assert short(np.zeros((10, 20))) == "array of shape (10, 20)"


def test_a_report_without_a_case_has_nothing_to_replay():
    report = Report("E99.1", T("a", "가"), "pass")
    assert not report.replayable
    with pytest.raises(LookupError, match="no case"):
        report.replay(None)
