import gc
import json
import multiprocessing
import os
import sqlite3
import stat
import sys

import pytest

from dezero_lab.grading import Report, T
from dezero_lab.grading.progress import FILE, VERSION, Progress, data_folder


def report(exercise="E07.1", verdict="pass", cause=None):
    return Report(exercise, T("a", "가"), verdict, cause=cause)


@pytest.fixture
def progress(tmp_path):
    return Progress.open(tmp_path)


def test_checks_are_kept_between_sessions(tmp_path, progress):
    assert progress.message is None
    progress.record_check(report(verdict="fail", cause=("W07.1a", T("x", "가"))))
    progress.record_check(report(verdict="not_attempted"))
    assert (progress.passed("E07.1"), progress.failed_attempts("E07.1")) == (False, 1)
    progress.record_check(report())
    again = Progress.open(tmp_path)
    assert again.passed("E07.1")
    assert not again.verified("E07.1")
    again.record_check(report(), verified=True)
    assert progress.verified("E07.1")
    assert not progress.passed("E07.2")
    assert progress.summary()["exercises"] == {
        "E07.1": {"passed": True, "verified": True, "checks": 3, "helped": []}
    }


def test_predictions_notes_sources_and_help(progress):
    progress.record_prediction("P07", 0, True, confidence=3)
    progress.record_prediction("P08", None, None)
    progress.record_prediction("P07", 2, False)
    progress.save_note("07", "가르쳐 보기")
    progress.save_note("07", "second")
    progress.save_source("07", "class Variable: ...")
    progress.save_source("07", "class Variable: ...")
    progress.save_source("07", "class Variable: pass")
    progress.record_help("E07.1", "hint 1")
    found = progress.prediction("P07")
    assert (found["answer"], found["right"], found["confidence"]) == (2, False, None)
    assert progress.prediction("P09") is None
    assert progress.notes("07") == ["가르쳐 보기", "second"]
    assert progress.saved_source("07") == "class Variable: pass"
    assert progress.saved_source("08") is None
    assert progress.helped("E07.1") == ["hint 1"]
    summary = progress.summary()
    assert summary["predictions"] == {"answered": 2, "right": 1, "skipped": 1}
    assert summary["notes"] == 2
    assert summary["saved"] == ["07"]
    assert summary["exercises"]["E07.1"]["helped"] == ["hint 1"]


def test_text_travels_to_another_machine(tmp_path, progress):
    progress.record_check(report())
    progress.save_note("07", 'quotes "and"\nlines, 한글')
    progress.save_source("07", "x = 1\n")
    text = progress.export_text()
    assert json.loads(text.splitlines()[0]) == {"dezero_lab.progress": VERSION}
    other = Progress.open(tmp_path / "other")
    assert other.import_text(text) == 3
    assert other.import_text(text) == 0
    assert other.export_text() == text
    assert other.summary() == progress.summary()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        '{"dezero_lab.progress": 99}',
        '{"dezero_lab.progress": 1}\n{"table": "users"}',
        '{"dezero_lab.progress": 1}\n[]',
    ],
)
def test_other_text_is_refused_and_adds_nothing(progress, text):
    with pytest.raises(ValueError, match="not an exported progress record"):
        progress.import_text(text)
    assert progress.summary()["exercises"] == {}


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough" * 50, b"SQLite format 3\0" + b"x" * 5000]
)
def test_a_damaged_file_is_kept_aside_with_a_message(tmp_path, content):
    (tmp_path / FILE).write_bytes(content)
    progress = Progress.open(tmp_path)
    kept = [p for p in tmp_path.iterdir() if "damaged" in p.name]
    assert [p.read_bytes() for p in kept] == [content]
    assert str(kept[0]) in progress.message.en
    assert "손상" in progress.message.ko
    progress.record_check(report())
    assert Progress.open(tmp_path).passed("E07.1")


