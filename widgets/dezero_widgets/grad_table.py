"""Your gradients beside the numerical ones, element by element."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dezero_lab.gradcheck import compare_gradient
from dezero_lab.grading.values import short, snapshot

from ._base import STATIC, LabWidget
from .forward_again import Array, NoPath, forward_again
from .texts import Lang, say

if TYPE_CHECKING:
    from .chapter import Chapter


@dataclass(frozen=True)
class GradRow:
    """One variable: own gradient (None when empty), the numerical one (None when it cannot be had), and why."""

    name: str
    own: Any
    numerical: Any = None
    difference: float | None = None
    ok: bool | None = None  # None: cannot be compared
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "own": None if self.own is None else snapshot(self.own),
            "numerical": None if self.numerical is None else snapshot(self.numerical),
            "difference": self.difference,
            "ok": self.ok,
            "note": self.note,
        }


class GradTable(LabWidget):
    """Own gradient, numerical gradient, difference: a table of variables, cells for tensors.

    Args:
        rows: one per variable.
        output: name of what was differentiated.
        lang: "en" or "ko".

    >>> print(GradTable([GradRow("x", np.array(96.0), np.array(64.0), 32.0, False)], "y"))
    gradients of y
    x   yours 96.0   numerical 64.0   difference 3e+01 ✗
    """

    _esm = STATIC / "grad_table.js"

    def __init__(self, rows: Sequence[GradRow], output: str, *, lang: Lang = "en"):
        self.rows = tuple(rows)
        super().__init__({"output": output, "rows": [row.to_json() for row in rows]}, lang=lang)

    @classmethod
    def of(
        cls,
        chapter: Chapter,
        names: Sequence[str],
        *,
        y: str | Any = "y",
        f: Callable[..., Any] | None = None,
    ) -> GradTable:
        """The table for variables of the notebook, of `y` through the links, or of `f(*variables)`."""
        space, lang = chapter.namespace, chapter.lang
        output = y if isinstance(y, str) else "y"
        target = space.get(y) if isinstance(y, str) else y
        known = {name: space[name] for name in names if name in space}
        rows = [_row(name, known, target, output, f, lang) for name in names]
        return cls(rows, output if f is None else getattr(f, "__name__", "f"), lang=lang)

    def text_form(self) -> str:
        lang: Lang = self.lang  # type: ignore[assignment]
        lines = [say(lang, f"gradients of {self.data['output']}", f"{self.data['output']}의 기울기")]
        width = max([len(row.name) for row in self.rows], default=0)
        for row in self.rows:
            mark = {True: " ✓", False: " ✗", None: ""}[row.ok]
            parts = [f"{row.name:<{width}}", f"{say(lang, 'yours', '내 값')} {short(row.own)}"]
            if row.numerical is not None:
                parts.append(f"{say(lang, 'numerical', '수치 기울기')} {short(row.numerical)}")
            if row.difference is not None:
                parts.append(f"{say(lang, 'difference', '차이')} {row.difference:.0e}{mark}")
            if row.note:
                parts.append(row.note)
            lines.append("   ".join(parts))
        return "\n".join(lines)


def own_gradient(variable: Any) -> Array | None:
    """The array in `grad`; from chapter 32 on it is wrapped in a Variable. None when there is none."""
    grad = getattr(variable, "grad", None)
    if grad is not None and hasattr(grad, "data") and not isinstance(grad, np.ndarray | np.generic):
        grad = grad.data
    return None if grad is None else np.asarray(grad)


def _row(
    name: str, known: dict[str, Any], target: Any, output: str, f: Callable[..., Any] | None, lang: Lang
) -> GradRow:
    """One line of the table; what stands in the way of the numerical side is its note."""
    if name not in known:
        return GradRow(name, None, note=_absent(name, lang))
    own = own_gradient(known[name])
    if f is None and target is None:
        return GradRow(name, own, note=_absent(output, lang))
    try:
        if f is not None:
            return _compared(name, known, list(known), _calling(f, known), None, lang)
        return _compared(name, known, [name], _following(target, known[name]), own_gradient(target), lang)
    except NoPath:
        note = say(
            lang,
            f"{output} has no creator: nothing links it to its inputs yet",
            f"{output}에 창조자(creator)가 없어 아직 입력까지 이어지지 않습니다",
        )
    except Exception as error:  # the learner's forward, on another value
        what = f"{type(error).__name__}: {error}"
        note = say(lang, f"cannot be computed again ({what})", f"다시 계산하지 못했습니다({what})")
    return GradRow(name, own, note=note)


def _absent(name: str, lang: Lang) -> str:
    return say(lang, f"there is no {name} in the notebook", f"노트북에 {name} 변수가 없습니다")


def _following(y: Any, variable: Any) -> Callable[[Array], Array]:
    """`y` as a function of one variable's data, through the learner's links."""
    again = forward_again(y)
    return lambda array: again({id(variable): array})


def _calling(f: Callable[..., Any], known: dict[str, Any]) -> Callable[..., Array]:
    """`f` of fresh variables as a function of arrays."""
    boxes = [type(variable) for variable in known.values()]

    def value(*arrays: Array) -> Array:
        result = f(*[box(array) for box, array in zip(boxes, arrays, strict=True)])
        return np.asarray(getattr(result, "data", result))

    return value


def _compared(
    name: str, known: dict[str, Any], wanted: list[str], f: Callable[..., Array], weights: Any, lang: Lang
) -> GradRow:
    own = own_gradient(known[name])
    arrays = [np.asarray(known[one].data, dtype=np.float64) for one in wanted]
    blank = np.full(arrays[wanted.index(name)].shape, np.nan)
    found = compare_gradient(
        blank if own is None else own, f, *arrays, wrt=wanted.index(name), upstream=weights
    )
    if own is None:
        empty = say(lang, "grad is empty", "grad가 비어 있습니다")
        return GradRow(name, None, found.expected, None, False, empty)
    difference = float(found.difference) if np.isfinite(found.difference) else None
    return GradRow(name, own, found.expected, difference, bool(found.ok))
