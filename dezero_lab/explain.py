"""What an error of the array library means for the variables of a call: what was given, what must hold, what to try."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import cuda

if TYPE_CHECKING:
    from .core import Function, Variable


def explained(func: Function, inputs: tuple[Variable, ...], error: Exception) -> Exception:
    """An error of the same type with a better message, or the error itself when there is nothing to add."""
    name = type(func).__name__
    for x in inputs:
        if x.data is None:
            which = f"the variable {x.name!r}" if x.name else "a variable"
            return TypeError(
                f"{name} was given {which} that has no data yet; fill x.data first, and for a weight call its layer once "
                "or give the layer its in_size"
            )
    if len({cuda.get_array_module(x.data) for x in inputs}) > 1:
        return TypeError(
            f"{name} was given arrays of both NumPy and CuPy; move them to one side first: "
            "model.to_gpu() and loader.to_gpu(), x.to_gpu(), or to_cpu()"
        )
    odd = [x.data for x in inputs if x.data.dtype.kind in "OSU"]
    if odd and isinstance(error, TypeError):
        return TypeError(f"{name} computes with numbers, but it was given {odd[0]!r}")
    shapes = " and ".join(str(x.data.shape) for x in inputs if x.data is not None)
    if isinstance(error, ValueError) and "could not be broadcast" in str(error):
        return ValueError(
            f"{name} was given the shapes {shapes}, which do not go together: compared from the right, each axis must "
            "agree or have length 1; reshape one of them"
        )
    if isinstance(error, IndexError):
        return IndexError(f"{error}; the variable has shape {shapes}, and positions count from 0")
    return error
