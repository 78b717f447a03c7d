"""The rules of the course that a machine can hold. Every problem is one line: file, line, what to change."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from _build.engine import at_once, engine_cells, names_in, solved_code, statements
from _build.notebook import visible_cells
from _build.source import LANGUAGES, Cell, Chapter, solutions

if TYPE_CHECKING:
    from build import Course

ROLES = (
    "start",
    "hook",
    "predict",
    "idea",
    "step",
    "say",
    "implement",
    "check",
    "break",
    "connect",
    "reflect",
    "save",
)
FOLDS = ("deeper", "presenter")
HANGUL = re.compile(r"[\uac00-\ud7a3]")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:e[-−+]?\d+)?")
MAX_WORDS = 150
MAX_CELLS = 30
MAX_LINES = 36


def lint(course: Course, chapter: Chapter) -> list[str]:
    """Everything that keeps this chapter from being built."""
    found = [*languages(course, chapter), *numbers(course, chapter), *template(course, chapter)]
    found += [*prose(course, chapter), *code(course, chapter)]
    if not any("does not parse" in text for _, text in found):
        found += [*leaks(course, chapter), *stale(course, chapter), *definitions(course, chapter)]
    return [f"{chapter.path.name}:{line}: {text}" for line, text in sorted(found)]


def languages(course: Course, chapter: Chapter) -> Iterator[tuple[int, str]]:
    """Title, goal and every prose cell exist in both languages, the Korean one in Hangul."""
    for name in ("title", "goal"):
        texts = chapter.meta.get(name) or {}
        if set(texts) != set(LANGUAGES) or not HANGUL.search(str(texts.get("ko", ""))):
            yield 1, f"front matter: {name} needs en and ko"
    for name in [*chapter.meta.get("new", []), *chapter.meta.get("needs", [])]:
        if name not in course.concepts:
            yield 1, f"front matter: the concept {name} is not on the course map (concepts.json)"
    if entry := course.entries.get(chapter.key):
        title = chapter.meta.get("title") or {}
        given = {"minutes": chapter.meta.get("minutes"), **{lang: title.get(lang) for lang in LANGUAGES}}
        for name, value in given.items():
            if value != entry[name]:
                yield 1, f"front matter: {name} is {value!r}; the course map says {entry[name]!r}"
    for cell in chapter.cells:
        if cell.kind != "markdown":
            continue
        if cell.text["en"] == cell.text["ko"]:
            yield cell.line, "prose must stand under <!-- en --> and <!-- ko -->, not under both"
        elif not HANGUL.search(cell.text["ko"]):
            yield cell.line, "the Korean block has no Hangul"
        elif HANGUL.search(cell.text["en"]):
            yield cell.line, "the English block contains Hangul"


def numbers(course: Course, chapter: Chapter) -> Iterator[tuple[int, str]]:
    """The same numbers in both languages. Exceptions go into the front matter as `numbers_ok: [..]`."""
    allowed = {str(number) for number in chapter.meta.get("numbers_ok", [])}
    for cell in chapter.cells:
        one, two = (set(NUMBER.findall(cell.text[lang])) - allowed for lang in LANGUAGES)
        if one != two:
            yield (
                cell.line,
                f"numbers differ: only English {sorted(one - two)}, only Korean {sorted(two - one)}",
            )


def template(course: Course, chapter: Chapter) -> Iterator[tuple[int, str]]:
    """Every part of the chapter template is there; columns, primers and the start page may leave parts out."""
    if chapter.number is None or chapter.number == 0:
        return
    roles = [cell.role for cell in chapter.cells]
    for role in [*ROLES, *FOLDS]:
        if role not in roles:
            yield 1, f"no {role} cell (see chapters/README.md)"
    if "predict" in roles and "hook" in roles and roles.index("predict") < roles.index("hook"):
        yield 1, "the hook comes before the prediction"
    if (count := len(visible_cells(chapter)) + 1) > MAX_CELLS:
        yield 1, f"{count} cells without the folds; at most {MAX_CELLS}"


def words(text: str) -> int:
    """Words of prose, without formulas and code blocks."""
    text = re.sub(r"```.*?```|\$\$.*?\$\$", " ", text, flags=re.DOTALL)
    return len([word for word in text.split() if re.search(r"\w", word)])


def prose(course: Course, chapter: Chapter) -> Iterator[tuple[int, str]]:
    """At most 150 words to read between two things to do. The start page is for reading."""
    if chapter.number == 0:
        return
    count = dict.fromkeys(LANGUAGES, 0)
    for cell in visible_cells(chapter):
        if cell.kind == "code":
            count = dict.fromkeys(LANGUAGES, 0)
            continue
        for lang in LANGUAGES:
            count[lang] += words(cell.text[lang])
            if count[lang] > MAX_WORDS:
                yield cell.line, f"{count[lang]} words ({lang}) between two actions; at most {MAX_WORDS}"


def code(course: Course, chapter: Chapter) -> Iterator[tuple[int, str]]:
    """Code cells parse blank and solved, and what the learner fills in fits on a screen."""
    for cell in chapter.cells:
        if cell.kind != "code":
            continue
        for solved in (False, True):
            source = cell.source("en", solved)
            try:
                tree = ast.parse(source)
            except SyntaxError as error:
                yield cell.line, f"{'solved' if solved else 'blank'} code does not parse: {error.msg}"
                continue
            if cell.exercises and any(
                isinstance(n, ast.Expr) and isinstance(n.value, ast.Call) for n in tree.body
            ):
                yield (
                    cell.line,
                    "a call beside a solution would run with every check; give it a cell of its own",
                )
        count = len(cell.source("en", False).strip().split("\n"))
        if cell.role == "implement" and count > MAX_LINES:
            yield cell.line, f"{count} lines to read before starting; at most {MAX_LINES}"
        for found in re.finditer(r"dezero_lab\.stages\.ch(\d\d)", cell.text["en"]):
            if chapter.number and int(found[1]) > chapter.number:
                yield cell.line, f"imports stage {int(found[1])}, which is still ahead"


def leaks(course: Course, chapter: Chapter) -> Iterator[tuple[int, str]]:
    """No solution may stand in what the blank notebook shows."""
    shown = [(cell, _squeezed(cell.source(lang, False))) for cell in chapter.cells for lang in LANGUAGES]
    for cell in chapter.cells:
        if cell.kind != "code":
            continue
        for exercise, lines in solutions(cell.text["en"]):
            body = _squeezed("\n".join(line for line in lines if not line.strip().startswith("#")))
            if len(body) < 12:
                continue
            for other in dict.fromkeys(c.line for c, text in shown if body in text):
                yield other, f"the solution of {exercise} (line {cell.line}) can be read here"


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def stale(course: Course, chapter: Chapter) -> Iterator[tuple[int, str]]:
    """A class that is not repeated after its base or its partner changed would still use the old one.

    `Square` stays a subclass of yesterday's `Function` until it is run again; `Function` from a stage module keeps
    making that module's `Variable`. The cure is a `<!-- carry: Square, Exp -->` mark behind the new class.
    """
    if chapter.number is None or not 1 <= chapter.number <= 22:
        return
    before = course.before(chapter)
    made: dict[str, tuple[int, ast.stmt]] = {}
    cells: Iterable[Cell] = [c for c in chapter.cells if c.carry or c in engine_cells(chapter)]
    for position, cell in enumerate(cells):
        found = [before.definitions[n] for n in cell.carry if n in before.definitions]
        if missing := [name for name in cell.carry if name not in before.definitions]:
            yield (
                cell.line,
                f"nothing to carry: {', '.join(missing)} is not in the stage this chapter starts from",
            )
        for definition in found or statements(solved_code(cell)):
            if definition.name.isidentifier():
                made[definition.name] = (position, definition.node)
    keeps = chapter.meta.get("keeps")
    changed = {name for name in made if name in before.definitions}
    for name, (position, node) in made.items():
        for base in at_once(node):
            if base in made and base != name and made[base][0] > position:
                yield 1, f"{name} is defined before the new {base} it builds on"
    text = "\n".join(solved_code(cell) for cell in chapter.cells if cell.kind == "code" and not cell.carry)
    for name, definition in before.definitions.items():
        if name in made or not name.isidentifier() or not re.search(rf"\b{name}\b", text):
            continue
        if old := sorted((names_in(definition.node) - {name}) & changed):
            yield 1, f"{name} still uses the older {', '.join(old)}; repeat it with <!-- carry: {name} -->"
    for name in keeps or []:
        if name not in made:
            yield 1, f"front matter: keeps names {name}, which the chapter does not define"


def definitions(course: Course, chapter: Chapter) -> Iterator[tuple[int, str]]:
    """Every exercise and question in the text is defined in dezero_lab/exercises, and the other way round."""
    root = Path(course.folder).parent
    kind = {"c": "column_", "a": "appendix_"}.get(chapter.key[0], chapter.key[0])
    stem = f"ch{chapter.key}" if chapter.number is not None else kind + chapter.key[1:].lower()
    if chapter.number == 0 or not (root / "dezero_lab" / "exercises" / f"{stem}.py").exists():
        if checks := _calls(chapter, "check"):
            yield 1, f"dezero_lab/exercises/{stem}.py does not define {', '.join(checks)}"
        return
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    module = importlib.import_module(f"dezero_lab.exercises.{stem}")
    written, known = set(chapter.exercises()), {exercise.id for exercise in module.EXERCISES}
    for missing in sorted(written - known):
        yield 1, f"{missing} has a solution here and no definition in dezero_lab/exercises/{stem}.py"
    for missing in sorted(known - written):
        yield 1, f"{missing} is defined in dezero_lab/exercises/{stem}.py and has no solution here"
    for missing in sorted(known - set(_calls(chapter, "check"))):
        yield 1, f'{missing} is never checked: add ch.check("{missing}")'
    asked = {*_calls(chapter, "predict"), *_calls(chapter, "say")}
    for missing in sorted(asked - {question.id for question in module.QUESTIONS}):
        yield 1, f"the question {missing} is not defined in dezero_lab/exercises/{stem}.py"


def _calls(chapter: Chapter, method: str) -> list[str]:
    """The ids handed to `ch.check(..)`, `ch.predict(..)` or `ch.say(..)` in a chapter."""
    text = "\n".join(cell.text["en"] for cell in chapter.cells if cell.kind == "code")
    return list(dict.fromkeys(re.findall(rf'ch\.{method}\("(\w+(?:\.\d+)?)"', text)))


def report(chapters: Iterable[Chapter]) -> str:
    """A table: minutes, cells, words in each language, exercises."""
    rows = ["chapter                                    min  cells  words en  words ko  exercises"]
    for chapter in chapters:
        text = {
            lang: sum(words(c.text[lang]) for c in visible_cells(chapter) if c.kind == "markdown")
            for lang in LANGUAGES
        }
        rows.append(
            f"{chapter.path.stem:<42} {chapter.meta['minutes']:>3}  {len(visible_cells(chapter)) + 1:>5}"
            f"  {text['en']:>8}  {text['ko']:>8}  {' '.join(chapter.exercises())}"
        )
    return "\n".join(rows)
