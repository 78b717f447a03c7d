"""Engines of every stage, whole or with a fault put in, and the checks every tape has to pass."""

import importlib.util
import itertools
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from dezero_lab.trace import Snapshot, Tape, record
from dezero_lab.trace.narrate import narrate_all

ENGINES = Path(__file__).parents[1] / "fixtures" / "engines"
_count = itertools.count()


def load(path):
    spec = importlib.util.spec_from_file_location(f"learner_{next(_count)}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def engine(tmp_path):
    """engine("stage16", (old, new), ...): the learner's module, with pieces of its text replaced."""

    def make(name, *changes, after=""):
        source = ENGINES / f"{name}.py"
        if not changes and not after:
            return load(source)
        text = source.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, f"{old!r} is not in {name}"
            text = text.replace(old, new)
        path = tmp_path / f"learner_{next(_count)}.py"
        path.write_text(text + after, encoding="utf-8")
        return load(path)

    return make


def classes(module):
    return [value for value in vars(module).values() if isinstance(value, type)]


def numbers(value):
    """The plain array in a gradient or data of any stage, None for nothing."""
    if value is None:
        return None
    return value if isinstance(value, np.ndarray | np.generic | int | float) else value.data


def check(tape):
    """What holds for every tape, whatever the learner's engine does."""
    failed = [
        e for e in tape.events if e.kind == "mark" and e.text_id in ("recorder_failed", "listener_failed")
    ]
    assert not failed, failed
    assert [e.i for e in tape.events] == list(range(len(tape.events)))
    text = json.dumps(tape.to_json(), allow_nan=False)
    again = Tape.from_json(json.loads(text))
    assert again == tape
    assert json.dumps(again.to_json(), allow_nan=False) == text
    for lang in ("en", "ko"):
        assert all(sentence.strip() for sentence in narrate_all(tape, lang))
    open_brackets = []
    for e in tape.events:
        if e.kind.endswith("_begin"):
            open_brackets.append((e.kind[:-6], getattr(e, "f", None) or e.v))
        elif e.kind.endswith("_end"):
            assert open_brackets.pop() == (e.kind[:-4], getattr(e, "f", None) or e.v)
        elif e.kind == "mark" and e.text_id == "caught_up":
            open_brackets.clear()
    assert not open_brackets
    state = tape.state()
    assert state.active == []
    known = set(tape.variables) | set(tape.functions)
    assert set(state.data) == set(tape.variables)
    for e in tape.events:
        for field in ("inputs", "outputs", "targets"):
            assert all(name is None or name in known for name in getattr(e, field, ()))
        if e.kind == "line":
            assert e.s in tape.sources
    return tape


def agrees(tape, live):
    """Replaying the tape gives, for each named live variable, exactly its numbers."""
    ids = {info.label: name for name, info in tape.variables.items()}
    state = tape.state()
    for word, variable in live.items():
        for attr, found in (("data", state.data), ("grad", state.grad)):
            value = numbers(getattr(variable, attr, None))
            snap = found[ids[word]]
            if value is None:
                assert snap is None, (word, attr, snap)
            else:
                expected = Snapshot.of(value)
                assert (snap.shape, snap.dtype, snap.values, snap.stats) == (
                    expected.shape, expected.dtype, expected.values, expected.stats,
                ), (word, attr)  # fmt: skip


@pytest.fixture
def checks():
    """checks(tape, live): what holds for every tape, and that it replays to the numbers of the live objects."""

    def go(tape, live):
        check(tape)
        agrees(tape, live)

    return go


@pytest.fixture
def run():
    """run(module, block): record `block()` on the module's classes, check everything that always holds."""

    def go(module, block=None, **options):
        before = {cls: dict(vars(cls)) for cls in classes(module)}
        tracer = sys.gettrace()
        names = {}
        error = None
        recording = record(
            getattr(module, "Variable", None), getattr(module, "Function", None), names=names, **options
        )
        try:
            with recording as tape:
                names.update((block or module.example)() or {})
        except BaseException as e:
            error = e
        assert sys.gettrace() is tracer
        assert {cls: dict(vars(cls)) for cls in classes(module)} == before
        assert all(list(vars(cls)) == list(before[cls]) for cls in before)
        check(tape)
        agrees(tape, names)
        grads = {}
        for e in tape.events:
            if e.kind == "grad":
                grads.setdefault(tape.label(e.v), []).append((e.op, e.new and e.new.values))
        return SimpleNamespace(
            tape=tape, names=names, error=error, grads=grads, kinds=[e.kind for e in tape.events]
        )

    return go
