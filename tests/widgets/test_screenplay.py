"""The screenplay tells the truth: folding its steps gives the tape's numbers, and each step lights what acted."""

from __future__ import annotations

import json

import numpy as np
import pytest

from dezero_lab.trace import record, walk
from dezero_widgets.screenplay import player_payload


class Variable:
    def __init__(self, data):
        self.data = data
        self.grad = None
        self.creator = None
        self.generation = 0

    def backward(self):
        if self.grad is None:
            self.grad = np.ones_like(self.data)
        funcs, seen = [], set()

        def add_func(f):
            if f not in seen:
                funcs.append(f)
                seen.add(f)
                funcs.sort(key=lambda f: f.generation)

        add_func(self.creator)
        while funcs:
            f = funcs.pop()
            gxs = f.backward(*[o.grad for o in f.outputs])
            if not isinstance(gxs, tuple):
                gxs = (gxs,)
            for x, gx in zip(f.inputs, gxs, strict=True):
                x.grad = gx if x.grad is None else self.join(x.grad, gx)
                if x.creator is not None:
                    add_func(x.creator)

    @staticmethod
    def join(old, new):
        return old + new


class Overwriting(Variable):
    @staticmethod
    def join(old, new):
        return new


class Function:
    def __call__(self, *inputs):
        ys = self.forward(*[x.data for x in inputs])
        outputs = [type(inputs[0])(np.asarray(y)) for y in (ys if isinstance(ys, tuple) else (ys,))]
        self.generation = max(x.generation for x in inputs)
        self.inputs, self.outputs = inputs, outputs
        for output in outputs:
            output.creator = self
            output.generation = self.generation + 1
        return outputs if len(outputs) > 1 else outputs[0]


class Square(Function):
    def forward(self, x):
        return x**2

    def backward(self, gy):
        x = self.inputs[0].data
        return 2 * x * gy


class Add(Function):
    def forward(self, x0, x1):
        return x0 + x1

    def backward(self, gy):
        return gy, gy


class Broken(Square):
    def backward(self, gy):
        raise ValueError("no slope today")


def diamond(cls=Variable, square=Square, lines=True):
    with record(cls, Function, names={}, lines=lines) as tape:
        x = cls(np.array(2.0))
        a = square()(x)
        y = Add()(Square()(a), Square()(a))
        y.backward()
    return tape, x, a, y


def fold(run, upto=None):
    state = {}
    for step in run["steps"][:upto]:
        for node, what, index in step.get("set", []):
            state[node, what] = None if index is None else run["snaps"][index]
    return state


def kinds(run):
    return [step["k"] for step in run["steps"]]


@pytest.mark.parametrize("detail", ["events", "lines"])
def test_folding_all_steps_gives_the_last_state_of_the_tape(detail):
    tape, *_ = diamond()
    run = player_payload(tape, detail=detail)["runs"][0]
    state, end = fold(run), tape.state()
    for v in tape.variables:
        assert state[v, "data"]["v"] == pytest.approx(list(end.data[v].to_json()["v"]))
        grad = end.grad[v].to_json()["v"]
        assert state[v, "grad"]["v"] == pytest.approx(grad)


def test_a_call_is_two_steps_and_a_visit_is_receive_give_and_one_step_per_gradient():
    tape, *_ = diamond()
    run = player_payload(tape)["runs"][0]
    assert kinds(run).count("call") == kinds(run).count("result") == 4
    assert kinds(run).count("receive") == kinds(run).count("give") == 4
    assert kinds(run).count("grad") == 6  # the seed, two from Add, twice a, x
    assert kinds(run)[0] == "leaf"
    assert kinds(run)[-1] == "end"


def test_every_node_is_revealed_exactly_once_and_only_drawn_nodes_are():
    tape, *_ = diamond()
    run = player_payload(tape)["runs"][0]
    shown = [node for step in run["steps"] for node in step.get("show", [])]
    assert sorted(shown) == sorted(node["id"] for node in run["scene"]["nodes"])


def test_active_wires_are_edges_of_the_scene():
    tape, *_ = diamond()
    run = player_payload(tape, detail="lines")["runs"][0]
    edges = {(edge["from"], edge["to"]) for edge in run["scene"]["edges"]}
    wires = {tuple(wire) for step in run["steps"] for wire in step.get("wires", [])}
    assert wires == edges
    assert all((a, b) in edges for step in run["steps"] for a, b, _ in step.get("tokens", []))


