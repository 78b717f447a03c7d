"""Ten times the graph takes about ten times as long, whatever is done with it; a hundred times would be quadratic."""

import copy
import gc
import pickle
import time

import numpy as np
import pytest

import dezero_lab.functions as F
from dezero_lab import Variable
from dezero_lab.sweep import functions_behind
from dezero_lab.utils import get_dot_graph, plot_dot_graph


def chain(n):
    x = y = Variable(np.array(1.0))
    for _ in range(n // 2):
        y = F.sin(y) * 1.0001
    return x, y


def fan(n):
    """One variable with n uses, all of them summed by one long chain."""
    x = Variable(np.array(1.0))
    return x, sum((x * float(i) for i in range(n // 2)), start=Variable(np.array(0.0)))


def trellis(n):
    """Every result is used twice, so that there are 2^n paths."""
    x = y = Variable(np.array(1.0))
    for _ in range(n // 2):
        y = (y + y) * 0.5
    return x, y


ACTIONS = {
    "backward": lambda x, y: y.backward(),
    "backward with a graph": lambda x, y: y.backward(create_graph=True),
    "collect": lambda x, y: functions_behind(y),
    "unchain": lambda x, y: y.unchain_backward(),
    "pickle": lambda x, y: pickle.loads(pickle.dumps(y)),  # noqa: S301
    "deepcopy": lambda x, y: copy.deepcopy(y),
    "DOT": lambda x, y: get_dot_graph(y),
    "picture": lambda x, y: plot_dot_graph(y, to_file="graph.svg"),
}


def seconds(make, action, n):
    x, y = make(n)
    start = time.process_time()
    action(x, y)
    return time.process_time() - start


@pytest.mark.parametrize("make", [chain, fan, trellis])
@pytest.mark.parametrize("action", ACTIONS.values(), ids=ACTIONS)
def test_time_grows_with_the_graph(make, action, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    gc.disable()  # its passes grow with everything else that is alive in this process
    try:
        small = min(seconds(make, action, 250) for _ in range(2))
        large = seconds(make, action, 2_500)
    finally:
        gc.enable()
    assert large < 35 * small + 0.05  # with room for a busy machine


@pytest.mark.parametrize("make", [chain, fan, trellis])
def test_building_and_freeing(make):
    taken = {}
    gc.disable()
    try:
        for n in (1_000, 10_000):
            rounds = []
            for _ in range(3):
                start = time.process_time()
                ends = make(n)
                del ends
                rounds.append(time.process_time() - start)
            taken[n] = min(rounds)
    finally:
        gc.enable()
    assert taken[10_000] < 35 * taken[1_000] + 0.05


def test_nothing_of_a_graph_is_left_to_the_collector():
    """Links go one way, so a graph is gone with the last name for it, also after a backward pass of second order."""
    gc.collect()
    gc.disable()
    try:
        for make in (chain, fan, trellis):
            x, y = make(200)
            y.backward(create_graph=True)
            x.cleargrad()
            del x, y
        assert gc.collect() < 20
    finally:
        gc.enable()
