"""Build the course: notebooks in two languages, stage modules, reference solutions and starters.

    python chapters/build.py              build everything
    python chapters/build.py 7 8          build these chapters only
    python chapters/build.py --check      compare what is committed with what would be written, byte by byte
    python chapters/build.py --solved DIR write the notebooks with the solutions filled in to DIR/en and DIR/ko
    python chapters/build.py --stage 7    print the classes after chapter 7
    python chapters/build.py --report     minutes, cells and words of every chapter

A source that breaks a rule of the course (see `_build/lint.py` and README.md) is refused with file and line.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from _build.engine import Engine, exercise_code
from _build.lint import lint, report
from _build.notebook import notebook
from _build.source import LANGUAGES, Chapter, SourceError, read

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent / "dezero_lab"


@dataclass(frozen=True)
class Course:
    """Every chapter source in a folder, read once, with the engine before and after each."""

    folder: Path

    @cached_property
    def chapters(self) -> dict[str, Chapter]:
        """Chapters by key, in the order of their file names."""
        return {chapter.key: chapter for chapter in map(read, sorted((self.folder / "src").glob("*.md")))}

    @cached_property
    def concepts(self) -> dict[str, dict[str, Any]]:
        """Concept id to its names and the key of the chapter that introduces it."""
        return {
            concept["id"]: concept | {"first": key_of(concept["first"])} for concept in self.map["concepts"]
        }

    @cached_property
    def entries(self) -> dict[str, dict[str, Any]]:
        """Chapter key to its titles and minutes on the course map."""
        return {key_of(entry["id"]): entry for entry in self.map["chapters"]}

    @cached_property
    def map(self) -> dict[str, Any]:
        """The course map: the one place where chapters and concepts are named."""
        path = self.folder.parent / "widgets" / "dezero_widgets" / "concepts.json"
        return json.loads(path.read_text(encoding="utf-8"))

    @cached_property
    def links(self) -> dict[str, str]:
        """Chapter key to the file name of its notebook."""
        return {key: f"{chapter.path.stem}.ipynb" for key, chapter in self.chapters.items()}

    @cached_property
    def engines(self) -> dict[int, Engine]:
        """The learner's classes after each numbered chapter."""
        engine, found = Engine(), {0: Engine()}
        for chapter in self.numbered():
            engine = found[chapter.number or 0] = engine.after(chapter)
        return found

    def numbered(self) -> list[Chapter]:
        """Chapters 1 to 22 at most: from 23 on the learner's code is a package, not a cell."""
        return [c for c in self.chapters.values() if c.number is not None and 1 <= c.number <= 22]

    def before(self, chapter: Chapter) -> Engine:
        """The engine a chapter starts from: front matter `stage`, else the chapter before it."""
        stage = chapter.meta.get("stage", (chapter.number or 0) - 1)
        known = [number for number in self.engines if number <= stage]
        return self.engines[max(known, default=0)]

    def notebook(self, chapter: Chapter, lang: str, solved: bool) -> str:
        """One notebook as text."""
        before = self.before(chapter)
        carried = {cell.line: before.code(cell.carry) for cell in chapter.cells if cell.carry}
        return notebook(chapter, lang, solved, self.concepts, self.links, carried)

    def files(self, chapters: Iterable[Chapter]) -> dict[Path, str]:
        """Every generated, committed file of these chapters: path relative to the project, text."""
        root, out = self.folder.parent, {}
        for chapter in chapters:
            for lang in LANGUAGES:
                out[root / "chapters" / lang / f"{chapter.path.stem}.ipynb"] = self.notebook(
                    chapter, lang, False
                )
            for exercise in chapter.exercises():
                stem = exercise.replace(".", "_")
                for kind, solved in (("solutions", True), ("starters", False)):
                    text = exercise_code(chapter, exercise, self.before(chapter), solved)
                    out[root / "dezero_lab" / "exercises" / kind / f"{stem}.py"] = text
            if chapter in self.numbered():
                path = root / "dezero_lab" / "stages" / f"ch{chapter.key}.py"
                out[path] = self.engines[chapter.number or 0].module(chapter)
        return out


def key_of(name: str) -> str:
    """ "7" and "07" are chapter "07"; "cA" stays as it is."""
    return name.zfill(2) if name.isdigit() else name


def write(path: Path, text: str) -> None:
    """Write with the same bytes on every system."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


def main(argv: list[str] | None = None) -> int:
    """Run the command line; 0 when everything is in order."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("chapters", nargs="*", help="chapter numbers or keys; all when none is given")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument(
        "--draft", action="store_true", help="write although rules are broken; they are still listed"
    )
    parser.add_argument("--solved", metavar="DIR", type=Path, help="write the solved notebooks to DIR")
    parser.add_argument("--stage", metavar="N", type=int, help="print the classes after chapter N")
    parser.add_argument("--report", action="store_true", help="minutes, cells and words of every chapter")
    options = parser.parse_args(argv)
    course = Course(HERE)
    try:
        wanted = {key_of(key) for key in options.chapters}
        if unknown := wanted - set(course.chapters):
            raise SourceError(f"no source for chapter {', '.join(sorted(unknown))} in chapters/src")
        chosen = [chapter for key, chapter in course.chapters.items() if not wanted or key in wanted]
        if options.stage is not None:
            print(course.engines[options.stage].module(course.chapters[f"{options.stage:02d}"]), end="")
            return 0
        if options.report:
            print(report(chosen))
            return 0
        problems = [problem for chapter in chosen for problem in lint(course, chapter)]
        if problems:
            print("\n".join(problems), file=sys.stderr)
            if not options.draft:
                return 1
        if options.solved:
            for chapter in chosen:
                for lang in LANGUAGES:
                    text = course.notebook(chapter, lang, solved=True)
                    write(options.solved / lang / f"{chapter.path.stem}.ipynb", text)
            return 0
        files = course.files(chosen)
        if options.check:
            stale = [
                p for p, text in files.items() if not p.exists() or p.read_bytes() != text.encode("utf-8")
            ]
            stale += [] if wanted else orphans(course, files)
            for path in stale:
                print(
                    f"{path.relative_to(HERE.parent)} is not what chapters/build.py writes", file=sys.stderr
                )
            return int(bool(stale))
        for path, text in files.items():
            write(path, text)
        return 0
    except SourceError as error:
        print(error, file=sys.stderr)
        return 1


def orphans(course: Course, files: dict[Path, str]) -> list[Path]:
    """Generated files on disk that no source produces any more."""
    root = course.folder.parent
    found = [
        *root.glob("chapters/en/*.ipynb"),
        *root.glob("chapters/ko/*.ipynb"),
        *PACKAGE.glob("stages/ch*.py"),
    ]
    found += [*PACKAGE.glob("exercises/solutions/E*.py"), *PACKAGE.glob("exercises/starters/E*.py")]
    return sorted(path for path in found if path not in files)


if __name__ == "__main__":
    sys.exit(main())
