"""The course data: complete, acyclic, taught in order."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import yaml

from dezero_widgets.concepts import Course, load_course


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course()


def test_counts(course):
    assert len(course.concepts) == 171
    assert [e.id for e in course.entries if e.numbered] == [str(n) for n in range(1, 61)]
    assert [e.id for e in course.entries if e.id[0] == "c"] == ["cA", "cB", "cC", "cD", "cE"]
    assert [e.id for e in course.entries if e.id[0] == "a"] == ["aA", "aB", "aC"]
    assert sum(e.minutes for e in course.entries if e.numbered) == 1350


def test_nothing_is_wrong(course):
    assert course.problems() == []


def test_acyclic_by_an_independent_walk(course):
    """Kahn's algorithm takes every concept exactly once."""
    needs = {c.id: set(c.needs) for c in course.concepts}
    taken = 0
    while ready := [id for id, open_needs in needs.items() if not open_needs]:
        taken += len(ready)
        for id in ready:
            del needs[id]
        for open_needs in needs.values():
            open_needs.difference_update(ready)
    assert needs == {}
    assert taken == len(course.concepts)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"needs": ("bp.loop",)}, "taught later"),
        ({"needs": ("nothing.such",)}, "unknown concept"),
        ({"first": "99"}, "unknown chapter"),
        ({"ko": ""}, "title is missing"),
    ],
)
def test_problems_are_found(course, change, said):
    at = next(k for k, c in enumerate(course.concepts) if c.id == "fn.template")
    concepts = list(course.concepts)
    concepts[at] = dataclasses.replace(concepts[at], **change)
    faulty = dataclasses.replace(course, concepts=tuple(concepts), _concept={c.id: c for c in concepts})
    assert any(said in problem and problem.startswith("fn.template") for problem in faulty.problems())


def test_a_cycle_is_found(course):
    pair = {"var.grad": ("fn.backward",), "fn.backward": ("var.grad",)}
    concepts = [dataclasses.replace(c, needs=pair.get(c.id, c.needs)) for c in course.concepts]
    faulty = dataclasses.replace(course, concepts=tuple(concepts), _concept={c.id: c for c in concepts})
    assert len(faulty.problems()) == 1


def test_previous_is_the_numbered_chapter_before(course):
    assert course.previous("1") is None
    assert [course.previous(id).id for id in ("2", "cA", "11", "aA", "15")] == ["1", "10", "10", "14", "14"]


def test_ancestors_are_closed_and_in_teaching_order(course):
    place = {c.id: k for k, c in enumerate(course.concepts)}
    found = course.ancestors("rnn.lstm")
    assert [place[id] for id in found] == sorted(place[id] for id in found)
    for id in found:
        assert set(course.concept(id).needs) <= set(found)
    assert "var.box" in found
    assert "conv.pool" not in found


SOURCES = sorted((Path(__file__).parents[2] / "chapters" / "src").glob("*.md"))
SOURCES = [path for path in SOURCES if path.stem != "00_start"]


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_the_chapters_say_the_same(course, source):
    """Title, minutes and new concepts of a chapter's front matter are those of the course map."""
    front = yaml.safe_load(source.read_text(encoding="utf-8").split("---\n")[1])
    id = str(front["chapter"])
    entry = course.entry(id)
    assert (entry.en, entry.ko) == (front["title"]["en"], front["title"]["ko"])
    assert entry.minutes == front["minutes"]
    assert [concept.id for concept in course.introduced(id)] == front["new"]
