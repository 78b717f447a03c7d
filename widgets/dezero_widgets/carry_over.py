"""From everything the learner ran to one short file: the classes and functions they own, as last defined.

`collect` reads the source of the cells, oldest first, and keeps imports, definitions and lines such as
`Variable.__add__ = add`. A cell that was run again replaces what it defined before. A class that extends itself
(`class Variable(Variable):`, the way chapters add one method) is folded into the class it extends, so what is saved
reads as one class and not as a ladder of them. Comments and layout stay the learner's.

`put_back` is the other direction: it runs saved source in a namespace, or leaves the namespace as it was.
"""

from __future__ import annotations

import ast
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dezero_lab.grading.exercise import execute

from .namespace import Names

OURS = frozenset({"lab", "ch", "dezero_widgets"})
"""Names of the lab itself: what mentions them belongs to the notebook, not to the learner's engine."""

_SIMPLE = (ast.Constant, ast.Name, ast.Attribute, ast.Lambda)


@dataclass(frozen=True)
class SavedCode:
    """Source that stands alone, and the names it defines, in order."""

    source: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class _Member:
    """One statement of a class body. Two members with the same key say the same thing; the later one counts."""

    key: str
    text: str
    tall: bool  # a function: set off by an empty line


@dataclass(frozen=True)
class _Piece:
    """One top-level statement worth keeping."""

    key: str
    text: str
    defines: str | None
    at_once: frozenset[str]  # names that must exist when the statement runs
    uses: frozenset[str]  # names it mentions anywhere
    header: str = ""  # of a class: its first lines,
    members: tuple[_Member, ...] = ()  # and its body
    extends_itself: bool = False
    foldable: bool = False
    sets_on: frozenset[str] = frozenset()  # of `Variable.__add__ = add`: Variable

    @property
    def is_definition(self) -> bool:
        return self.key.startswith("def ")


def collect(
    cells: Iterable[str], names: Container[str] | None = None, wanted: Container[str] | None = None
) -> SavedCode:
    """The learner's own definitions in the cells, each as last written, in an order that runs.

    `names`, when given, is the namespace as it is now: a definition whose name is gone from it is left out. `wanted`,
    when given, keeps only those definitions and what they use.

    >>> first = "class Box:\\n    def __init__(self, data):\\n        self.data = data"
    >>> again = "class Box(Box):\\n    def double(self):  # mine\\n        return 2 * self.data"
    >>> print(collect([first, "b = Box(1)", again]).source)
    class Box:
        def __init__(self, data):
            self.data = data
    <BLANKLINE>
        def double(self):  # mine
            return 2 * self.data
    <BLANKLINE>
    """
    imports: dict[str, tuple[str, str]] = {}
    pieces: dict[str, _Piece] = {}
    for cell in cells:
        try:
            tree = ast.parse(cell)
        except SyntaxError:
            continue
        lines = cell.splitlines()
        for statement in tree.body:
            if isinstance(statement, (ast.Import, ast.ImportFrom)):
                imports.update(_imported(statement))
                continue
            piece = _piece(statement, lines)
            if piece is None or piece.uses & OURS:
                continue
            again = f"{piece.key} again"
            before = pieces.get(again) or pieces.get(piece.key)
            if before is not None and piece.extends_itself:
                piece = _folded(before, piece) or replace(piece, key=again)
            else:
                pieces.pop(again, None)
            pieces[piece.key] = piece
    kept = _in_running_order(_needed(list(pieces.values()), names, wanted))
    defined = {p.defines for p in kept if p.defines and not p.extends_itself}
    used = frozenset[str]().union(*(p.uses for p in kept)) - defined
    source = "\n\n\n".join(filter(None, [_import_lines(imports, used), *(p.text for p in kept)]))
    owned = dict.fromkeys(p.defines for p in kept if p.defines and p.is_definition)
    return SavedCode(source + "\n" if source else "", tuple(owned))


