"""A wall of eight engines: the learner's tests must switch on exactly one green lamp (chapter 10).

All eight are the learner's own `Square` with other formulas in it: the right ones, or one of the seven planted faults
that exercise E10.1 uses too. The learner's `TestCase` runs against each: the names `Square` and `square` of the
notebook mean that engine while its tests run.
"""

from __future__ import annotations

import io
import random
import unittest
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import numpy as np

from dezero_lab.exercises.ch10 import FAULTS, RIGHT, Fault, engine, in_place_of

from ._base import STATIC
from .small_view import SmallView, Twin, words


def engines(square: type) -> list[tuple[type, Fault]]:
    """Eight engines in a fixed, mixed order, so that the right one stands in no special place."""
    wall = [(engine(square, fault), fault) for fault in (RIGHT, *FAULTS)]
    random.Random(7).shuffle(wall)
    return wall


class _Verdicts(unittest.TestResult):
    """Which test passed, and the last line of why one did not."""

    def __init__(self) -> None:
        super().__init__(stream=io.StringIO())
        self.of: dict[str, tuple[bool, str]] = {}

    def addSuccess(self, test: unittest.TestCase) -> None:
        self.of[_name(test)] = (True, "")

    def addFailure(self, test: unittest.TestCase, err: Any) -> None:
        self._no(test, err)

    def addError(self, test: unittest.TestCase, err: Any) -> None:
        self._no(test, err)

    def addSubTest(self, test: unittest.TestCase, subtest: unittest.TestCase, err: Any) -> None:
        if err is not None:
            self._no(test, err)

    def _no(self, test: unittest.TestCase, err: Any) -> None:
        lines = str(err[1]).strip().splitlines()
        self.of[_name(test)] = (False, f"{err[0].__name__}: {lines[0] if lines else ''}"[:120])


def _name(test: unittest.TestCase) -> str:
    return test.id().rsplit(".", 1)[-1]


def run_tests(case: type[unittest.TestCase]) -> dict[str, tuple[bool, str]]:
    """Test name -> (passed, why not)."""
    verdicts = _Verdicts()
    suite = unittest.TestLoader().loadTestsFromTestCase(case)
    suite.run(verdicts)
    return verdicts.of


def spaces(case: type[unittest.TestCase], names: dict[str, Any]) -> list[dict[str, Any]]:
    """The namespaces in which the tests look names up: the notebook, and the module of a test class from elsewhere."""
    found = {id(names): names}
    for cls in case.__mro__:
        for value in vars(cls).values():
            space = getattr(value, "__globals__", None)
            if space is not None and "Square" in space:
                found[id(space)] = space
    return list(found.values())


def measure(case: type[unittest.TestCase], names: dict[str, Any]) -> dict[str, Any]:
    """All lamps.

    Returns:
        `{"tests": [names], "engines": [{"right", "lamp": "green" | "red" | "off", "fault": {"en", "ko"} | None,
        "results": [bool], "why": [text]}], "problem": None | "no_square" | "no_tests"}`.
    """
    square = names.get("Square")
    if not isinstance(square, type):
        return {"tests": [], "engines": [], "problem": "no_square"}
    state = np.random.get_state()
    wall = []
    tests: list[str] = []
    for built, fault in engines(square):
        with ExitStack() as stack, np.errstate(all="ignore"):
            for space in spaces(case, names):
                stack.enter_context(in_place_of(space, built))
            results = run_tests(case)
        tests = tests or list(results)
        wall.append(
            {
                "right": fault is RIGHT,
                "lamp": "off" if not results else "green" if all(ok for ok, _ in results.values()) else "red",
                "fault": None if fault is RIGHT else {"en": fault.text.en, "ko": fault.text.ko},
                "results": [results.get(name, (False, ""))[0] for name in tests],
                "why": [results.get(name, (False, ""))[1] for name in tests],
            }
        )
    np.random.set_state(state)
    return {"tests": tests, "engines": wall, "problem": None if tests else "no_tests"}


PROBLEMS = {
    "no_square": ("There is no class `Square` to test yet.", "아직 시험할 `Square` 클래스가 없습니다."),
    "no_tests": (
        "0 tests were collected: the name of a test method begins with `test`.",
        "수집된 테스트가 0개입니다. 테스트 메서드의 이름은 `test`로 시작해야 합니다.",
    ),
}


def verdict(payload: dict[str, Any], lang: str) -> str:
    """One sentence on what the tests noticed."""
    say = words(lang)
    if payload["problem"]:
        return say(*PROBLEMS[payload["problem"]])
    right = next(e for e in payload["engines"] if e["right"])
    alive = sum(e["lamp"] == "green" for e in payload["engines"] if not e["right"])
    if right["lamp"] == "red":
        return say("Your tests reject the correct engine too.", "테스트가 올바른 엔진까지 거부합니다.")
    if alive:
        return say(
            f"{alive} of 7 faults survive your tests.", f"결함 7개 중 {alive}개가 테스트를 통과합니다."
        )
    return say(
        "Exactly one green lamp: your tests bite.",
        "초록 램프가 정확히 하나입니다. 버그를 놓치지 않는 테스트입니다.",
    )


def twin(payload: dict[str, Any], lang: str) -> Twin:
    """One row per engine, one column per test."""
    say = words(lang)
    rows = [
        [str(i + 1), _lamp(e["lamp"], say), *("✓" if ok else "✗" for ok in e["results"])]
        for i, e in enumerate(payload["engines"])
    ]
    columns = [say("engine", "엔진"), say("lamp", "램프"), *payload["tests"]]
    if payload["problem"]:
        columns, rows = [], []
    return Twin(say("Eight engines", "엔진 여덟 개"), [verdict(payload, lang)], columns, rows)


def _lamp(lamp: str, say: Callable[[str, str], str]) -> str:
    return {"green": say("green", "초록"), "red": say("red", "빨강"), "off": say("off", "꺼짐")}[lamp]


class EngineWall(SmallView):
    """Eight lamps and the table of which test noticed what."""

    _esm = STATIC / "engine_wall.js"
    twin = staticmethod(twin)

    @property
    def green(self) -> int:
        """Engines that passed every test."""
        return sum(e["lamp"] == "green" for e in self.data["engines"])

    @property
    def red(self) -> int:
        """Engines that at least one test rejected."""
        return sum(e["lamp"] == "red" for e in self.data["engines"])


def show(chapter: Any, case: type[unittest.TestCase] | None = None) -> EngineWall:
    """`ch.wall(SquareTest)`; without a class, the notebook's `SquareTest` when it is there."""
    names = chapter.namespace
    found = case if case is not None else names.get("SquareTest")
    if not (isinstance(found, type) and issubclass(found, unittest.TestCase)):
        found = type("SquareTest", (unittest.TestCase,), {})
    payload = measure(found, names)
    payload["say"] = {lang: verdict(payload, lang) for lang in ("en", "ko")}
    return EngineWall(payload, lang=chapter.lang)
