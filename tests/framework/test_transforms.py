"""Transforms of PIL images and arrays."""

import numpy as np
import pytest

from dezero_lab import transforms as T

Image = pytest.importorskip("PIL.Image")
PIXELS = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)  # height, width, colour


@pytest.fixture
def picture():
    return Image.fromarray(PIXELS)


def test_compose_runs_in_order():
    assert T.Compose([lambda x: x + 1, lambda x: x * 10])(1) == 20
    assert T.Compose()(7) == 7


def test_convert(picture):
    assert T.Convert("L")(picture).mode == "L"
    assert np.asarray(T.Convert()(Image.new("L", (2, 2), 9))).tolist() == [[[9] * 3] * 2] * 2
    assert np.array_equal(np.asarray(T.Convert("BGR")(picture)), PIXELS[:, :, ::-1])


def test_resize_takes_width_and_height(picture):
    assert T.Resize(3)(picture).size == (3, 3)
    assert T.Resize((5, 2))(picture).size == (5, 2)
    assert T.ToArray()(T.Resize((5, 2))(picture)).shape == (3, 2, 5)


def test_center_crop(picture):
    assert np.array_equal(np.asarray(T.CenterCrop((2, 2))(picture)), PIXELS[:, 1:3])


def test_to_array_is_channels_first(picture):
    x = T.ToArray()(picture)
    assert (x.shape, x.dtype) == ((3, 2, 4), np.float32)
    assert np.array_equal(x, PIXELS.transpose(2, 0, 1))
    assert T.ToArray(np.uint8)(Image.fromarray(PIXELS[:, :, 0])).shape == (1, 2, 4)
    assert T.ToArray(np.float64)(np.ones((3, 2), np.uint8)).dtype == np.float64


@pytest.mark.parametrize("channels", [1, 3])
def test_to_pil_is_the_way_back(channels):
    x = np.arange(channels * 6, dtype=np.uint8).reshape(channels, 2, 3)
    assert np.array_equal(T.ToArray(np.uint8)(T.ToPIL()(x)), x)


def test_flip_mirrors_both_kinds(picture):
    flip = T.RandomHorizontalFlip(1.0)
    assert np.array_equal(np.asarray(flip(picture)), PIXELS[:, ::-1])
    x = T.ToArray()(picture)
    assert np.array_equal(flip(x), x[:, :, ::-1])


def test_flip_is_as_frequent_as_asked():
    flip, x = T.RandomHorizontalFlip(0.25, rng=np.random.default_rng(0)), np.array([0.0, 1.0])
    assert np.mean([flip(x)[0] for _ in range(4000)]) == pytest.approx(0.25, abs=0.02)


@pytest.mark.parametrize(
    ("mean", "std", "expected"),
    [(0.5, 2.0, [0.25] * 3), ([0.5], [0.5], [1.0] * 3), ([0.0, 0.5, 1.0], 1, [1.0, 0.5, 0.0])],
)
def test_normalize(mean, std, expected):
    y = T.Normalize(mean, std)(np.ones((3, 2, 2), np.float32))
    assert y[:, 0, 0].tolist() == expected
    assert y.dtype == np.float32


def test_normalize_with_another_number_of_channels():
    with pytest.raises(ValueError, match="2 values for 3 channels: give one, or one for each channel"):
        T.Normalize([0.5, 0.5])(np.ones((3, 2, 2)))


def test_types_and_shapes():
    assert T.Flatten()(np.zeros((2, 3))).shape == (6,)
    assert T.AsType(np.int16)(np.ones(2)).dtype == np.int16
    assert T.ToFloat is T.AsType
    assert T.ToFloat()(np.ones(2)).dtype == np.float32
    assert T.ToInt()(np.array([2.7])).tolist() == [2]
