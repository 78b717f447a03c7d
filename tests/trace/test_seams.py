"""Wrappers come off, whatever happened in between."""

import itertools

import pytest

from dezero_lab.trace.seams import Seams


def louder(original):
    def forward(self, x):
        return original(self, x) + 1

    return forward


def make():
    class Square:
        def forward(self, x):
            return x**2

    return Square


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_any_order_of_ending(order):
    cls = make()
    before = dict(vars(cls))
    seams = [Seams() for _ in range(3)]
    for s in seams:
        s.wrap(cls, "forward", louder)
    assert cls().forward(3) == 12
    for k in order:
        seams[k].restore()
    assert dict(vars(cls)) == before


def test_added_attributes_are_removed():
    cls = make()
    first, second = Seams(), Seams()
    for s in (first, second):
        s.wrap(cls, "extra", lambda original: lambda self: None)
    first.restore()
    second.restore()
    assert "extra" not in vars(cls)


def test_what_somebody_else_put_there_stays():
    cls = make()
    seams = Seams()
    seams.wrap(cls, "forward", louder)

    def mine(self, x):
        return 0

    cls.forward = mine
    seams.restore()
    assert vars(cls)["forward"] is mine


def test_original_passed_to_the_wrapper_is_the_raw_entry():
    cls = make()
    raw = vars(cls)["forward"]
    seams, seen = Seams(), []
    seams.wrap(cls, "forward", lambda original: seen.append(original) or louder(original))
    assert seen == [raw]
    assert seams.has(cls, "forward")
    assert not seams.has(cls, "backward")
