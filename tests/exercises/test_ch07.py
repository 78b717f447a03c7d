"""Chapter 7: a walk may be written differently, and other names for the same links are not enough."""

import pytest

from dezero_lab import exercises
from dezero_lab.grading import grade

EARLY_RETURN = """
class Variable(Variable):
    def backward(self):
        if self.creator is None:
            return
        self.creator.input.grad = self.creator.backward(self.grad)
        self.creator.input.backward()
"""

AS_A_LOOP = """
class Variable(Variable):
    def backward(self):
        here = self
        while here.creator is not None:
            f = here.creator
            f.input.grad = f.backward(here.grad)
            here = f.input
"""


@pytest.mark.parametrize("source", [EARLY_RETURN, AS_A_LOOP])
def test_any_walk_that_reaches_every_variable_passes(source):
    exercise = exercises.load("E07.2")
    report = grade(exercise, exercise.build(source), seed=3)
    assert report.ok, report.text()


def test_creator_may_be_set_without_set_creator():
    exercise = exercises.load("E07.1")
    source = exercise.reference.replace("output.set_creator(self)", "output.creator = self")
    assert grade(exercise, exercise.build(source), seed=3).ok
