"""`Function.__call__` as a machine with a slot: open the box, take the array, run the formula, make a new box (chapter 2).

The base class is the machine, the subclass only the formula in the slot. What passed through the slot is observed
on one instance of each class, by a spy on that instance's own `forward`; no class is changed.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

import numpy as np

from ._base import STATIC
from .small_view import Box, SmallView, Twin, words

Observed = dict[str, Any]


def describe(value: Any) -> Observed:
    """Type and value of one thing on its way: `{"type", "text", "inner"}`, inner is what its `data` holds.

    >>> describe(np.array(3.0))["type"]
    'ndarray'
    """
    if value is None:
        return {"type": "None", "text": "None", "inner": None}
    if isinstance(value, np.ndarray | np.generic | int | float | complex | str | list | tuple):
        text = _array_text(value) if _numeric(value) else repr(value)
        return {"type": type(value).__name__, "text": text[:60], "inner": None}
    if hasattr(value, "data"):
        return {"type": type(value).__name__, "text": "", "inner": describe(value.data)}
    return {"type": type(value).__name__, "text": "", "inner": None}


def _array_text(value: Any) -> str:
    return str(value.item()) if value.ndim == 0 else np.array2string(value, precision=6, threshold=12)


def _numeric(value: Any) -> bool:
    return isinstance(value, np.ndarray | np.generic)


def formula(cls: type) -> str:
    """What the learner's `forward` returns, as written; `forward(x)` when that is not one expression.

    >>> class Half:
    ...     def forward(self, x):
    ...         return x / 2
    >>> formula(Half) in ("x / 2", "forward(x)")
    True
    """
    method = inspect.getattr_static(cls, "forward", None)
    try:
        source = textwrap.dedent(inspect.getsource(method))  # type: ignore[arg-type]
        tree = ast.parse(source)
    except (OSError, TypeError, SyntaxError):
        return "forward(x)"
    given = [node.value for node in ast.walk(tree) if isinstance(node, ast.Return) and node.value is not None]
    text = ast.get_source_segment(source, given[0]) if len(given) == 1 else None
    if text is not None and text.isidentifier():  # y = ...; return y
        made = [
            n.value
            for n in ast.walk(tree)
            if isinstance(n, ast.Assign) and any(isinstance(t, ast.Name) and t.id == text for t in n.targets)
        ]
        text = ast.get_source_segment(source, made[-1]) if made else text
    return text if text is not None and len(text) <= 44 and "\n" not in text else "forward(x)"


def observe(given: Any, box: Callable[[Any], Any], x: Any) -> Observed:
    """One run of one machine: what went in, what the slot saw and gave, what came out, what went wrong.

    Args:
        given: a subclass of the learner's Function, or an instance of one.
        box: the learner's Variable.
        x: number or array.
    """
    cls = given if isinstance(given, type) else type(given)
    seen: Observed = {
        "label": cls.__name__,
        "formula": formula(cls),
        "took": None,
        "gave": None,
        "error": None,
    }
    seen["called"] = 0
    seen["base"] = next((c.__name__ for c in reversed(cls.__mro__[:-1])), cls.__name__)
    try:
        machine = given() if isinstance(given, type) else given
        inner = machine.forward
    except Exception as error:
        return {**seen, "into": describe(None), "out": None, "error": _line(error)}

    def spy(*args: Any) -> Any:
        seen["called"] += 1
        seen["took"] = describe(args[0] if args else None)
        result = inner(*args)
        seen["gave"] = describe(result)
        return result

    variable = box(np.array(x) if not isinstance(x, np.ndarray) else x)
    seen["into"], seen["out"] = describe(variable), None
    mine = "forward" in vars(machine)
    machine.forward = spy
    try:
        seen["out"] = describe(machine(variable))
    except Exception as error:
        seen["error"] = _line(error)
    finally:
        if mine:
            machine.forward = inner
        else:
            del machine.forward
    return seen


def _line(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:160]


def trouble(run: Observed) -> str | None:
    """Which of the four beats is not what a Function does, or None."""
    if run["error"]:
        return "error"
    if not run["called"]:
        return "no_forward"
    if run["took"]["inner"] is not None:
        return "box_inside"
    if run["out"] is None or run["out"]["type"] == "None":
        return "nothing"
    if run["out"]["inner"] is None:
        return "no_box"
    return None


TROUBLE = {
    "error": ("It stopped: {error}", "실행이 멈췄습니다: {error}"),
    "no_forward": (
        "`forward` was never called: the formula is not in the slot.",
        "`forward`가 한 번도 불리지 않았습니다. 끼우는 자리에 공식이 없습니다.",
    ),
    "box_inside": (
        "`forward` received a box. It should see the plain array.",
        "`forward`가 상자를 받았습니다. 배열만 받아야 합니다.",
    ),
    "nothing": ("Nothing came out.", "아무것도 나오지 않았습니다."),
    "no_box": (
        "What came out is not a box, so the next function could not open it.",
        "나온 것이 상자가 아니어서 다음 함수가 열 수 없습니다.",
    ),
}


def measure(functions: tuple[Any, ...], box: Callable[[Any], Any], x: Any) -> dict[str, Any]:
    """All machines on one input: `{"runs": [...]}`, each with its `trouble`."""
    runs = [observe(f, box, x) for f in functions]
    for run in runs:
        key = trouble(run)
        run["trouble"] = (
            None
            if key is None
            else {
                "en": TROUBLE[key][0].format(error=run["error"]),
                "ko": TROUBLE[key][1].format(error=run["error"]),
            }
        )
    return {"runs": runs}


def twin(payload: dict[str, Any], lang: str) -> Twin:
    """One row per machine, one column per beat."""
    say = words(lang)
    rows = [
        [r["label"], _cell(r["into"]), _cell(r["took"]), r["formula"], _cell(r["gave"]), _cell(r["out"])]
        for r in payload["runs"]
    ]
    lines = [f"{r['label']}: {r['trouble'][lang]}" for r in payload["runs"] if r["trouble"]]
    columns = [
        "Function",
        say("box in", "들어간 상자"),
        say("array", "배열"),
        say("formula", "공식"),
        say("result", "결과"),
        say("box out", "나온 상자"),
    ]
    return Twin(say("The machine and its slot", "기계와 공식을 끼우는 자리"), lines, columns, rows)


def _cell(seen: Observed | None) -> str:
    if seen is None:
        return "-"
    inner = seen["inner"]
    if inner is None:
        return f"{seen['type']} {seen['text']}".strip()
    return f"{seen['type']}({inner['type']} {inner['text']})"


class MachineView(SmallView):
    """Slide another formula into the slot; everything around it stays."""

    _esm = STATIC / "machine_view.js"
    twin = staticmethod(twin)


def show(chapter: Any, *functions: Any, x: Any = 3.0) -> MachineView:
    """`ch.machine(Square, Half, x=3.0)`; without classes, every Function subclass of the notebook that runs."""
    names = chapter.namespace
    base = names.get("Function")
    if not functions and isinstance(base, type):
        functions = tuple(
            v
            for k, v in names.items()
            if isinstance(v, type) and issubclass(v, base) and v is not base and not k.startswith("_")
        )[:6]
    box = names.get("Variable", Box)
    return MachineView(measure(functions, box, x), lang=chapter.lang)
