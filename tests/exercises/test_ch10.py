"""Chapter 10: the planted faults are faults, the learner's tests are run on all of them, discovery is unittest's own."""

import subprocess
import sys
import unittest

import numpy as np
import pytest

from dezero_lab import exercises
from dezero_lab.exercises import ch10
from dezero_lab.grading import grade
from dezero_lab.stages import ch09


@pytest.fixture
def tests_of():
    exercise = exercises.load("E10.1")

    def build(source):
        return exercise, exercise.build("import unittest\n" + source)

    return build


@pytest.mark.parametrize("fault", ch10.FAULTS, ids=lambda fault: fault.text.en)
def test_every_fault_differs_from_the_square_somewhere(fault):
    square = ch10.engine(ch09.Square, fault)
    x = ch09.Variable(np.array([-3.0, 2.0]))
    y = square()(x)
    y.grad = np.array([2.5, -1.0])
    y.backward()
    right = (
        np.array_equal(y.data, x.data**2),
        np.shape(x.grad) == (2,) and np.allclose(x.grad, 2 * x.data * y.grad),
    )
    assert right != (True, True)


def test_eight_engines_and_only_one_is_right():
    engines = ch10.engines(ch09.Square)
    assert len(engines) == 8
    assert [square for square, fault in engines if fault is None] == [ch09.Square]


def test_names_mean_the_engine_only_inside_the_block():
    names = {"Square": ch09.Square, "square": ch09.square}
    other = ch10.engine(ch09.Square, ch10.FAULTS[0])

    def broken_off():
        with ch10.in_place_of(names, other):
            assert names["Square"] is other
            assert names["square"](ch09.Variable(np.array(2.0))).data == 8.0
            raise KeyError

    with pytest.raises(KeyError):
        broken_off()
    assert names == {"Square": ch09.Square, "square": ch09.square}


def test_names_that_were_not_there_are_gone_again():
    names = {}
    with ch10.in_place_of(names, ch09.Square):
        assert set(names) == {"Square", "square"}
    assert names == {}


def test_pytest_style_helpers_and_subtests_are_fine(tests_of):
    exercise, space = tests_of("""
def close(a, b):
    return np.allclose(a, b, rtol=1e-6, atol=1e-6)


class SquareTest(unittest.TestCase):
    def setUp(self):
        self.x = Variable(np.array([[-1.5, 0.5], [2.0, -0.25]]))

    def test_everything(self):
        for gy in (1.0, -2.5):
            with self.subTest(gy=gy):
                y = square(self.x)
                y.grad = np.full((2, 2), gy)
                y.backward()
                self.assertTrue(close(y.data, self.x.data * self.x.data))
                self.assertTrue(close(self.x.grad, 2 * self.x.data * gy))
                self.assertEqual(self.x.grad.shape, (2, 2))
""")
    report = grade(exercise, space, seed=3)
    assert report.ok, report.text()


def test_the_report_names_the_engine_that_survives(tests_of):
    exercise, space = tests_of(ch10.SEED_OF_ONE)
    report = grade(exercise, space, seed=3)
    assert report.verdict == "fail"
    assert (report.passed, report.total) == (8, 9)
    assert "ignores gy" in report.text("en")


def test_the_learners_names_are_back_after_the_check(tests_of):
    exercise, space = tests_of(ch10.VALUES_ONLY)
    before = dict(space)
    grade(exercise, space, seed=3)
    assert space == before


@pytest.mark.parametrize(
    "names", [ch10.PATTERN, ch10.FOLDERS, ch10.NESTED, [*ch10.PATTERN, *ch10.FOLDERS, *ch10.NESTED]]
)
def test_discovery_is_what_unittest_really_does(tmp_path, names):
    for name in names:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        label = name.replace("/", "_").replace(".", "_")
        test = f"import unittest\nclass C(unittest.TestCase):\n    def test_{label}(self):\n        print({name!r})\n"
        file.write_text(test if name.endswith(".py") and not name.endswith("__init__.py") else "")
    command = [sys.executable, "-m", "unittest", "discover"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert sorted(done.stdout.split()) == sorted(ch10.runs(names))


def test_run_tests_is_quiet(capsys):
    class Loud(unittest.TestCase):
        def test_fails(self):
            self.fail("seen")

    assert not ch10.run_tests(Loud).wasSuccessful()
    assert capsys.readouterr() == ("", "")
