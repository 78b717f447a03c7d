"""Weights in npz files: one array for each parameter, under its path, such as `l0/W`. No pickle.

Files of DeZero have the same layout and load as they are.
"""

from __future__ import annotations

import os
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from . import cuda

if TYPE_CHECKING:
    from .layers import Layer


def save(layer: Layer, path: Any) -> None:
    """Write the parameters of a layer; a file that exists is replaced only when the new one is complete."""
    arrays = {name: param.data for name, param in layer.named_params()}
    empty = [name for name, data in arrays.items() if data is None]
    if empty:
        raise ValueError(
            f"{', '.join(empty)} of {type(layer).__name__} have no values yet: weights are made at the first call. "
            "Call the model once, or give the layers their in_size"
        )
    target = _with_suffix(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=".npz")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez_compressed(file, **{name: cuda.as_numpy(data) for name, data in arrays.items()})  # pyright: ignore[reportArgumentType]
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def load(layer: Layer, path: Any) -> None:
    """Read parameters into a layer. Nothing is changed unless every entry fits.

    FileNotFoundError when there is no such file; ValueError names entries that are missing, left over or misshaped.
    """
    source = _with_suffix(path)
    if not source.exists():
        raise FileNotFoundError(f"there are no weights at {source}; save_weights writes them")
    params = dict(layer.named_params())
    try:
        with open(source, "rb") as opened, np.load(opened, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
    except (ValueError, EOFError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise ValueError(f"{source} is no file of weights, or it is damaged: {error}") from error
    problems = [f"{name} is missing from the file" for name in params if name not in arrays]
    problems += [f"{name} is in the file, but not in the model" for name in arrays if name not in params]
    for name, array in arrays.items():
        data = params[name].data if name in params else None
        if data is not None and data.shape != array.shape:
            problems.append(f"{name} has shape {array.shape} in the file and {data.shape} in the model")
    if problems:
        raise ValueError(f"{source} does not fit this {type(layer).__name__}: " + "; ".join(problems))
    for name, param in params.items():
        on_device = param.data is not None and not isinstance(param.data, np.ndarray)
        param.data = cuda.as_cupy(arrays[name]) if on_device else arrays[name]


def _with_suffix(path: Any) -> Path:
    """`my_mlp` and `my_mlp.npz` name the same file."""
    path = Path(path)
    return path if path.suffix == ".npz" else path.with_name(path.name + ".npz")
