import os
import sys
import time

import pytest

from dezero_lab import exercises
from dezero_lab.grading.verify import verify


@pytest.fixture(scope="module")
def loop():
    return exercises.load("E08.1")


def test_the_reference_passes_alone(loop):
    report = verify(loop, loop.reference)
    assert report.verdict == "pass"
    assert report.exercise == "E08.1"


def test_a_mistake_gets_the_same_hint_as_in_the_notebook(loop):
    report = verify(loop, loop.reference.replace("funcs.append(x.creator)", "x.backward()"))
    assert report.cause[0] == "W08.1a"


def test_nothing_saved_is_not_attempted(loop):
    assert verify(loop, "").verdict == "not_attempted"
    assert verify(loop, loop.starter).verdict == "not_attempted"


def test_prints_do_not_disturb(loop):
    noisy = "import sys, os\nprint('{}')\nsys.stdout.write('x')\nos.write(1, b'y')\n"
    assert verify(loop, noisy + loop.reference).ok


def test_a_source_that_needs_another_cell_says_so(loop):
    report = verify(loop, "class Other(Missing):\n    pass\n")
    assert report.verdict == "fail"
    assert "NameError" in report.observation.en
    assert "line 1" in report.observation.en
    assert "another cell" in report.next.en
    assert "1번째 줄" in report.observation.ko
    report = verify(loop, "x = [")
    assert "SyntaxError" in report.observation.en
    assert report.next is None


def test_an_endless_source_is_stopped(loop):
    began = time.monotonic()
    report = verify(loop, "while True:\n    pass\n", limit=1.0)
    assert report.verdict == "stopped"
    assert "1 s" in report.observation.en
    assert "1초" in report.observation.ko
    assert time.monotonic() - began < 15


@pytest.mark.skipif(os.name != "posix", reason="no memory limit elsewhere")
@pytest.mark.skipif(sys.platform == "darwin", reason="the limit is not enforced on macOS")
def test_a_huge_array_is_an_error_not_the_end(loop):
    report = verify(loop, "huge = np.ones((10**5, 10**5))\n")
    assert report.verdict == "fail"
    assert "allocate" in report.observation.en


@pytest.mark.parametrize("source", ["import os; os._exit(3)", "import sys; sys.exit()"])
def test_leaving_early_is_no_pass(loop, source):
    report = verify(loop, source + "\n" + loop.reference)
    assert report.verdict in ("stopped", "fail")
    assert report.observation.ko
