"""What a recording leaves behind: nothing. And what it promises: limits, a live hook, right numbers."""

import collections
import gc
import inspect
import json
import subprocess
import sys
import traceback
import weakref

import numpy as np
import pytest

from dezero_lab.trace import Tape, record
from dezero_lab.trace.seams import Seams
from dezero_lab.trace.snapshot import Snapshot


def snapshot_of_classes(module):
    return {cls: dict(vars(cls)) for cls in vars(module).values() if isinstance(cls, type)}


@pytest.mark.parametrize("error", [None, ValueError, KeyboardInterrupt, SystemExit, GeneratorExit])
def test_everything_is_as_it_was(engine, error):
    module = engine("stage16")
    before = snapshot_of_classes(module)
    setattr_before = module.Variable.__setattr__

    def block():
        with record(module.Variable, module.Function):
            module.example()
            if error is not None:
                raise error("stop")

    if error is None:
        block()
    else:
        with pytest.raises(error):
            block()
    assert snapshot_of_classes(module) == before
    assert module.Variable.__setattr__ is setattr_before is object.__setattr__
    assert sys.gettrace() is None or "coverage" in type(sys.gettrace()).__module__


def test_nothing_is_wrapped_when_nothing_is_recorded():
    """Importing the framework and its stages does not import the recorder."""
    code = "import sys, dezero_lab; sys.exit(any(m.startswith('dezero_lab.trace') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_recorder_imports_numpy_and_the_standard_library_only():
    code = (
        "import sys, numpy; before = set(sys.modules); import dezero_lab.trace; "
        "new = {m.split('.')[0] for m in set(sys.modules) - before} - set(sys.stdlib_module_names); "
        "print(sorted(new)); sys.exit(new != {'dezero_lab'})"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_no_strong_references_are_kept(engine):
    module = engine("stage17")
    gc.collect()
    gc.disable()
    try:
        with record(module.Variable, module.Function) as tape:
            x = module.Variable(np.array([1.0, 2.0]))
            a = module.square(x)
            y = module.add(module.square(a), a)
            y.backward()
        probes = [weakref.ref(obj) for obj in (x, a, y, x.grad, y.data, a.creator, y.creator)]
        del x, a, y
        assert [probe() for probe in probes] == [None] * len(probes)
        assert len(tape) > 0
    finally:
        gc.enable()


def test_no_strong_references_after_an_exception(engine):
    module = engine("stage17")
    gc.collect()
    gc.disable()
    try:
        probes = []
        try:
            with record(module.Variable, module.Function):
                x = module.Variable(np.array(1.0))
                y = module.square(x)
                probes += [weakref.ref(x), weakref.ref(y)]
                raise ZeroDivisionError
        except ZeroDivisionError:
            pass
        del x, y
        assert [probe() for probe in probes] == [None, None]
    finally:
        gc.enable()


def test_classes_are_not_kept_alive():
    def make():
        class Variable:
            def __init__(self, data):
                self.data = data

        with record(Variable) as tape:
            Variable(np.array(1.0))
        return weakref.ref(Variable), tape

    probe, tape = make()
    gc.collect()
    assert probe() is None
    assert tape.variables["v1"].cls == "Variable"


def test_slots_without_weak_references_are_let_go(engine):
    module = engine(
        "stage16",
        ("class Variable:", 'class Variable:\n    __slots__ = ("creator", "data", "generation", "grad")\n'),
    )
    with record(module.Variable, module.Function):
        x = module.Variable(np.array(1.0))
        held = sys.getrefcount(x)
    assert sys.getrefcount(x) == held - 1


def test_classes_written_in_c_are_left_alone():
    with record(collections.deque, type(weakref.ref(int))) as tape:
        collections.deque([1])
    assert tape.events == []


def test_a_failure_at_the_start_never_reaches_the_learner(engine, monkeypatch):
    module = engine("stage16")
    before = snapshot_of_classes(module)
    monkeypatch.setattr(Seams, "has", lambda *args: 1 / 0)
    with record(module.Variable, module.Function) as tape:
        live = module.example()
    assert live["x"].grad == 64.0
    assert [e.kind for e in tape.events][:1] == ["mark"]
    assert snapshot_of_classes(module) == before


def test_a_recording_is_used_once(engine):
    module = engine("stage01")
    recording = record(module.Variable)
    with recording:
        pass
    with pytest.raises(RuntimeError, match="call record"), recording:
        pass


def test_traceback_shows_the_learners_frames_only(engine):
    module = engine("stage16", ("return a + b", "return a + missing"))
    with pytest.raises(NameError) as caught, record(module.Variable, module.Function):
        module.example()
    files = [frame.filename for frame in traceback.extract_tb(caught.value.__traceback__)]
    assert not any("dezero_lab" in file for file in files)
    names = [frame.name for frame in traceback.extract_tb(caught.value.__traceback__)][-4:]
    assert names == ["example", "add", "__call__", "forward"]


def test_wrapped_methods_look_like_the_learners(engine):
    module = engine("stage16")
    source = inspect.getsource(module.Square.forward)
    with record(module.Variable, module.Function):
        assert inspect.getsource(module.Square.forward) == source
        assert module.Square.forward.__name__ == "forward"
        assert module.Variable.backward.__doc__ is None


# ---- limits


@pytest.mark.parametrize("lines", [True, False])
@pytest.mark.parametrize("max_events", [0, 1, 7, 50, 333])
def test_event_limit_is_kept_and_final_numbers_are_right(engine, run, max_events, lines):
    module = engine("stage14")

    def block():
        x = module.Variable(np.array([1.0, 2.0]))
        y = module.add(x, x)
        for _ in range(60):
            y.cleargrad()
            x.cleargrad()
            y.backward()
            x.data = x.data + 1
        return {"x": x}

    names = {}
    with record(module.Variable, module.Function, names=names, lines=lines, max_events=max_events) as tape:
        names.update(block())
    assert len(tape) <= max(max_events, 2)
    marks = [e.text_id for e in tape.events if e.kind == "mark"]
    assert marks == ["truncated", "caught_up"]
    if tape.variables:
        assert tape.state().data["v1"].values == (61.0, 62.0)
        assert tape.state().grad["v1"].values == (2.0, 2.0)
    assert tape.state().active == []
    assert tape.state().phase == "idle"


@pytest.mark.parametrize("max_bytes", [20_000, 100_000, 400_000])
@pytest.mark.parametrize("lines", [True, False])
def test_byte_limit_is_kept(engine, max_bytes, lines):
    module = engine("stage16")
    with record(module.Variable, module.Function, max_bytes=max_bytes, max_events=10**6, lines=lines) as tape:
        x = module.Variable(np.random.default_rng(0).standard_normal((8, 8)))
        y = x
        for _ in range(40):
            y = module.add(module.square(y), x)
            y.data = y.data / 100
        for _ in range(20):
            y.cleargrad()
            y.backward()
    size = len(json.dumps(tape.to_json()))
    assert 0.2 * max_bytes < size <= max_bytes
    assert np.array_equal(tape.state().grad["v1"].array(), x.grad)


def test_defaults_bound_a_long_run(engine):
    module = engine("stage16")
    with record(module.Variable, module.Function) as tape:
        for _ in range(100):
            module.example()
    assert len(tape) <= 5000
    assert len(json.dumps(tape.to_json())) <= 2_000_000


# ---- live hook


def test_on_event_sees_every_event_as_it_happens(engine):
    module = engine("stage16")
    seen = []
    with record(module.Variable, module.Function, on_event=seen.append) as tape:
        x = module.Variable(np.array(2.0))
        count = len(seen)
        module.square(x)
        assert count == 1 < len(seen)
    assert seen == tape.events


def test_on_event_that_raises_is_dropped_and_told(engine):
    module = engine("stage16")
    calls = []

    def bad(event):
        calls.append(event)
        raise ValueError("broken view")

    with record(module.Variable, module.Function, on_event=bad) as tape:
        live = module.example()
    assert live["x"].grad == 64.0
    assert len(calls) == 1
    marks = [e for e in tape.events if e.kind == "mark"]
    assert [(m.text_id, m.values["message"]) for m in marks] == [("listener_failed", "broken view")]
    assert sum(e.kind == "sweep_end" for e in tape.events) == 1


def test_on_event_may_use_the_learners_classes(engine):
    """What a live view does in its hook is not the learner's doing."""
    module = engine("stage16")
    with record(module.Variable, module.Function, on_event=lambda e: module.Variable(np.array(0.0))) as tape:
        module.example()
    assert len(tape.variables) == 5


def test_a_failure_of_ours_never_reaches_the_learner(engine, monkeypatch):
    module = engine("stage16")

    def broken(*args, **kwargs):
        raise RuntimeError("a bug in the recorder")

    monkeypatch.setattr(Snapshot, "of", broken)
    with record(module.Variable, module.Function) as tape:
        live = module.example()
    assert live["x"].grad == 64.0
    assert tape.events[-1].kind == "mark"
    assert "recorder_failed" in [e.text_id for e in tape.events if e.kind == "mark"]


# ---- names


def test_names_come_from_the_namespace_first(engine):
    module = engine("stage19")
    with record(module.Variable, module.Function, lines=False) as tape:
        x = module.Variable(np.array(2.0), name="input")
        module.square(module.Variable(np.array(3.0), name="hidden"))
        y = module.square(module.square(x))
    labels = [info.label for info in tape.variables.values()]
    assert labels == ["x", "hidden", "t1", "t2", "y"]
    assert y.data == 16.0


def test_names_of_variables_that_are_gone_again(engine):
    module = engine("stage17")

    def helper(p):
        inner = module.square(p)
        return module.square(inner)

    with record(module.Variable, module.Function, lines=False) as tape:
        x = module.Variable(np.array(2.0))
        y = helper(x)
        y.backward()
        y = module.square(x)
    by_label = {info.label: info for info in tape.variables.values()}
    assert set(by_label) == {"x", "inner", "y", "y₁"}
    assert by_label["y"].id > by_label["y₁"].id
    assert "p" not in by_label["x"].names


def test_gradient_variables_are_named_after_their_owner(engine):
    module = engine("stage32")
    with record(module.Variable, module.Function, lines=False) as tape:
        x = module.Variable(np.array(2.0))
        y = module.square(x)
        y.backward(retain_grad=True)
    labels = {info.label for info in tape.variables.values()}
    assert {"x", "y", "y.grad", "x.grad"} <= labels


def test_constants_and_results_without_a_name(engine):
    module = engine("stage21")
    with record(module.Variable, module.Function, lines=False) as tape:
        x = module.Variable(np.array(2.0))
        y = 3.0 * x + 1.0
    assert y is not None
    assert [info.label for info in tape.variables.values()] == ["x", "c1", "t1", "c2", "y"]


def test_hidden_names_do_not_count(engine):
    module = engine("stage01")
    names = {}
    with record(module.Variable, names=names) as tape:
        names["_"] = names["_7"] = names["x"] = module.Variable(np.array(2.0))
    assert tape.variables["v1"].names == ("x",)


def test_locals_are_not_kept_by_looking_for_names(engine):
    module = engine("stage17")
    with record(module.Variable, module.Function, lines=False):
        x = module.Variable(np.array(2.0))
        y = module.square(x)
        y.backward()
        probe = weakref.ref(y)
        del y
        assert probe() is None
    assert x.grad == 4.0


# ---- what is in the events


def test_data_writes(engine):
    module = engine("stage01")
    a = np.array([1.0, 2.0])
    with record(module.Variable) as tape:
        x = module.Variable(a)
        x.data = np.array([5.0, 5.0])
        x.data[0] = 7.0
        other = module.Variable(np.array(0.0))
        x.data = None
    assert other is not None
    changes = [
        (e.op, e.old and e.old.values, e.new and e.new.values) for e in tape.events if e.kind == "data"
    ]
    assert changes == [
        ("set", (1.0, 2.0), (5.0, 5.0)),
        ("inplace", (5.0, 5.0), (7.0, 5.0)),
        ("clear", (7.0, 5.0), None),
    ]


def test_array_shared_with_the_box(engine):
    """P01: `a += 1` reaches into the box."""
    module = engine("stage01")
    with record(module.Variable) as tape:
        a = np.array(1.0)
        x = module.Variable(a)
        a += 1
    assert x.data == 2.0
    assert [(e.kind, getattr(e, "op", None)) for e in tape.events] == [
        ("variable", None),
        ("data", "inplace"),
    ]


def test_clearing(engine):
    module = engine("stage14")
    with record(module.Variable, module.Function, lines=False) as tape:
        x = module.Variable(np.array(2.0))
        module.square(x).backward()
        x.cleargrad()
        x.cleargrad()
    assert [e.op for e in tape.events if e.kind == "grad" and e.v == "v1"] == ["set", "clear"]


def test_breaking_a_link_shows(engine):
    module = engine("stage07")
    with record(module.Variable, module.Function, lines=False) as tape:
        x = module.Variable(np.array(2.0))
        y = module.Square()(x)
        y.creator = None
    assert tape.events[-1].kind == "link"
    assert tape.state().links["v2", "creator"] == (None,)


def test_links_are_told_once(engine):
    module = engine("stage16")
    with record(module.Variable, module.Function, lines=False) as tape:
        module.example()
    told = [(e.owner, e.attr) for e in tape.events if e.kind == "link"]
    assert len(told) == len(set(told))
    assert tape.state().links["v5", "generation"] == (3,)
    assert tape.state().links["f4", "inputs"] == ("v3", "v4")


def test_phases(engine):
    module = engine("stage06")
    with record(module.Variable, module.Function, lines=False) as tape:
        module.example()
    phases = [s.phase for s in tape.states()]
    assert phases[0] == "idle"
    assert {p for p, e in zip(phases, tape.events, strict=True) if e.kind == "forward_begin"} == {"forward"}
    assert {p for p, e in zip(phases, tape.events, strict=True) if e.kind == "backward_begin"} == {"backward"}


def test_walk_and_record_agree_on_links(engine):
    from dezero_lab.trace import walk

    module = engine("stage16")
    with record(module.Variable, module.Function, lines=False) as tape:
        x = module.Variable(np.array(2.0))
        a = module.square(x)
        y = module.add(module.square(a), a)
    walked = walk(y)

    def links(t):
        return {
            (t.label(e.owner), e.attr, tuple(map(t.label, e.targets)), e.value)
            for e in t.events
            if e.kind == "link"
        }

    assert links(tape) == links(walked)


def test_tapes_from_recordings_are_equal_when_the_runs_are(engine):
    module = engine("stage16")
    tapes = []
    for _ in range(2):
        with record(module.Variable, module.Function, title="same") as tape:
            module.example()
        tapes.append(Tape.from_json(tape.to_json()))
    assert tapes[0] == tapes[1]
