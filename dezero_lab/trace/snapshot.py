"""What one value looked like at one moment: a small copy that outlives the value itself."""

from __future__ import annotations

import functools
import math
import weakref
from dataclasses import dataclass
from typing import Any

import numpy as np

MAX_VALUES = 64
THUMB_SIDE = 8

Number = bool | int | float
Plain = bool | int | float | str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A copy of a value: an array in full up to 64 elements, in figures above that, anything else by type.

    Attributes:
        shape, dtype: of the array; None when the value was not an array.
        values: all elements, flat, up to 64; complex numbers and objects as text.
        token: the same number for all arrays that share memory, None without memory of its own.
        stats: (minimum, maximum, mean, count of NaN) of an array with more than 64 elements.
        thumb: at most 8 by 8 block means of such an array.
        py: type name of a value that is not an array ("None", "float", "np.float64", "Variable").
        text: a short form of it, when it is not a plain number.
        var: id of the Variable the value was wrapped in, when gradients are Variables.

    >>> Snapshot.of(np.array([1.0, 2.0])).values
    (1.0, 2.0)
    >>> Snapshot.of(np.zeros((20, 20))).stats
    (0.0, 0.0, 0.0, 0)
    >>> Snapshot.of(3).to_json()
    {'py': 'int', 'v': 3}
    """

    shape: tuple[int, ...] | None = None
    dtype: str | None = None
    values: tuple[Plain, ...] | None = None
    token: int | None = None
    stats: tuple[Plain, Plain, Plain, int] | None = None
    thumb: tuple[tuple[Plain, ...], ...] | None = None
    py: str | None = None
    text: str | None = None
    var: str | None = None

    @classmethod
    def of(cls, value: Any, token: int | None = None, var: str | None = None) -> Snapshot:
        """Copy `value`. Only arrays, numbers and text are read; other objects are named by their type."""
        kind = type(value)
        if issubclass(kind, np.ndarray):
            return cls._of_array(np.asarray(value), token, var)
        if value is None:
            return cls(py="None", text="None", var=var)
        if issubclass(kind, np.generic):
            return cls(py=f"np.{kind.__name__}", values=(_plain(value.item()),), var=var)
        if kind in (bool, int, float, complex):
            return cls(py=kind.__name__, values=(_plain(value),), var=var)
        if kind is str:
            return cls(py="str", text=value[:80], var=var)
        if hasattr(kind, "__cuda_array_interface__"):
            return cls._of_device_array(value, var)
        return cls(py=kind.__name__, text=f"<{kind.__name__}>", var=var)

    @classmethod
    def _of_array(cls, array: np.ndarray, token: int | None, var: str | None) -> Snapshot:
        shape, dtype = array.shape, str(array.dtype)
        if array.size <= MAX_VALUES:
            values = tuple(_plain(x) for x in array.ravel().tolist())
            return cls(shape=shape, dtype=dtype, values=values, token=token, var=var)
        if array.dtype.kind not in "fiub":
            return cls(shape=shape, dtype=dtype, token=token, var=var)
        with np.errstate(all="ignore"):
            stats, thumb = _statistics(array), _thumbnail(array)
        return cls(shape=shape, dtype=dtype, token=token, var=var, stats=stats, thumb=thumb)

    @classmethod
    def _of_device_array(cls, value: Any, var: str | None) -> Snapshot:
        try:
            shape = tuple(int(n) for n in value.shape)
            if math.prod(shape) <= 1_000_000:
                return cls._of_array(np.asarray(value.get()), None, var)
            return cls(shape=shape, dtype=str(value.dtype), var=var)
        except Exception:
            return cls(py=type(value).__name__, text=f"<{type(value).__name__}>", var=var)

    @property
    def is_none(self) -> bool:
        """True when the value was None."""
        return self.py == "None"

    def array(self) -> np.ndarray | None:
        """The copied elements with their shape and dtype; None when they were not kept or are not numbers."""
        if self.shape is None or self.values is None or self.dtype is None:
            return None
        try:
            return np.array([_number(v) for v in self.values], dtype=self.dtype).reshape(self.shape)
        except (TypeError, ValueError):
            return None

    def to_json(self) -> dict[str, Any]:
        """The JSON form: {"s","d","v"|"st"+"th","t"} for arrays, {"py","v"|"repr"} for the rest."""
        out: dict[str, Any] = {}
        if self.shape is None:
            out["py"] = self.py
            if self.values is not None:
                out["v"] = _to_json(self.values[0])
            else:
                out["repr"] = self.text
        else:
            out["s"], out["d"] = list(self.shape), self.dtype
            if self.values is not None:
                out["v"] = [_to_json(v) for v in self.values]
            if self.stats is not None:
                keys = ("min", "max", "mean", "nan")
                out["st"] = {k: _to_json(v) for k, v in zip(keys, self.stats, strict=True)}
            if self.thumb is not None:
                out["th"] = [[_to_json(v) for v in row] for row in self.thumb]
            if self.token is not None:
                out["t"] = self.token
        if self.var is not None:
            out["var"] = self.var
        return out

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Snapshot:
        """The inverse of `to_json`, exact to the last bit."""
        if "s" not in data:
            values = (_from_json(data["v"]),) if "v" in data else None
            return cls(py=data["py"], values=values, text=data.get("repr"), var=data.get("var"))
        floats = str(data["d"]).startswith(("float", "complex"))
        values = tuple(_from_json(v, floats) for v in data["v"]) if "v" in data else None
        stats = None
        if "st" in data:
            st = data["st"]
            stats = (_from_json(st["min"]), _from_json(st["max"]), _from_json(st["mean"]), int(st["nan"]))
        thumb = tuple(tuple(_from_json(v) for v in row) for row in data["th"]) if "th" in data else None
        return cls(
            shape=tuple(data["s"]), dtype=data["d"], values=values, token=data.get("t"), stats=stats,
            thumb=thumb, var=data.get("var"),
        )  # fmt: skip


class Storage:
    """Numbers the memory blocks behind arrays, so that two names for one block can be recognised.

    Keeps no array alive, and gives a new number to a block at a recycled address.
    """

    def __init__(self) -> None:
        self._tokens: dict[int, tuple[int, weakref.ref[np.ndarray]]] = {}
        self._count = 0

    def token(self, value: Any) -> int | None:
        """The number of the memory block behind `value`; None for anything but an array."""
        if not issubclass(type(value), np.ndarray):
            return None
        root = value
        while issubclass(type(root.base), np.ndarray):
            root = root.base
        key = id(root)
        known = self._tokens.get(key)
        if known is not None and known[1]() is root:
            return known[0]
        self._count += 1
        self._tokens[key] = (self._count, weakref.ref(root))
        return self._count

    def clear(self) -> None:
        """Forget every block."""
        self._tokens.clear()


def _statistics(array: np.ndarray) -> tuple[Plain, Plain, Plain, int]:
    count = 0
    low = array.min().item()
    if low != low:
        nan = np.isnan(array)
        count = int(nan.sum())
        if count == array.size:
            return (math.nan, math.nan, math.nan, count)
        array = array[~nan]
        low = array.min().item()
    mean = array.mean(dtype=np.float64).item()
    return (_plain(low), _plain(array.max().item()), _plain(mean), count)


def _thumbnail(array: np.ndarray) -> tuple[tuple[Plain, ...], ...]:
    flat = array.reshape(-1, array.shape[-1]) if array.ndim > 1 else array.reshape(1, -1)
    # A picture of 64 cells needs no more than about 64 numbers per cell.
    flat = flat[:: max(1, flat.shape[0] // 64), :: max(1, flat.shape[1] // 64)].astype(np.float64)
    rows, row_sizes = _cells(flat.shape[0])
    columns, column_sizes = _cells(flat.shape[1])
    sums = np.add.reduceat(np.add.reduceat(flat, rows, axis=0), columns, axis=1)
    means = sums / (row_sizes[:, None] * column_sizes)
    return tuple(tuple(float(f"{v:.4g}") if v == v else math.nan for v in row) for row in means.tolist())


@functools.lru_cache(maxsize=256)
def _cells(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Where the cells of a side of n numbers begin, and how many numbers are in each."""
    edges = np.linspace(0, n, min(n, THUMB_SIDE) + 1).astype(int)
    return edges[:-1], np.diff(edges)


def _plain(value: Any) -> Plain:
    kind = type(value)
    if kind is float:
        # One NaN object for all: tuples compare by identity first, so snapshots with NaN can be equal.
        return value if value == value else math.nan
    if kind is int or kind is bool:
        return value
    if kind is complex or kind is str:
        return str(value)
    return f"<{kind.__name__}>"


def _number(value: Plain) -> Any:
    return complex(value) if type(value) is str and value[:1] == "(" else value


def _to_json(value: Plain) -> Plain:
    if type(value) is float and not math.isfinite(value):
        return str(value)
    return value


def _from_json(value: Any, floats: bool = True) -> Plain:
    if type(value) is str and floats and value in ("nan", "inf", "-inf"):
        return math.nan if value == "nan" else float(value)
    return value