def _needed(
    pieces: list[_Piece], names: Container[str] | None, wanted: Container[str] | None
) -> list[_Piece]:
    """Wanted definitions that still exist, what they use, and what is set on them (`Variable.__add__ = add`)."""
    there = [p for p in pieces if p.defines is None or names is None or p.defines in names]
    kept = [p for p in there if p.is_definition and (wanted is None or (p.defines or "") in wanted)]
    size = -1
    while size != len(kept):
        size = len(kept)
        defined = {p.defines for p in kept if p.is_definition}
        used = frozenset[str]().union(*(p.uses for p in kept))
        kept = [p for p in there if p in kept or p.defines in used or p.sets_on & defined]
    return kept


def defined_names(source: str) -> list[str]:
    """Top-level classes and functions of a source, in order.

    >>> defined_names("class A:\\n    pass\\n\\ndef b():\\n    pass\\n")
    ['A', 'b']
    """
    return [node.name for node in ast.parse(source).body if isinstance(node, (ast.ClassDef, ast.FunctionDef))]


def put_back(source: str, filename: str, names: Names) -> None:
    """Run saved source in the learner's namespace. When it fails, the namespace is as before and the error rises."""
    before = dict(names)
    try:
        execute(source, names, filename)
    except BaseException:
        names.clear()
        names.update(before)
        raise


def _imported(statement: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, tuple[str, str]]]:
    """(local name, (module or "", what follows `import`)) for each imported name that is not the lab."""
    module = "." * statement.level + (statement.module or "") if isinstance(statement, ast.ImportFrom) else ""
    if module.split(".")[0] in ("dezero_widgets", "__future__"):
        return
    for alias in statement.names:
        if not module and alias.name.split(".")[0] == "dezero_widgets":
            continue
        text = alias.name if alias.asname is None else f"{alias.name} as {alias.asname}"
        yield alias.asname or (alias.name if module else alias.name.split(".")[0]), (module, text)


def _import_lines(imports: dict[str, tuple[str, str]], used: frozenset[str]) -> str:
    lines: list[str] = []
    modules: dict[str, list[str]] = {}
    for local, (module, text) in imports.items():
        if local in used or local == "*":
            if module:
                modules.setdefault(module, []).append(text)
            else:
                lines.append(f"import {text}")
    lines += [f"from {module} import {', '.join(texts)}" for module, texts in modules.items()]
    return "\n".join(lines)


def _piece(statement: ast.stmt, lines: Sequence[str]) -> _Piece | None:
    uses = _loads(statement)
    if isinstance(statement, ast.FunctionDef):
        text = _slice(statement, lines, 0)
        return _Piece(f"def {statement.name}", text, statement.name, _at_once(statement), uses)
    if isinstance(statement, ast.ClassDef):
        return _class_piece(statement, lines, uses)
    if not isinstance(statement, ast.Assign) or not isinstance(statement.value, _SIMPLE):
        return None
    key, text = f"= {', '.join(map(ast.unparse, statement.targets))}", ast.unparse(statement)
    targets = statement.targets
    if all(isinstance(t, ast.Attribute) and isinstance(t.value, ast.Name) for t in targets):
        return _Piece(key, text, None, uses, uses, sets_on=frozenset().union(*map(_loads, targets)))
    if len(targets) == 1 and isinstance(targets[0], ast.Name):
        return _Piece(key, text, targets[0].id, uses, uses)
    return None


def _class_piece(node: ast.ClassDef, lines: Sequence[str], uses: frozenset[str]) -> _Piece:
    bases = [ast.unparse(base) for base in node.bases]
    first = _first_line(node.body[0])
    tidy = first > node.lineno  # not all on one line
    members = tuple(_members(node, lines)) if tidy else ()
    return _Piece(
        key=f"def {node.name}",
        text=_slice(node, lines, 0),
        defines=node.name,
        at_once=_at_once(node),
        uses=uses,
        header="\n".join(lines[_first_line(node) - 1 : _header_end(node, lines)]),
        members=members,
        extends_itself=node.name in bases,
        foldable=tidy and bases == [node.name] and not node.keywords and not node.decorator_list
        and not uses & {"super", "__class__"},
    )  # fmt: skip


