import numpy as np
import pytest

from dezero_lab.grading.values import canonical, paste, same, short, snapshot, type_name


@pytest.mark.parametrize(
    "value",
    [
        2,
        2.0,
        -0.5,
        True,
        None,
        "text",
        (1, 2.5),
        (3,),
        [1.0, [2]],
        {"a": 1},
        float("nan"),
        float("-inf"),
        np.array(1.5),
        np.array([[1.0, 2.25], [3.0, -4.0]]),
        np.array([1, 2]),
        np.array([1, 2], dtype=np.float32),
        np.array([np.nan, np.inf, -np.inf]),
        np.zeros((0, 3)),
        np.array([0.1, 1 / 3]),
        np.array([True, False]),
        np.array(1e-300),
    ],
    ids=str,
)
def test_pasting_gives_the_value_back(value):
    again = eval(paste(value), {"np": np})  # noqa: S307 - that is what a learner does with it
    assert type(again) is type(value)
    np.testing.assert_equal(again, value)
    if isinstance(value, np.ndarray):
        assert (again.dtype, again.shape) == (value.dtype, value.shape)


def test_short_texts():
    assert short(np.float64(1.23456789)) == "1.23457"
    assert short(3.0) == "3.0"
    assert short(np.array([[1.0, 2.5]])) == "[[1.0, 2.5]]"
    assert short(None) == "None"
    assert short((1, None)) == "(1, None)"
    assert short(int) == "int"

    class Variable:
        def __repr__(self):
            raise ValueError("half built")

    assert short(Variable()) == "a Variable"
    assert type_name(Variable()) == "Variable"
    assert type_name(np.float64(1)) == "np.float64"
    assert type_name(None) == "None"


def test_observations_forgive_rounding_but_nothing_else():
    a = np.array([1.0, 2.0])
    assert same(canonical(a), canonical(a * (1 + 1e-12)))
    assert same(canonical(np.nan), canonical(np.nan))
    assert same(canonical(1), canonical(np.float64(1.0)))
    assert not same(canonical(a), canonical(a * 1.001))
    assert not same(canonical(a), canonical(a[None]))
    assert not same(canonical(None), canonical(0.0))
    assert not same(canonical((1, 2)), canonical((1, 2, 3)))
    assert same(canonical({"b": 1, "a": [2]}), canonical({"a": [2], "b": 1}))
    assert not same(canonical(True), canonical("True"))


def test_snapshots_are_strict_json():
    import json

    shot = snapshot(np.array([np.nan, np.inf, -np.inf, 1.0]))
    assert shot == {"s": [4], "d": "float64", "v": ["nan", "inf", "-inf", 1.0]}
    json.dumps(shot, allow_nan=False)
    assert snapshot("text") == "'text'"
