"""Loaders: what comes in a batch, when an epoch ends, and how sequences are cut into streams."""

import numpy as np
import pytest

from dezero_lab import DataLoader, SeqDataLoader
from dezero_lab.datasets import Dataset, SinCurve


class Numbers(Dataset):
    """0, 1, 2, ... with labels that are ten times as large."""

    def prepare(self):
        self.data = np.arange(10.0)[:, None]
        self.label = np.arange(10) * 10


def seen(loader):
    return [t.tolist() for _, t in loader]


def test_batches_in_order():
    assert seen(DataLoader(Numbers(), 4, shuffle=False)) == [[0, 10, 20, 30], [40, 50, 60, 70], [80, 90]]


def test_drop_last():
    loader = DataLoader(Numbers(), 4, shuffle=False, drop_last=True)
    assert [len(t) for _, t in loader] == [4, 4]
    assert len(loader) == loader.max_iter == 2


def test_examples_and_labels_stay_together():
    for x, t in DataLoader(Numbers(), 3):
        assert np.array_equal(x[:, 0] * 10, t)


def test_shapes_and_dtypes():
    x, t = next(iter(DataLoader(Numbers(), 4)))
    assert (x.shape, x.dtype, t.shape, t.dtype) == ((4, 1), np.float64, (4,), np.int64)


def test_every_epoch_has_everything_in_another_order():
    loader = DataLoader(Numbers(), 4, rng=np.random.default_rng(0))
    epochs = [[label for batch in seen(loader) for label in batch] for _ in range(3)]
    assert all(sorted(epoch) == [10 * i for i in range(10)] for epoch in epochs)
    assert epochs[0] != epochs[1]


def test_order_repeats_with_a_generator_or_a_seed():
    one, two = (seen(DataLoader(Numbers(), 4, rng=np.random.default_rng(5))) for _ in range(2))
    assert one == two
    np.random.seed(1)
    first = seen(DataLoader(Numbers(), 4))
    np.random.seed(1)
    assert seen(DataLoader(Numbers(), 4)) == first


def test_a_broken_epoch_starts_anew():
    loader = DataLoader(Numbers(), 3, shuffle=False)
    for _, t in loader:
        assert t.tolist() == [0, 10, 20]
        break
    assert len(seen(loader)) == 4


def test_next_and_reset_as_in_dezero():
    loader = DataLoader(Numbers(), 4, shuffle=False)
    assert loader.next()[1].tolist() == [0, 10, 20, 30]
    assert loader.iteration == 1
    loader.reset()
    assert loader.next()[1].tolist() == [0, 10, 20, 30]


def test_an_epoch_ends_once():
    loader = DataLoader(Numbers(), 10)
    iterator = iter(loader)
    next(iterator)
    with pytest.raises(StopIteration):
        next(iterator)


def test_without_labels():
    class Plain(Dataset):
        def prepare(self):
            self.data = np.arange(5)

    assert [x.tolist() for x in DataLoader(Plain(), 3, shuffle=False)] == [[0, 1, 2], [3, 4]]


def test_a_list_of_pairs_is_a_dataset():
    (batch,) = DataLoader([(np.zeros(2), 1), (np.ones(2), 0)], 2, shuffle=False)
    assert batch[0].tolist() == [[0, 0], [1, 1]]
    assert batch[1].tolist() == [1, 0]


def test_a_batch_needs_a_size():
    with pytest.raises(ValueError, match="the batch size must be at least 1, but it is 0"):
        DataLoader(Numbers(), 0)


def test_images_of_different_sizes_are_named():
    with pytest.raises(
        ValueError, match=r"one batch needs examples of one shape, but they have \(2,\) and \(3,\)"
    ):
        next(iter(DataLoader([np.zeros(2), np.zeros(3)], 2, shuffle=False)))


def test_streams_of_a_sequence():
    """Row k of each batch follows on from row k of the batch before."""
    batches = seen(SeqDataLoader(Numbers(), batch_size=2))
    assert batches == [[0, 50], [10, 60], [20, 70], [30, 80], [40, 90]]


def test_streams_when_the_length_does_not_divide():
    assert seen(SeqDataLoader(Numbers(), batch_size=3)) == [[0, 30, 60], [10, 40, 70], [20, 50, 80]]


def test_streams_of_the_sine_curve():
    loader = SeqDataLoader(SinCurve(), batch_size=30)
    assert len(loader) == 33
    x, t = next(iter(loader))
    assert x.shape == t.shape == (30, 1)


def test_loops_over_one_loader_can_be_nested():
    loader = DataLoader(Numbers(), 4, shuffle=False)
    assert [(len(s), len(t)) for (_, s), (_, t) in zip(loader, loader, strict=True)] == [
        (4, 4),
        (4, 4),
        (2, 2),
    ]
    assert len([1 for _ in loader for _ in loader]) == 9


def test_next_and_loops_have_places_of_their_own():
    loader = DataLoader(Numbers(), 4, shuffle=False)
    epoch = iter(loader)
    next(epoch)
    assert next(loader)[1].tolist() == [0, 10, 20, 30]
    assert next(epoch)[1].tolist() == [40, 50, 60, 70]
    assert next(loader)[1].tolist() == [40, 50, 60, 70]
    assert len(seen(loader)) == 3  # a loop starts at the first batch


def test_each_epoch_draws_one_order():
    loader, rng = DataLoader(Numbers(), 10, rng=np.random.default_rng(3)), np.random.default_rng(3)
    for _ in range(3):
        assert seen(loader) == [(rng.permutation(10) * 10).tolist()]


@pytest.mark.parametrize("seed", [0, 42])
def test_a_seed_is_enough(seed):
    loader = DataLoader(Numbers(), 4, rng=seed)
    assert seen(loader) == seen(DataLoader(Numbers(), 4, rng=np.random.default_rng(seed)))


@pytest.mark.parametrize("size", [2.0, None, "4"])
def test_a_batch_size_is_a_whole_number(size):
    with pytest.raises(TypeError, match="the batch size is a whole number"):
        DataLoader(Numbers(), size)


def test_a_subclass_with_its_own_next_as_in_dezero():
    class Firsts(DataLoader):
        def __next__(self):
            if self.iteration >= self.max_iter:
                self.reset()
                raise StopIteration
            self.iteration += 1
            return self.iteration

    loader = Firsts(Numbers(), 4, shuffle=False)
    assert [list(loader), list(loader)] == [[1, 2, 3], [1, 2, 3]]
