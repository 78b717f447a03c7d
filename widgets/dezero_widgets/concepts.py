"""The course as data: parts, chapters, and the concepts each chapter introduces.

`concepts.json` beside this file is the one place where a concept is named, in English and Korean, with the
chapter that introduces it and the concepts it builds on. Everything that talks about the course reads it from
here: the course map, the chapter line, the share card.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from .texts import Lang

ASSUMED = "0"
"""`first` of a concept that nobody teaches here, such as the slope of a curve."""


@dataclass(frozen=True)
class Part:
    """A group of chapters, as in the table of contents."""

    id: str
    en: str
    ko: str

    def title(self, lang: Lang) -> str:
        return self.ko if lang == "ko" else self.en


@dataclass(frozen=True)
class Entry:
    """One notebook of the course: a chapter ("7"), column ("cA"), appendix ("aA"), primer ("p1") or bridge
    ("x1")."""

    id: str
    part: str
    en: str
    ko: str
    minutes: int

    def title(self, lang: Lang) -> str:
        return self.ko if lang == "ko" else self.en

    @property
    def numbered(self) -> bool:
        """True for the sixty chapters of the book's order."""
        return self.id.isdigit()


@dataclass(frozen=True)
class Concept:
    """One idea: where it is met first, and what must be known before."""

    id: str
    en: str
    ko: str
    first: str
    needs: tuple[str, ...]

    def title(self, lang: Lang) -> str:
        return self.ko if lang == "ko" else self.en


@dataclass(frozen=True)
class Course:
    """All of it, with the two look-ups everybody needs.

    >>> course = load_course()
    >>> len(course.concepts), course.entry("7").en
    (171, 'Automating backpropagation')
    >>> [c.id for c in course.introduced("8")]
    ['bp.loop', 'py.stack']
    >>> course.previous("11").id, course.previous("cA").id
    ('10', '10')
    """

    parts: tuple[Part, ...]
    entries: tuple[Entry, ...]
    concepts: tuple[Concept, ...]
    _entry: dict[str, Entry] = field(repr=False, compare=False)
    _concept: dict[str, Concept] = field(repr=False, compare=False)

    def entry(self, id: str) -> Entry:
        """The chapter, column, ... with this id. KeyError if there is none."""
        return self._entry[id]

    def concept(self, id: str) -> Concept:
        """The concept with this id. KeyError if there is none."""
        return self._concept[id]

    def introduced(self, entry_id: str) -> list[Concept]:
        """The concepts a chapter introduces, in teaching order."""
        return [concept for concept in self.concepts if concept.first == entry_id]

    def previous(self, entry_id: str) -> Entry | None:
        """The numbered chapter before this notebook: where the learner's own classes come from."""
        before = None
        for entry in self.entries:
            if entry.id == entry_id:
                return before
            if entry.numbered:
                before = entry
        return None

    def ancestors(self, concept_id: str) -> list[str]:
        """Every concept that must be known before this one, in teaching order."""
        wanted: set[str] = set()
        work = list(self.concept(concept_id).needs)
        while work:
            need = work.pop()
            if need not in wanted:
                wanted.add(need)
                work.extend(self.concept(need).needs)
        return [concept.id for concept in self.concepts if concept.id in wanted]

    def problems(self) -> list[str]:
        """What is wrong with the data: unknown or duplicate ids, empty titles, a need taught after its use,
        a cycle.

        A need may be taught in the same notebook, earlier in the table; with that rule there can be no
        cycle, so the order of the table is the proof.
        """
        found: list[str] = []
        position = {entry.id: k for k, entry in enumerate(self.entries)} | {ASSUMED: -1}
        place = {concept.id: k for k, concept in enumerate(self.concepts)}
        if len(place) != len(self.concepts):
            found.append("two concepts share an id")
        for concept in self.concepts:
            if not concept.en or not concept.ko:
                found.append(f"{concept.id}: a title is missing")
            if concept.first not in position:
                found.append(f"{concept.id}: first in unknown chapter {concept.first!r}")
                continue
            for need in concept.needs:
                if need not in place:
                    found.append(f"{concept.id}: needs unknown concept {need!r}")
                    continue
                taught = position.get(self._concept[need].first, len(position))
                if (taught, place[need]) >= (position[concept.first], place[concept.id]):
                    found.append(f"{concept.id}: needs {need}, which is taught later")
        return found


@lru_cache(maxsize=1)
def load_course() -> Course:
    """Read `concepts.json` once."""
    raw = json.loads(Path(__file__).with_name("concepts.json").read_text(encoding="utf-8"))
    entries = tuple(Entry(**entry) for entry in raw["chapters"])
    concepts = tuple(Concept(**(concept | {"needs": tuple(concept["needs"])})) for concept in raw["concepts"])
    return Course(
        parts=tuple(Part(**part) for part in raw["parts"]),
        entries=entries,
        concepts=concepts,
        _entry={entry.id: entry for entry in entries},
        _concept={concept.id: concept for concept in concepts},
    )
