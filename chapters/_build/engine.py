"""Take the learner's finished classes out of the chapters: stages, reference solutions, starters."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field
from textwrap import fill, indent

from _build.source import Cell, Chapter, SourceError, localized, render

WIDTH = 110
HEADER = "# Written by chapters/build.py from {}. Edit that file instead.\n"


@dataclass
class Definition:
    """One top-level statement of the learner's code and what it defines."""

    name: str
    source: str
    node: ast.stmt


@dataclass
class Engine:
    """The learner's definitions after some chapter, last one of each name, in a runnable order."""

    imports: dict[str, None] = field(default_factory=dict)
    definitions: dict[str, Definition] = field(default_factory=dict)

    def after(self, chapter: Chapter) -> Engine:
        """This engine with the solved code of one more chapter on top.

        The front matter may list `keeps`, the only names of the chapter that stay, and `drops`, older names that go.
        """
        engine = Engine(dict(self.imports), dict(self.definitions))
        keeps, drops = chapter.meta.get("keeps"), chapter.meta.get("drops") or []
        for cell in chapter.cells:
            if cell.kind == "code":
                try:
                    engine.imports.update(dict.fromkeys(imports_of(solved_code(cell))))
                except SyntaxError as error:
                    where = f"{chapter.path.name}:{cell.line}"
                    raise SourceError(f"{where}: solved code does not parse: {error.msg}") from None
        for cell in engine_cells(chapter):
            definitions = statements(solved_code(cell))
            for new in definitions:
                if (
                    keeps is not None
                    and new.name.split(".")[0] not in keeps
                    and new.name not in engine.definitions
                ):
                    continue
                engine.definitions[new.name] = merged(engine.definitions.get(new.name), new)
        for name in drops:
            for gone in [key for key in engine.definitions if key == name or key.startswith(name + ".")]:
                del engine.definitions[gone]
        engine.definitions = in_order(engine.definitions)
        return engine

    def code(self, names: Iterable[str]) -> str:
        """The definitions of the given names. Raises KeyError for a name the engine does not have."""
        return "\n\n\n".join(self.definitions[name].source for name in names)

    def module(self, chapter: Chapter) -> str:
        """The text of dezero_lab/stages/chNN.py."""
        public = [name for name in self.definitions if name.isidentifier() and not name.startswith("_")]
        body = "\n\n\n".join(definition.source for definition in self.definitions.values())
        imports = [line for line in sorted(self.imports) if uses(line, body)]
        if "import numpy as np" in imports:  # the standard library first, as everywhere
            imports.remove("import numpy as np")
            imports += [""] * bool(imports) + ["import numpy as np"]
        listed = fill(", ".join(f'"{name}"' for name in public), WIDTH - 4, break_long_words=False)
        listed = f"[{listed}]" if "\n" not in listed else "[\n" + indent(listed, "    ") + ",\n]"
        about = f"The classes after chapter {chapter.number}, {chapter.meta['title']['en']}."
        return "\n".join(
            [
                f'"""{about}\n\n{fill(", ".join(public), WIDTH)}\n"""',
                "",
                HEADER.format(f"chapters/src/{chapter.path.name}"),
                *imports,
                *([""] if imports else []),
                f"__all__ = {listed}",
                *(["", "", body] if body else []),
                "",
            ]
        )


def engine_cells(chapter: Chapter) -> list[Cell]:
    """The code cells whose definitions are the learner's."""
    return [
        c for c in chapter.cells if c.kind == "code" and not c.carry and (c.exercises or c.role == "engine")
    ]


def solved_code(cell: Cell) -> str:
    """The English text of a code cell with its solutions in place."""
    return localized(render(cell.text["en"], solved=True), "en")


