"""Column A: dual numbers may be built in other ways."""

from dezero_lab import exercises
from dezero_lab.grading import grade

WITHOUT_HELPER = """
class Dual:
    def __init__(self, value, slope=0):
        self.value, self.slope = value, slope

    def __add__(self, other):
        if not isinstance(other, Dual):
            return Dual(self.value + other, self.slope)
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other):
        if not isinstance(other, Dual):
            return Dual(self.value * other, self.slope * other)
        return Dual(self.value * other.value, self.slope * other.value + self.value * other.slope)

    __radd__, __rmul__ = __add__, __mul__


def slope(f, x):
    return f(Dual(x, 1)).slope
"""


def test_a_dual_number_without_as_dual_passes():
    exercise = exercises.load("EcA.1")
    report = grade(exercise, exercise.build(WITHOUT_HELPER), seed=3)
    assert report.ok, report.text()


def test_a_missing_rule_for_constants_on_the_left_is_seen():
    exercise = exercises.load("EcA.1")
    source = WITHOUT_HELPER.replace("    __radd__, __rmul__ = __add__, __mul__\n", "")
    report = grade(exercise, exercise.build(source), seed=3)
    assert report.verdict == "fail"
    assert report.failing is not None
    assert "3 * x" in report.failing["line"]
