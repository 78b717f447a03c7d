"""Keeping freed memory: fewer page faults, the same results, and a clear answer where there is nothing to set."""

import subprocess
import sys

import pytest

from dezero_lab import memory

STEPS = """
import resource, sys
import numpy as np
from dezero_lab.memory import keep_freed_memory
if sys.argv[1] == "keep":
    assert keep_freed_memory()
def step():
    arrays = [np.ones(500_000) for _ in range(8)]  # 32 MB, freed together
for _ in range(4):
    step()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(4):
    step()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def glibc():
    import platform

    return sys.platform == "linux" and platform.libc_ver()[0] == "glibc"


@pytest.mark.skipif(not glibc(), reason="only glibc has the setting")
def test_steps_stop_asking_the_system_for_pages():
    def faults(how):
        done = subprocess.run([sys.executable, "-c", STEPS, how], capture_output=True, text=True, check=True)
        return int(done.stdout)

    kept = faults("keep")
    assert kept < 200
    assert kept <= faults("plain")


def test_a_limit_that_does_not_fit():
    with pytest.raises(ValueError, match="must lie between 0 and 2147483647 bytes"):
        memory.keep_freed_memory(1 << 31)


def test_other_systems_answer_no(monkeypatch):
    monkeypatch.setattr(memory.sys, "platform", "darwin")
    assert memory.keep_freed_memory() is False
    monkeypatch.setattr(memory.sys, "platform", "linux")
    monkeypatch.setattr(memory.ctypes, "CDLL", lambda name: object())  # a C library without mallopt
    assert memory.keep_freed_memory() is False
