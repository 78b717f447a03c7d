"""One function, three ways to its slope: number pairs, a growing formula, a walk back (column A).

The learner's plain function runs once on recording numbers. From its list of operations come three accounts of the
same derivative: dual numbers carried forward, the formula that symbolic rules write down without simplifying, and
the shares that a reverse walk hands back. Each account counts its own work.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

from ._base import STATIC
from .small_view import SmallView, Twin, number, shown, words

DRAWN = 255  # formula trees up to this many nodes are drawn, larger ones only counted
WRITTEN = 400  # characters of a formula that are written out
Leaf = str | float
Tree = Leaf | tuple[Any, ...]  # ("*", left, right)


class Operation(NamedTuple):
    """`name = left sign right`; an argument is an operation's index or a plain number."""

    name: str
    sign: str
    args: tuple[Any, ...]
    value: float


class Recorded:
    """A number that writes down what is done with it."""

    def __init__(self, tape: list[Operation], index: int) -> None:
        self._tape, self._index = tape, index

    def _apply(self, sign: str, left: Any, right: Any) -> Recorded:
        a, b = (x._index if isinstance(x, Recorded) else _Constant(float(x)) for x in (left, right))
        u, v = (x.value if isinstance(x, _Constant) else self._tape[x].value for x in (a, b))
        count = sum(op.sign != "in" for op in self._tape) + 1
        self._tape.append(Operation(f"v{count}", sign, (a, b), VALUES[sign](u, v)))
        return Recorded(self._tape, len(self._tape) - 1)

    def __add__(self, other: Any) -> Recorded:
        return self._apply("+", self, other)

    def __radd__(self, other: Any) -> Recorded:
        return self._apply("+", other, self)

    def __sub__(self, other: Any) -> Recorded:
        return self._apply("-", self, other)

    def __rsub__(self, other: Any) -> Recorded:
        return self._apply("-", other, self)

    def __mul__(self, other: Any) -> Recorded:
        return self._apply("*", self, other)

    def __rmul__(self, other: Any) -> Recorded:
        return self._apply("*", other, self)

    def __truediv__(self, other: Any) -> Recorded:
        return self._apply("/", self, other)

    def __rtruediv__(self, other: Any) -> Recorded:
        return self._apply("/", other, self)

    def __pow__(self, other: Any) -> Recorded:
        if isinstance(other, Recorded):
            raise TypeError("The exponent of ** must be a constant here, for example x ** 3.")
        return self._apply("^", self, other)

    def __neg__(self) -> Recorded:
        return self._apply("-", 0.0, self)


class _Constant(NamedTuple):
    value: float


def _power(u: float, c: float) -> float:
    return u**c if u > 0 or c == int(c) else math.nan


VALUES: dict[str, Callable[[float, float], float]] = {
    "+": lambda u, v: u + v,
    "-": lambda u, v: u - v,
    "*": lambda u, v: u * v,
    "/": lambda u, v: u / v if v else math.nan,
    "^": _power,
}


def local_slopes(op: Operation, u: float, v: float) -> tuple[float, float]:
    """How fast an operation's value changes with each of its two arguments."""
    slopes = {
        "+": (1.0, 1.0),
        "-": (1.0, -1.0),
        "*": (v, u),
        "/": (1 / v, -u / v**2) if v else (math.nan, math.nan),
    }
    return slopes[op.sign] if op.sign != "^" else (v * _power(u, v - 1), 0.0)


def record(f: Callable[..., Any], values: tuple[float, ...]) -> list[Operation]:
    """The operations of one run of `f`, inputs first.

    Raises:
        TypeError: when `f` needs more than + - * / ** with constants.

    >>> [op.sign for op in record(lambda x: x * x + 3, (2.0,))]
    ['in', '*', '+']
    """
    names = ["x"] if len(values) == 1 else [f"x{i}" for i in range(len(values))]
    tape = [Operation(name, "in", (), value) for name, value in zip(names, values, strict=True)]
    result = f(*(Recorded(tape, i) for i in range(len(values))))
    if not isinstance(result, Recorded):
        raise TypeError(
            f"f returned {type(result).__name__}; it must be computed from its inputs with + - * / **."
        )
    return tape


def derivative(op: Operation, u: Tree, v: Tree, du: Tree, dv: Tree) -> Tree:
    """The textbook rule, written down and not simplified."""
    if op.sign in "+-":
        return (op.sign, du, dv)
    if op.sign == "*":
        return ("+", ("*", du, v), ("*", u, dv))
    if op.sign == "/":
        return ("/", ("-", ("*", du, v), ("*", u, dv)), ("^", v, 2.0))
    return ("*", ("*", v, ("^", u, _less(v))), du)


