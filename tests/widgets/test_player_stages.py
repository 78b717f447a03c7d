"""The step player on the engine of every stage, and on broken ones: whatever the tape holds is what the steps add up to."""

from __future__ import annotations

import importlib.util
import itertools
from pathlib import Path

import pytest

from dezero_lab.trace import RecordingLimit, record
from dezero_widgets.screenplay import player_payload

ENGINES = Path(__file__).parents[1] / "fixtures" / "engines"
STAGES = sorted(int(path.stem[5:]) for path in ENGINES.glob("stage*.py"))
_count = itertools.count()


def load(path):
    spec = importlib.util.spec_from_file_location(f"stage_{next(_count)}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def play(tmp_path):
    def play(stage, *changes, limit=None, max_events=5000):
        text = (ENGINES / f"stage{stage:02d}.py").read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / f"learner_{next(_count)}.py"
        path.write_text(text, encoding="utf-8")
        module = load(path)
        names = {}
        try:
            with record(
                module.Variable,
                getattr(module, "Function", None),
                names=names,
                limit=limit,
                max_events=max_events,
            ) as tape:
                names.update(module.example())
        except (Exception, RecordingLimit):
            pass
        return tape, player_payload(tape, detail="lines")["runs"][0]

    return play


def base(node):
    return node.split(".")[0]


def check(tape, run):
    end = tape.state()
    folded = {}
    at, shown = None, []
    known = {node["id"].split("~")[0]: node for node in scene_nodes(run["scene"])}
    edges = {(base_copy(e["from"]), base_copy(e["to"])) for e in scene_edges(run["scene"])}
    for step in run["steps"]:
        for node, what, index in step.get("set", []):
            folded[base(node), what] = None if index is None else run["snaps"][index]
        at = step.get("at", at)
        if at is not None:
            source = run["sources"][at[0]]
            assert 0 <= at[1] - source["first"] < len(source["lines"])
        shown += step.get("show", [])
        assert {tuple(w) for w in step.get("wires", [])} <= edges
        assert all(isinstance(index, int) for *_, index in step.get("tokens", []))
    assert sorted(shown) == sorted(set(shown))
    assert set(known) <= set(shown)
    for v in tape.variables:
        for what, table in (("data", end.data), ("grad", end.grad)):
            snap = table.get(v)
            expected = None if snap is None or snap.is_none else snap.to_json()
            found = folded.get((v, what))
            assert (found is None) == (expected is None), (v, what)
            if expected is not None and isinstance(expected.get("v"), list):
                assert found["s"] == expected["s"]
                assert found["v"] == pytest.approx(expected["v"], rel=1e-5)


def base_copy(node):
    return node.split("~")[0]


def scene_nodes(scene):
    inner = [node for group in scene["groups"] for node in scene_nodes(group["scene"])]
    return [node for node in scene["nodes"] if node["kind"] != "group"] + inner


def scene_edges(scene):
    return scene["edges"] + [edge for group in scene["groups"] for edge in scene_edges(group["scene"])]


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_adds_up(play, stage):
    tape, run = play(stage)
    assert run["steps"]
    check(tape, run)
    if stage > 1:
        assert any(step["k"] == "result" and "formula" in step for step in run["steps"])
    if stage > 5 and stage not in (11, 12):
        assert any(step["k"] == "give" for step in run["steps"])


BROKEN = [
    (16, [("x.grad = x.grad + gx", "x.grad = gx")], "replaced"),
    (16, [("g.generation)", "-g.generation)")], None),
    (16, [("if f not in known:", "if True:")], None),
    (16, [("f = waiting.pop()", "f = waiting.pop(0)")], None),
    (16, [("self.inputs = inputs", "self.inputs = inputs[:1]")], None),
    (16, [("gxs = f.backward(*gys)", "gxs = f.forward(*gys)")], None),
    (16, [("x.grad = x.grad + gx", "x.grad += gx")], None),
]


@pytest.mark.parametrize(("stage", "changes", "how"), BROKEN)
def test_broken_engines_add_up_too(play, stage, changes, how):
    tape, run = play(stage, *changes)
    check(tape, run)
    if how is not None:
        assert how in [step["grad"]["how"] for step in run["steps"] if "grad" in step]


def test_a_list_served_from_the_front_says_so(play):
    _, run = play(
        16, ("f = waiting.pop()", "f = waiting.pop(0)"), ("waiting.sort(key=lambda g: g.generation)", "pass")
    )
    takes = {step["work"]["take"] for step in run["steps"] if step.get("work")}
    assert takes == {"left"}


def test_after_a_cut_the_last_step_holds_the_values_everything_ended_with(play):
    tape, run = play(16, max_events=120)
    assert [step["k"] for step in run["steps"]][-2:] == ["mark", "mark"]
    check(tape, run)
    assert run["steps"][-1]["set"]


def test_an_endless_loop_is_cut_and_shown(play):
    tape, run = play(16, ("f = waiting.pop()", "f = waiting[-1]"), limit=3000)
    check(tape, run)
    assert run["steps"][-1]["k"] in ("mark", "error")