def _members(node: ast.ClassDef, lines: Sequence[str]) -> Iterator[_Member]:
    end = _header_end(node, lines)
    for k, child in enumerate(node.body):
        text = _slice(child, lines, end)
        end = child.end_lineno or end
        if isinstance(child, ast.FunctionDef):
            marks = "".join(f"@{ast.unparse(d)} " for d in child.decorator_list)
            yield _Member(f"{marks}{child.name}", text, tall=True)
        elif isinstance(child, ast.Assign):
            yield _Member(f"= {', '.join(map(ast.unparse, child.targets))}", text, tall=False)
        elif isinstance(child, ast.Pass) or _is_dots(child):
            continue
        elif k == 0 and ast.get_docstring(node) is not None:
            yield _Member("docstring", text, tall=False)
        else:
            yield _Member(ast.unparse(child), text, tall=isinstance(child, ast.ClassDef))


def _folded(before: _Piece, after: _Piece) -> _Piece | None:
    """`before` with what `after` adds or redefines. None when only inheritance says it right."""
    if not after.foldable or not before.members:
        return None
    members = {m.key: m for m in before.members} | {m.key: m for m in after.members}
    parts: list[str] = []
    for member in members.values():
        gap = "\n" if parts and member.tall else ""
        parts.append(gap + member.text)
    return replace(
        before,
        text="\n".join([before.header, *parts]),
        members=tuple(members.values()),
        at_once=before.at_once | (after.at_once - {after.defines}),
        uses=before.uses | after.uses,
    )


def _in_running_order(pieces: list[_Piece]) -> list[_Piece]:
    """As given, except that a statement waits until the names it needs at once are there."""
    owned = {p.defines for p in pieces if p.defines}
    waiting, there, ordered = list(pieces), set[str | None](), list[_Piece]()
    while waiting:
        ready = next((p for p in waiting if (p.at_once & owned) - {p.defines} <= there), waiting[0])
        waiting.remove(ready)
        ordered.append(ready)
        there.add(ready.defines)
    return ordered


def _loads(node: ast.AST) -> frozenset[str]:
    return frozenset(n.id for n in ast.walk(node) if isinstance(n, ast.Name))


def _at_once(node: ast.AST) -> frozenset[str]:
    """Names that are looked up when a definition is executed, not when it is called."""
    if isinstance(node, ast.FunctionDef):
        now: list[ast.AST] = [*node.decorator_list, *node.args.defaults]
        now += [default for default in node.args.kw_defaults if default is not None]
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        now += [a.annotation for a in arguments if a.annotation] + ([node.returns] if node.returns else [])
        return frozenset[str]().union(*map(_loads, now))
    if isinstance(node, ast.ClassDef):
        head = frozenset[str]().union(*map(_loads, [*node.bases, *node.keywords, *node.decorator_list]))
        return head.union(*map(_at_once, node.body))
    return _loads(node)


def _is_dots(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and node.value.value is ...


def _first_line(node: ast.stmt) -> int:
    return min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])


def _header_end(node: ast.ClassDef, lines: Sequence[str]) -> int:
    """The last line of `class Name(...):`, which may run over several lines."""
    end = _first_line(node.body[0]) - 1
    while end > node.lineno and (not lines[end - 1].strip() or lines[end - 1].strip().startswith("#")):
        end -= 1
    return end


def _slice(node: ast.stmt, lines: Sequence[str], floor: int) -> str:
    """The statement's own lines, with the comment directly above it that is not before line `floor`."""
    start = _first_line(node)
    while start - 1 > floor and lines[start - 2].strip().startswith("#"):
        start -= 1
    return "\n".join(lines[start - 1 : node.end_lineno])
