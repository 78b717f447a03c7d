"""NumPy or CuPy: which module does this array belong to, and how does it cross over.

CuPy is looked for only when it is asked for, so that importing the package costs no more than NumPy.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import sys
from types import ModuleType
from typing import Any

import numpy as np


def _load_cupy() -> ModuleType | None:
    """CuPy if it is installed and sees a device, else None."""
    if importlib.util.find_spec("cupy") is None:
        return None
    try:
        cupy = importlib.import_module("cupy")
        if cupy.cuda.runtime.getDeviceCount() < 1:
            return None
    except Exception:  # a driver that is missing or too old reports itself in many ways
        return None
    return cupy


def __getattr__(name: str) -> Any:
    if name == "cupy":
        return _load_cupy()
    if name == "gpu_enable":
        return _load_cupy() is not None
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@functools.cache
def _is_device_type(cls: type) -> bool:
    return cls.__module__.partition(".")[0] == "cupy"


def _is_on_device(x: Any) -> bool:
    return _is_device_type(type(x))


def is_array(x: Any) -> bool:
    """True for a NumPy or CuPy array (not for a number, a list or a Variable)."""
    return isinstance(x, np.ndarray) or _is_device_type(type(x))


def get_array_module(x: Any) -> ModuleType:
    """`numpy`, or `cupy` when x (an array or a Variable) lives on a GPU.

    >>> get_array_module(np.zeros(3)).__name__
    'numpy'
    """
    if type(x) is np.ndarray or isinstance(x, np.generic):
        return np
    return sys.modules["cupy"] if _is_on_device(x.data if hasattr(x, "requires_grad") else x) else np


def as_numpy(x: Any) -> np.ndarray:
    """A NumPy array with these values; x may be a Variable, an array of either kind, a list or a number."""
    data: Any = x.data if hasattr(x, "requires_grad") else x
    return data.get() if _is_on_device(data) else np.asarray(data)


def as_cupy(x: Any) -> Any:
    """A CuPy array with these values. RuntimeError when there is no CuPy or no device."""
    cupy = _load_cupy()
    if cupy is None:
        raise RuntimeError(
            "no GPU array can be made: CuPy is not installed or sees no device. "
            "Install it with pip install cupy-cuda12x, or stay on NumPy: test cuda.gpu_enable first"
        )
    if hasattr(x, "requires_grad"):
        x = x.data
    return cupy.asarray(x)
