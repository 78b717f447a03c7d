"""Write a chapter as a Jupyter notebook: deterministic bytes, no outputs, no widget state."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from _build.source import Cell, Chapter

WORDS = {
    "minutes": {"en": "{} minutes", "ko": "{}분"},
    "new": {"en": "New", "ko": "새로 배우는 것"},
    "needs": {"en": "You need", "ko": "필요한 것"},
    "carry": {
        "en": "# {} as before, run again so that they use your new classes",
        "ko": "# {}: 이전과 같습니다. 새 클래스를 쓰도록 다시 실행합니다",
    },
}
SERIES = {
    "c": {"en": "Column", "ko": "칼럼"},
    "a": {"en": "Appendix", "ko": "부록"},
    "p": {"en": "Primer", "ko": "입문"},
    "x": {"en": "Bridge", "ko": "다리"},
}
KERNEL = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebook(
    chapter: Chapter,
    lang: str,
    solved: bool,
    concepts: Mapping[str, Mapping[str, Any]],
    links: Mapping[str, str],
    carried: Mapping[int, str],
) -> str:
    """The notebook of one chapter as text.

    `links` maps a chapter key to the file that teaches it, `carried` the line of a carry mark to the code it
    stands for.
    """
    cells: list[dict[str, Any]] = []

    def add(kind: str, source: str, role: str, **metadata: Any) -> None:
        tags = [role] if role else []
        cell: dict[str, Any] = {
            "cell_type": kind,
            "id": f"ch{chapter.key}-{lang}-{len(cells):02d}",
            "metadata": metadata | ({"tags": tags} if tags else {}),
            "source": source.splitlines(keepends=True),
        }
        if kind == "code":
            cell |= {"execution_count": None, "outputs": []}
        cells.append(cell)

    add("markdown", title(chapter, lang, concepts, links), "title")
    for cell in chapter.cells:
        source = cell.source(lang, solved)
        if cell.carry:
            head = WORDS["carry"][lang].format(", ".join(cell.carry))
            add("code", f"{head}\n{carried[cell.line]}", "carry", jupyter={"source_hidden": True})
        elif cell.folded and source.startswith("## "):
            heading, _, body = source.partition("\n")
            add("markdown", heading, cell.role, **{"jp-MarkdownHeadingCollapsed": True})
            if body.strip():
                add("markdown", body.strip("\n"), cell.role)
        elif cell.kind == "code":
            add("code", in_language(source, lang), cell.role)
        else:
            add("markdown", source, cell.role)
    metadata = KERNEL | {"dezero_lab": {"chapter": chapter.meta["chapter"], "lang": lang, "solved": solved}}
    book = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def in_language(code: str, lang: str) -> str:
    """Tell the lab which language the notebook speaks; English is its default."""
    if lang == "en":
        return code

    def with_language(call: re.Match[str]) -> str:
        arguments = ", ".join(filter(None, [call[2], f'lang="{lang}"']))
        return f"lab.{call[1]}({arguments})"

    return re.sub(r"\blab\.(chapter|doctor|course_map)\(([^()]*)\)", with_language, code)


def title(
    chapter: Chapter, lang: str, concepts: Mapping[str, Mapping[str, Any]], links: Mapping[str, str]
) -> str:
    """The first cell, from the front matter: number, title, goal, minutes, what is new and what is needed."""
    meta = chapter.meta
    lines = [
        f"# {number(chapter, lang)}{meta['title'][lang]}",
        "",
        (meta.get("goal") or {}).get(lang, ""),
        "",
    ]
    facts = [WORDS["minutes"][lang].format(meta["minutes"])]
    if new := [f"**{concepts[name][lang]}**" for name in meta.get("new", [])]:
        facts.append(f"{WORDS['new'][lang]}: {' · '.join(new)}")
    if needs := [_chip(concepts[name], lang, links) for name in meta.get("needs", [])]:
        facts.append(f"{WORDS['needs'][lang]}: {' · '.join(needs)}")
    return "\n".join([*lines, "  \n".join(facts)])


def number(chapter: Chapter, lang: str) -> str:
    """ "7 · " for chapter 7, "Column A · " for column A, nothing for the start page."""
    if chapter.number is not None:
        return f"{chapter.number} · " if chapter.number else ""
    series, name = chapter.key[0], chapter.key[1:]
    return f"{SERIES[series][lang]} {name} · " if series in SERIES else ""


def _chip(concept: Mapping[str, Any], lang: str, links: Mapping[str, str]) -> str:
    """A concept as a link to the notebook that introduces it, or as plain words when there is none."""
    target = links.get(str(concept["first"])) if concept["first"] != "00" else None
    return f"[{concept[lang]}]({target})" if target else str(concept[lang])


def visible_cells(chapter: Chapter) -> list[Cell]:
    """The cells a learner works through: everything but the folds."""
    return [cell for cell in chapter.cells if not cell.folded]
