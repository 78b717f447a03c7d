"""The short form of the framework benchmark: every case runs and agrees with the floor. Times are not asserted."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

import framework  # noqa: E402
from framework_cases import CASES, Case  # noqa: E402

sys.path.pop(0)


def test_every_case_runs_and_agrees_without_the_peers():
    done = subprocess.run(
        [
            sys.executable,
            str(ROOT / "benchmarks/framework.py"),
            "--short",
            "--peers",
            "none",
            "--python",
            sys.executable,
        ],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = {line[:32].rstrip(): line[32:].split() for line in done.stdout.splitlines()}
    for case in CASES:
        if case.method != "vgg":
            floor, ours, *_ = lines[case.title]
            assert float(floor) >= 0
            assert float(ours) >= 0
    assert "W8 import, ms" in lines


def test_a_wrong_result_is_no_figure():
    worker = framework.Worker(sys.executable, "NumPy")
    try:
        assert worker.version
        case = Case("gather", "gather", {"rows": 100, "n": 10})
        right = framework.measure(case, [worker], True, 0.1)
        assert isinstance(right["NumPy"], float)

        class Other:
            name = "other"

            def ask(self, **request):
                reply = worker.ask(**request)
                return {**reply, "check": reply.get("check", 0) * 1.01}

        figures = framework.measure(case, [worker, Other()], True, 0.1)
        assert "disagrees" in figures["other"]
        assert isinstance(figures["NumPy"], float)
    finally:
        worker.close()


def test_a_framework_that_is_not_installed_is_left_out():
    worker = framework.Worker(sys.executable, "no such thing")
    worker.close()
    if worker.version is not None:
        pytest.fail("a name that nothing implements must not fall back to the floor")
