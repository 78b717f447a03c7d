"""What a check says: one frozen record, its JSON form, its text form."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from dezero_lab.grading.exercise import T

Verdict = Literal["pass", "fail", "not_attempted", "stopped"]

_WORDS = {
    "pass": T("✓ pass", "✓ 통과"),
    "fail": T("✗ not yet", "✗ 아직"),
    "not_attempted": T("○ not attempted", "○ 시작 전"),
    "stopped": T("■ stopped", "■ 중단"),
    "cases": T("{passed} of {total} cases", "사례 {total}개 중 {passed}개"),
    "largest": T("largest difference {d:.0e}", "최대 차이 {d:.0e}"),
    "yours": T("yours", "내 값"),
    "expected": T("expected", "기댓값"),
    "cause": T("Why:", "까닭:"),
    "next": T("Next:", "다음:"),
    "line": T("Try it:", "확인해 볼 코드:"),
}


@dataclass(frozen=True)
class Row:
    """One case of the report (all situations with the same title)."""

    name: T
    ok: bool
    inputs: str
    yours: Any = None
    expected: Any = None
    difference: float | None = None
    note: T | None = None

    def to_json(self) -> dict[str, Any]:
        """The row as the browser reads it."""
        return {
            "name": self.name.to_json(),
            "ok": self.ok,
            "inputs": self.inputs,
            "yours": self.yours,
            "expected": self.expected,
            "difference": self.difference,
            "note": _json(self.note),
        }


@dataclass(frozen=True)
class Report:
    """The answer to one check. `to_json()` is the contract with the browser; `text(lang)` is complete on its own."""

    exercise: str
    title: T
    verdict: Verdict
    cases: tuple[Row, ...] = ()
    seconds: float = 0.0
    largest_difference: float | None = None
    cause: tuple[str | None, T] | None = None
    observation: T | None = None
    next: T | None = None
    failing: dict[str, Any] | None = None
    hints: tuple[T, ...] = ()
    replayable: bool = False
    opener: Callable[..., Any] | None = field(default=None, repr=False, compare=False)

    @property
    def ok(self) -> bool:
        """Whether the exercise is solved."""
        return self.verdict == "pass"

    @property
    def passed(self) -> int:
        """How many cases hold."""
        return sum(row.ok for row in self.cases)

    @property
    def total(self) -> int:
        """How many cases there are."""
        return len(self.cases)

    def replay(self, record: Callable[..., Any]) -> tuple[Any, str | None]:
        """The failing case run once more under `record`: its tape, and the id of the node where it goes wrong.

        Raises LookupError when there is no case to open (`report.replayable` says so before).
        """
        if self.opener is None:
            raise LookupError("this report has no case that can be opened in the graph; run the check again.")
        return self.opener(record)

    def to_json(self) -> dict[str, Any]:
        """The report as the browser reads it; `from_json` is the way back."""
        return {
            "version": 1,
            "exercise": self.exercise,
            "title": self.title.to_json(),
            "verdict": self.verdict,
            "passed": self.passed,
            "total": self.total,
            "seconds": round(self.seconds, 4),
            "largest_difference": self.largest_difference,
            "cases": [row.to_json() for row in self.cases],
            "cause": None if self.cause is None else {"id": self.cause[0], "text": self.cause[1].to_json()},
            "observation": _json(self.observation),
            "next": _json(self.next),
            "failing": self.failing,
            "hints": [hint.to_json() for hint in self.hints],
            "replay": self.replayable,
        }

    @classmethod
    def from_json(cls, d: dict[str, Any]) -> Report:
        """Read what `to_json` wrote. Raises ValueError for another version."""
        if d.get("version") != 1:
            raise ValueError(
                f"a report of version {d.get('version')!r} cannot be read here; run the check again."
            )
        return cls(
            exercise=d["exercise"],
            title=_text(d["title"]) or T("", ""),
            verdict=d["verdict"],
            cases=tuple(
                Row(
                    _text(r["name"]) or T("", ""),
                    r["ok"],
                    r["inputs"],
                    r["yours"],
                    r["expected"],
                    r["difference"],
                    _text(r["note"]),
                )
                for r in d["cases"]
            ),
            seconds=d["seconds"],
            largest_difference=d["largest_difference"],
            cause=None if d["cause"] is None else (d["cause"]["id"], _text(d["cause"]["text"]) or T("", "")),
            observation=_text(d["observation"]),
            next=_text(d["next"]),
            failing=d["failing"],
            hints=tuple(T(h["en"], h["ko"]) for h in d["hints"]),
            replayable=d["replay"],
        )

    def text(self, lang: str = "en") -> str:
        """The whole report for a terminal or a screen reader."""
        head = f"{_WORDS[self.verdict][lang]}  {self.exercise}  {self.title[lang]}"
        if self.cases and self.verdict != "not_attempted":
            parts = [
                _WORDS["cases"][lang].format(passed=self.passed, total=self.total),
                f"{self.seconds:.2f} s",
            ]
            if self.ok and self.largest_difference is not None:
                parts.append(_WORDS["largest"][lang].format(d=self.largest_difference))
            head += "  (" + " · ".join(parts) + ")"
        lines = [head]
        if self.observation:
            lines.append("  " + self.observation[lang])
        if self.cause:
            lines.append(f"  {_WORDS['cause'][lang]} {self.cause[1][lang]}")
        if self.failing:
            lines.append(f"  {_WORDS['line'][lang]}")
            lines += [f"    {line}" for line in self.failing["line"].splitlines()]
            yours, expected = self.failing["yours"], self.failing["expected"]
            if yours not in ("", None) or expected not in ("", None):
                lines.append(f"    {_WORDS['yours'][lang]}: {yours}   {_WORDS['expected'][lang]}: {expected}")
        if self.verdict in ("fail", "stopped"):
            for row in self.cases:
                lines.append(
                    f"  {'✓' if row.ok else '✗'} {row.name[lang]}  {row.inputs if not row.ok else ''}".rstrip()
                )
        if self.next:
            lines.append(f"  {_WORDS['next'][lang]} {self.next[lang]}")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text("en")

    def dumps(self) -> str:
        """The JSON form as text."""
        return json.dumps(self.to_json(), ensure_ascii=False, allow_nan=False)


def _json(t: T | None) -> dict[str, str] | None:
    return None if t is None else t.to_json()


def _text(d: dict[str, str] | None) -> T | None:
    return None if d is None else T(d["en"], d["ko"])
