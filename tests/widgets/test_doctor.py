"""The doctor says what works, what does not and what to do, and never raises."""

import importlib
import sys

import pytest

from dezero_widgets.doctor import Diagnosis, Finding, check_gpu, check_graphviz, check_package, doctor

# the package exports the function under the name of this module
module = importlib.import_module("dezero_widgets.doctor")


@pytest.fixture(autouse=True)
def own_progress(tmp_path, monkeypatch):
    monkeypatch.setenv("DEZERO_LAB_DATA", str(tmp_path))


def test_every_part_is_looked_at_on_this_machine():
    names = [finding.name for finding in doctor()]
    assert names == [
        "Python",
        "NumPy",
        "JupyterLab",
        "anywidget",
        "widget bundles",
        "progress",
        "Korean font",
        "Graphviz",
        "CuPy and a GPU",
    ]


def test_what_is_needed_is_there_in_the_development_environment():
    findings = {finding.name: finding for finding in doctor()}
    for name in ("Python", "NumPy", "JupyterLab", "anywidget", "widget bundles", "progress"):
        assert findings[name].level == "ok", findings[name]


def test_a_missing_package_is_a_problem_with_a_command_to_run():
    finding = check_package("no-such-package-at-all", "Nothing", (1,))
    assert finding.level == "problem"
    assert finding.found_in("en") == "not installed"
    assert finding.found_in("ko") == "설치되어 있지 않음"
    assert 'pip install -c constraints.txt -e ".[lab]"' in finding.advice_in("en")
    assert "설치" in finding.advice_in("ko")


def test_an_old_package_is_named_with_the_version_it_must_reach():
    finding = check_package("numpy", "NumPy", (999,))
    assert finding.level == "problem"
    assert "older than 999" in finding.found_in("en")


def test_no_graphviz_is_no_problem(monkeypatch):
    monkeypatch.setattr(module.shutil, "which", lambda name: None)
    finding = check_graphviz()
    assert finding.level == "optional"
    assert "drawn without it" in finding.advice_in("en")


def test_no_cupy_is_no_problem(monkeypatch):
    monkeypatch.setitem(sys.modules, "cupy", None)
    assert check_gpu().level == "optional"


def test_a_check_that_fails_itself_becomes_a_finding(monkeypatch):
    def check_broken():
        raise OSError("disk on fire")

    monkeypatch.setattr(module, "CHECKS", (check_broken,))
    (finding,) = doctor()
    assert finding == Finding("broken", "problem", "OSError: disk on fire")


def test_the_table_escapes_what_it_found_and_speaks_both_languages():
    finding = Finding("<b>", "problem", "<img src=x onerror=alert(1)>", ("mend it", "고치세요"))
    english, korean = Diagnosis([finding], "en"), Diagnosis([finding], "ko")
    assert "<img" not in english._repr_html_()
    assert "mend it" in english._repr_html_()
    assert "mend it" in repr(english)
    assert "고치세요" in korean._repr_html_()
    assert "고쳐 주세요" in repr(korean)
    assert not english.healthy
