"""Whatever a half-written answer gives back: a report in strict JSON and in both languages, and never an exception."""

import json

import numpy as np
import pytest

from dezero_lab import exercises
from dezero_lab.grading import grade
from dezero_lab.trace import record

VALUES = {
    "ellipsis": ...,
    "text": "3.0",
    "bytes": b"3",
    "bool": True,
    "complex": 1 + 2j,
    "complex array": np.array([1j]),
    "objects": np.array([None, "a"], dtype=object),
    "array of arrays": np.array([np.zeros(2), np.zeros(3)], dtype=object),
    "text array": np.array(["a", "b"]),
    "dates": np.array(["2026-01-01"], dtype="datetime64[D]"),
    "structured": np.zeros(2, dtype=[("a", "f8")]),
    "masked": np.ma.masked_array([1.0, 2.0], mask=[True, False]),
    "matrix like": [[1.0, 2.0], [3.0]],
    "empty": np.zeros((0, 3)),
    "large": np.zeros(100_000),
    "nan": np.nan,
    "infinite": np.array([np.inf, -np.inf]),
    "half": np.float16(0.5),
    "huge int": 10**400,
    "set": {1, "a"},
    "dict": {"a": np.zeros(2), 3: None},
    "nested": ([1, (2, [np.zeros(2)])],),
    "generator": (i for i in range(3)),
    "class": dict,
    "module": json,
    "function": len,
    "exception": ValueError("x"),
}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_any_returned_value_gets_a_report(exercise, answer, value):
    space = answer(("3 * np.cos(self.input.data) * gy", "VALUE"))
    space["VALUE"] = value
    report = grade(exercise, space, seed=1)
    assert report.verdict == "fail"
    json.loads(report.dumps())
    assert report.text("en")
    assert report.text("ko")
    tape, _ = report.replay(record)
    assert tape.events


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_any_answer_of_a_function_exercise(value):
    for name in ("E01.2", "E05.2", "E08.2", "E10.3", "EcA.2"):
        exercise = exercises.load(name)
        space = exercise.before() | {need: lambda *_, **__: value for need in exercise.needs}
        report = grade(exercise, space, seed=1)
        assert report.verdict in ("fail", "not_attempted"), name
        json.loads(report.dumps())


@pytest.mark.parametrize(
    "value",
    [None, 3, "Scale", len, object(), type("Scale", (), {})],
    ids=["None", "number", "text", "builtin", "object", "class"],
)
def test_any_object_under_a_needed_name(exercise, answer, value):
    for name in ("Scale", "Variable"):
        space = answer()
        space[name] = value
        report = grade(exercise, space, seed=1)
        assert report.verdict in ("fail", "not_attempted")
        json.loads(report.dumps())


def test_classes_with_strange_machinery(exercise, answer):
    space = answer()
    exec(  # noqa: S102
        "class Meta(type):\n"
        "    def __call__(cls, *a): raise RuntimeError('meta')\n"
        "    def __setattr__(cls, name, value): raise TypeError('frozen')\n"
        "    def __getattribute__(cls, name):\n"
        "        if name == 'backward': raise OSError('no')\n"
        "        return type.__getattribute__(cls, name)\n"
        "class Scale(metaclass=Meta):\n"
        "    __slots__ = ()\n",
        space,
    )
    report = grade(exercise, space, seed=1)
    assert report.verdict == "fail"
    assert "meta" in report.observation.en
