"""`Check` and `Case`: what an author of an exercise holds in the hand (`c` and `case`).

Every assertion does two things: it records a finding (right or wrong, what was seen, what was expected) and an
observation (what the learner's code produced, independent of right and wrong). Findings make the report, observations
are compared with those of the known wrong answers.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import numpy as np

from dezero_lab.gradcheck import compare_gradient
from dezero_lab.grading import values
from dezero_lab.grading.cases import Inputs
from dezero_lab.grading.exercise import T
from dezero_lab.grading.findings import Call, Cause, Finding, Missing, error_name
from dezero_lab.grading.guard import Guard, Stopped, VisitsUsedUp


@dataclass
class Case:
    """One named situation. Use it as a context manager; an exception inside makes the case fail, never the check."""

    check: Check
    title: T
    inputs: dict[str, Any]
    line: str | None = None
    shared: bool = False
    limit: int | None = None
    index: int = 0
    findings: list[Finding] = field(default_factory=list)
    action: Callable[[], Any] | None = None
    caught: BaseException | None = None
    _before: dict[str, Any] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether every assertion so far holds."""
        return all(f.ok for f in self.findings)

    @property
    def failure(self) -> Finding | None:
        """The first assertion that does not hold."""
        return next((f for f in self.findings if not f.ok), None)

    @property
    def pasteable(self) -> str:
        """The failing situation as Python that can be pasted into a cell."""
        shown = {k: values.paste(v) for k, v in self._before.items()}
        if self.line is not None:
            return self.line.format(**shown)
        return "; ".join(f"{k} = {v}" for k, v in shown.items())

    # What an author calls inside the block

    def run(self, action: Callable[[], Any]) -> Any:
        """Run `action()` and keep it: it is what "show this case in the graph" records later."""
        self.action = action
        return action()

    def gradient(
        self,
        yours: Any,
        of: Callable[..., Any],
        at: Any,
        upstream: Any = None,
        name: str = "x.grad",
        wrt: int = 0,
        shares: Sequence[Any] = (),
        cause: Cause = None,
        rtol: float = 1e-4,
        atol: float = 1e-6,
    ) -> bool:
        """`yours` must be the gradient of `sum(upstream * of(*at))` for input `wrt`, as a plain array.

        at: one input, or a tuple of them. shares: the contributions of single branches, for D06 and D07.
        """
        xs = at if isinstance(at, tuple) else (at,)
        found = compare_gradient(
            yours if values.is_numeric(yours) else None,
            of,
            *xs,
            wrt=wrt,
            upstream=upstream,
            rtol=rtol,
            atol=atol,
        )
        return self._add(
            Finding(
                "gradient",
                name,
                found.ok,
                yours,
                found.expected,
                found.difference if np.isfinite(found.difference) else None,
                cause=cause,
                upstream=upstream,
                at=xs,
                shares=[np.asarray(s, dtype=np.float64) for s in shares],
            )
        )

    def close(
        self,
        yours: Any,
        expected: Any,
        name: str = "y",
        rtol: float = 1e-4,
        atol: float = 1e-6,
        text: T | None = None,
        cause: Cause = None,
    ) -> bool:
        """`yours` must be numbers (a plain array, or a number) of the same shape and close to `expected`."""
        want = np.asarray(expected)
        ok, difference = False, None
        if values.is_numeric(yours) and np.shape(yours) == want.shape:
            got = np.asarray(yours)
            with np.errstate(invalid="ignore"):
                gap = np.abs(got - want) if got.size else np.zeros(1)
            difference = float(gap.max()) if np.isfinite(gap).all() else None
            ok = bool(np.allclose(got, want, rtol=rtol, atol=atol, equal_nan=True))
        return self._add(Finding("value", name, ok, yours, expected, difference, text, cause))

    def equal(
        self, yours: Any, expected: Any, name: str = "y", text: T | None = None, cause: Cause = None
    ) -> bool:
        """`yours` must equal `expected` exactly: counts, orders, shapes, names, whole arrays."""
        return self._add(
            Finding("equal", name, values.equal(yours, expected), yours, expected, text=text, cause=cause)
        )

    def shape(self, yours: Any, expected: tuple[int, ...], name: str = "y", cause: Cause = None) -> bool:
        """`yours` (an array or number) must have exactly this shape."""
        got = np.shape(yours) if values.is_numeric(yours) else None
        return self._add(Finding("shape", name, got == expected, got, expected, cause=cause))

    def dtype(self, yours: Any, expected: Any, name: str = "y", cause: Cause = None) -> bool:
        """`yours` must be an array of this dtype."""
        got = str(yours.dtype) if isinstance(yours, np.ndarray | np.generic) else values.type_name(yours)
        want = str(np.dtype(expected))
        return self._add(Finding("dtype", name, got == want, got, want, cause=cause))

    def type(
        self, yours: Any, expected: type, name: str = "y", text: T | None = None, cause: Cause = None
    ) -> bool:
        """`yours` must be an instance of `expected`. An older class of the same name is told apart (D15)."""
        ok = isinstance(yours, expected)
        again = not ok and type(yours).__name__ == expected.__name__
        found = Finding("type", name, ok, values.type_name(yours), expected.__name__, text=text)
        found.cause = "D15" if again else cause
        return self._add(found)

    def identity(
        self, yours: Any, expected: Any, name: str, text: T | None = None, cause: Cause = None
    ) -> bool:
        """`yours is expected`; the name reads like the expression: `v.data is a`."""
        ok = yours is expected
        return self._add(Finding("identity", name, ok, ok, True, text=text, cause=cause))

    def true(self, condition: Any, text: T, name: str = "", cause: Cause = None) -> bool:
        """Any other fact. `text` says what was seen when it does not hold."""
        ok = bool(condition)
        return self._add(Finding("fact", name or text.en, ok, ok, True, text=text, cause=cause))

    def raises(
        self,
        errors: type[Exception] | tuple[type[Exception], ...],
        action: Callable[[], Any],
        mentions: str = "",
        name: str = "",
        text: T | None = None,
        cause: Cause = None,
    ) -> bool:
        """`action()` must raise one of `errors`; `mentions` must occur in its message."""
        want = errors if isinstance(errors, tuple) else (errors,)
        expected = " / ".join(e.__name__ for e in want)
        try:
            result = action()
        except want as error:
            missing = mentions.lower() not in str(error).lower()
            seen = (
                f"{type(error).__name__} without {mentions!r} in its message"
                if missing
                else type(error).__name__
            )
            return self._add(
                Finding("raises", name or expected, not missing, seen, expected, text=text, cause=cause)
            )
        except Exception as error:
            seen = type(error).__name__
            return self._add(
                Finding("raises", name or expected, False, seen, expected, text=text, cause=cause)
            )
        seen = f"no error, {values.short(result)}"
        return self._add(Finding("raises", name or expected, False, seen, expected, text=text, cause=cause))

    def unchanged(self, now: Any, before: Any, name: str) -> bool:
        """`now` must still equal `before` (D11 otherwise)."""
        return self._add(Finding("unchanged", name, values.equal(now, before), now, before, cause="D11"))

    def twice(self, action: Callable[[], Any], name: str = "the second call") -> Any:
        """Run `action` twice; both results must agree (D12 otherwise). Returns the first result."""
        first = values.canonical(action())
        second = values.canonical(action())
        self._add(Finding("twice", name, values.same(first, second), second, first, cause="D12"))
        return first

    def watch(self, *classes: Any) -> list[Call]:
        """Follow `forward` and `backward` of these classes until the block ends; returns the growing list of calls.

        Functions are numbered in the order of their first call. The order of the calls is observed, which tells wrong
        answers apart that fail with the same error.
        """
        calls: list[Call] = []
        numbers: dict[int, int] = {}
        kept: list[Any] = []

        def follow(cls: Any, method: str) -> None:
            original = getattr(cls, method)

            def followed(function: Any, *args: Any) -> Any:
                if id(function) not in numbers:
                    numbers[id(function)] = len(numbers)
                    kept.append(function)  # or its id could be given to another one
                calls.append(Call(type(function).__name__, numbers[id(function)], method, args))
                return original(function, *args)

            own = method in vars(cls)
            setattr(cls, method, followed)
            self._undo.append(lambda: setattr(cls, method, original) if own else delattr(cls, method))

        for cls in classes:
            for method in ("forward", "backward"):
                if hasattr(cls, method):
                    follow(cls, method)
        self._calls.append(calls)
        return calls

    def observe(self, name: str, value: Any) -> None:
        """Record something for telling wrong answers apart, without judging it."""
        self.check._observe(self, f"note {name}", values.canonical(value))

    # The block itself

    def __enter__(self) -> Case:
        self._before = {k: copy.deepcopy(v) if values.is_data(v) else v for k, v in self.inputs.items()}
        self._visits = None
        self._undo: list[Callable[[], None]] = []
        self._calls: list[list[Call]] = []
        if self.limit is not None and self.check.guard is not None:
            self._visits = self.check.guard.visits(self.limit)
            self._visits.__enter__()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        if self._visits is not None:
            self._visits.__exit__(None, None, None)
        for undo in reversed(self._undo):
            undo()
        for calls in self._calls:
            seen = tuple((c.method, c.number, any(a is None for a in c.args)) for c in calls[:200])
            self.check._observe(self, "calls", seen)
        if isinstance(error, Missing):
            return False
        if isinstance(error, Stopped):
            self.caught = error
            circling = isinstance(error, VisitsUsedUp)
            name = "visits" if circling else "time"
            self._add(Finding("stopped", name, False, "does not end", "", cause="D14" if circling else None))
            return False
        if isinstance(error, Exception | SystemExit):
            self.caught = error
            self._add(Finding("exception", type(error).__name__, False, error, ""))
        elif error is not None:
            return False
        for name, before in self._before.items():
            if values.is_data(before) and not values.equal(self.inputs[name], before):
                self._add(Finding("unchanged", name, False, self.inputs[name], before, cause="D11"))
        changed = self.check.switches_changed()
        if changed:
            self._add(Finding("switch", changed[0], False, changed, [], cause="D16"))
        return True

    def _add(self, found: Finding) -> bool:
        if isinstance(found.yours, np.ndarray):
            found.yours = found.yours.copy()  # the learner may go on adding to it
        self.findings.append(found)
        seen = error_name(found.yours) if found.kind == "exception" else values.canonical(found.yours)
        self.check._observe(self, f"{found.kind} {found.name}", seen)
        return found.ok


