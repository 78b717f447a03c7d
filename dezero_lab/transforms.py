"""What happens to an example on its way out of a dataset. Images are PIL images or arrays (C, H, W)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from . import utils

BILINEAR = 2  # the number that Pillow gives to bilinear resampling


class Compose:
    """Several transforms, one after the other.

    >>> Compose([Flatten(), ToFloat()])(np.zeros((1, 2, 2), np.uint8)).shape
    (4,)
    """

    def __init__(self, transforms: Sequence[Callable[[Any], Any]] = ()) -> None:
        self.transforms = list(transforms)

    def __call__(self, img: Any) -> Any:
        for transform in self.transforms:
            img = transform(img)
        return img


class Convert:
    """A PIL image in another mode; 'BGR' is RGB with its channels in the opposite order."""

    def __init__(self, mode: str = "RGB") -> None:
        self.mode = mode

    def __call__(self, img: Any) -> Any:
        if self.mode != "BGR":
            return img.convert(self.mode)
        from PIL import Image

        red, green, blue = img.convert("RGB").split()
        return Image.merge("RGB", (blue, green, red))


class Resize:
    """A PIL image in another size: one number for a square, or (width, height)."""

    def __init__(self, size: Any, mode: int = BILINEAR) -> None:
        self.size = utils.pair(size)
        self.mode = mode

    def __call__(self, img: Any) -> Any:
        return img.resize(self.size, self.mode)


class CenterCrop:
    """The middle of a PIL image: one number for a square, or (width, height)."""

    def __init__(self, size: Any) -> None:
        self.size = utils.pair(size)

    def __call__(self, img: Any) -> Any:
        width, height = img.size
        left, top = (width - self.size[0]) // 2, (height - self.size[1]) // 2
        return img.crop((left, top, left + self.size[0], top + self.size[1]))


class ToArray:
    """A PIL image as an array (C, H, W); grey images get C = 1. Arrays only change their dtype."""

    def __init__(self, dtype: Any = np.float32) -> None:
        self.dtype = dtype

    def __call__(self, img: Any) -> np.ndarray:
        if isinstance(img, np.ndarray):
            return img.astype(self.dtype)
        array = np.asarray(img)
        array = array[None] if array.ndim == 2 else array.transpose(2, 0, 1)
        return array.astype(self.dtype)


class ToPIL:
    """An array (C, H, W) or (H, W) of numbers 0 to 255 as a PIL image."""

    def __call__(self, array: Any) -> Any:
        from PIL import Image

        array = np.asarray(array)
        if array.ndim == 3:
            array = array[0] if array.shape[0] == 1 else array.transpose(1, 2, 0)
        return Image.fromarray(array.astype(np.uint8))


class RandomHorizontalFlip:
    """Mirrors an image from left to right, with probability p. rng: a `numpy.random.Generator`."""

    def __init__(self, p: float = 0.5, *, rng: Any = None) -> None:
        self.p = p
        self.rng = rng

    def __call__(self, img: Any) -> Any:
        if (self.rng or np.random).random() >= self.p:
            return img
        return img[..., ::-1].copy() if isinstance(img, np.ndarray) else img.transpose(0)


class Normalize:
    """(x − mean) / std; one number, or one for each channel of an array (C, ...). Whole numbers become float64."""

    def __init__(self, mean: Any = 0, std: Any = 1) -> None:
        self.mean = mean
        self.std = std

    def __call__(self, array: np.ndarray) -> np.ndarray:
        array = array if array.dtype.kind == "f" else array.astype(np.float64)
        return (array - self._beside(array, self.mean)) / self._beside(array, self.std)

    @staticmethod
    def _beside(array: np.ndarray, value: Any) -> Any:
        if np.ndim(value) == 0:
            return value
        values = np.asarray(value, dtype=array.dtype)
        if len(values) not in (1, array.shape[0]):
            raise ValueError(
                f"{len(values)} values for {array.shape[0]} channels: give one, or one for each channel"
            )
        return values.reshape(-1, *[1] * (array.ndim - 1))


class Flatten:
    """All numbers along one axis."""

    def __call__(self, array: np.ndarray) -> np.ndarray:
        return array.reshape(-1)


class AsType:
    """Another dtype."""

    def __init__(self, dtype: Any = np.float32) -> None:
        self.dtype = dtype

    def __call__(self, array: np.ndarray) -> np.ndarray:
        return array.astype(self.dtype)


ToFloat = AsType


class ToInt(AsType):
    """Whole numbers."""

    def __init__(self, dtype: Any = int) -> None:
        super().__init__(dtype)
