"""Data sets: shapes, values and what the readers do with damaged files. Nothing here needs a network."""

import gzip
import hashlib
import io
import json
import tarfile

import numpy as np
import pytest

from dezero_lab import datasets, downloads


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("DEZERO_LAB_CACHE", str(tmp_path))
    monkeypatch.delenv("DEZERO_LAB_MIRROR", raising=False)
    return tmp_path


def idx(array):
    head = bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">u4").tobytes()
    return head + array.astype(np.uint8).tobytes()


class TestDataset:
    def test_transforms_examples_and_labels(self):
        class Pairs(datasets.Dataset):
            def prepare(self):
                self.data, self.label = np.arange(3), np.arange(3) * 10

        pairs = Pairs(transform=lambda x: -x, target_transform=str)
        assert pairs[2] == (-2, "20")
        assert pairs[1:] == [(-1, "10"), (-2, "20")]
        assert pairs[-1] == (-2, "20")

    def test_takes_a_number_or_a_slice(self):
        with pytest.raises(TypeError, match="takes one whole number or a slice, not list"):
            datasets.Spiral()[[1, 2]]

    def test_ends_like_a_list(self):
        with pytest.raises(IndexError):
            datasets.Spiral()[300]
        assert len(list(datasets.Spiral())) == 300

    def test_without_prepare(self):
        with pytest.raises(TypeError, match=r"this Dataset has no data.*prepare"):
            len(datasets.Dataset())


class TestSmallOnes:
    def test_spiral(self):
        x, t = datasets.get_spiral()
        assert (x.shape, x.dtype, t.shape) == ((300, 2), np.float32, (300,))
        assert np.bincount(t).tolist() == [100, 100, 100]
        assert np.hypot(*x.T).max() < 1
        assert not np.array_equal(x, datasets.get_spiral(train=False)[0])

    def test_sin_curve(self):
        train, test = datasets.SinCurve(), datasets.SinCurve(train=False)
        assert len(train) == len(test) == 999
        assert train[0][0].shape == (1,)
        assert np.array_equal(train.data[1:], train.label[:-1])
        np.testing.assert_allclose(test.data[:, 0], np.cos(np.linspace(0, 2 * np.pi, 1000))[:-1])
        assert 0 < np.abs(train.data[:, 0] - np.sin(np.linspace(0, 2 * np.pi, 1000))[:-1]).max() <= 0.05

    def test_digits_are_real_and_split(self):
        train, test = datasets.Digits(), datasets.Digits(train=False)
        assert (len(train), len(test)) == (1471, 326)
        assert train.data.shape == (1471, 1, 8, 8)
        assert train.data.max() == 16
        x, t = train[0]
        assert (x.shape, x.dtype, int(t)) == ((64,), np.float32, 0)
        assert 0 <= x.min() <= x.max() <= 1
        assert np.bincount(train.label).min() > 120
        assert np.bincount(test.label).min() > 25

    def test_digits_take_other_transforms(self):
        assert datasets.Digits(transform=lambda image: image)[0][0].shape == (1, 8, 8)

    def test_pictures_can_be_shown(self, monkeypatch):
        plt = pytest.importorskip("matplotlib.pyplot")
        shown = []
        monkeypatch.setattr(plt, "show", lambda: shown.append(plt.gci().get_array().shape))
        datasets.Digits().show(2, 3)
        plt.close("all")
        assert shown == [(16, 24)]


class TestMNIST:
    @pytest.fixture
    def files(self, cache, monkeypatch):
        rng = np.random.default_rng(0)
        images, labels = rng.integers(0, 256, (5, 28, 28)), np.array([3, 1, 4, 1, 5])
        rows = []
        for name, _ in datasets.MNIST.FILES:
            content = gzip.compress(idx(images if "images" in name else labels), mtime=0)
            (cache / name).write_bytes(content)
            rows.append((name, hashlib.sha256(content).hexdigest()))
        monkeypatch.setattr(datasets.MNIST, "FILES", tuple(rows))
        return images, labels

    def test_reads_its_files(self, files):
        images, labels = files
        for train in (True, False):
            mnist = datasets.MNIST(train)
            assert np.array_equal(mnist.data[:, 0], images)
            assert np.array_equal(mnist.label, labels)
        x, t = mnist[0]
        assert (x.shape, x.dtype, int(t)) == ((784,), np.float32, 3)
        np.testing.assert_allclose(x, images[0].ravel() / 255, rtol=1e-6)
        assert mnist.labels()[7] == "7"

    def test_without_a_network_digits_are_offered(self, cache, monkeypatch):
        class Offline:
            def open(self, request, timeout):
                raise OSError("no network")

        monkeypatch.setattr(downloads, "_https_only", Offline())
        with pytest.raises(
            downloads.DownloadError, match=r"no network(.|\n)*take Digits\(\) in place of MNIST\(\)"
        ):
            datasets.MNIST()

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"", "not an IDX file"),
            (b"\x00\x00\x0d\x01", "not an IDX file of unsigned bytes"),
            (idx(np.zeros((2, 3)))[:-1], r"shape \(2, 3\) has 18 bytes, not 17"),
            (b"\x00\x00\x08\x03\x00", "the head of this IDX file is cut off"),
        ],
    )
    def test_damaged_files_are_named(self, content, message):
        with pytest.raises(ValueError, match=message):
            datasets.read_idx(content)