def _less(v: Tree) -> Tree:
    return v - 1 if isinstance(v, float) else ("-", v, 1.0)


class _Sizes:
    """Sizes of shared trees without walking them twice: a product's derivative shares its factors."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Tree, int]] = {}

    def __call__(self, tree: Tree) -> int:
        if not isinstance(tree, tuple):
            return 1
        known = self._known.get(id(tree))
        if known is None:
            known = self._known[id(tree)] = (tree, 1 + sum(self(part) for part in tree[1:]))
        return known[1]


def written(tree: Tree) -> str:
    """A tree as a formula with the brackets it needs.

    >>> written(("*", ("+", "x", 1.0), "x"))
    '(x + 1)·x'
    """
    if not isinstance(tree, tuple):
        return tree if isinstance(tree, str) else f"{tree:g}"
    sign, left, right = tree
    rank = {"+": 0, "-": 0, "*": 1, "/": 1, "^": 2}

    def inside(part: Tree, strict: bool) -> str:
        text = written(part)
        low = isinstance(part, tuple) and (
            rank[part[0]] < rank[sign] or (strict and rank[part[0]] == rank[sign])
        )
        return f"({text})" if low else text

    glue = {"+": " + ", "-": " - ", "*": "·", "/": " / ", "^": "^"}[sign]
    return inside(left, sign == "^") + glue + inside(right, sign in "-/^")


def measure(f: Callable[..., Any], values: tuple[float, ...], dual: Any = None) -> dict[str, Any]:
    """The three accounts of df/d(first input), one entry per operation.

    Returns:
        `{"inputs", "ops": [{"name", "text", "value", "slope", "size", "plain", "formula", "tree"}], "back": [{"op",
        "shares": [[name, share, total]]}], "gradient", "counts", "dual"}`. `size` counts the nodes of the
        derivative's formula, `plain` those of the value's own formula; `tree` is None above `DRAWN` nodes.
    """
    tape = record(f, values)
    size = _Sizes()
    trees: list[Tree] = []
    d_trees: list[Tree] = []
    slopes: list[float] = []
    ops: list[dict[str, Any]] = []
    for i, op in enumerate(tape):
        if op.sign == "in":
            trees.append(op.name)
            d_trees.append(1.0 if i == 0 else 0.0)
            slopes.append(1.0 if i == 0 else 0.0)
            text = op.name
        else:
            (u, v), (tu, tv) = _both(op, tape, trees)
            (su, sv), (du, dv) = _slopes_of(op, slopes), _slopes_of(op, d_trees)
            a, b = local_slopes(op, u, v)
            slopes.append(sum(weight * s for weight, s in ((a, su), (b, sv)) if s != 0.0))
            trees.append((op.sign, tu, tv))
            d_trees.append(derivative(op, tu, tv, du, dv))
            text = _operation_text(op, tape)
        count = size(d_trees[-1])
        formula = written(d_trees[-1]) if count <= WRITTEN else None
        ops.append(
            {
                "name": op.name,
                "text": text,
                "value": number(op.value),
                "slope": number(slopes[-1]),
                "size": count,
                "plain": size(trees[-1]),
                "formula": formula
                if formula is None or len(formula) <= WRITTEN
                else formula[:WRITTEN] + " …",
                "tree": _nested(d_trees[-1]) if count <= DRAWN else None,
            }
        )
    back, gradient = walk_back(tape)
    done = len(tape) - len(values)
    return {
        "inputs": len(values),
        "ops": ops,
        "back": back,
        "gradient": [number(g) for g in gradient[: len(values)]],
        "counts": {"operations": done, "pairs": 2 * done, "formula": ops[-1]["size"], "shares": 2 * done},
        "dual": None if dual is None else _run_dual(f, values, dual),
    }


def _both(
    op: Operation, tape: list[Operation], trees: list[Tree]
) -> tuple[tuple[float, float], tuple[Tree, Tree]]:
    values = tuple(a.value if isinstance(a, _Constant) else tape[a].value for a in op.args)
    parts = tuple(a.value if isinstance(a, _Constant) else trees[a] for a in op.args)
    return (values[0], values[1]), (parts[0], parts[1])


def _slopes_of(op: Operation, known: list[Any]) -> tuple[Any, Any]:
    a, b = (0.0 if isinstance(x, _Constant) else known[x] for x in op.args)
    return a, b


def _operation_text(op: Operation, tape: list[Operation]) -> str:
    a, b = (f"{x.value:g}" if isinstance(x, _Constant) else tape[x].name for x in op.args)
    return f"{a} {'·' if op.sign == '*' else op.sign} {b}"


def _nested(tree: Tree) -> Any:
    if not isinstance(tree, tuple):
        return tree if isinstance(tree, str) else f"{tree:g}"
    return ["·" if tree[0] == "*" else tree[0], *(_nested(part) for part in tree[1:])]


def walk_back(tape: list[Operation]) -> tuple[list[dict[str, Any]], list[float]]:
    """Shares handed from the output to the inputs, in the order they are handed, and the totals."""
    totals = [0.0] * len(tape)
    totals[-1] = 1.0
    steps = []
    for i in range(len(tape) - 1, -1, -1):
        op = tape[i]
        if op.sign == "in":
            continue
        u, v = (a.value if isinstance(a, _Constant) else tape[a].value for a in op.args)
        shares = []
        for arg, weight in zip(op.args, local_slopes(op, u, v), strict=True):
            if isinstance(arg, _Constant):
                continue
            share = totals[i] * weight
            totals[arg] += share
            shares.append([tape[arg].name, number(share), number(totals[arg])])
        steps.append({"op": op.name, "shares": shares})
    return steps, totals


def _run_dual(f: Callable[..., Any], values: tuple[float, ...], dual: Any) -> dict[str, Any]:
    """What the learner's own `Dual` says about the first input."""
    try:
        result = f(*(dual(v, 1.0 if i == 0 else 0.0) for i, v in enumerate(values)))
        return {"value": number(float(result.value)), "slope": number(float(result.slope)), "error": None}
    except Exception as error:
        return {"value": None, "slope": None, "error": f"{type(error).__name__}: {error}"[:120]}


