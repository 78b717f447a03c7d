"""An output computed again through the learner's own links, at every stage that has them."""

from __future__ import annotations

import importlib
import pkgutil

import numpy as np
import pytest

import dezero_lab.stages
from dezero_widgets.forward_again import NoPath, forward_again

THERE = {int(m.name[2:]) for m in pkgutil.iter_modules(dezero_lab.stages.__path__) if m.name.startswith("ch")}
LINKED = sorted(THERE & {*range(7, 23)})


def stage(n: int):
    return importlib.import_module(f"dezero_lab.stages.ch{n:02d}")


@pytest.mark.parametrize("n", LINKED)
def test_chain_with_another_value_in_the_middle(n):
    s = stage(n)
    x = s.Variable(np.array(0.5))
    a = s.Square()(x)
    y = s.Square()(a)
    again = forward_again(y)
    assert again({id(x): np.array(2.0)}) == 16.0
    assert again({id(a): np.array(3.0)}) == 9.0
    assert again({}) == 0.0625


def test_nothing_the_functions_remember_is_left_changed():
    class Variable:
        def __init__(self, data):
            self.data, self.creator = data, None

    class Remembers:
        def __call__(self, x):
            y = Variable(self.forward(x.data))
            y.creator, self.input, self.output = self, x, y
            return y

        def forward(self, x):
            self.seen = x
            return x * x

    x = Variable(np.array(3.0))
    f = Remembers()
    y = f(x)
    assert forward_again(y)({id(x): np.array(5.0)}) == 25.0
    assert f.seen == 3.0
    assert y.data == 9.0


def test_a_variable_without_creator():
    class Variable:
        data, creator = np.array(1.0), None

    with pytest.raises(NoPath, match="no creator"):
        forward_again(Variable())


def test_long_chains_do_not_recurse():
    s = stage(8)
    x = y = s.Variable(np.array(1.0))
    for _ in range(3000):
        y = s.Square()(y)
    assert forward_again(y)({id(x): np.array(1.0)}) == 1.0