def test_formulas_have_the_numbers_of_this_call():
    tape, *_ = diamond()
    formulas = [step["formula"] for step in player_payload(tape)["runs"][0]["steps"] if "formula" in step]
    assert formulas[0] == "x ** 2 = 2.0 ** 2 = 4.0"
    assert "x0 + x1 = 16.0 + 16.0 = 32.0" in formulas
    assert "2 * x * gy = 2 * 4.0 * 1.0 = 8.0" in formulas
    assert "8.0 + 8.0 = 16.0" in formulas
    assert formulas[-1] == "2 * x * gy = 2 * 2.0 * 16.0 = 64.0"


@pytest.mark.parametrize(("cls", "how", "end"), [(Variable, "added", 64.0), (Overwriting, "replaced", 32.0)])
def test_a_second_share_is_told_as_added_or_as_replaced(cls, how, end):
    tape, x, *_ = diamond(cls)
    assert x.grad == end
    changes = [step["grad"] for step in player_payload(tape)["runs"][0]["steps"] if "grad" in step]
    assert [c["how"] for c in changes] == ["first", "first", "first", "first", how, "first"]
    second = changes[4]
    snaps = player_payload(tape)["runs"][0]["snaps"]
    assert [snaps[second[k]]["v"] for k in ("old", "part", "new")] == [
        8.0 if "py" in snaps[second["old"]] else [8.0],
        8.0 if "py" in snaps[second["part"]] else [8.0],
        snaps[second["new"]]["v"],
    ]


def test_the_work_list_tells_pushes_pops_and_refusals():
    tape, *_ = diamond()
    run = player_payload(tape)["runs"][0]
    works = [step["work"] for step in run["steps"] if step.get("work")]
    assert {work["name"] for work in works} == {"funcs"}
    assert {work["take"] for work in works} == {"right"}
    assert sum(len(work.get("pushed", [])) for work in works) == 4
    refused = [work["refused"] for work in works if work.get("refused")]
    assert refused == [["f1"]]
    sentence = next(step["say"]["en"] for step in run["steps"] if (step.get("work") or {}).get("refused"))
    assert "not added to `funcs` again" in sentence


def test_the_lit_line_of_a_gradient_is_the_line_that_writes_it():
    tape, *_ = diamond()
    run = player_payload(tape)["runs"][0]
    for step in run["steps"]:
        if step["k"] == "grad" and step["grad"]["how"] == "added":
            break
    at = next(s["at"] for s in reversed(run["steps"][: run["steps"].index(step) + 1]) if s.get("at"))
    source = run["sources"][at[0]]
    assert source["lines"][at[1] - source["first"]].strip().startswith(("x.grad =", "return old + new"))


def test_every_recorded_line_is_a_step_of_its_own_and_changes_no_number():
    tape, *_ = diamond()
    run = player_payload(tape)["runs"][0]
    lines = [step for step in run["steps"] if step["k"] == "line"]
    recorded = [(e.s, e.lineno) for e in tape.events if e.kind == "line"]
    assert len(lines) == len(recorded)
    assert not any("set" in step or "show" in step for step in lines)
    at = None
    told = []
    for step in run["steps"]:
        at = step.get("at", at)
        if step["k"] == "line":
            told.append((run["sources"][at[0]]["id"], at[1]))
    assert told == recorded


def test_a_long_recording_carries_its_lines_only_when_asked():
    with record(Variable, Function, names={}) as tape:
        x = Variable(np.array(1.0))
        for _ in range(120):
            x = Square()(x)
    events, lines = (player_payload(tape, detail=d)["runs"][0] for d in ("events", "lines"))
    assert "line" not in kinds(events)
    assert kinds(lines).count("line") == sum(e.kind == "line" for e in tape.events) > 700
    assert fold(events) == fold(lines)


def test_phases_cover_every_step_once():
    tape, *_ = diamond()
    run = player_payload(tape)["runs"][0]
    covered = [k for phase in run["phases"] for k in range(phase["from"], phase["to"] + 1)]
    assert covered == list(range(len(run["steps"])))
    assert [phase["p"] for phase in run["phases"]] == ["forward", "backward"]


def test_an_exception_is_the_last_word_with_its_line():
    with pytest.raises(ValueError, match="no slope today"):
        diamond(square=Broken)
    tape = None
    try:
        with record(Variable, Function, names={}) as tape:
            Broken()(Variable(np.array(2.0))).backward()
    except ValueError:
        pass
    steps = player_payload(tape)["runs"][0]["steps"]
    assert [step["k"] for step in steps].count("error") == 1
    error = steps[-1]["error"]
    assert (error["type"], error["message"]) == ("ValueError", "no slope today")
    run = player_payload(tape)["runs"][0]
    source, line = next(step["at"] for step in reversed(run["steps"]) if step.get("at"))
    assert "raise ValueError" in run["sources"][source]["lines"][line - run["sources"][source]["first"]]
    assert error["line"] == line


