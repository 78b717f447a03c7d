import numpy as np
import pytest

from dezero_lab.grading import T
from dezero_lab.grading.checks import Check
from dezero_lab.grading.findings import Missing

A = T("a", "가")


class Variable:
    def __init__(self, data):
        self.data = data

    def __eq__(self, other):
        raise AssertionError("a check must never ask the learner's __eq__")

    __hash__ = None


def verdict(assertion):
    """Whether one assertion holds, and the finding."""
    c = Check({})
    with c.case(A) as case:
        assertion(case)
    assert len(case.findings) == 1
    assert len(c.observations) == 1
    return case.ok, case.findings[0]


@pytest.mark.parametrize(
    ("yours", "expected", "ok"),
    [
        (1, 1, True),
        (1, 1.0, True),
        (np.int64(1), 1, True),
        (1, 2, False),
        (True, True, True),
        (np.True_, True, True),
        (True, 1, False),
        (None, None, True),
        (0, None, False),
        ("a", "a", True),
        ((1, 2), (1, 2), True),
        ([1, 2], (1, 2), False),
        ((1, (2.0, "x")), (1, (2.0, "x")), True),
        (np.array([1, 2]), np.array([1, 2]), True),
        (np.array([1, 2]), np.array([[1, 2]]), False),
        (np.array([1.0, np.nan]), np.array([1.0, np.nan]), True),
        (np.array([1, 2]), [1, 2], False),
        ({"a": 1}, {"a": 1}, True),
        ({1, 2}, {2, 1}, True),
        (..., None, False),
        (Variable(1), 1, False),
        ([Variable(1)], [1], False),
    ],
)
def test_equal(yours, expected, ok):
    assert verdict(lambda case: case.equal(yours, expected))[0] is ok


@pytest.mark.parametrize(
    ("yours", "expected", "ok"),
    [
        (2.0, 2.0 + 1e-9, True),
        (np.array(2.0), 2.0, True),
        (np.array([2.0]), 2.0, False),
        (np.ones(3), np.ones(3) * 1.00001, True),
        (np.ones(3), np.ones(3) * 1.01, False),
        (np.nan, 1.0, False),
        (None, 1.0, False),
        (Variable(np.array(2.0)), 2.0, False),
        ("2.0", 2.0, False),
    ],
)
def test_close(yours, expected, ok):
    assert verdict(lambda case: case.close(yours, expected))[0] is ok


def test_small_assertions():
    a = np.zeros((2, 3), dtype=np.float32)
    v = Variable(a)
    assert verdict(lambda case: case.shape(a, (2, 3)))[0]
    assert not verdict(lambda case: case.shape(a, (3, 2)))[0]
    assert not verdict(lambda case: case.shape(v, (2, 3)))[0]
    assert verdict(lambda case: case.dtype(a, np.float32))[0]
    assert not verdict(lambda case: case.dtype(a, np.float64))[0]
    assert verdict(lambda case: case.type(v, Variable))[0]
    assert verdict(lambda case: case.identity(v.data, a, name="v.data is a"))[0]
    assert not verdict(lambda case: case.identity(v.data, a.copy(), name="v.data is a"))[0]
    assert verdict(lambda case: case.true(np.True_, A))[0]
    assert not verdict(lambda case: case.true(0, A))[0]
    assert verdict(lambda case: case.unchanged(a, a.copy(), name="a"))[0]


def test_gradient_wants_a_plain_array():
    x = np.array([1.0, 2.0])
    assert verdict(lambda case: case.gradient(2 * x, of=np.square, at=x))[0]
    ok, found = verdict(lambda case: case.gradient(Variable(2 * x), of=np.square, at=x))
    assert not ok
    assert found.expected == pytest.approx(2 * x)
    assert verdict(lambda case: case.gradient(x, of=lambda a, b: a * b, at=(x, x), wrt=1))[0]


def test_raises():
    def boom():
        raise TypeError("int is not supported")

    assert verdict(lambda case: case.raises(TypeError, boom, mentions="INT"))[0]
    ok, found = verdict(lambda case: case.raises(TypeError, boom, mentions="float"))
    assert not ok
    assert "float" in found.yours
    assert not verdict(lambda case: case.raises(ValueError, boom))[0]
    ok, found = verdict(lambda case: case.raises((TypeError, ValueError), lambda: 3))
    assert found.yours == "no error, 3"
    assert found.expected == "TypeError / ValueError"


def test_an_exception_ends_the_case_and_not_the_check():
    c = Check({})
    with c.case(A) as first:
        first.equal(1, 1)
        raise AttributeError("no attribute 'grad'", name="grad")
    with c.case(A) as second:
        second.equal(1, 1)
    assert [case.ok for case in c.cases] == [False, True]
    assert first.failure.kind == "exception"
    assert c.observations[1] == (0, "exception AttributeError", "AttributeError grad")


def test_keyboard_interrupt_goes_through():
    c = Check({})
    with pytest.raises(KeyboardInterrupt), c.case(A):
        raise KeyboardInterrupt


def test_missing_names_leave_the_case():
    c = Check({"a": 1, "b": 2})
    assert c.get("a") == 1
    assert c.get("a", "b") == (1, 2)
    with pytest.raises(Missing, match="c, d"), c.case(A):
        c.get("a", "c", "d")


def test_what_was_seen_stays_as_it_was():
    c = Check({})
    grad = np.array([1.0])
    with c.case(A) as case:
        case.close(grad, [1.0])
        grad += 1
    assert case.findings[0].yours == [1.0]
    assert c.observations[0][2] == [1.0]


def test_watching_tells_who_was_called():
    class Square:
        def forward(self, x):
            return x**2

        def backward(self, gy):
            return gy

    class Child(Square):
        pass

    before = dict(vars(Square)), dict(vars(Child))
    c = Check({})
    with c.case(A) as case:
        calls = case.watch(Square, Child)
        f, g = Square(), Child()
        g.forward(f.forward(2.0))
        g.backward(None)
        raise ValueError
    names = [(call.function, call.number, call.method) for call in calls if call.function == "Square"]
    assert names == [("Square", 0, "forward")]
    assert calls[-1].args == (None,)
    assert (dict(vars(Square)), dict(vars(Child))) == before
    label, seen = c.observations[-2][1:] if c.observations[-1][1] != "calls" else c.observations[-1][1:]
    assert label == "calls"
    assert seen[-1] == ("backward", 1, True)


def test_pasteable_lines():
    c = Check({})
    with c.case(A, "f({x}, {gy})", x=np.array([1.0, 2.5]), gy=-0.6) as case:
        pass
    assert case.pasteable == "f(np.array([1.0, 2.5]), -0.6)"
    with c.case(A, x=np.array([1.0, 2.5]), n=3) as case:
        case.inputs["x"][0] = 9  # the line shows what the case began with
    assert case.pasteable == "x = np.array([1.0, 2.5]); n = 3"


def test_twice():
    c = Check({})
    with c.case(A) as case:
        assert case.twice(lambda: np.array(1.0)) == 1.0
    assert case.ok
