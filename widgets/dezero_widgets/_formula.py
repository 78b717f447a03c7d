"""The return expression of a `forward` or `backward` with the numbers of this very call filled in.

``return 2 * x * gy`` becomes ``2 * x * gy = 2 * 2.0 * 1.0 = 4.0``. The expression is read from the learner's source,
never executed: a small evaluator knows arithmetic and a few NumPy functions. What it computes is compared with what the
call really returned, and when the two differ, or anything is unknown, there is no formula rather than a wrong one.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dezero_lab.trace import Snapshot, Source
from dezero_lab.trace.narrate import number

LONGEST = 160  # characters
_FUNCTIONS: dict[str, Any] = {
    name: getattr(np, name)
    for name in (
        "abs", "cos", "cosh", "exp", "log", "maximum", "minimum", "negative", "ones_like", "sign", "sin", "sinh",
        "sqrt", "square", "tan", "tanh", "zeros_like",
    )
}  # fmt: skip
_OPERATORS: dict[type, Any] = {
    ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.Div: np.true_divide, ast.Pow: np.power,
    ast.MatMult: np.matmul,
}  # fmt: skip
_LINKS = {"input": "one", "inputs": "many", "output": "one", "outputs": "many"}


class _Unknown(Exception):
    pass


@dataclass(frozen=True)
class _Box:
    """A Variable seen through `self.inputs[0]`; its `.data` is the array."""

    value: Any


def fill_in(
    source: Source,
    lineno: int,
    args: Sequence[Snapshot],
    results: Sequence[Snapshot],
    inputs: Sequence[Snapshot | None] = (),
    outputs: Sequence[Snapshot | None] = (),
) -> str | None:
    """The formula of the `return` on line `lineno` of `source`, or None when it cannot be told for certain.

    Args:
        source: the method, as recorded.
        lineno: the last line that ran before it returned.
        args: what the method received, without `self`.
        results: what it returned.
        inputs, outputs: what the variables of the call hold, for ``self.inputs[0].data``.
    """
    try:
        function = ast.parse(textwrap.dedent("\n".join(source.lines))).body[0]
        if not isinstance(function, ast.FunctionDef) or not results:
            return None
        line = lineno - source.first_line + 1
        returned = _return_on(function, line)
        if returned is None:
            return None
        reader = _Reader(inputs, outputs)
        reader.bind(function, args)
        reader.run(function.body, until=line)
        returned = reader.expand(returned)
        text = " ".join(ast.unparse(returned).split())
        value = reader.value(returned)
        if not _agrees(value, results, reader.shapes_only):
            return None
        filled = " ".join(ast.unparse(reader.fill(returned)).split())
        shown = _text(value, reader.shapes_only)
        parts = list(dict.fromkeys((text, filled, shown)))
        formula = " = ".join(parts)
        return formula if len(parts) > 1 and len(formula) <= LONGEST else None
    except (_Unknown, SyntaxError, ArithmeticError, ValueError, TypeError, IndexError, RecursionError):
        return None


def _return_on(function: ast.FunctionDef, line: int) -> ast.expr | None:
    for node in ast.walk(function):
        if not isinstance(node, ast.Return) or node.value is None:
            continue
        if node.lineno <= line <= (node.end_lineno or node.lineno):
            return node.value
    return None


class _Reader:
    """Names to values, as far as straight-line code tells."""

    def __init__(self, inputs: Sequence[Snapshot | None], outputs: Sequence[Snapshot | None]) -> None:
        self.shapes_only = False
        self.names: dict[str, Any] = {}
        self.made: dict[str, ast.expr] = {}
        self.links = {"input": list(inputs), "output": list(outputs)}

    def bind(self, function: ast.FunctionDef, args: Sequence[Snapshot]) -> None:
        names = [arg.arg for arg in function.args.args[1:]]
        if len(names) == 1 and len(args) > 1:  # forward(self, xs): one list of arrays
            self.names[names[0]] = tuple(self.number(s) for s in args)
            return
        for name, snap in zip(names, args, strict=False):
            self.names[name] = self.number(snap)
        if function.args.vararg is not None:
            self.names[function.args.vararg.arg] = tuple(self.number(s) for s in args[len(names) :])

    def number(self, snap: Snapshot | None) -> Any:
        """The value itself; zeros of its shape when the elements were not kept."""
        if snap is None or snap.is_none:
            raise _Unknown
        if snap.shape is None:
            if not snap.values or isinstance(snap.values[0], str):
                raise _Unknown
            return snap.values[0]
        array = snap.array()
        if array is not None:
            return array
        if int(np.prod(snap.shape)) > 1_000_000:
            raise _Unknown
        self.shapes_only = True
        return np.zeros(snap.shape)

    def run(self, body: list[ast.stmt], until: int) -> None:
        """Follow the assignments above line `until`; what is written inside a branch or loop becomes unknown."""
        for statement in body:
            if statement.lineno >= until:
                return
            if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
                try:
                    self._assign(statement.targets[0], self.value(statement.value))
                    self._remember(statement.targets[0], statement.value)
                    continue
                except (_Unknown, ArithmeticError, ValueError, TypeError, IndexError):
                    pass
            for node in ast.walk(statement):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    self.names.pop(node.id, None)
                    self.made.pop(node.id, None)

    def _remember(self, target: ast.expr, value: ast.expr) -> None:
        for node in ast.walk(target):
            if isinstance(node, ast.Name):
                self.made.pop(node.id, None)
        if isinstance(target, ast.Name) and isinstance(value, (ast.BinOp, ast.UnaryOp, ast.Call)):
            self.made[target.id] = value

    def expand(self, node: ast.expr) -> ast.expr:
        """``gx = 2 * x * gy; return gx`` is told as its calculation: names that are returned as they are become theirs."""
        if isinstance(node, ast.Tuple):
            if len(node.elts) == 1:  # return (y,)
                return self.expand(node.elts[0])
            return ast.Tuple([self.expand(e) for e in node.elts], ast.Load())
        return self.made.get(node.id, node) if isinstance(node, ast.Name) else node

    def _assign(self, target: ast.expr, value: Any) -> None:
        if isinstance(target, ast.Name):
            self.names[target.id] = value
        elif isinstance(target, (ast.Tuple, ast.List)) and isinstance(value, tuple):
            for part, item in zip(target.elts, value, strict=True):
                self._assign(part, item)
        else:
            raise _Unknown

    def value(self, node: ast.expr) -> Any:
        match node:
            case ast.Constant(value=bool() | int() | float()):
                return node.value
            case ast.Name(id=name) if name in self.names:
                return self.names[name]
            case ast.Tuple(elts=elements) | ast.List(elts=elements):
                return tuple(self.value(e) for e in elements)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
                with np.errstate(all="ignore"):
                    return _OPERATORS[type(op)](self.array(left), self.array(right))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return np.negative(self.array(operand))
            case ast.Attribute(value=ast.Name(id="self"), attr=attr) if attr in _LINKS:
                return self._link(attr)
            case ast.Attribute(value=inner, attr="data"):
                box = self.value(inner)
                return box.value if isinstance(box, _Box) else box
            case ast.Attribute(value=inner, attr="T"):
                return np.transpose(self.array(inner))
            case ast.Attribute(value=inner, attr="shape"):
                return np.shape(self.array(inner))
            case ast.Subscript(value=inner, slice=ast.Constant(value=int() as index)):
                found = self.value(inner)
                if isinstance(found, tuple):
                    return found[index]
            case ast.Call(func=ast.Subscript() as weak, args=[], keywords=[]):  # self.outputs[0]()
                return self.value(weak)
            case ast.Call(func=function, args=arguments, keywords=[]):
                name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
                if name in _FUNCTIONS and _is_module_function(function):
                    with np.errstate(all="ignore"):
                        return _FUNCTIONS[name](*(self.array(a) for a in arguments))
        raise _Unknown

    def array(self, node: ast.expr) -> Any:
        value = self.value(node)
        if isinstance(value, _Box):
            value = value.value
        if isinstance(value, tuple):
            raise _Unknown
        # Integers stay Python integers in the learner's code too; only powers of negative integers differ.
        return float(value) if type(value) is int and isinstance(node, ast.Name) else value

    def _link(self, attr: str) -> Any:
        snaps = self.links[attr.rstrip("s")]
        boxes = tuple(_Box(self.number(s)) for s in snaps)
        if _LINKS[attr] == "many":
            return boxes
        if len(boxes) != 1:
            raise _Unknown
        return boxes[0]

    def fill(self, node: ast.expr) -> ast.expr:
        return _Filler(self).visit(ast.parse(ast.unparse(node), mode="eval").body)


class _Filler(ast.NodeTransformer):
    """Replaces names and attribute chains that stand for a value by that value."""

    def __init__(self, reader: _Reader) -> None:
        self.reader = reader

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)):
            value = self.reader.value(node)
            if isinstance(value, _Box):
                value = value.value
            if not isinstance(value, tuple):
                # The text is no Python; ast.unparse writes the id as it is.
                return ast.Name(id=_text(value, self.reader.shapes_only, nested=True), ctx=ast.Load())
        return super().generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if not node.args:
            return self.generic_visit(ast.Name(id=self._hold(node), ctx=ast.Load()))
        node.args = [self.visit(a) for a in node.args]
        return node

    def _hold(self, node: ast.Call) -> str:
        name = f"_{len(self.reader.names)}"
        self.reader.names[name] = self.reader.value(node)
        return name


def _is_module_function(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return True
    return isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id in (
        "np", "xp", "numpy", "F",
    )  # fmt: skip


def _agrees(value: Any, results: Sequence[Snapshot], shapes_only: bool) -> bool:
    values = value if isinstance(value, tuple) else (value,)
    if len(values) != len(results):
        return False
    for mine, snap in zip(values, results, strict=True):
        mine = mine.value if isinstance(mine, _Box) else mine
        shape = snap.shape if snap.shape is not None else ()
        if np.shape(mine) != tuple(shape):
            return False
        if shapes_only or snap.values is None:
            continue
        real = snap.array() if snap.shape is not None else snap.values[0]
        if real is None or isinstance(real, str):
            return False
        if not np.allclose(
            np.asarray(mine, float), np.asarray(real, float), rtol=1e-4, atol=1e-9, equal_nan=True
        ):
            return False
    return True


def _text(value: Any, shapes_only: bool, nested: bool = False) -> str:
    if isinstance(value, _Box):
        value = value.value
    if isinstance(value, tuple):
        return "(" + ", ".join(_text(v, shapes_only) for v in value) + ")"
    shape = np.shape(value)
    if shapes_only and shape:
        return "[" + "×".join(map(str, shape)) + "]"
    if shape == ():
        text = number(float(value)) if not isinstance(value, int) else str(value)
        return f"({text})" if nested and text.startswith("-") else text
    if len(shape) == 1 and shape[0] <= 3:
        return "[" + ", ".join(number(float(v)) for v in np.asarray(value)) + "]"
    return "[" + "×".join(map(str, shape)) + "]"
