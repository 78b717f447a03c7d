"""Keeping freed memory: fewer page faults, the same results, and a clear answer where there is nothing to set."""

import ctypes
import os
import subprocess
import sys

import pytest

from dezero_lab import memory

STEPS = """
import resource, sys
import numpy as np
from dezero_lab import memory
if sys.argv[1] == "keep":
    assert memory.keep_freed_memory()
elif sys.argv[1] == "decide":
    assert memory.undecided and memory.decide() and not memory.undecided
    assert not memory.decide()  # once is enough
elif sys.argv[1] == "layer":
    from dezero_lab import no_grad, layers
    with no_grad():
        layers.Linear(1)(np.ones((1, 1)))
elif sys.argv[1] == "backward":
    from dezero_lab import Variable
    (Variable(np.array(1.0)) * 2).backward()
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


only_glibc = pytest.mark.skipif(not glibc(), reason="only glibc has the setting")


def faults(how, **environment):
    env = {
        k: v for k, v in os.environ.items() if not k.startswith(("DEZERO_LAB_KEEP", "MALLOC_", "GLIBC_TUN"))
    }
    done = subprocess.run(
        [sys.executable, "-c", STEPS, how],
        capture_output=True,
        text=True,
        check=True,
        env={**env, **environment},
    )
    return int(done.stdout)


@only_glibc
@pytest.mark.parametrize("how", ["keep", "decide", "layer", "backward"])
def test_steps_stop_asking_the_system_for_pages(how):
    kept = faults(how)
    assert kept < 200
    assert kept <= faults("plain")


@only_glibc
@pytest.mark.parametrize(
    "environment",
    [{"DEZERO_LAB_KEEP_MB": "0"}, {"MALLOC_TRIM_THRESHOLD_": "131072"}],
    ids=["switched off", "set up outside"],
)
def test_the_default_can_be_switched_off(environment):
    assert faults("layer", **environment) > 1000


def test_the_amount_comes_from_the_environment(monkeypatch):
    asked = []
    monkeypatch.setattr(memory, "keep_freed_memory", lambda limit: asked.append(limit) or True)
    for wanted in ("64", "", "many", "999999"):
        monkeypatch.setattr(memory, "undecided", True)
        monkeypatch.setenv("DEZERO_LAB_KEEP_MB", wanted)
        memory.decide()
    assert [limit >> 20 for limit in asked] == [64, 256, 256, 2047]


def test_a_limit_that_does_not_fit():
    with pytest.raises(ValueError, match="must lie between 0 and 2147483647 bytes"):
        memory.keep_freed_memory(1 << 31)


def test_other_systems_answer_no(monkeypatch):
    monkeypatch.setattr(memory.sys, "platform", "darwin")
    assert memory.keep_freed_memory() is False
    monkeypatch.setattr(memory.sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())  # a C library without mallopt
    assert memory.keep_freed_memory() is False
