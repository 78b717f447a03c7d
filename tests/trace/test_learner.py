"""Looking without touching: attributes past __getattr__, kinds by class, one value or many."""

import weakref

import numpy as np
import pytest

from dezero_lab.trace.learner import MISSING, Kinds, dereference, read, read_value, spread


class Oracle:
    """Answers everything, and remembers being asked."""

    asked = ()

    def __init__(self):
        self.data = 1

    def __getattr__(self, name):
        Oracle.asked += (name,)
        return name


class Slotted:
    __slots__ = ("data", "grad")

    def __init__(self):
        self.data = 1


class Property:
    @property
    def data(self):
        return 7

    @property
    def grad(self):
        raise RuntimeError


def test_read_never_asks():
    oracle = Oracle()
    assert read(oracle, "data") == 1
    assert read(oracle, "creator") is MISSING
    assert Oracle.asked == ()
    assert read_value(oracle, "grad") == "grad"
    assert Oracle.asked == ("grad",)


@pytest.mark.parametrize(("obj", "data"), [(Slotted(), 1), (Property(), 7), (3, MISSING), (None, MISSING)])
def test_read_knows_slots_and_properties(obj, data):
    assert read_value(obj, "data") is data or read_value(obj, "data") == data
    assert read_value(obj, "grad") is MISSING


def test_a_class_that_pretends():
    """`__class__` may lie; the type does not."""

    class Function:
        pass

    class Liar:
        @property
        def __class__(self):
            return Function

    assert not Kinds(None, Function).is_function(Liar())


def test_kinds():
    class Variable: ...

    class Function: ...

    class Parameter(Variable): ...

    class Square(Function): ...

    class Layer:
        def __call__(self): ...

        def forward(self): ...

    given, free = Kinds(Variable, Function), Kinds(None, None)
    for kinds in (given, free):
        assert [kinds.of_class(c) for c in (Variable, Parameter, Function, Square, int, object)] == [
            "v", "v", "f", "f", "", "",
        ]  # fmt: skip
    assert given.of_class(Layer) == ""
    # Before there is a base class, whatever can be called and has a forward is a function.
    assert free.of_class(Layer) == "f"
    assert not given.is_variable(np.array(1.0))


def test_kinds_of_other_names():
    class Box: ...

    class Machine: ...

    kinds = Kinds(Box, Machine)
    assert (kinds.is_variable(Box()), kinds.is_function(Machine()), kinds.is_function(Box())) == (
        True,
        True,
        False,
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1, (1,)),
        ((1, 2), (1, 2)),
        ([1, 2], (1, 2)),
        (([1, 2],), (1, 2)),
        ((), ()),
        (None, (None,)),
        ("ab", ("ab",)),
    ],
)
def test_spread(value, expected):
    assert spread(value) == expected


def test_arrays_are_one_value():
    a = np.array([1.0, 2.0])
    assert spread(a)[0] is a


def test_dereference():
    obj = Oracle()
    ref = weakref.ref(obj)
    assert dereference(ref) is obj
    assert dereference(obj) is obj
    del obj
    assert dereference(ref) is None
