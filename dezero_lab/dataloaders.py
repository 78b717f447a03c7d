"""Mini-batches from a dataset. A loader can be iterated again and again, also after a `break`."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from . import cuda
from .utils import as_generator, at_least_one


class DataLoader:
    """Batches (x, t) as stacked arrays, or only x where the dataset has no labels.

    shuffle: a new order for each epoch, from `rng` (a `numpy.random.Generator` or a seed) or NumPy's
    global state.
    drop_last: leave out a last batch that is not full. gpu: hand out CuPy arrays.

    >>> loader = DataLoader([(np.zeros(2), 0)] * 5, batch_size=2, shuffle=False)
    >>> [x.shape for x, t in loader], len(loader)
    ([(2, 2), (2, 2), (1, 2)], 3)
    """

    def __init__(
        self,
        dataset: Any,
        batch_size: int,
        shuffle: bool = True,
        gpu: bool = False,
        *,
        drop_last: bool = False,
        rng: Any = None,
    ) -> None:
        batch_size = at_least_one("the batch size", batch_size)
        self.dataset = dataset
        self.batch_size = batch_size
        self.shuffle = shuffle
        self.gpu = gpu
        self.drop_last = drop_last
        self.rng = as_generator(rng)
        self.data_size = len(dataset)
        self.max_iter = self.data_size // batch_size if drop_last else math.ceil(self.data_size / batch_size)
        self.reset()

    def reset(self) -> None:
        """Go back to the first batch, in a new order when shuffling."""
        self.iteration = 0
        self._used = False  # whether an epoch has taken this order
        if self.shuffle:
            self.index = (np.random if self.rng is None else self.rng).permutation(self.data_size)
        else:
            self.index = np.arange(self.data_size)

    def __len__(self) -> int:
        return self.max_iter

    def __iter__(self) -> Iterator[Any]:
        """An epoch with a place of its own, so that loops over one loader can be nested; `next` moves the loader's."""
        if self.iteration or self._used:
            self.reset()
        own = copy.copy(self)  # the same dataset and generator
        self._used = True
        return self._epoch(own)

    def _epoch(self, own: DataLoader) -> Iterator[Any]:
        while True:
            try:
                batch = next(own)
            except StopIteration:
                if not self.iteration:  # its end has drawn the next order
                    self.index, self._used = own.index, False
                return
            yield batch

    def __next__(self) -> Any:
        if self._used:
            self.reset()
        if self.iteration >= self.max_iter:
            self.reset()
            raise StopIteration
        batch = self._examples(self._positions())
        self.iteration += 1
        return batch

    next = __next__

    def _positions(self) -> Any:
        start = self.iteration * self.batch_size
        return self.index[start : start + self.batch_size]

    def _examples(self, positions: Any) -> Any:
        examples = [self.dataset[int(i)] for i in positions]
        if not isinstance(examples[0], tuple):
            return self._stack(examples)
        xs, ts = zip(*examples, strict=True)
        return self._stack(xs) if ts[0] is None else (self._stack(xs), self._stack(ts))

    def _stack(self, items: Any) -> Any:
        arrays = [cuda.as_numpy(item) for item in items]
        shapes = dict.fromkeys(array.shape for array in arrays)
        if len(shapes) > 1:
            raise ValueError(
                f"one batch needs examples of one shape, but they have {' and '.join(map(str, shapes))}; "
                "make them alike in the dataset's transform"
            )
        stacked = np.stack(arrays)
        return cuda.as_cupy(stacked) if self.gpu else stacked

    def to_cpu(self) -> None:
        self.gpu = False

    def to_gpu(self) -> None:
        self.gpu = True


class SeqDataLoader(DataLoader):
    """Batches for sequences: row k of every batch follows on from row k of the batch before. Source: book, step 60.

    The series is cut into `batch_size` equal streams that start `len(dataset) // batch_size` apart.
    """

    def __init__(self, dataset: Any, batch_size: int, gpu: bool = False) -> None:
        super().__init__(dataset, batch_size, shuffle=False, gpu=gpu, drop_last=True)

    def _positions(self) -> Any:
        jump = self.data_size // self.batch_size
        return [(k * jump + self.iteration) % self.data_size for k in range(self.batch_size)]
