"""Weights in files: what is written, what is refused, and that a file is whole or not there."""

import io
import os
import stat
import zipfile
import zlib

import numpy as np
import pytest

import dezero_lab.layers as L
from dezero_lab import Parameter
from dezero_lab.models import MLP, Model, Sequential

f32 = np.float32


def trained(*sizes):
    model = MLP(sizes)
    model(np.ones((1, 4), f32))
    return model


def contents(path):
    with np.load(path, allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def test_round_trip(tmp_path):
    one, two = trained(3, 2), MLP((3, 2))
    one.save_weights(tmp_path / "w.npz")
    two.load_weights(tmp_path / "w.npz")  # before its first call
    x = np.random.default_rng(0).normal(size=(5, 4)).astype(f32)
    assert np.array_equal(one(x).data, two(x).data)
    assert list(contents(tmp_path / "w.npz")) == ["l0/W", "l0/b", "l1/W", "l1/b"]


def test_a_file_of_dezeros_layout_loads(tmp_path):
    """DeZero writes the same keys with np.savez_compressed, in any order."""
    arrays = {
        "l1/b": np.full(2, 0.5, f32),
        "l0/W": np.ones((4, 3), f32),
        "l1/W": np.ones((3, 2), f32),
        "l0/b": np.zeros(3, f32),
    }
    np.savez_compressed(tmp_path / "dezero.npz", **arrays)
    model = MLP((3, 2), activation=lambda x: x)
    model.load_weights(str(tmp_path / "dezero.npz"))
    assert model(np.ones((1, 4), f32)).data.tolist() == [[12.5, 12.5]]


def test_batch_norm_keeps_its_averages(tmp_path):
    model = Sequential(L.Conv2d(2, 3), L.BatchNorm())
    model(np.random.default_rng(0).normal(size=(4, 1, 5, 5)).astype(f32))
    model.save_weights(tmp_path / "w")
    fresh = Sequential(L.Conv2d(2, 3), L.BatchNorm())
    fresh.load_weights(tmp_path / "w")
    assert np.array_equal(fresh.l1.avg_var.data, model.l1.avg_var.data)


def test_nested_layers_lists_dicts_and_shared_parameters(tmp_path):
    class Net(Model):
        def __init__(self):
            self.first = L.Linear(2, in_size=2)
            self.blocks = [L.Linear(2, in_size=2), {"head": L.Linear(1, in_size=2)}]
            self.tied = L.Linear(2, in_size=2)
            self.tied.W = self.first.W

    one, two = Net(), Net()
    one.save_weights(tmp_path / "w.npz")
    two.load_weights(tmp_path / "w.npz")
    assert list(contents(tmp_path / "w.npz")) == [
        "first/W", "first/b", "blocks/0/W", "blocks/0/b", "blocks/1/head/W", "blocks/1/head/b", "tied/b",
    ]  # fmt: skip
    assert two.tied.W is two.first.W
    assert np.array_equal(two.tied.W.data, one.first.W.data)


def test_everything_that_does_not_fit_is_named_at_once(tmp_path):
    np.savez(
        tmp_path / "w.npz",
        **{"l0/W": np.ones((4, 5)), "l1/W": np.ones((3, 2)), "l1/b": np.ones(2), "extra": np.ones(1)},
    )
    model = trained(3, 2)
    before = {path: param.data.copy() for path, param in model.named_params()}
    with pytest.raises(ValueError, match="does not fit this MLP") as error:
        model.load_weights(tmp_path / "w.npz")
    text = str(error.value)
    assert "l0/b is missing from the file" in text
    assert "extra is in the file, but not in the model" in text
    assert "l0/W has shape (4, 5) in the file and (4, 3) in the model" in text
    assert all(np.array_equal(before[path], param.data) for path, param in model.named_params())


def test_a_misshaped_bias_of_a_layer_that_was_never_called(tmp_path):
    np.savez(tmp_path / "w.npz", **{"l0/W": np.ones((4, 3)), "l0/b": np.ones(7)})
    with pytest.raises(ValueError, match=r"l0/b has shape \(7,\) in the file and \(3,\) in the model"):
        MLP((3,)).load_weights(tmp_path / "w.npz")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(
        FileNotFoundError, match=r"there are no weights at .*w\.npz; save_weights writes them"
    ):
        MLP((3,)).load_weights(tmp_path / "w")


@pytest.mark.parametrize("content", [b"", b"not a zip file", b"PK\x03\x04broken"])
def test_a_file_that_is_something_else(tmp_path, content):
    (tmp_path / "w.npz").write_bytes(content)
    with pytest.raises(ValueError, match=r"w\.npz is no file of weights, or it is damaged"):
        MLP((3,)).load_weights(tmp_path / "w.npz")


def test_pickled_objects_are_refused(tmp_path):
    np.savez(tmp_path / "w.npz", **{"l0/W": np.array([None, "x"], dtype=object), "l0/b": np.ones(3)})
    with pytest.raises(ValueError, match="is no file of weights, or it is damaged"):
        MLP((3,)).load_weights(tmp_path / "w.npz")


def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    model, path = trained(3), tmp_path / "w.npz"
    model.save_weights(path)
    old = path.read_bytes()

    def full_disk(file, array, allow_pickle):
        file.write(b"half of it")
        raise OSError("no space left")

    monkeypatch.setattr(np.lib.format, "write_array", full_disk)
    model.l0.W.data += 1
    with pytest.raises(OSError, match="no space left"):
        model.save_weights(path)
    assert path.read_bytes() == old
    assert os.listdir(tmp_path) == ["w.npz"]


def test_folders_are_made(tmp_path):
    trained(2).save_weights(tmp_path / "runs" / "today" / "w.npz")
    assert (tmp_path / "runs" / "today" / "w.npz").exists()


def test_names_with_dots_keep_them(tmp_path):
    trained(2).save_weights(tmp_path / "epoch.10")
    assert os.listdir(tmp_path) == ["epoch.10.npz"]


def test_parameters_of_a_single_layer(tmp_path):
    layer = L.Layer()
    layer.p = Parameter(np.arange(3.0))
    layer.save_weights(tmp_path / "p.npz")
    assert contents(tmp_path / "p.npz")["p"].tolist() == [0, 1, 2]


def test_any_name_can_be_saved(tmp_path):
    one, two = L.Layer(), L.Layer()
    for i, name in enumerate(("file", "allow_pickle", "args")):
        setattr(one, name, Parameter(np.full(2, i + 1.0)))
        setattr(two, name, Parameter(np.zeros(2)))
    one.save_weights(tmp_path / "w")
    two.load_weights(tmp_path / "w")
    assert [p.data[0] for p in two.params()] == [1, 2, 3]


def test_two_parameters_of_one_path(tmp_path):
    layer = L.Layer()
    layer.d = {1: Parameter(np.zeros(1)), "1": Parameter(np.ones(1))}
    with pytest.raises(ValueError, match="two parameters of this Layer have the path d/1"):
        layer.save_weights(tmp_path / "w")


@pytest.mark.skipif(os.name != "posix", reason="rights of files are those of POSIX")
def test_files_have_the_rights_of_new_files(tmp_path):
    (tmp_path / "other").touch()
    trained(2).save_weights(tmp_path / "w.npz")
    rights = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("other", "w.npz")]
    assert rights[0] == rights[1]