def imports_of(code: str) -> list[str]:
    """Top-level import lines, those of the project left out."""
    lines = [
        ast.unparse(node) for node in ast.parse(code).body if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    return [line for line in lines if "dezero" not in line]


def statements(code: str) -> list[Definition]:
    """The named statements of a piece of code; what has no name (a loop, a print) is left out."""
    lines = code.split("\n")
    found: list[Definition] = []
    for node in ast.parse(code).body:
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        while first > 1 and lines[first - 2].startswith("#"):
            first -= 1  # comments directly above belong to the definition
        source = "\n".join(lines[first - 1 : node.end_lineno])
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
            found.append(Definition(node.name, source, node))
        elif isinstance(node, ast.Assign) and len(node.targets) == 1:
            found.append(Definition(ast.unparse(node.targets[0]), source, node))
    return found


def merged(old: Definition | None, new: Definition) -> Definition:
    """`class X(X): ...` continues the older class: its methods replace or follow the older ones."""
    if not isinstance(new.node, ast.ClassDef) or new.name not in {
        ast.unparse(base) for base in new.node.bases
    }:
        return new
    if old is None or not isinstance(old.node, ast.ClassDef):
        raise ValueError(f"class {new.name}({new.name}) continues a class that is not in the engine")
    kept = {_key(item): _lines(old, item) for item in old.node.body}
    kept |= {_key(item): _lines(new, item) for item in new.node.body}
    body_starts = min(item.lineno - len(getattr(item, "decorator_list", [])) for item in old.node.body)
    head = old.source.split("\n")[: body_starts - _first(old)]
    gaps = ["\n" if "def " in text else "" for text in kept.values()]
    source = "\n".join(
        [*head, *(gap + text for gap, text in zip(["", *gaps[1:]], kept.values(), strict=True))]
    )
    return Definition(new.name, source, ast.parse(source).body[0])


def _first(definition: Definition) -> int:
    """The line in its own cell at which the source of a definition begins."""
    end = definition.node.end_lineno
    assert end is not None
    return end - definition.source.count("\n")


def _key(item: ast.stmt) -> str:
    """What a class-body statement defines; property setters count apart from their getters."""
    if isinstance(item, (ast.FunctionDef, ast.ClassDef)):
        return item.name + "".join(
            ast.unparse(d) for d in item.decorator_list if isinstance(d, ast.Attribute)
        )
    if isinstance(item, ast.Assign):
        return ast.unparse(item.targets[0])
    return ast.unparse(item)


def _lines(definition: Definition, item: ast.stmt) -> str:
    """The source lines of one statement inside a class."""
    lines, offset = definition.source.split("\n"), _first(definition)
    start = min([item.lineno, *(d.lineno for d in getattr(item, "decorator_list", []))])
    return "\n".join(lines[start - offset : (item.end_lineno or start) - offset + 1])


def in_order(definitions: dict[str, Definition]) -> dict[str, Definition]:
    """The same definitions, each base class before its subclasses, assignments to `X.y` after what they name."""
    done: dict[str, Definition] = {}

    def place(name: str, trail: tuple[str, ...]) -> None:
        if name in done or name not in definitions or name in trail:
            return
        for needed in at_once(definitions[name].node):
            place(needed, (*trail, name))
        done[name] = definitions[name]

    for name in definitions:
        place(name, ())
    return done


def at_once(node: ast.stmt) -> list[str]:
    """Names a statement needs the moment it runs: bases, decorators, defaults, everything of an assignment."""
    if isinstance(node, ast.ClassDef):
        roots: list[ast.AST] = [*node.bases, *node.decorator_list]
        for item in node.body:
            roots += [item] if isinstance(item, (ast.Assign, ast.AnnAssign)) else []
            roots += [*item.decorator_list, item.args] if isinstance(item, ast.FunctionDef) else []
    elif isinstance(node, ast.FunctionDef):
        roots = [*node.decorator_list, node.args]
    else:
        roots = [node]
    return list(dict.fromkeys(n.id for root in roots for n in ast.walk(root) if isinstance(n, ast.Name)))


def names_in(node: ast.AST) -> set[str]:
    """Every name a piece of code reads."""
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def uses(line: str, body: str) -> bool:
    """True when the body reads a name that this import line gives."""
    node = ast.parse(line).body[0]
    assert isinstance(node, (ast.Import, ast.ImportFrom))
    given = {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    return bool(given & names_in(ast.parse(body)))


def exercise_code(chapter: Chapter, exercise: str, before: Engine, solved: bool) -> str:
    """The reference (or the starter) of one exercise: its cells and what they carry over.

    Learners read it beside their own code, so there is nothing in it but code.
    """
    parts: list[str] = []
    for cell in chapter.cells:
        if exercise in cell.exercises and cell.kind == "code":
            text = before.code(cell.carry) if cell.carry else localized(render(cell.text["en"], solved), "en")
            parts.append(text)
    body = "\n\n\n".join(part.strip("\n") for part in parts) + "\n"
    return ("import numpy as np\n\n\n" if "np." in body and "import numpy" not in body else "") + body