def test_comparing_finds_the_first_different_step():
    mine, other = diamond()[0], diamond(Overwriting)[0]
    payload = player_payload(mine, compare=other, compare_titles=("mine", "stage 13"))
    left, right = payload["runs"]
    assert [left["title"], right["title"]] == ["mine", "stage 13"]
    i, j = payload["pairs"][payload["differs"]]
    assert left["steps"][i]["grad"]["how"] == "added"
    assert right["steps"][j]["grad"]["how"] == "replaced"
    for side, run in enumerate((left, right)):
        visited = [pair[side] for pair in payload["pairs"]]
        assert sorted(set(visited)) == list(range(len(run["steps"])))
        assert visited == sorted(visited)


def test_comparing_a_tape_with_itself_finds_no_difference():
    tape, *_ = diamond()
    payload = player_payload(tape, compare=diamond()[0])
    assert payload["differs"] is None
    assert all(i == j for i, j in payload["pairs"])


def test_focus_opens_at_the_last_gradient_of_that_node():
    tape, *_ = diamond()
    payload = player_payload(tape, focus="v2")
    step = payload["runs"][0]["steps"][payload["start"]]
    assert step["grad"]["v"] == "v2"
    assert step["grad"]["how"] == "added"


def test_a_static_walk_is_one_step_that_shows_everything():
    y = diamond()[3]
    run = player_payload(walk(y))["runs"][0]
    shown = {node for step in run["steps"] for node in step.get("show", [])}
    assert shown == {node["id"] for node in run["scene"]["nodes"]}
    assert len(shown) == 9


def test_gradients_written_by_hand_outside_of_any_sweep_belong_to_the_backward_phase():
    with record(Variable, Function, names={}) as tape:
        x = Variable(np.array(3.0))
        f = Square()
        y = f(x)
        y.grad = np.array(1.0)
        x.grad = f.backward(y.grad)
    run = player_payload(tape)["runs"][0]
    assert [(s["k"], s["p"]) for s in run["steps"] if s["k"] != "line"][-4:] == [
        ("grad", "backward"),
        ("receive", "backward"),
        ("give", "backward"),
        ("grad", "backward"),
    ]


def test_a_function_object_called_twice_has_two_nodes():
    with record(Variable, Function, names={}) as tape:
        f = Square()
        f(f(Variable(np.array(1.5))))
    run = player_payload(tape)["runs"][0]
    calls = [step["on"][-1] for step in run["steps"] if step["k"] == "call"]
    assert calls == ["f1", "f1.2"]
    assert set(calls) <= {node["id"] for node in run["scene"]["nodes"]}


def test_every_sentence_is_there_in_both_languages():
    tape, *_ = diamond()
    for step in player_payload(tape)["runs"][0]["steps"]:
        if step["k"] == "line":
            assert "say" not in step  # the player makes it from the line itself
            continue
        assert set(step["say"]) == {"en", "ko"}
        assert all(step["say"].values())
        assert any("가" <= c <= "힣" for c in step["say"]["ko"])


def test_the_payload_is_json_and_small():
    text = json.dumps(player_payload(diamond()[0]), allow_nan=False)
    assert len(text) < 60_000


@pytest.mark.parametrize(
    ("settings", "message"),
    [({"detail": "words"}, 'must be "events" or "lines"'), ({"lang": "fr"}, '"en" or "ko"')],
)
def test_a_wrong_setting_says_what_to_try(settings, message):
    with pytest.raises(ValueError, match=message):
        player_payload(diamond()[0], **settings)


def test_generations_are_named_only_where_the_engine_counts_them():
    from dezero_lab.stages import ch10

    with record(ch10.Variable, ch10.Function) as tape:
        ch10.square(ch10.Variable(np.array(2.0)))
    assert player_payload(tape)["runs"][0]["generations"] is False
    with record(Variable, Function) as tape:
        Square()(Variable(np.array(2.0)))
    assert player_payload(tape)["runs"][0]["generations"] is True


def test_a_gradient_stored_in_the_asking_line_lights_that_line():
    """`x.grad = f.backward(gy)`: the call is over when the store happens, so its own line must not stay lit."""
    from dezero_lab.stages import ch07

    with record(ch07.Variable, ch07.Function) as tape:
        y = ch07.Square()(ch07.Exp()(ch07.Variable(np.array(0.3))))
        y.grad = np.array(1.0)
        y.backward()
    (run,) = player_payload(tape)["runs"]
    lit, stores = None, []
    for step in run["steps"]:
        lit = step.get("at", lit)
        if step["k"] == "grad" and "part" in step["grad"]:
            source = run["sources"][lit[0]]
            stores.append(source["lines"][lit[1] - source["first"]].strip())
    assert stores == ["x.grad = f.backward(self.grad)"] * 2
