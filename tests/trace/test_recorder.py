"""Recording the stage-16 engine: the numbers, the order, and that nothing stays behind."""

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest

from dezero_lab.trace import Tape, record

ENGINES = Path(__file__).parents[1] / "fixtures" / "engines"


def load(name):
    spec = importlib.util.spec_from_file_location(f"engine_{name}", ENGINES / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def stage16():
    return load("stage16")


def test_a_pass_is_recorded_in_order(stage16):
    e = stage16
    with record(e.Variable, e.Function, lines=False) as tape:
        x = e.Variable(np.array(2.0))
        a = e.square(x)
        y = e.add(e.square(a), e.square(a))
        y.backward()
    assert x.grad == 64.0
    assert [i.label for i in tape.functions.values()] == ["Square", "Square", "Square", "Add"]
    assert {i.label for i in tape.variables.values()} == {"x", "a", "t1", "t2", "y"}
    assert tape.state().grad["v1"].values == (64.0,)
    assert Tape.from_json(json.loads(json.dumps(tape.to_json(), allow_nan=False))) == tape