@pytest.mark.parametrize(("layer", "W", "said"), [
    (L.Linear(3, nobias=True), np.ones((4, 7)), r"\(4, 7\) in the file and \(any, 3\) in the model"),
    (L.Linear(3, nobias=True), np.ones(3), r"\(3,\) in the file"),
    (L.Linear(3, nobias=True), np.full((4, 3), "x"), "W has no numbers, but <U1"),
    (L.Conv2d(2, 3, nobias=True), np.ones((4, 7)), r"\(2, any, 3, 3\) in the model"),
    (L.Deconv2d(2, 3, nobias=True), np.ones((4, 7, 3, 3)), r"\(any, 2, 3, 3\) in the model"),
])  # fmt: skip
def test_what_is_known_of_weights_that_are_not_made(tmp_path, layer, W, said):
    np.savez(tmp_path / "w.npz", W=W)
    with pytest.raises(ValueError, match=said):
        layer.load_weights(tmp_path / "w.npz")
    assert layer.W.data is None


@pytest.mark.parametrize("made", [True, False])
def test_parameters_keep_their_dtype(tmp_path, made):
    np.savez(tmp_path / "w.npz", W=np.ones((4, 3)), b=np.ones(3))
    layer = L.Linear(3, in_size=4 if made else None)
    layer.load_weights(tmp_path / "w.npz")
    assert layer(np.ones((1, 4), f32)).dtype == f32


@pytest.mark.parametrize("error", [zlib.error, NotImplementedError, OSError])
def test_a_member_that_cannot_be_read(tmp_path, monkeypatch, error):
    model = trained(3)
    model.save_weights(tmp_path / "w")

    def fail(*args, **options):
        raise error("bad block")

    monkeypatch.setattr(zipfile.ZipFile, "open", fail)
    with pytest.raises(ValueError, match="or it is damaged: bad block"):
        model.load_weights(tmp_path / "w")


def test_paths_only(tmp_path):
    model = trained(3)
    (tmp_path / "w.npz").mkdir()
    with pytest.raises(ValueError, match="is a folder, not a file of weights"):
        model.load_weights(tmp_path / "w")
    for call in (model.load_weights, model.save_weights):
        with pytest.raises(TypeError, match="a BytesIO was given"):
            call(io.BytesIO())