class TestCIFAR:
    @pytest.fixture
    def archive(self, cache, monkeypatch):
        rng = np.random.default_rng(0)

        def write(cls, members):
            buffer = io.BytesIO()
            with tarfile.open(fileobj=buffer, mode="w:gz") as out:
                for name, content in members.items():
                    info = tarfile.TarInfo(f"../../cifar/{name}")  # a path that must not be followed
                    info.size = len(content)
                    out.addfile(info, io.BytesIO(content))
            (cache / cls.URL.rsplit("/", 1)[-1]).write_bytes(buffer.getvalue())
            monkeypatch.setattr(cls, "SHA256", hashlib.sha256(buffer.getvalue()).hexdigest())

        def rows(n, label_bytes):
            return rng.integers(0, 10, (n, label_bytes + 3072)).astype(np.uint8)

        return write, rows

    def test_cifar10(self, archive, cache):
        write, rows = archive
        parts = {name: rows(2, 1) for name in (*datasets.CIFAR10.TRAIN, *datasets.CIFAR10.TEST)}
        write(datasets.CIFAR10, {name: part.tobytes() for name, part in parts.items()})
        train, test = datasets.CIFAR10(), datasets.CIFAR10(train=False)
        assert (train.data.shape, train.data.dtype) == ((10, 3, 32, 32), np.uint8)
        first = parts["data_batch_1.bin"][0]
        assert train.label[0] == first[0]
        assert np.array_equal(train.data[0].ravel(), first[1:])
        assert len(test) == 2
        x, _ = train[0]
        np.testing.assert_allclose(x.ravel(), (first[1:] - 0.5) / 0.5)
        assert x.dtype == np.float32
        assert datasets.CIFAR10.labels()[9] == "truck"
        assert not (cache.parent / "cifar").exists()

    def test_cifar100_has_fine_and_coarse_labels(self, archive):
        write, rows = archive
        part = rows(4, 2)
        names = {
            "fine_label_names.txt": b"apple\naquarium_fish\n",
            "coarse_label_names.txt": b"aquatic_mammals\n",
        }
        write(datasets.CIFAR100, {"train.bin": part.tobytes(), "test.bin": part[:1].tobytes(), **names})
        assert datasets.CIFAR100(label_type="fine").label.tolist() == part[:, 1].tolist()
        assert datasets.CIFAR100(label_type="coarse").label.tolist() == part[:, 0].tolist()
        assert datasets.CIFAR100.labels() == {0: "apple", 1: "aquarium_fish"}
        assert datasets.CIFAR100.labels("coarse") == {0: "aquatic_mammals"}
        with pytest.raises(ValueError, match="label_type is 'fine' or 'coarse', not 'medium'"):
            datasets.CIFAR100(label_type="medium")

    def test_an_archive_without_the_file(self, archive):
        write, _ = archive
        write(datasets.CIFAR10, {"readme.txt": b"hello"})
        with pytest.raises(ValueError, match=r"the archive holds no data_batch_1\.bin"):
            datasets.CIFAR10()


def test_imagenet_names_are_parsed_not_evaluated(cache):
    name = datasets.ImageNet.URL.rsplit("/", 1)[-1]
    (cache / name).write_text(json.dumps(["tench", "__import__('os')"]), encoding="utf-8")
    assert datasets.ImageNet.labels() == {0: "tench", 1: "__import__('os')"}
    with pytest.raises(NotImplementedError, match="the images of ImageNet are not downloaded"):
        datasets.ImageNet()


def test_shakespear(cache, monkeypatch):
    text = "to be, or not to be"
    (cache / "shakespear.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr(datasets.Shakespear, "SHA256", hashlib.sha256(text.encode()).hexdigest())
    plays = datasets.Shakespear()
    assert "".join(plays.id_to_char[i] for i in plays.data) == text[:-1]
    assert np.array_equal(plays.data[1:], plays.label[:-1])
    assert plays.char_to_id["t"] == plays.data[0]


def test_prepared_data_can_be_kept(cache):
    assert datasets.load_cache_npz("https://example.org/some.tar.gz") == (None, None)
    data, label = np.arange(6).reshape(2, 3), np.array([0, 1])
    path = datasets.save_cache_npz(data, label, "https://example.org/some.tar.gz")
    assert path.startswith(str(cache))
    kept = datasets.load_cache_npz("https://example.org/some.tar.gz")
    assert np.array_equal(kept[0], data)
    assert np.array_equal(kept[1], label)
    assert datasets.load_cache_npz("https://example.org/some.tar.gz", train=True) == (None, None)


def test_the_published_checksums_are_asked_for():
    for cls in (datasets.CIFAR10, datasets.CIFAR100, datasets.Shakespear):
        assert cls.URL.startswith("https://")
        assert len(cls.SHA256) == 64
    assert all(url.startswith("https://") for url in datasets.MNIST.MIRRORS)
    assert downloads.LARGEST == 1_000_000_000
