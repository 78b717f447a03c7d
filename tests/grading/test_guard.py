import contextlib
import signal
import sys
import threading
import time

import numpy as np
import pytest

from dezero_lab.grading import grade
from dezero_lab.grading.guard import Guard, Stopped, VisitsUsedUp, memory_limit

posix = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="alarms exist on POSIX only")


def forever():
    while True:
        pass


def forever_with_bare_except():
    while True:
        try:
            while True:
                pass
        except:  # noqa: E722 - what learners write
            if time.monotonic() > stop_at[0]:
                raise


stop_at = [0.0]


@posix
@pytest.mark.parametrize("endless", [forever, lambda: time.sleep(10)])
def test_the_alarm_stops_what_does_not_end(endless):
    began = time.monotonic()
    with pytest.raises(Stopped), Guard(0.1):
        endless()
    assert time.monotonic() - began < 2


@posix
def test_except_exception_cannot_swallow_it_and_a_bare_except_only_for_a_while():
    def stubborn():
        while True:
            with contextlib.suppress(Exception):
                forever()

    with pytest.raises(Stopped), Guard(0.1):
        stubborn()
    stop_at[0] = time.monotonic() + 0.3
    with pytest.raises(Stopped), Guard(0.1):
        forever_with_bare_except()


@posix
def test_an_alarm_never_escapes_into_what_comes_after():
    for _ in range(120):
        try:
            with Guard(0.002):
                time.sleep(0.0019)
        except Stopped:
            pass
    time.sleep(0.3)  # a repeated alarm would arrive here


@posix
def test_an_earlier_alarm_and_handler_come_back():
    rang = []
    old = signal.signal(signal.SIGALRM, lambda *_: rang.append(1))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        with Guard(5.0):
            pass
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
        time.sleep(0.5)
        assert rang == [1]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)


def test_in_another_thread_the_clock_is_looked_at():
    seen = []

    def work():
        try:
            with Guard(0.1):
                forever()
        except Stopped:
            seen.append("stopped")
        seen.append(sys.gettrace())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(10)
    assert seen == ["stopped", None]


@pytest.mark.parametrize("in_thread", [False, True])
def test_the_visit_budget_counts_backward(in_thread):
    seen = []

    def backward():
        pass

    def work():
        with Guard(5.0) as guard:
            with guard.visits(10):
                for _ in range(10):
                    backward()
            try:
                with guard.visits(10):
                    while True:
                        backward()
            except VisitsUsedUp:
                seen.append("used up")

    if in_thread:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join(10)
    else:
        before = sys.gettrace()
        work()
        assert sys.gettrace() is before
    assert seen == ["used up"]


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is set on Linux only")
def test_a_huge_array_is_a_memory_error_and_the_limit_goes_away():
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    with memory_limit(), pytest.raises(MemoryError):
        np.ones((50_000, 50_000))
    assert resource.getrlimit(resource.RLIMIT_AS) == before


@posix
def test_grading_an_endless_answer_is_stopped_and_says_so(exercise, answer):
    endless = ("    def forward(self, x):\n", "    def forward(self, x):\n        while True: pass\n")
    report = grade(exercise, answer(endless), limit=0.2)
    assert report.verdict == "stopped"
    assert "does not come to an end" in report.observation.en
    assert "끝나지 않아" in report.text("ko")
    assert report.failing["line"].startswith("f = Scale()")


def test_grading_in_a_thread_works_too(exercise, answer):
    reports = []
    endless = ("    def forward(self, x):\n", "    def forward(self, x):\n        while True: pass\n")
    thread = threading.Thread(
        target=lambda: reports.extend(
            [grade(exercise, answer()), grade(exercise, answer(endless), limit=0.2)]
        )
    )
    thread.start()
    thread.join(20)
    assert [r.verdict for r in reports] == ["pass", "stopped"]


def test_visits_without_end_are_named(exercise, answer):
    circling = (
        "    def backward(self, gy):\n",
        "    def backward(self, gy):\n        while True: Scale.backward(self, gy)\n",
    )
    report = grade(exercise, answer(circling, ("while True: Scale", "while True: other")), limit=2.0)
    assert report.verdict == "fail"  # a NameError
    space = answer(circling)
    exec(  # noqa: S102
        "class Loop(Scale):\n    def backward(self, gy):\n        while True: Scale2.backward(self, gy)\n",
        space,
    )
    space["Scale2"], space["Scale"] = answer()["Scale"], space["Loop"]
    report = grade(exercise, space, limit=5.0)
    assert report.verdict == "stopped"
    assert report.cause[0] == "D14"
    assert report.seconds < 2


def test_recursion_and_memory_errors_are_ordinary_failures(exercise, answer):
    deep = ("    def forward(self, x):\n", "    def forward(self, x):\n        return self.forward(x)\n")
    report = grade(exercise, answer(deep))
    assert report.verdict == "fail"
    assert "RecursionError" in report.observation.en
    if sys.platform == "linux":
        huge = (
            "    def forward(self, x):\n",
            "    def forward(self, x):\n        np.ones((50_000, 50_000))\n",
        )
        report = grade(exercise, answer(huge))
        assert report.verdict == "fail"
        assert "allocate" in report.observation.en
