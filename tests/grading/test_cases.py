import numpy as np
import pytest

from dezero_lab.grading.cases import BROADCAST_PAIRS, Inputs


@pytest.mark.parametrize("coarse", [0, 1, 2])
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("shape", [(), (1,), (3,), (4, 2, 3)])
def test_draws_are_in_range_away_from_zero_and_not_constant(seed, coarse, shape):
    a = Inputs(seed, coarse).array(shape, -1.5, 1.5)
    assert a.shape == shape
    assert (np.abs(a) >= 0.3).all()
    assert (np.abs(a) <= 1.5).all()
    if a.size > 1:
        assert np.unique(a).size == a.size


def test_a_coarse_draw_is_rounder_and_the_rest_stays_in_step():
    fine, coarse = Inputs(3), Inputs(3, coarse=2)
    a, b = fine.array((3,), -9, 9), coarse.array((3,), -9, 9)
    assert (np.abs(a - b) <= 0.5).all()
    assert (b == np.round(b)).all()
    assert fine.integers((5,)).tolist() == coarse.integers((5,)).tolist()


def test_constant_draws_are_refused():
    with pytest.raises(ValueError, match="constant"):
        Inputs().array((3,), 1.0, 1.0)
    with pytest.raises(ValueError, match="constant"):
        Inputs().integers((4,), 2, 2)
    with pytest.raises(ValueError, match="away from zero"):
        Inputs().array((3,), -0.1, 0.1)


def test_seeds_decide():
    assert (Inputs(1).array((4,)) == Inputs(1).array((4,))).all()
    assert (Inputs(1).array((4,)) != Inputs(2).array((4,))).all()
    assert sorted(Inputs(1).shuffled([1, 2, 3])) == [1, 2, 3]
    assert Inputs(1).choice("abc") in "abc"


def test_the_standard_sets():
    assert list(Inputs().upstreams()) == [1.7, -0.6]
    assert 1.0 not in list(Inputs().scalars())
    assert 0.0 in list(Inputs().scalars(zero=True))
    pairs = list(Inputs().broadcast_pairs())
    assert len(pairs) == 2 * len(BROADCAST_PAIRS) - 1
    for a, b in pairs:
        assert np.broadcast_shapes(a, b)
        assert (b, a) in pairs
    assert len(list(Inputs().axes())) == 16
    for shape, axis, keepdims in Inputs().axes():
        np.zeros(shape).sum(axis=axis, keepdims=keepdims)
    for a, b in Inputs().matrix_pairs():
        assert a[1] == b[0]
    assert () in list(Inputs().shapes())
