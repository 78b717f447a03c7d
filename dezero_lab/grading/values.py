"""Values as the grader sees them: plain snapshots, text that can be pasted, and equality for fingerprints."""

from __future__ import annotations

import math
from types import FunctionType
from typing import Any

import numpy as np

from dezero_lab.trace.snapshot import MAX_VALUES, Snapshot


def is_array(x: Any) -> bool:
    """A NumPy array; a scalar such as np.float64 is none."""
    return isinstance(x, np.ndarray)


def is_number(x: Any) -> bool:
    """A real number that NumPy can hold; not a bool."""
    if isinstance(x, int) and not isinstance(x, bool):
        return -(2**63) <= x < 2**63
    return isinstance(x, float | np.integer | np.floating)


def is_numeric(x: Any) -> bool:
    """An array of real numbers, a NumPy scalar or a Python number: something that can be compared with numbers."""
    if isinstance(x, np.ndarray):
        return x.dtype.kind in "fiub" and not isinstance(x, np.ma.MaskedArray)
    return is_number(x) or isinstance(x, np.bool_)


def type_name(x: Any) -> str:
    """The name a learner knows: `ndarray`, `np.float64`, `Variable`, `None`."""
    if x is None:
        return "None"
    cls = type(x)
    return f"np.{cls.__name__}" if isinstance(x, np.generic) else cls.__name__


def snapshot(x: Any) -> dict[str, Any] | str:
    """The Snapshot JSON of the project for an array or number, otherwise a short text."""
    if not is_numeric(x):
        return short(x)
    return Snapshot.of(np.asarray(x)).to_json()


def short(x: Any, digits: int = 6, room: int = 120) -> str:
    """A value in one line for a sentence: `1.7`, `[[0.41, 2.11], [1.38, 0.26]]`, `Variable(...)`, `None`."""
    if isinstance(x, str):
        text = repr(x)
    elif isinstance(x, int) and not isinstance(x, bool):
        text = str(x) if x.bit_length() < 400 else f"a number of {x.bit_length()} bits"
    elif is_number(x):
        return _digits(x, digits)
    elif isinstance(x, np.ndarray) and is_numeric(x):
        if x.size > MAX_VALUES:
            return f"array of shape {x.shape}"
        text = np.array2string(
            x, separator=", ", formatter={"all": lambda v: _digits(v, digits)}, max_line_width=10**6
        )
        text = " ".join(text.split())
    elif isinstance(x, tuple | list) and len(x) <= 12:
        inside = ", ".join(short(v, digits, room) for v in x)
        if isinstance(x, tuple):
            text = f"({inside},)" if len(x) == 1 else f"({inside})"
        else:
            text = f"[{inside}]"
    elif isinstance(x, type):
        return x.__name__
    elif x is None or isinstance(x, bool | dict | set | range):
        text = repr(x)
    elif isinstance(x, FunctionType):
        return f"function {x.__name__}"
    else:
        return f"a {type_name(x)}"  # never the learner's own __repr__: it may be half built
    return text if len(text) <= room else text[: room - 1] + "…"


def paste(x: Any) -> str:
    """A value as Python that can be pasted, with `np` there: `2.0`, `np.array([[1.0, 2.0]])`."""
    if isinstance(x, np.generic):
        x = x.item()
    if is_array(x):
        if x.size == 0:
            return f"np.zeros({x.shape})"
        plain = x.dtype in (np.float64, np.int64, np.bool_)
        return f"np.array({_nested(x)})" if plain else f"np.array({_nested(x)}, dtype=np.{x.dtype})"
    if isinstance(x, tuple):
        return f"({', '.join(paste(v) for v in x)}{',' if len(x) == 1 else ''})"
    if isinstance(x, list):
        return f"[{', '.join(paste(v) for v in x)}]"
    if isinstance(x, float) and not math.isfinite(x):
        return f"np.{'nan' if math.isnan(x) else 'inf'}" if not x < 0 else "-np.inf"
    return repr(x) if isinstance(x, int | float | str | bool | dict | set | range) or x is None else short(x)


def canonical(x: Any) -> Any:
    """A value as an observation: independent of the learner's classes, safe to keep, comparable with `same`."""
    if is_numeric(x):
        return np.array(x)
    if x is None or isinstance(x, str | bool):
        return x
    if isinstance(x, int):  # too large for NumPy
        return f"int {x.bit_length()} bits {x % 1_000_003}"
    if isinstance(x, tuple | list):
        return tuple(canonical(v) for v in x)
    if isinstance(x, dict):
        return tuple(sorted((str(k), canonical(v)) for k, v in x.items()))
    if isinstance(x, set | frozenset):
        return tuple(sorted(map(str, x)))
    if isinstance(x, type):
        return f"class {x.__name__}"
    return f"a {type_name(x)}"


def same(a: Any, b: Any) -> bool:
    """Whether two observations are equal up to rounding (the same formula may be written in another order)."""
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        if a.shape != b.shape:
            return False
        return bool(np.allclose(a, b, rtol=1e-7, atol=1e-10, equal_nan=True))
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    return type(a) is type(b) and a == b


def is_data(v: Any) -> bool:
    """Whether a value has content that could be changed in place."""
    return isinstance(v, np.ndarray | list | dict) or (isinstance(v, tuple) and any(is_data(x) for x in v))


def equal(a: Any, b: Any) -> bool:
    """Exact equality that never asks a learner's `__eq__`: containers, numbers and arrays by value, else identity."""
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        if not (is_numeric(a) and is_numeric(b)):
            return isinstance(a, np.ndarray) and isinstance(b, np.ndarray) and bool(np.array_equal(a, b))
        x, y = np.asarray(a), np.asarray(b)
        return x.shape == y.shape and bool(
            np.array_equal(x, y, equal_nan=x.dtype.kind in "fc" and y.dtype.kind in "fc")
        )
    if isinstance(a, tuple | list) and isinstance(b, tuple | list):
        return type(a) is type(b) and len(a) == len(b) and all(equal(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(equal(a[k], b[k]) for k in a)
    if is_number(a) and is_number(b):
        return bool(a == b) or (a != a and b != b)
    if isinstance(a, int) and isinstance(b, int) and not isinstance(a, bool) and not isinstance(b, bool):
        return a == b
    if isinstance(a, bool | np.bool_ | str | set | frozenset | bytes | range | None.__class__):
        return isinstance(b, type(a) if not isinstance(a, bool | np.bool_) else bool | np.bool_) and bool(
            a == b
        )
    return a is b


def _digits(v: Any, digits: int) -> str:
    if isinstance(v, int | np.integer | bool | np.bool_):
        return str(v)
    text = f"{float(v):.{digits}g}"
    return text if any(c in text for c in ".en") else text + ".0"


def _nested(a: np.ndarray) -> str:
    """The elements as Python, each in its shortest exact form."""
    if a.ndim:
        return f"[{', '.join(_nested(row) for row in a)}]"
    text = str(a[()])
    return text.replace("nan", "np.nan").replace("inf", "np.inf")
