"""Tapes: states, JSON, and what they say when they are given something else."""

import numpy as np
import pytest

from dezero_lab.trace import Tape, record
from dezero_lab.trace.events import KINDS, Event


@pytest.fixture
def tape(engine):
    module = engine("stage16")
    with record(module.Variable, module.Function, title="diamond") as tape:
        x = module.Variable(np.array(2.0))
        a = module.square(x)
        y = module.add(module.square(a), module.square(a))
        y.backward()
    return tape


def test_before_the_first_event_there_is_nothing(tape):
    state = tape.state(-1)
    assert (state.data, state.grad, state.active, state.phase) == ({}, {}, [], "idle")


@pytest.mark.parametrize("k", [-2, 10_000])
def test_no_such_event(tape, k):
    with pytest.raises(IndexError, match="the tape has events 0 to"):
        tape.state(k)


def test_stepping_back_and_forth_gives_the_same_state(tape):
    k = len(tape) // 2
    one, two = tape.state(k), tape.state(k)
    one.data.clear()
    assert tape.state(k) == two


def test_visits_begin_anew_with_every_sweep(engine):
    module = engine("stage15")
    with record(module.Variable, module.Function, lines=False) as tape:
        y = module.square(module.Variable(np.array(1.0)))
        y.backward()
        y.backward()
    assert [(s.sweep, dict(s.visits)) for s in tape.states() if s.visits][-1] == (2, {"f1": 1})


def test_labels(tape):
    assert tape.label("v1") == "x"
    assert tape.label("f4") == "Add"
    assert tape.label(None) == tape.label("v99") == "?"


def test_repr_and_length(tape):
    assert repr(tape) == f"<Tape 'diamond': {len(tape)} events, 5 variables, 4 functions>"
    assert len(tape) == len(tape.events)


def test_every_kind_is_used_by_some_tape(tape, engine):
    module = engine("stage16", ("return a + b", "return a + missing"))
    with pytest.raises(NameError), record(module.Variable, module.Function) as broken:
        module.example()
    module = engine("stage01")
    with record(module.Variable, max_events=12) as short:
        for k in range(20):
            module.Variable(np.array(0.0)).data = np.array(float(k))
    seen = {event.kind for t in (tape, broken, short) for event in t.events}
    assert seen == set(KINDS)


def test_json_header(tape):
    data = tape.to_json()
    assert (data["version"], data["kind"], data["title"]) == (1, "dezero_lab.tape", "diamond")
    assert [e["i"] for e in data["events"]] == list(range(len(tape)))


def test_something_else_is_refused(tape):
    with pytest.raises(ValueError, match=r"not 'dezero_lab[.]tape'"):
        Tape.from_json({"kind": "dezero_lab.scene"})
    with pytest.raises(ValueError, match="has version 2, this program reads version 1"):
        Tape.from_json(tape.to_json() | {"version": 2})
    with pytest.raises(ValueError, match="unknown event kind 'nonsense'"):
        Event.from_json({"k": "nonsense", "i": 0})


def test_tapes_differ_from_other_things(tape):
    assert tape != 3
    assert tape != Tape()


def test_no_path_of_the_learners_machine_is_on_the_tape(tape):
    assert not any("/" in s.file or "\\" in s.file for s in tape.sources.values())


def test_source_lines(tape):
    source = next(s for s in tape.sources.values() if s.title == "Square.backward")
    assert source.line(source.first_line) == "def backward(self, gy):"
    assert source.line(source.first_line - 1) == source.line(10_000) == ""
    assert source.text().endswith("return 2 * x * gy")
