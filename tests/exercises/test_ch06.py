"""Chapter 6: other ways to be right pass, and the evidence of a mistake is named."""

import pytest

from dezero_lab import exercises
from dezero_lab.grading import grade

OTHER_WAYS = {
    "E06.1": [("return 2 * x * gy", "return gy * (x + x)"), ("np.exp(x) * gy", "gy * self.forward(x)")],
    "E06.2": [("return float(x.grad)", "return x.grad")],
    "E06.3": [("-gy / x**2", "-gy * (1 / x) * (1 / x)")],
}


@pytest.mark.parametrize("exercise_id", OTHER_WAYS)
def test_another_correct_solution_passes(exercise_id):
    exercise = exercises.load(exercise_id)
    source = exercise.reference
    for old, new in OTHER_WAYS[exercise_id]:
        assert source.count(old) == 1
        source = source.replace(old, new)
    report = grade(exercise, exercise.build(source), seed=3)
    assert report.ok, report.text()


def test_a_wrong_order_is_told_by_the_missing_upstream_value():
    exercise = exercises.load("E06.2")
    wrong = next(w for w in exercise.wrongs if w.id == "W06.2a")
    report = grade(exercise, exercise.build(wrong.apply(exercise.reference)), seed=3)
    assert "received `None`" in report.text("en")
    assert "`None`을 받았습니다" in report.text("ko")
