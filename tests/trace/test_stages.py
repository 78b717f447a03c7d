"""The recorder works unchanged on the classes of every stage."""

import importlib
import pkgutil
import types

import numpy as np
import pytest

from dezero_lab import stages
from dezero_lab.trace import record

STAGES = [*range(1, 23), 32]
CHECKPOINTS = sorted(int(module.name[2:]) for module in pkgutil.iter_modules(stages.__path__))
CHAINS = [6, 7, 8]


def close(live, expected):
    for word, (attr, value) in expected.items():
        found = getattr(live[word], attr)
        found = found if value is None or isinstance(found, np.ndarray | np.generic) else found.data
        assert found is None if value is None else np.allclose(found, value), word


def expected(module):
    return [
        {w: ("data", v) for w, v in module.DATA.items()},
        {w: ("grad", v) for w, v in module.GRAD.items()},
    ]


@pytest.mark.parametrize("lines", [False, True], ids=["events", "lines"])
@pytest.mark.parametrize("stage", STAGES)
def test_engine(engine, run, stage, lines):
    module = engine(f"stage{stage:02d}")
    done = run(module, lines=lines)
    assert done.error is None
    for table in expected(module):
        close(done.names, table)
    assert ("line" in done.kinds) == (lines and stage > 1)
    if stage > 1 and stage != 11:
        assert done.kinds.count("call_begin") == done.kinds.count("forward_begin") > 0


@pytest.mark.parametrize("stage", CHECKPOINTS)
def test_checkpoint_of_the_course(engine, run, stage):
    """The solved classes of the chapters, running the example of the same stage."""
    chapter = importlib.import_module(f"dezero_lab.stages.ch{stage:02d}")
    fixture = engine(f"stage{stage:02d}")
    names = [n for n in fixture.example.__code__.co_names if n in vars(fixture) and n != "np"]
    assert [n for n in names if n not in vars(chapter)] == []
    example = types.FunctionType(fixture.example.__code__, vars(chapter) | {"np": np})
    done = run(chapter, example)
    assert done.error is None
    for table in expected(fixture):
        close(done.names, table)


@pytest.mark.parametrize("stage", CHAINS)
def test_chain_gradients_arrive_in_order(engine, run, stage):
    done = run(engine(f"stage{stage:02d}"), lines=False)
    order = [done.tape.label(e.v) for e in done.tape.events if e.kind == "grad"]
    assert order == ["y", "b", "a", "x"]
    values = [e.new.values[0] for e in done.tape.events if e.kind == "grad"]
    assert values == pytest.approx([1.0, 2.568050833375483, 3.297442541400256, 3.297442541400256])


def test_recursion_is_one_sweep_with_a_growing_stack(engine, run):
    tape = run(engine("stage07")).tape
    assert [e.kind for e in tape.events if e.kind.startswith("sweep")] == ["sweep_begin", "sweep_end"]
    depths = [
        e.depth for e in tape.events
        if e.kind == "line" and tape.sources[e.s].title == "Variable.backward" and e.work is None
    ]  # fmt: skip
    assert max(depths) == 4
    deepest = next(e for e in tape.events if e.kind == "line" and e.depth == 4)
    assert [entry.name for entry in deepest.stack] == ["backward"] * 4


@pytest.mark.parametrize(
    ("stage", "name", "heap"),
    [(8, "todo", False), (9, "funcs_left", False), (13, "plates", False), (14, "funcs", False),
     (16, "waiting", False), (17, "ready", False), (18, "heap", True), (22, "heap", True), (32, "funcs", False)],
)  # fmt: skip
def test_work_list_is_found_whatever_its_name(engine, run, stage, name, heap):
    tape = run(engine(f"stage{stage:02d}")).tape
    works = [e.work for e in tape.events if e.kind == "line" and e.work is not None]
    assert works
    assert {w.name for w in works} == {name}
    assert any(w.heap for w in works) is heap
    assert all(item is None or item in tape.functions for w in works for item in w.items)
    if stage >= 16:
        assert all(type(g) is int for w in works for g in w.gens)


def test_visits_count_the_wrong_engine_of_stage_15(engine, run):
    tape = run(engine("stage15"), lines=False).tape
    visits = [(tape.label(e.f), e.visit) for e in tape.events if e.kind == "backward_begin"]
    assert visits == [("Add", 1), ("Square", 1), ("Square", 1), ("Square", 1), ("Square", 2)]
    assert max(tape.state().visits.values()) == 2


def test_numbers_wrapped_inside_the_call_are_inputs_all_the_same(engine, run):
    tape = run(engine("stage21"), lines=False).tape
    begin = next(e for e in tape.events if e.kind == "call_begin")
    end = next(e for e in tape.events if e.kind == "call_end")
    assert begin.inputs[1] is None
    assert end.inputs[0] == begin.inputs[0]
    assert tape.state().data[end.inputs[1]].values == (3.0,)


def test_results_that_are_numpy_scalars(engine, run):
    tape = run(engine("stage02"), lines=False).tape
    result = next(e for e in tape.events if e.kind == "forward_end").results[0]
    assert (result.py, result.values) == ("np.float64", (100.0,))


def test_gradients_that_are_variables(engine, run):
    tape = run(engine("stage32")).tape
    first = next(e for e in tape.events if e.kind == "grad")
    assert first.new.var in tape.variables
    assert first.new.values == (1.0,)
    assert tape.state().sweep == 2
    inner = [s.active for s in tape.states() if len(s.active) > 1 and s.active[-1][0] == "call"]
    assert any(brackets[0][0] == "sweep" for brackets in inner)


def test_the_classes_are_found_in_the_namespace(engine):
    module = engine("stage16")
    with record(names=vars(module), lines=False) as tape:
        module.example()
    assert len(tape.functions) == 4


def test_the_finished_framework(checks):
    """Nothing in the recorder knows it, and it works all the same, gradients as variables included."""
    import dezero_lab

    live = {}
    before = {cls: dict(vars(cls)) for cls in (dezero_lab.Variable, dezero_lab.Function)}
    with record(dezero_lab.Variable, dezero_lab.Function, names=live) as tape:
        x = live["x"] = dezero_lab.Variable(np.array(2.0))
        y = live["y"] = x**4 - 2 * x**2
        y.backward(create_graph=True)
        gx = live["gx"] = x.grad
        x.cleargrad()
        gx.backward()
    assert {cls: dict(vars(cls)) for cls in before} == before
    assert x.grad.data == 44.0
    checks(tape, live)
    assert [e.n for e in tape.events if e.kind == "sweep_end"] == [1, 2]
