"""Weights in npz files: one array for each parameter, under its path, such as `l0/W`. No pickle.

Files of DeZero have the same layout and load as they are.
"""

from __future__ import annotations

import os
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from . import cuda

if TYPE_CHECKING:
    from .core import Parameter
    from .layers import Layer

# what NumPy, zipfile and zlib raise for a file that is something else, or not whole
DAMAGE = (
    ValueError,
    EOFError,
    TypeError,
    AttributeError,
    NotImplementedError,
    OSError,
    RuntimeError,
    KeyError,
    zipfile.BadZipFile,
    zlib.error,
)


def save(layer: Layer, path: Any) -> None:
    """Write the parameters of a layer; a file that exists is replaced only when the new one is complete."""
    arrays = {name: param.data for name, param in _by_path(layer).items()}
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
            _write(file, {name: cuda.as_numpy(data) for name, data in arrays.items()})
        allow_reading(temporary)
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _write(file: IO[bytes], arrays: dict[str, np.ndarray]) -> None:
    """What `np.savez_compressed` writes; its keyword arguments leave no room for a parameter called `file`."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                np.lib.format.write_array(member, array, allow_pickle=False)


def allow_reading(path: str) -> None:
    """Give a file from `mkstemp`, which only its owner may read, the rights that new files have here."""
    if os.name == "posix":
        umask = os.umask(0o077)  # there is no way to ask without setting it
        os.umask(umask)
        os.chmod(path, 0o666 & ~umask)


def _by_path(layer: Layer) -> dict[str, Parameter]:
    params: dict[str, Parameter] = {}
    for name, param in layer.named_params():
        if name in params:
            raise ValueError(
                f"two parameters of this {type(layer).__name__} have the path {name}; rename one"
            )
        params[name] = param
    return params


def load(layer: Layer, path: Any) -> None:
    """Read parameters into a layer. Nothing is changed unless every entry fits.

    FileNotFoundError when there is no such file; ValueError names entries that are missing, left over or misshaped.
    """
    source = _with_suffix(path)
    if source.is_dir():
        raise ValueError(f"{source} is a folder, not a file of weights")
    if not source.exists():
        raise FileNotFoundError(f"there are no weights at {source}; save_weights writes them")
    params = _by_path(layer)
    opened = open(source, "rb")  # noqa: SIM115  (one that may not be read is not damaged)
    try:
        with opened, np.load(opened, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
    except DAMAGE as error:
        raise ValueError(f"{source} is no file of weights, or it is damaged: {error}") from error
    problems = [f"{name} is missing from the file" for name in params if name not in arrays]
    problems += [f"{name} is in the file, but not in the model" for name in arrays if name not in params]
    later = dict(layer.expected_weights())
    for name in params.keys() & arrays.keys():
        array, data = arrays[name], params[name].data
        shape = later.get(name, (None, None))[0] if data is None else data.shape
        if array.dtype.kind not in "biufc":
            problems.append(f"{name} has no numbers, but {array.dtype}")
        elif shape is not None and not _fits(array.shape, shape):
            wanted = str(shape).replace("None", "any")
            problems.append(f"{name} has shape {array.shape} in the file and {wanted} in the model")
    if problems:
        raise ValueError(f"{source} does not fit this {type(layer).__name__}: " + "; ".join(problems))
    for name, param in params.items():
        on_device = param.data is not None and not isinstance(param.data, np.ndarray)
        dtype = later.get(name, (None, None))[1] if param.data is None else param.data.dtype
        array = arrays[name].astype(dtype or arrays[name].dtype, copy=False)
        param.data = cuda.as_cupy(array) if on_device else array


def _fits(shape: tuple[int, ...], expected: tuple[int | None, ...]) -> bool:
    """Whether a shape is the expected one; None stands for any size."""
    return len(shape) == len(expected) and all(e in (None, n) for n, e in zip(shape, expected, strict=True))


def _with_suffix(path: Any) -> Path:
    """`my_mlp` and `my_mlp.npz` name the same file."""
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(
            f"weights are kept in a file that is named by its path, but a {type(path).__name__} was given"
        )
    path = Path(path)
    return path if path.suffix == ".npz" else path.with_name(path.name + ".npz")
