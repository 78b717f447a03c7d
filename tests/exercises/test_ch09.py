"""Chapter 9: behaviour is graded, not the way it is written."""

import pytest

from dezero_lab import exercises
from dezero_lab.grading import grade

OTHER_WAYS = [
    ("E09.1", "if np.isscalar(x):\n        return np.array(x)\n    return x", "return np.asarray(x)"),
    ("E09.1", "if np.isscalar(x)", "if not isinstance(x, np.ndarray)"),
    ("E09.1", "self.input = input", "self.input, self.x = input, x"),
    ("E09.2", "np.ones_like(self.data)", "np.ones(self.data.shape, self.data.dtype)"),
    ("E09.2", "if self.grad is None:", "if not isinstance(self.grad, np.ndarray):"),
    ("E09.3", "    return Square()(x)", "    f = Square()\n    return f(x)"),
]


@pytest.mark.parametrize(("exercise_id", "old", "new"), OTHER_WAYS)
def test_another_correct_solution_passes(exercise_id, old, new):
    exercise = exercises.load(exercise_id)
    assert exercise.reference.count(old) == 1
    report = grade(exercise, exercise.build(exercise.reference.replace(old, new)), seed=3)
    assert report.ok, report.text()


def test_a_shared_instance_is_stopped_and_explained():
    exercise = exercises.load("E09.3")
    shared = next(w for w in exercise.wrongs if w.id == "W09.3a")
    report = grade(exercise, exercise.build(shared.apply(exercise.reference)), seed=3)
    assert "its own creator" in report.text("en")
    assert report.seconds < 2
