"""A small exercise of its own, so that these tests do not depend on the course."""

import numpy as np
import pytest

from dezero_lab.grading import Exercise, T, Wrong

REFERENCE = """
class Variable:
    def __init__(self, data):
        self.data = data
        self.grad = None


class Scale:
    def __call__(self, x):
        self.input = x
        return Variable(self.forward(x.data))

    def forward(self, x):
        return np.sin(x) * 3

    def backward(self, gy):
        return 3 * np.cos(self.input.data) * gy
"""

STARTER = REFERENCE.replace("        return 3 * np.cos(self.input.data) * gy", "        ...  # your turn")


def check_scale(c):
    Scale, Variable = c.get("Scale", "Variable")
    for shape in ((), (3,), (2, 3)):
        for gy in c.upstreams():
            line = "f = Scale(); f(Variable({x})); f.backward({gy})"
            with c.case(T("backward", "역전파"), line, visits=100, x=c.array(shape), gy=gy) as case:
                x = case.inputs["x"]

                def one_step(x=x, gy=gy):
                    f = Scale()
                    f(Variable(x))
                    return f.backward(np.full(x.shape, gy))

                case.gradient(case.run(one_step), of=lambda t: 3 * np.sin(t), at=x, upstream=gy, name="gx")


@pytest.fixture
def exercise():
    return Exercise(
        id="E99.1",
        title=T("Scale", "크기 바꾸기"),
        needs=("Scale",),
        check=check_scale,
        wrongs=[
            Wrong("W99.1a", [(" * gy", "")], T("multiply by gy", "gy를 곱하세요")),
            Wrong("W99.1b", [("3 * np.cos", "-3 * np.cos")], "D02"),
        ],
        hints=(T("where", "어디"), T("why", "왜"), T("what", "무엇")),
        reference_source=REFERENCE,
        starter_source=STARTER,
    )


@pytest.fixture
def answer(exercise):
    """`answer(old, new)`: the learner's namespace, the reference with something replaced."""

    def build(*pairs):
        source = REFERENCE
        for old, new in pairs:
            assert old in source
            source = source.replace(old, new)
        return exercise.build(source, "learner")

    return build