def test_damage_while_open_loses_nothing_silently(tmp_path, progress):
    progress.record_check(report("E01.1"))
    (tmp_path / FILE).write_bytes(b"broken" * 2000)
    progress.record_check(report("E02.1"))
    assert progress.passed("E02.1")
    assert "damaged" in progress.message.en
    assert any("damaged" in p.name for p in tmp_path.iterdir())


def test_a_file_that_can_no_longer_be_written_goes_on_in_memory(tmp_path, progress, monkeypatch):
    progress.record_check(report("E01.1"))
    connect = sqlite3.connect

    def refuse(database, **options):
        if str(database) == str(tmp_path / FILE):
            raise sqlite3.OperationalError("unable to open database file")
        return connect(database, **options)

    monkeypatch.setattr("sqlite3.connect", refuse)
    progress.record_check(report("E02.1"))
    gc.collect()
    assert progress.path is None
    assert "unable to open" in progress.message.en
    assert progress.passed("E02.1")
    assert progress.passed("E01.1")  # what the file held can still be read


def test_a_deleted_file_is_begun_again(tmp_path, progress):
    (tmp_path / FILE).unlink()
    assert not progress.passed("E01.1")
    progress.record_check(report("E01.1"))
    assert Progress.open(tmp_path).passed("E01.1")


def test_a_newer_file_is_left_alone(tmp_path, progress):
    progress.record_check(report())
    with sqlite3.connect(tmp_path / FILE) as db:
        db.execute("PRAGMA user_version = 7")
    db.close()
    before = (tmp_path / FILE).read_bytes()
    newer = Progress.open(tmp_path)
    newer.record_check(report("E08.1"))
    assert newer.path is None
    assert "newer dezero_lab" in newer.message.en
    assert (tmp_path / FILE).read_bytes() == before


def test_where_no_folder_can_be_made_the_session_is_in_memory(tmp_path):
    (tmp_path / "file").write_text("in the way")
    progress = Progress.open(tmp_path / "file" / "folder")
    progress.record_check(report())
    assert progress.passed("E07.1")
    assert progress.path is None
    assert "export_text()" in progress.message.en
    assert "메모리" in progress.message.ko


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_can_still_be_read(tmp_path, progress):
    progress.record_check(report())
    os.chmod(tmp_path / FILE, stat.S_IREAD)
    os.chmod(tmp_path, stat.S_IREAD | stat.S_IEXEC)
    try:
        again = Progress.open(tmp_path)
        again.record_check(report("E08.1"))
        assert again.path is None
        assert again.message is not None
        assert again.passed("E07.1")
        assert again.passed("E08.1")
    finally:
        os.chmod(tmp_path, stat.S_IRWXU)


def test_a_file_that_may_only_be_read(tmp_path, progress, monkeypatch):
    progress.record_check(report())

    def refuse(path):
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr("dezero_lab.grading.progress._prepare", refuse)
    again = Progress.open(tmp_path)
    assert again.path is None
    assert "readonly" in again.message.en
    assert again.passed("E07.1")


def _many(folder, name):
    progress = Progress.open(folder)
    for k in range(25):
        progress.record_check(report(f"E{name:02d}.{k}"))
    sys.exit(0 if progress.path is not None else 1)


def test_several_kernels_at_once(tmp_path):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_many, args=(tmp_path, k)) for k in range(3)]
    for w in workers:
        w.start()
    for w in workers:
        w.join(60)
    assert [w.exitcode for w in workers] == [0, 0, 0]
    assert len(Progress.open(tmp_path).summary()["exercises"]) == 75


def test_the_folder_can_be_chosen(monkeypatch, tmp_path):
    monkeypatch.setenv("DEZERO_LAB_DATA", str(tmp_path / "mine"))
    assert data_folder() == tmp_path / "mine"
    assert Progress.open().path == tmp_path / "mine" / FILE
    monkeypatch.delenv("DEZERO_LAB_DATA")
    assert "dezero-lab" in str(data_folder())
