"""Data sets. Digits, Spiral and SinCurve are always there; the large ones are downloaded once and checked.

A dataset gives `(example, label)` for an index, several at once for a slice, and has a length. Where there is no
network, `Digits` (1,797 real images of handwritten digits, 8 x 8) stands in for MNIST.
"""

from __future__ import annotations

import gzip
import json
import tarfile
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from .downloads import DownloadError, cache_folder, get_file
from .transforms import Compose, Flatten, Normalize, ToFloat

Transform = Callable[[Any], Any]


def _same(x: Any) -> Any:
    return x


class Dataset:
    """Base class: subclasses write `prepare`, which sets `self.data` and `self.label` (None when there are no labels)."""

    data: Any
    label: Any

    def __init__(
        self,
        train: bool = True,
        transform: Transform | None = None,
        target_transform: Transform | None = None,
    ) -> None:
        self.train = train
        self.transform = transform or _same
        self.target_transform = target_transform or _same
        self.data = None
        self.label = None
        self.prepare()

    def prepare(self) -> None:
        """Set `self.data` and `self.label`."""

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if not np.isscalar(index):
            raise TypeError(f"a dataset takes one whole number or a slice, not {type(index).__name__}")
        x = self.transform(self.data[index])
        return (x, None) if self.label is None else (x, self.target_transform(self.label[index]))

    def __len__(self) -> int:
        if self.data is None:
            raise TypeError(
                f"this {type(self).__name__} has no data: write a prepare(self) that sets self.data"
            )
        return len(self.data)


