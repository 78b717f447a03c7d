"""The command line: own copies of the notebooks are made once and never overwritten."""

import pytest

from dezero_lab.grading.progress import Progress
from dezero_widgets import cli


@pytest.fixture(autouse=True)
def own_progress(tmp_path, monkeypatch):
    monkeypatch.setenv("DEZERO_LAB_DATA", str(tmp_path / "data"))


@pytest.fixture
def clone(tmp_path):
    for lang in ("en", "ko"):
        folder = tmp_path / "clone" / "chapters" / lang
        folder.mkdir(parents=True)
        (folder / "00_start.ipynb").write_text(f"start {lang}")
        (folder / "01_boxes.ipynb").write_text(f"one {lang}")
    (tmp_path / "clone" / "chapters" / "src").mkdir()
    return tmp_path / "clone"


def test_the_chapters_are_found_from_a_folder_inside_the_clone(clone):
    inside = clone / "docs" / "deep"
    inside.mkdir(parents=True)
    assert cli.find_chapters(inside) == clone / "chapters"


def test_outside_a_clone_the_message_says_where_the_notebooks_are(tmp_path, monkeypatch):
    monkeypatch.setattr(cli, "__file__", str(tmp_path / "a" / "b" / "c" / "cli.py"))
    with pytest.raises(SystemExit, match="part of the clone"):
        cli.find_chapters(tmp_path)


def test_copies_are_made_once_and_work_is_kept(clone, tmp_path):
    mine = tmp_path / "my"
    assert len(cli.copy_notebooks(clone / "chapters", mine)) == 4
    (mine / "en" / "01_boxes.ipynb").write_text("my own work")
    assert cli.copy_notebooks(clone / "chapters", mine) == []
    assert (mine / "en" / "01_boxes.ipynb").read_text() == "my own work"


def test_a_new_chapter_arrives_beside_the_work(clone, tmp_path):
    mine = tmp_path / "my"
    cli.copy_notebooks(clone / "chapters", mine)
    (clone / "chapters" / "ko" / "02_functions.ipynb").write_text("two")
    assert cli.copy_notebooks(clone / "chapters", mine) == [mine / "ko" / "02_functions.ipynb"]


def test_lab_opens_the_start_page_of_the_language_with_one_blas_thread(clone, tmp_path, monkeypatch):
    calls = []
    monkeypatch.chdir(clone)
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    monkeypatch.setattr(cli.subprocess, "call", lambda command, env: calls.append((command, env)) or 0)
    assert cli.main(["lab", "--lang", "ko", "--folder", str(tmp_path / "my"), "--", "--no-browser"]) == 0
    ((command, environment),) = calls
    assert str(tmp_path / "my" / "ko" / "00_start.ipynb") in command
    assert command[-1] == "--no-browser"
    assert environment["OPENBLAS_NUM_THREADS"] == "1"


def test_doctor_answers_with_the_exit_status(monkeypatch, capsys):
    assert cli.main(["doctor"]) in (0, 1)
    assert "Python" in capsys.readouterr().out


def test_progress_is_written_as_text(tmp_path, capsys):
    target = tmp_path / "progress.txt"
    assert cli.main(["progress", str(target)]) == 0
    assert target.read_text(encoding="utf-8").strip()


def test_progress_goes_to_another_machine(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DEZERO_LAB_DATA", str(tmp_path / "here"))
    Progress.open().save_note("7", "그래프는 실행하면서 그려진다")
    file = tmp_path / "progress.txt"
    assert cli.main(["progress", str(file)]) == 0
    monkeypatch.setenv("DEZERO_LAB_DATA", str(tmp_path / "there"))
    assert cli.main(["progress", "--read", str(file)]) == 0
    assert "1 new entries" in capsys.readouterr().out
    assert Progress.open().notes("7") == ["그래프는 실행하면서 그려진다"]


def test_what_is_no_record_is_refused(tmp_path):
    (tmp_path / "shopping.txt").write_text("milk", encoding="utf-8")
    for name, reason in (("shopping.txt", "export"), ("nowhere.txt", "No such file")):
        with pytest.raises(SystemExit, match=reason):
            cli.main(["progress", "--read", str(tmp_path / name)])


def test_without_a_command_the_usage_is_shown(capsys):
    with pytest.raises(SystemExit):
        cli.main([])
    assert "doctor" in capsys.readouterr().err
