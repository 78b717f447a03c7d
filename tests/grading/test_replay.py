import numpy as np
import pytest

from dezero_lab import exercises
from dezero_lab.grading import grade
from dezero_lab.trace import record


def replayed(exercise_id, wrong_id):
    exercise = exercises.load(exercise_id)
    wrong = next(w for w in exercise.wrongs if w.id == wrong_id)
    report = grade(exercise, exercise.build(wrong.apply(exercise.reference)), seed=1)
    assert report.replayable
    tape, node = report.replay(record)
    assert tape.events
    return tape, node


@pytest.mark.parametrize(
    ("exercise", "wrong", "label"),
    [
        ("E06.1", "W06.1a", "Square"),
        ("E06.1", "W06.1b", "Square"),
        ("E06.3", "W06.3a", "Reciprocal"),
        ("E06.2", "W06.2a", "Square"),
        ("E07.2", "W07.2d", "Square"),
    ],
)
def test_the_function_that_goes_wrong_is_found(exercise, wrong, label):
    tape, node = replayed(exercise, wrong)
    assert tape.functions[node].label == label


def test_the_variable_that_got_no_gradient_is_found():
    tape, node = replayed("E07.2", "W07.2a")
    assert node in tape.variables
    assert tape.state(len(tape) - 1).grad.get(node) is None


def test_a_variable_that_did_not_add_up_what_arrived_is_found():
    from dezero_lab.grading.replay import Calls, wrong_node

    source = """
class Variable:
    def __init__(self, data): self.data, self.grad = data, None
class Function:
    def __call__(self, *inputs):
        self.inputs = inputs
        return Variable(self.forward(*[v.data for v in inputs]))
class Add(Function):
    def forward(self, a, b): return a + b
    def backward(self, gy): return gy, gy
"""
    space = {"__name__": "__main__"}
    exec(source, space)  # noqa: S102 - a learner's engine
    seen = Calls(space["Function"])
    with seen, record(space["Variable"], space["Function"], names={}) as tape:
        x, f = space["Variable"](np.array(2.0)), space["Add"]()
        y = f(x, x)
        y.grad = np.array(1.0)
        x.grad, x.grad = f.backward(y.grad)  # the second replaces the first
    node = wrong_node(tape, seen)
    assert tape.state(len(tape) - 1).data[node].to_json()["v"] in ([2.0], 2.0)


def test_an_endless_pass_is_recorded_within_limits():
    tape, node = replayed("E08.1", "W08.1c")
    assert node in tape.functions
    assert len(tape) <= 5001


def test_a_pass_has_nothing_to_replay(exercise, answer):
    assert not grade(exercise, answer()).replayable


def test_the_classes_are_as_before(exercise, answer):
    space = answer((" * gy", ""))
    before = {name: dict(vars(space[name])) for name in ("Variable", "Scale")}
    grade(exercise, space).replay(record)
    assert {name: dict(vars(space[name])) for name in ("Variable", "Scale")} == before