def twin(payload: dict[str, Any], lang: str) -> Twin:
    """One row per operation: the pair, the formula's size, the total that the walk back leaves there."""
    say = words(lang)
    if payload.get("error"):
        return Twin(say("Three ways to a slope", "기울기로 가는 세 갈래 길"), [payload["error"]], [], [])
    totals = {name: total for step in payload["back"] for name, _, total in step["shares"]}
    totals.setdefault(payload["ops"][-1]["name"], 1.0)
    rows = [
        [
            op["name"],
            op["text"],
            f"({shown(op['value'])}, {shown(op['slope'])})",
            str(op["size"]),
            shown(totals.get(op["name"])),
        ]
        for op in payload["ops"]
    ]
    lines = [
        say(
            f"slope: {shown(payload['ops'][-1]['slope'])} forward, {shown(payload['gradient'][0])} backward",
            f"기울기: 전진 모드 {shown(payload['ops'][-1]['slope'])}, 후진 모드 {shown(payload['gradient'][0])}",
        )
    ]
    own = payload["dual"]
    if own is not None:
        lines.append(
            say("your Dual: ", "내 Dual: ")
            + (own["error"] or f"({shown(own['value'])}, {shown(own['slope'])})")
        )
    columns = [
        say("name", "이름"),
        say("operation", "연산"),
        say("pair (value, slope)", "쌍 (값, 기울기)"),
        say("formula nodes", "식의 노드 수"),
        say("share handed back", "되돌아온 몫"),
    ]
    return Twin(say("Three ways to a slope", "기울기로 가는 세 갈래 길"), lines, columns, rows)


class ModesView(SmallView):
    """Number pairs, a growing formula and a walk back, side by side, with their bills."""

    _esm = STATIC / "modes_view.js"
    twin = staticmethod(twin)


def four_squarings(x: Any) -> Any:
    """x to the power of 16, by squaring four times: the example whose formula doubles."""
    for _ in range(4):
        x = x * x
    return x


def show(chapter: Any, f: Callable[..., Any] | None = None, x: Any = 1.1, dual: Any = None) -> ModesView:
    """`ch.modes(f, x=2.0)`; `x=(1.0, 2.0)` for two inputs; without `f`, four squarings."""
    values = tuple(float(v) for v in x) if isinstance(x, tuple | list) else (float(x),)
    try:
        payload = measure(f or four_squarings, values, dual)
    except Exception as error:
        payload = {"error": f"{type(error).__name__}: {error}"}
    return ModesView(payload, lang=chapter.lang)
