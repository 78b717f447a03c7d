"""Every notebook runs from top to bottom: with nothing filled in, and with the solutions."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from dezero_lab import exercises
from dezero_lab.grading.fingerprint import hint_text

pytestmark = [pytest.mark.notebooks, pytest.mark.filterwarnings("default")]

SOURCES = sorted((Path(__file__).resolve().parents[2] / "chapters" / "src").glob("*.md"))
SECONDS = 60

# Nothing but this machine may be reached. Jupyter's own sockets are not Python's.
OFFLINE = """
import socket

def refuse(self, address, connect=socket.socket.connect):
    if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise AssertionError(f"the notebook reached for {address}")
    return connect(self, address)

socket.socket.connect = refuse
"""
FAILED_VIEWS = ("This view could not be shown", "이 화면을 표시하지 못했습니다")


@pytest.fixture
def run(course, tmp_path, monkeypatch):
    """run(key, lang, solved) -> the executed notebook; a cell that raises fails the test.

    `change(book)` may edit the notebook before it runs; then later cells may raise.
    """
    from nbclient import NotebookClient

    monkeypatch.setenv("DEZERO_LAB_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))

    def execute(
        key: str, lang: str, solved: bool, change: Callable[[nbformat.NotebookNode], None] | None = None
    ) -> nbformat.NotebookNode:
        book = nbformat.reads(course.notebook(course.chapters[key], lang, solved), as_version=4)
        if change is not None:
            change(book)
        book.cells.insert(0, nbformat.v4.new_code_cell(OFFLINE))
        began = time.perf_counter()
        client = NotebookClient(
            book,
            timeout=SECONDS,
            kernel_name="python3",
            store_widget_state=False,
            allow_errors=change is not None,
        )
        client.execute(cwd=str(tmp_path), env=dict(os.environ))
        took = time.perf_counter() - began
        print(f"{key} {lang} {'solved' if solved else 'blank'}: {took:.1f} s")
        assert took < SECONDS
        return book

    return execute


def outputs(cell: nbformat.NotebookNode) -> str:
    """Everything a code cell wrote, as text."""
    found = []
    for output in cell.get("outputs", []):
        found.append(output.get("text", "") or output.get("data", {}).get("text/plain", ""))
    return "\n".join(found)


def verdicts(book: nbformat.NotebookNode) -> list[tuple[str, str]]:
    """(the check's cell, the mark its report begins with)."""
    cells = [cell for cell in book.cells if "check" in cell.metadata.get("tags", [])]
    return [(cell.source, outputs(cell).strip()[:1]) for cell in cells]


def complaints(book: nbformat.NotebookNode) -> list[str]:
    """Views of ours that did not open; `ch` turns their exceptions into one line."""
    return [outputs(cell) for cell in book.cells if any(words in outputs(cell) for words in FAILED_VIEWS)]


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_blank(run, course, path, lang):
    book = run(_key(course, path), lang, solved=False)
    assert complaints(book) == []
    assert [found for found in verdicts(book) if found[1] != "○"] == []


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_solved(run, course, path, lang):
    book = run(_key(course, path), lang, solved=True)
    assert complaints(book) == []
    assert [found for found in verdicts(book) if found[1] != "✓"] == []
    assert len(verdicts(book)) >= len(course.chapters[_key(course, path)].exercises())


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_listed_mistake_gets_its_hint_in_the_notebook(run, course, path):
    """Each wrong answer is typed into the notebook in front of the check. Odd chapters in Korean, even ones in English."""
    key = _key(course, path)
    graded = [exercises.load(exercise) for exercise in course.chapters[key].exercises()]
    if not graded:
        pytest.skip("nothing is graded here")
    lang = "ko" if (course.chapters[key].number or 0) % 2 else "en"
    mistakes = [(exercise, wrong) for exercise in graded for wrong in exercise.wrongs if not wrong.accepted]

    def type_in(book: nbformat.NotebookNode) -> None:
        new = nbformat.v4.new_code_cell
        for exercise in graded:
            check = f'ch.check("{exercise.id}")'
            at = next(i for i, cell in enumerate(book.cells) if cell.source == check)
            more = []
            for wrong in exercise.wrongs:
                if not wrong.accepted:
                    more.append(new(wrong.apply(exercise.reference)))
                    more.append(new(check, metadata={"tags": [wrong.id]}))
            book.cells[at:at] = [*more, new(exercise.reference)]

    book = run(key, lang, True, type_in)
    said = {tag: outputs(cell) for cell in book.cells for tag in cell.metadata.get("tags", [])}
    missed = [wrong.id for _, wrong in mistakes if hint_text(wrong)[lang] not in said[wrong.id]]
    assert missed == [], "\n".join(said[name] for name in missed)
    assert [found for found in verdicts(book) if found[1] != "✓"] == []


def test_a_learner_keeps_their_own_classes_from_chapter_to_chapter(run, course):
    """Every chapter solved and saved, one after the other: each starts from the code of the one before."""
    numbered = [chapter for chapter in course.numbered() if chapter.exercises()]
    for before, chapter in zip([None, *numbered], numbered, strict=False):
        book = run(chapter.key, "en", True)
        assert complaints(book) == []
        assert [found for found in verdicts(book) if found[1] != "✓"] == [], chapter.key
        if before is not None and chapter.number == (before.number or 0) + 1:
            start = next(outputs(cell) for cell in book.cells if "start" in cell.metadata.get("tags", []))
            assert f"Your own code from chapter {before.number} is loaded" in start


def _key(course, path: Path) -> str:
    return next(key for key, chapter in course.chapters.items() if chapter.path.name == path.name)
