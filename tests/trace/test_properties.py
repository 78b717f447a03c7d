"""Random graphs on random engines: whatever happens, the tape replays to the numbers the objects have."""

import json

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dezero_lab.trace import Tape, record, walk

SETTINGS = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    print_blob=True,
)

# A program: each step applies a function to operands chosen among everything made so far.
STEPS = st.lists(
    st.tuples(st.sampled_from(["square", "add", "exp"]), st.integers(0, 50), st.integers(0, 50)),
    min_size=1,
    max_size=14,
)
SHAPES = st.sampled_from([(), (3,), (2, 3), (9, 9)])
DTYPES = st.sampled_from([np.float64, np.float32])
FAULTS = {
    "none": (),
    "overwrite": (("x.grad = x.grad + gx", "x.grad = gx"),),
    "in place": (("x.grad = x.grad + gx", "x.grad += gx"),),
    "no sort": (("waiting.sort(key=lambda g: g.generation)", "pass"),),
    "no seen-set": (("if f not in known:", "if True:"),),
    "reversed": (("g.generation)", "-g.generation)"),),
}


def build(e, steps, x):
    made = [x]
    for name, i, j in steps:
        a, b = made[i % len(made)], made[j % len(made)]
        made.append(e.square(a) if name == "square" else e.exp(a) if name == "exp" else e.add(a, b))
    return made


@SETTINGS
@given(
    steps=STEPS, shape=SHAPES, dtype=DTYPES, seed=st.integers(0, 99), fault=st.sampled_from(sorted(FAULTS)),
    lines=st.booleans(), max_events=st.sampled_from([40, 300, 5000]),
)  # fmt: skip
def test_replay_is_true(engine, steps, shape, dtype, seed, fault, lines, max_events):
    e = engine("stage16", *FAULTS[fault])
    before = {cls: dict(vars(cls)) for cls in (e.Variable, e.Function, e.Square, e.Add, e.Exp)}
    data = np.asarray(np.random.default_rng(seed).uniform(-0.5, 0.5, shape), dtype=dtype)
    keep = {}
    with np.errstate(all="ignore"), record(
        e.Variable, e.Function, names=keep, lines=lines, max_events=max_events, limit=20_000
    ) as tape:  # fmt: skip
        made = build(e, steps, e.Variable(data.copy()))
        keep.update((f"n{k}", v) for k, v in enumerate(made))
        made[-1].backward()
    assert {cls: dict(vars(cls)) for cls in before} == before
    text = json.dumps(tape.to_json(), allow_nan=False)
    again = Tape.from_json(json.loads(text))
    assert again == tape
    assert len(tape) <= max_events
    state = again.state()
    known = {info.label: name for name, info in again.variables.items()}
    if not any(event.kind == "mark" for event in tape.events):
        assert set(known) == set(keep)
    for word in known:
        for attr, found in (("data", state.data), ("grad", state.grad)):
            live, snap = getattr(keep[word], attr), found[known[word]]
            if live is None:
                assert snap is None
            elif np.size(live) <= 64:
                assert np.array_equal(
                    np.asarray(snap.values).reshape(np.shape(live)), np.asarray(live), equal_nan=True
                )
            else:
                assert snap.stats[:2] == (live.min(), live.max())


@SETTINGS
@given(steps=STEPS, seed=st.integers(0, 99))
def test_gradients_on_the_tape_are_gradients(engine, steps, seed):
    """Independent of the engine's own objects: the recorded gradient against a finite difference."""
    e = engine("stage16")
    x0 = float(np.random.default_rng(seed).uniform(-0.4, 0.4))
    steps = [(name if k < 4 else "add", i, j) for k, (name, i, j) in enumerate(steps)][:6]
    with np.errstate(all="ignore"):
        with record(e.Variable, e.Function, lines=False) as tape:
            made = build(e, steps, e.Variable(np.array(x0)))
            made[-1].backward()
        h = 1e-6
        values = [float(build(e, steps, e.Variable(np.array(x0 + s)))[-1].data) for s in (h, -h)]
    slope = (values[0] - values[1]) / (2 * h)
    if not np.isfinite(slope) or abs(slope) > 1e3:
        return
    snap = tape.state().grad["v1"]
    recorded = 0.0 if snap is None else snap.values[0]
    assert abs(recorded - slope) <= 1e-4 * max(1.0, abs(slope))


@SETTINGS
@given(steps=STEPS)
def test_flow_links_and_walk_agree_on_a_right_engine(engine, steps):
    e = engine("stage16")
    with np.errstate(all="ignore"), record(e.Variable, e.Function, lines=False) as tape:
        made = build(e, steps, e.Variable(np.array(0.1)))
    flow = {event.f: (event.inputs, event.outputs) for event in tape.events if event.kind == "call_end"}
    state = tape.state()
    assert flow == {f: (state.links[f, "inputs"], state.links[f, "outputs"]) for f in tape.functions}
    walked = walk(made[-1])
    assert set(walked.variables) >= {"v1"}
    assert {event.kind for event in walked.events} <= {"variable", "function", "link"}
    generations = {e.owner: e.value for e in walked.events if e.kind == "link" and e.attr == "generation"}
    for event in walked.events:
        if event.kind == "link" and event.attr == "creator":
            assert generations[event.owner] == generations[event.targets[0]] + 1


@SETTINGS
@given(steps=STEPS, k=st.integers(0, 10_000))
def test_state_is_a_pure_fold(engine, steps, k):
    e = engine("stage16")
    with np.errstate(all="ignore"), record(e.Variable, e.Function) as tape:
        build(e, steps, e.Variable(np.array(0.1)))[-1].backward()
    k %= len(tape)
    states = list(tape.states())
    assert tape.state(k) == tape.state(k) == states[k]
    step = tape.state(k - 1)
    step.apply(tape.events[k])
    assert step == states[k]
    assert tape.state() == states[-1]
