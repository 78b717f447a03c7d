"""The line a report gives to paste runs in the learner's notebook and shows the mistake again."""

from types import SimpleNamespace

import numpy as np
import pytest

from dezero_lab import exercises
from dezero_lab.grading import grade
from dezero_lab.grading.exercise import execute

MODULES = ("ch06", "ch07", "ch08", "ch09", "ch10", "column_a")
ENDLESS = ("W08.1c", "W09.3a")  # pasting these would show the mistake for ever
CASES = [
    pytest.param(exercise, wrong, id=wrong.id)
    for module in MODULES
    for exercise in exercises.chapter(module)
    for wrong in exercise.wrongs
    if not wrong.accepted and wrong.id not in ENDLESS
]


@pytest.mark.parametrize(("exercise", "wrong"), CASES)
def test_the_failing_line_runs_as_it_stands(exercise, wrong):
    space = exercise.build(wrong.apply(exercise.reference))
    report = grade(exercise, space, seed=5)
    assert report.failing is not None
    space["ch"] = SimpleNamespace(wall=lambda case: None)
    space["run"] = lambda case: None
    raised = None
    try:
        with np.errstate(all="ignore"):
            execute(report.failing["line"], space, "<pasted>")
    except Exception as error:  # the mistake itself may raise
        raised = error
    assert not isinstance(raised, NameError | SyntaxError), f"{report.failing['line']}\n{raised}"
