"""Chapter 8: the check reads the recursion limit, whatever it is."""

import sys

import pytest

from dezero_lab import exercises
from dezero_lab.grading import grade

QUEUE = """
from collections import deque


class Variable(Variable):
    def backward(self):
        waiting = deque([self.creator] if self.creator is not None else [])
        while waiting:
            f = waiting.popleft()
            f.input.grad = f.backward(f.output.grad)
            if f.input.creator:
                waiting.append(f.input.creator)
"""


@pytest.fixture(params=[700, 1000, 2500])
def recursion_limit(request):
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(request.param)
    yield request.param
    sys.setrecursionlimit(before)


def test_the_long_chain_follows_the_recursion_limit(recursion_limit):
    exercise = exercises.load("E08.1")
    assert grade(exercise, exercise.build(exercise.reference), seed=3).ok
    hidden = next(w for w in exercise.wrongs if w.id == "W08.1a")
    report = grade(exercise, exercise.build(hidden.apply(exercise.reference)), seed=3)
    assert report.verdict == "fail"
    assert "still hides a recursion" in report.text("en")


def test_a_queue_passes():
    exercise = exercises.load("E08.1")
    carried = exercise.reference.partition("class Function:")[2]
    report = grade(exercise, exercise.build(QUEUE + "\n\nclass Function:" + carried), seed=3)
    assert report.ok, report.text()


def test_taking_from_the_front_is_accepted_with_a_note():
    exercise = exercises.load("E08.1")
    front = next(w for w in exercise.wrongs if w.id == "W08.1d")
    report = grade(exercise, exercise.build(front.apply(exercise.reference)), seed=3)
    assert report.ok
    assert "chapter 15" in report.text("en")
    assert "15장" in report.text("ko")