def get_spiral(train: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """Points (300, 2) on three arms of a spiral and the number of the arm (300,). Always the same; the global random
    state is left alone. Source of the shape: book, step 48."""
    rng = np.random.RandomState(1984 if train else 2020)
    per_class, classes = 100, 3
    x = np.zeros((per_class * classes, 2), dtype=np.float32)
    t = np.zeros(per_class * classes, dtype=np.int64)
    for arm in range(classes):
        for i in range(per_class):
            radius = i / per_class
            angle = 4.0 * arm + 4.0 * radius + rng.randn() * 0.2
            row = per_class * arm + i
            x[row] = radius * np.sin(angle), radius * np.cos(angle)
            t[row] = arm
    order = rng.permutation(per_class * classes)
    return x[order], t[order]


class Spiral(Dataset):
    """Three arms of a spiral: points (2,) float32 and labels 0 to 2.

    >>> len(Spiral())
    300
    """

    def prepare(self) -> None:
        self.data, self.label = get_spiral(self.train)


class _HandwrittenDigits(Dataset):
    """Grey pictures that come, unless another transform is given, as flat float32 numbers between 0 and 1."""

    FULL_SCALE: float  # the value of the darkest pixel

    def __init__(
        self,
        train: bool = True,
        transform: Transform | None = None,
        target_transform: Transform | None = None,
    ) -> None:
        default = Compose([Flatten(), ToFloat(), Normalize(0.0, self.FULL_SCALE)])
        super().__init__(train, transform or default, target_transform)


class Digits(_HandwrittenDigits):
    """1,797 real handwritten digits, (1, 8, 8) uint8 with values 0 to 16. No network.

    Two of eleven images in a row are for testing, so that both parts hold all digits by all writers.
    The default transform makes 64 float32 numbers between 0 and 1. Source: Alpaydin and Kaynak 1998, UCI Machine
    Learning Repository, CC BY 4.0 (see dezero_lab/data/README.md).

    >>> x, t = Digits()[0]
    >>> x.shape, int(t), len(Digits()), len(Digits(train=False))
    ((64,), 0, 1471, 326)
    """

    FULL_SCALE = 16.0

    def prepare(self) -> None:
        with (
            resources.files("dezero_lab").joinpath("data/digits.npz").open("rb") as file,
            np.load(file) as arrays,
        ):
            images, labels = arrays["images"][:, None], arrays["labels"].astype(np.int64)
        for_testing = np.arange(len(images)) % 11 % 5 == 4
        part = ~for_testing if self.train else for_testing
        self.data, self.label = images[part], labels[part]

    def show(self, row: int = 10, col: int = 10) -> None:
        """A sheet of random images."""
        _show_sheet(self.data, row, col)


class MNIST(_HandwrittenDigits):
    """70,000 handwritten digits, (1, 28, 28) uint8; downloaded once (11 MB). Default: 784 float32 between 0 and 1."""

    MIRRORS = (
        "https://storage.googleapis.com/cvdf-datasets/mnist/",
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
    )
    FILES = (
        ("train-images-idx3-ubyte.gz", "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
        ("train-labels-idx1-ubyte.gz", "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
        ("t10k-images-idx3-ubyte.gz", "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
        ("t10k-labels-idx1-ubyte.gz", "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
    )

    FULL_SCALE = 255.0

    def prepare(self) -> None:
        images, labels = self.FILES[:2] if self.train else self.FILES[2:]
        self.data = self._read(*images)[:, None]
        self.label = self._read(*labels)

    def _read(self, name: str, sha256: str) -> np.ndarray:
        try:
            path = get_file(
                [mirror + name for mirror in self.MIRRORS], name, sha256=sha256, largest=20_000_000
            )
        except DownloadError as error:
            raise DownloadError(
                f"{error}\nOr take Digits() in place of MNIST(): real digits, no download"
            ) from None
        with gzip.open(path) as file:
            return read_idx(file.read())

    def show(self, row: int = 10, col: int = 10) -> None:
        """A sheet of random images."""
        _show_sheet(self.data, row, col)

    @staticmethod
    def labels() -> dict[int, str]:
        return {i: str(i) for i in range(10)}


def _show_sheet(images: np.ndarray, row: int, col: int) -> None:
    """row x col random images (C, H, W), side by side."""
    import matplotlib.pyplot as plt

    picks = images[np.random.randint(0, len(images), row * col)]
    _, C, H, W = picks.shape
    sheet = picks.reshape(row, col, C, H, W).transpose(0, 3, 1, 4, 2).reshape(row * H, col * W, C)
    plt.imshow(sheet[:, :, 0] if C == 1 else sheet, cmap="gray", interpolation="nearest")
    plt.axis("off")
    plt.show()


def read_idx(content: bytes) -> np.ndarray:
    """An array of bytes in the IDX format of MNIST: two zeros, the type, the number of axes, their lengths, the data."""
    if len(content) < 4 or content[:3] != b"\x00\x00\x08":
        raise ValueError("this is not an IDX file of unsigned bytes")
    ndim = content[3]
    if len(content) < 4 + 4 * ndim:
        raise ValueError(f"the head of this IDX file is cut off: {ndim} lengths are announced")
    shape = tuple(int(n) for n in np.frombuffer(content, ">u4", ndim, 4))
    start = 4 + 4 * ndim
    if len(content) != start + int(np.prod(shape)):
        raise ValueError(
            f"an IDX file of shape {shape} has {start + int(np.prod(shape))} bytes, not {len(content)}"
        )
    return np.frombuffer(content, np.uint8, offset=start).reshape(shape)


class CIFAR10(Dataset):
    """60,000 colour images (3, 32, 32) uint8 in 10 classes; downloaded once (170 MB), in the form without pickles.

    The default transform is DeZero's: float32, (x − 0.5) / 0.5 of values 0 to 255.
    """

    URL = "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"
    SHA256: str | None = "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"
    TRAIN: tuple[str, ...] = tuple(f"data_batch_{i}.bin" for i in range(1, 6))
    TEST: tuple[str, ...] = ("test_batch.bin",)
    LABEL_BYTES = 1
    label_column = 0
    NAMES = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")

    def __init__(
        self,
        train: bool = True,
        transform: Transform | None = None,
        target_transform: Transform | None = None,
    ) -> None:
        default = Compose([ToFloat(), Normalize(0.5, 0.5)])
        super().__init__(train, transform or default, target_transform)

    def prepare(self) -> None:
        path = get_file(self.URL, sha256=self.SHA256, largest=300_000_000)
        with tarfile.open(path) as archive:
            parts = [_member(archive, name) for name in (self.TRAIN if self.train else self.TEST)]
        rows = np.frombuffer(b"".join(parts), np.uint8).reshape(-1, self.LABEL_BYTES + 3 * 32 * 32)
        self.data = rows[:, self.LABEL_BYTES :].reshape(-1, 3, 32, 32)
        self.label = rows[:, self.label_column].astype(np.int64)

    def show(self, row: int = 10, col: int = 10) -> None:
        """A sheet of random images."""
        _show_sheet(self.data, row, col)

    @classmethod
    def labels(cls) -> dict[int, str]:
        return dict(enumerate(cls.NAMES))


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    """The content of one file of an archive; nothing is unpacked to disk, so paths in the archive do not matter."""
    for member in archive:
        if member.isfile() and Path(member.name).name == name:
            file = archive.extractfile(member)
            assert file is not None
            return file.read()
    raise ValueError(f"the archive holds no {name}")


class CIFAR100(CIFAR10):
    """60,000 colour images (3, 32, 32) uint8 in 100 fine classes, or 20 coarse ones."""

    URL = "https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz"
    SHA256 = "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec"
    TRAIN = ("train.bin",)
    TEST = ("test.bin",)
    LABEL_BYTES = 2

    def __init__(
        self,
        train: bool = True,
        transform: Transform | None = None,
        target_transform: Transform | None = None,
        label_type: str = "fine",
    ) -> None:
        if label_type not in ("fine", "coarse"):
            raise ValueError(f"label_type is 'fine' or 'coarse', not {label_type!r}")
        self.label_type = label_type
        self.label_column = 1 if label_type == "fine" else 0
        super().__init__(train, transform, target_transform)

    @classmethod
    def labels(cls, label_type: str = "fine") -> dict[int, str]:
        """Names of the classes, from the archive."""
        path = get_file(cls.URL, sha256=cls.SHA256, largest=300_000_000)
        with tarfile.open(path) as archive:
            names = _member(archive, f"{label_type}_label_names.txt").decode().split()
        return dict(enumerate(names))


class ImageNet(Dataset):
    """Only the names of the 1,000 classes; the images are too many for a course."""

    URL = "https://raw.githubusercontent.com/anishathalye/imagenet-simple-labels/master/imagenet-simple-labels.json"

    def __init__(self) -> None:
        raise NotImplementedError(
            "the images of ImageNet are not downloaded here; ImageNet.labels() gives the names"
        )

    @classmethod
    def labels(cls) -> dict[int, str]:
        with open(get_file(cls.URL, largest=1_000_000), encoding="utf-8") as file:
            return dict(enumerate(json.load(file)))


class SinCurve(Dataset):
    """A sine wave of 999 steps with a little noise (train) or a cosine without; each label is the next value."""

    def prepare(self) -> None:
        steps = 1000
        x = np.linspace(0, 2 * np.pi, steps)
        if self.train:
            y = np.sin(x) + np.random.default_rng(1984).uniform(-0.05, 0.05, size=x.shape)
        else:
            y = np.cos(x)
        y = y.astype(np.float64)
        self.data = y[:-1, None]
        self.label = y[1:, None]


class Shakespear(Dataset):
    """The works of Shakespeare, character by character; each label is the next one. Downloaded once (1 MB)."""

    URL = "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt"
    SHA256 = "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed"

    def prepare(self) -> None:
        with open(
            get_file(self.URL, "shakespear.txt", sha256=self.SHA256, largest=5_000_000), encoding="utf-8"
        ) as file:
            text = file.read()
        chars = sorted(set(text))
        self.char_to_id = {c: i for i, c in enumerate(chars)}
        self.id_to_char = dict(enumerate(chars))
        ids = np.array([self.char_to_id[c] for c in text])
        self.data, self.label = ids[:-1], ids[1:]


def load_cache_npz(filename: str, train: bool = False) -> Any:
    """(data, label) kept by `save_cache_npz`, or (None, None)."""
    path = _cache_path(filename, train)
    if not path.exists():
        return None, None
    with np.load(path, allow_pickle=False) as arrays:
        return arrays["data"], arrays["label"]


def save_cache_npz(data: np.ndarray, label: np.ndarray, filename: str, train: bool = False) -> str:
    """Keep a prepared dataset in the cache folder; returns the path."""
    path = _cache_path(filename, train)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, data=data, label=label)
    return str(path)


def _cache_path(filename: str, train: bool) -> Path:
    stem = Path(filename).name.partition(".")[0]
    return cache_folder() / f"{stem}{'_train' if train else '_test'}.npz"
