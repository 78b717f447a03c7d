"""Gradients of picked rows: added in blocks, where rows may repeat and count from the end."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dezero_lab.functions as F
from dezero_lab import Variable

indexing = import_module("dezero_lab.functions.indexing")


@given(
    st.lists(st.integers(-7, 6), max_size=30),
    st.sampled_from([(7, 1), (7, 5), (7, 2, 3), (7, 0)]),
    st.sampled_from([1, 12, 10**6]),
    st.sampled_from([np.int64, np.int32, np.int8]),
    st.sampled_from([np.float32, np.float64]),
)
def test_rows_in_blocks_of_any_size(rows, shape, block, index, dtype):
    ids = np.array(rows, index)
    x, expected = Variable(np.zeros(shape, dtype)), np.zeros(shape, dtype)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indexing, "BLOCK", block)
        y = F.get_item(x, ids)
        y.grad = Variable(np.random.default_rng(0).integers(-9, 9, y.shape).astype(dtype))
        y.backward(retain_grad=True)
    np.add.at(expected, ids, y.grad.data)
    np.testing.assert_array_equal(x.grad.data, expected)
    assert x.grad.dtype == dtype


def test_a_small_index_type_of_a_large_table():
    """300 rows of 500 numbers: places in the flat table do not fit into the 16 bits of the index."""
    x = Variable(np.zeros((300, 500)))
    F.sum(F.embed_id(np.array([[0, 299], [299, 7]], np.int16), x)).backward()
    assert x.grad.data.sum(axis=1)[[0, 7, 299]].tolist() == [500.0, 500.0, 1000.0]
    assert x.grad.data.sum() == 2000
