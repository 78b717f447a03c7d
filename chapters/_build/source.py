"""Read one chapter source: front matter, language blocks, code cells, solutions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("en", "ko")
MARKER = re.compile(r"^<!-- (en|ko|both)(?:: ([a-z]+))? -->$")
CARRY = re.compile(r"^<!-- carry( E\w+\.\d)?: ([\w, ]+) -->$")
FENCE = re.compile(r"^```python(?: (E\w+\.\d))?$")
BEGIN = re.compile(r"^(\s*)# BEGIN SOLUTION (E\w+\.\d)$")
COMMENT = re.compile(r"# en: (?P<en>.*?) \| ko: (?P<ko>.*)$", re.MULTILINE)
YOUR_TURN = "...  # en: your turn | ko: 여기를 채우세요"


class SourceError(ValueError):
    """A chapter source that cannot be built; the message starts with file and line."""


@dataclass
class Cell:
    """One cell of a chapter, in both languages. `carry` names definitions to repeat from earlier chapters."""

    kind: str  # "markdown" | "code"
    role: str  # hook, predict, idea, step, implement, check, ...; "" when nothing special
    text: dict[str, str]  # language -> source, solutions still inside
    line: int
    exercises: tuple[str, ...] = ()
    carry: tuple[str, ...] = ()

    @property
    def folded(self) -> bool:
        """True for the cells that open only on request and count neither as prose nor as cells."""
        return self.role in ("deeper", "presenter") or bool(self.carry)

    def source(self, lang: str, solved: bool) -> str:
        """The text of the cell in one language, blank or with the solutions in place."""
        return localized(render(self.text[lang], solved), lang)


@dataclass
class Chapter:
    """A parsed source file."""

    path: Path
    meta: dict[str, Any]
    cells: list[Cell] = field(default_factory=list)

    @property
    def key(self) -> str:
        """ "07" for chapter 7, "cA" for column A, "00" for the start page."""
        chapter = self.meta["chapter"]
        return f"{chapter:02d}" if isinstance(chapter, int) else str(chapter)

    @property
    def number(self) -> int | None:
        """The chapter number, or None for columns, primers and bridges."""
        chapter = self.meta["chapter"]
        return chapter if isinstance(chapter, int) else None

    def exercises(self) -> list[str]:
        """Ids of the exercises with a solution, in the order of the text."""
        return list(dict.fromkeys(e for cell in self.cells for e in cell.exercises))


def localized(code: str, lang: str) -> str:
    """Choose one half of every `# en: ... | ko: ...` comment."""
    return COMMENT.sub(lambda m: f"# {m[lang]}", code)


def render(code: str, solved: bool) -> str:
    """Replace every solution block by its solution or by its starter lines."""
    out: list[str] = []
    for line, part in _parts(code):
        if part == "text" or (part == "solution" and solved):
            out.append(line)
        elif part == "starter" and not solved:
            indent, _, rest = line.partition("#|")
            out.append((indent + rest.removeprefix(" ")).rstrip())
    return "\n".join(out)


def solutions(code: str) -> list[tuple[str, list[str]]]:
    """(exercise id, solution lines) for every solution block of a cell."""
    blocks: list[tuple[str, list[str]]] = []
    for line, part in _parts(code):
        if part == "begin":
            blocks.append((line, []))
        elif part == "solution":
            blocks[-1][1].append(line)
    return blocks


def _parts(code: str) -> Iterator[tuple[str, str]]:
    """Yield (line, "text" | "begin" | "solution" | "starter"); "begin" carries the exercise id."""
    state, starter, indent = "text", False, ""
    for line in code.split("\n"):
        if found := BEGIN.match(line):
            if state != "text":
                raise ValueError(f"BEGIN SOLUTION inside a solution: {line.strip()}")
            state, starter, indent = "solution", False, found[1]
            yield found[2], "begin"
        elif state != "text" and line.strip() == "# BLANK":
            starter = True
        elif state != "text" and line.strip().startswith("#|"):
            starter = True
            yield line, "starter"
        elif line.strip() == "# END SOLUTION":
            if state == "text":
                raise ValueError("END SOLUTION without a beginning")
            if not starter:
                yield f"{indent}#| {YOUR_TURN}", "starter"
            state = "text"
        else:
            yield line, state
    if state != "text":
        raise ValueError("BEGIN SOLUTION without END SOLUTION")


def read(path: Path) -> Chapter:
    """Parse one source file. Raises SourceError with file and line for anything that cannot be built."""
    lines = path.read_text(encoding="utf-8").split("\n")
    if lines[0] != "---" or "---" not in lines[1:]:
        raise SourceError(f"{path.name}:1: the file must open with front matter between two lines ---")
    end = lines.index("---", 1)
    chapter = Chapter(path, yaml.safe_load("\n".join(lines[1:end])))
    pending: tuple[list[Cell], int, str] | None = (
        None  # the English half of a pair that waits for its Korean one
    )
    at = end + 1
    while at < len(lines):
        line = lines[at]
        if found := CARRY.match(line):
            names = tuple(name.strip() for name in found[2].split(","))
            exercise = (found[1].strip(),) if found[1] else ()
            chapter.cells.append(
                Cell("code", "carry", dict.fromkeys(LANGUAGES, ""), at + 1, exercises=exercise, carry=names)
            )
            at += 1
            continue
        marker = MARKER.match(line)
        if not marker:
            if line.strip():
                raise SourceError(f"{path.name}:{at + 1}: text outside a language block: {line[:60]!r}")
            at += 1
            continue
        stop = at + 1
        while stop < len(lines) and not MARKER.match(lines[stop]) and not CARRY.match(lines[stop]):
            stop += 1
        lang, role = marker[1], marker[2] or ""
        block = _block(path, lines, at + 1, stop, role)
        if lang == "ko":
            if pending is None:
                raise SourceError(f"{path.name}:{at + 1}: a Korean block without an English one before it")
            chapter.cells += _pair(path, *pending, block)
            pending = None
        else:
            if pending is not None:
                raise SourceError(f"{path.name}:{pending[1]}: an English block without a Korean one after it")
            if lang == "en":
                pending = (block, at + 1, role)
            else:
                chapter.cells += block
        at = stop
    if pending is not None:
        raise SourceError(f"{path.name}:{pending[1]}: an English block without a Korean one after it")
    _drop_title(chapter)
    _attach(chapter)
    return chapter


def _drop_title(chapter: Chapter) -> None:
    """The front matter holds the title; a `# 7 · ...` line that opens the text for its reader is not repeated."""
    first = chapter.cells[0] if chapter.cells else None
    if first and all(text.startswith("# ") for text in first.text.values()):
        first.text = {lang: text.partition("\n")[2].strip("\n") for lang, text in first.text.items()}
        if not any(first.text.values()):
            chapter.cells.remove(first)


def _attach(chapter: Chapter) -> None:
    """Classes repeated behind an exercise belong to it, up to its check."""
    current: tuple[str, ...] = ()
    for cell in chapter.cells:
        if cell.kind != "code":
            continue
        if cell.role == "check":
            current = ()
        elif cell.role == "implement":
            current = cell.exercises
        elif cell.role in ("carry", "engine") and not cell.exercises:
            cell.exercises = current


def _block(path: Path, lines: list[str], start: int, stop: int, role: str) -> list[Cell]:
    """Split the lines of one block into Markdown and code cells."""
    cells: list[Cell] = []
    text: list[str] = []
    first = start

    def flush() -> None:
        body = "\n".join(text).strip("\n")
        if body.strip():
            cells.append(Cell("markdown", role, dict.fromkeys(LANGUAGES, body), first + 1))
        text.clear()

    at = start
    while at < stop:
        if fence := FENCE.match(lines[at]):
            flush()
            close = at + 1
            while close < stop and lines[close] != "```":
                close += 1
            if close == stop:
                raise SourceError(f"{path.name}:{at + 1}: this code block is not closed")
            code = "\n".join(lines[at + 1 : close])
            try:
                ids = [exercise for exercise, _ in solutions(code)]
            except ValueError as error:
                raise SourceError(f"{path.name}:{at + 1}: {error}") from None
            if fence[1]:
                ids.append(fence[1])
            cells.append(
                Cell(
                    "code",
                    _code_role(code, role),
                    dict.fromkeys(LANGUAGES, code),
                    at + 1,
                    tuple(dict.fromkeys(ids)),
                )
            )
            at = first = close + 1
        else:
            if not text:
                first = at
            text.append(lines[at])
            at += 1
    flush()
    return cells


def _pair(path: Path, english: list[Cell], line: int, role: str, korean: list[Cell]) -> list[Cell]:
    """Join the English and the Korean half of a block cell by cell."""
    if [cell.kind for cell in english] != [cell.kind for cell in korean]:
        raise SourceError(f"{path.name}:{line}: the English and the Korean block do not have the same cells")
    for one, two in zip(english, korean, strict=True):
        one.role = role or one.role
        one.text = {"en": one.text["en"], "ko": two.text["ko"]}
    return english


def _code_role(code: str, given: str) -> str:
    """The part a code cell plays: what its own call says, else the role of its block, else what it looks like."""
    found = code_role(code)
    return (
        found if not given or found in ("predict", "check", "say", "reflect", "save", "implement") else given
    )


def code_role(code: str) -> str:
    """The part a code cell plays in the chapter, as far as its text tells."""
    if "# BEGIN SOLUTION" in code:
        return "implement"
    if "lab.chapter(" in code:
        return "start"
    for name in ("predict", "check", "say", "reflect", "save"):
        if f"ch.{name}(" in code:
            return name
    if "ch.break_it(" in code:
        return "break"
    if re.search(r"\bch\.(step|graph|boxes|secant|stack|queue|gradients)\(", code):
        return "step"
    if re.match(r"(class|def|@)", code):
        return "engine"
    return ""
