"""Snapshots copy, count and survive JSON exactly."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from dezero_lab.trace.snapshot import Snapshot, Storage


def through_json(snap):
    return Snapshot.from_json(json.loads(json.dumps(snap.to_json(), allow_nan=False)))


@given(
    hnp.arrays(
        dtype=st.sampled_from(["f2", "f4", "f8", "i1", "i8", "u8", "?", "c8", "c16"]),
        shape=hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=5),
    )
)
def test_arrays_survive_exactly(array):
    snap = Snapshot.of(array, token=3)
    again = through_json(snap)
    assert again == snap
    if array.size <= 64:
        assert np.array_equal(again.array(), array, equal_nan=array.dtype.kind in "fc")
        assert again.array().dtype == array.dtype
        assert again.array().shape == array.shape
    elif array.dtype.kind in "fiub":
        assert snap.stats is not None
        assert snap.thumb is not None


def test_it_is_a_copy():
    a = np.array([1.0, 2.0])
    snap = Snapshot.of(a)
    a[0] = 9
    assert snap.values == (1.0, 2.0)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, {"py": "None", "repr": "None"}),
        (2.0, {"py": "float", "v": 2.0}),
        (True, {"py": "bool", "v": True}),
        (np.float64(2.5), {"py": "np.float64", "v": 2.5}),
        (np.int64(3), {"py": "np.int64", "v": 3}),
        (math.nan, {"py": "float", "v": "nan"}),
        (-math.inf, {"py": "float", "v": "-inf"}),
        (1 + 2j, {"py": "complex", "v": "(1+2j)"}),
        ("text", {"py": "str", "repr": "text"}),
        ([1, 2], {"py": "list", "repr": "<list>"}),
        (np.array(1.0), {"s": [], "d": "float64", "v": [1.0]}),
        (np.array([np.nan, np.inf]), {"s": [2], "d": "float64", "v": ["nan", "inf"]}),
        (np.array([1, 2], dtype=np.int8), {"s": [2], "d": "int8", "v": [1, 2]}),
    ],
)
def test_json_form(value, expected):
    snap = Snapshot.of(value)
    assert snap.to_json() == expected
    assert through_json(snap) == snap


def test_values_of_text_arrays_are_text():
    snap = Snapshot.of(np.array(["nan", "x"]))
    assert snap.values == ("nan", "x")
    assert through_json(snap) == snap


def test_objects_are_named_not_printed():
    class Learner:
        def __repr__(self):
            raise AssertionError

    assert Snapshot.of(Learner()).text == "<Learner>"
    assert Snapshot.of(np.array([Learner(), 1], dtype=object)).values == ("<Learner>", 1)


def test_large_arrays():
    a = np.arange(10_000, dtype=np.float64).reshape(100, 100)
    a[0, 0] = np.nan
    snap = Snapshot.of(a)
    assert snap.values is None
    assert snap.stats == (1.0, 9999.0, pytest.approx(5000.0), 1)
    assert (len(snap.thumb), len(snap.thumb[0])) == (8, 8)
    assert snap.thumb[7][7] > snap.thumb[0][1] > 0
    assert through_json(snap) == snap


def test_thumbnail_means_are_block_means():
    a = np.repeat(np.repeat(np.arange(64.0).reshape(8, 8), 4, axis=0), 2, axis=1)
    assert np.array_equal(np.array(Snapshot.of(a).thumb), np.arange(64.0).reshape(8, 8))
    assert len(Snapshot.of(np.zeros((3, 100))).thumb) == 3
    assert np.array(Snapshot.of(np.zeros(100)).thumb).shape == (1, 8)
    assert np.array(Snapshot.of(np.zeros((2, 5, 20))).thumb).shape == (8, 8)


@pytest.mark.parametrize("fill", [np.nan, np.inf, 1e308])
def test_large_arrays_of_extremes(fill):
    snap = Snapshot.of(np.full(100, fill))
    assert through_json(snap) == snap


def test_device_arrays_are_fetched_when_small():
    class Device:
        """Looks like a CuPy array."""

        __cuda_array_interface__ = None

        def __init__(self, array, fails=False):
            self.host, self.fails = array, fails
            self.shape, self.dtype = array.shape, array.dtype

        def get(self):
            if self.fails:
                raise RuntimeError("no device")
            return self.host

    assert Snapshot.of(Device(np.array([1.0, 2.0]))).values == (1.0, 2.0)
    huge = np.broadcast_to(np.float32(0), (2000, 2000))
    assert Snapshot.of(Device(huge)).to_json() == {"s": [2000, 2000], "d": "float32"}
    assert Snapshot.of(Device(np.zeros(1), fails=True)).text == "<Device>"


def test_tokens_tell_shared_memory():
    storage = Storage()
    a = np.zeros((4, 4))
    assert storage.token(a) == storage.token(a[1:]) == storage.token(a.T) == storage.token(a.reshape(16))
    assert storage.token(a) != storage.token(a.copy())
    assert storage.token(2.0) is storage.token(np.float64(2)) is storage.token(None) is None


def test_a_recycled_address_gets_a_new_token():
    storage = Storage()
    tokens = [storage.token(np.zeros(3)) for _ in range(50)]
    assert len(set(tokens)) == 50


def test_array_gives_up_on_objects():
    assert Snapshot.of(3.0).array() is None
    assert Snapshot.of(np.zeros(100)).array() is None
    assert Snapshot(py="None").array() is None
