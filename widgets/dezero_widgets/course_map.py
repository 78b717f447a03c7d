"""The start page: all concepts of the course, coloured by what the learner has done."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ._base import STATIC, LabWidget
from .concepts import Course, Entry, load_course
from .texts import Lang, say

if TYPE_CHECKING:
    from dezero_lab.grading.progress import Progress


class CourseMap(LabWidget):
    """Parts as rows, chapters as columns, concepts as dots; a concept opens with what it builds on and leads to.

    Green: the core check of its chapter passed. Amber: passed with a solution, or the chapter's prediction was
    otherwise. White: open.

    Args:
        progress: the learner's record; None for an empty one.
        lang: "en" or "ko".
        folder: where to look for the notebooks; the current one by default.

    >>> print(course_map(progress=None).text_form().splitlines()[0])
    Course map: 0 of 60 chapters
    """

    _esm = STATIC / "course_map.js"

    def __init__(self, progress: Progress | None = None, *, lang: Lang = "en", folder: Path | None = None):
        course = load_course()
        states = {entry.id: _state(entry, progress) for entry in course.entries}
        found = notebooks(folder or Path.cwd(), lang)
        super().__init__(_payload(course, states, found), lang=lang)

    def text_form(self) -> str:
        lang: Lang = self.lang  # type: ignore[assignment]
        data = self.data
        numbered = [entry for entry in data["entries"] if entry["id"].isdigit()]
        done = sum(entry["state"] != "open" for entry in numbered)
        lines = [
            say(
                lang,
                f"Course map: {done} of {len(numbered)} chapters",
                f"코스 맵: {len(numbered)}장 중 {done}장",
            )
        ]
        for part in data["parts"]:
            lines += ["", part[lang]]
            for entry in data["entries"]:
                if entry["part"] == part["id"]:
                    mark = {"done": "✓", "helped": "~", "open": " "}[entry["state"]]
                    concepts = ", ".join(c[lang] for c in data["concepts"] if c["first"] == entry["id"])
                    lines.append(
                        f"{mark} {entry['id']:>3}  {entry[lang]}{': ' + concepts if concepts else ''}"
                    )
        return "\n".join(lines)


def course_map(lang: Lang = "en", progress: Progress | str | None = "own") -> CourseMap:
    """The course map with your own progress. `progress=None` shows an empty one."""
    if isinstance(progress, str):
        from dezero_lab.grading.progress import Progress

        progress = Progress.open()
    return CourseMap(progress, lang=lang)


def notebooks(folder: Path, lang: Lang) -> dict[str, Path]:
    """Notebook of each chapter id, by its file name ("07_automating....ipynb", "cA_....ipynb").

    Looks beside the running notebook, then where the repository keeps them.
    """
    for place in (
        folder,
        folder / lang,
        folder / "my" / lang,
        folder / "chapters" / lang,
        folder.parent / lang,
    ):
        found: dict[str, Path] = {}
        for path in sorted(place.glob("*.ipynb")):
            stem = path.name.split("_")[0]
            found[str(int(stem)) if stem.isdigit() else stem] = path
        if "1" in found or "7" in found:
            return found
    return {}


def _state(entry: Entry, progress: Progress | None) -> str:
    """ "done", "helped" or "open" for a notebook; one without exercises stays open."""
    if progress is None:
        return "open"
    from .own_code import exercises_of

    exercises = exercises_of(entry.id)
    core = [e for e in exercises if e.core] or list(exercises)
    if not core or not all(progress.passed(e.id) for e in core):
        return "open"
    helped = any("solution" in progress.helped(e.id) for e in core)
    stem = f"P{int(entry.id):02d}" if entry.numbered else f"P{entry.id}"
    guess = progress.prediction(stem)
    return "helped" if helped or (guess is not None and guess["right"] is False) else "done"


def _payload(course: Course, states: dict[str, str], found: dict[str, Path]) -> dict[str, Any]:
    here = next((e.id for e in course.entries if e.numbered and states[e.id] == "open"), None)
    standing = {"done": "learned", "helped": "shaky", "open": "open"}
    return {
        "parts": [{"id": part.id, "en": part.en, "ko": part.ko} for part in course.parts],
        "entries": [
            {
                "id": entry.id,
                "part": entry.part,
                "en": entry.en,
                "ko": entry.ko,
                "minutes": entry.minutes,
                "state": states[entry.id],
                "href": _address(found.get(entry.id)),
            }
            for entry in course.entries
        ],
        "concepts": [
            {
                "id": concept.id,
                "en": concept.en,
                "ko": concept.ko,
                "first": concept.first,
                "needs": list(concept.needs),
                "state": standing[states.get(concept.first, "done")],
            }
            for concept in course.concepts
        ],
        "here": here,
    }


def _address(notebook: Path | None) -> str | None:
    """A link from the running notebook, which lies in the kernel's folder."""
    return None if notebook is None else quote(os.path.relpath(notebook, Path.cwd()).replace(os.sep, "/"))