class Check(Inputs):
    """What `check(c)` receives: the learner's names, the inputs, and the cases.

    `c.get("Square", "Variable")` are the learner's own objects; a missing one means "not attempted". The drawing methods
    (`c.number()`, `c.array(shape)`, `c.scalars()`, `c.broadcast_pairs()`, ...) are those of `cases.Inputs`.
    """

    def __init__(
        self,
        space: Mapping[str, Any],
        seed: int = 0,
        coarse: int = 0,
        guard: Guard | None = None,
        switches_changed: Callable[[], list[str]] = list,
    ) -> None:
        super().__init__(seed, coarse)
        self.space = space
        self.guard = guard
        self.switches_changed = switches_changed
        self.cases: list[Case] = []
        self.observations: list[tuple[int, str, Any]] = []

    def get(self, *names: str) -> Any:
        """The learner's objects of these names; one name gives the object itself, several a tuple."""
        missing = [n for n in names if n not in self.space]
        if missing:
            raise Missing(missing)
        found = tuple(self.space[n] for n in names)
        return found[0] if len(found) == 1 else found

    def case(
        self,
        title: T,
        /,
        line: str | None = None,
        *,
        visits: int | None = None,
        shared: bool = False,
        **inputs: Any,
    ) -> Case:
        """Open a named case. Cases of one title become one row of the report.

        line: Python to paste, with `{x}` for the input `x`. visits: how many `backward` calls are plenty here (100 times
        the number of functions). shared: a variable is used several times, so a constant ratio proves nothing.
        inputs: what the case runs on; arrays must be the same objects afterwards with the same content (D11).
        """
        case = Case(self, title, inputs, line, shared, visits, index=len(self.cases))
        self.cases.append(case)
        return case

    def _observe(self, case: Case, label: str, seen: Any) -> None:
        self.observations.append((case.index, label, seen))
