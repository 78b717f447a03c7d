"""Small helpers that work on arrays, shapes and files. Nothing here records a graph."""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import index
from typing import Any

import numpy as np

from . import cuda

# Names that DeZero keeps here and that need more than arrays: imported when they are first used.
_ELSEWHERE = {
    "get_dot_graph": "drawing",
    "plot_dot_graph": "drawing",
    "get_file": "downloads",
    "cache_dir": "downloads",
    "gradient_check": "checking",
    "numerical_grad": "checking",
}

LARGE = 1024  # numbers; smaller sums take as long as their preparation

__all__ = [
    "array_allclose",
    "array_equal",
    "as_generator",
    "at_least_one",
    "get_conv_outsize",
    "get_deconv_outsize",
    "kept_shape",
    "logsumexp",
    "max_backward_shape",
    "pair",
    "reshape_sum_backward",
    "sum_of_product_to",
    "sum_to",
]


def sum_to(x: Any, shape: Sequence[int]) -> Any:
    """An array summed over the axes along which `shape` would be stretched to reach the shape of x.

    >>> sum_to(np.ones((2, 3)), (3,))
    array([2., 2., 2.])
    """
    shape = tuple(shape)
    if x.shape == shape:
        return x
    if x.ndim == 2 and shape == x.shape[1:] and type(x) is np.ndarray and x.dtype.char in "fd":
        return np.ones(len(x), x.dtype).dot(x)  # what the gradient of a bias is
    axes = _axes_to_sum(x.shape, shape)
    if x.size >= LARGE and type(x) is np.ndarray and (parts := _parts_in_memory(axes, x)):
        (x,), order, (before, stay, after) = parts
        total = x.reshape(-1, after).dot(np.ones(after, x.dtype)) if after > 1 else x
        if before > 1:
            total = np.ones(before, x.dtype).dot(total.reshape(before, -1))
        return total.reshape(stay).transpose(order).reshape(shape)
    return x.sum(axis=axes, keepdims=True).reshape(shape)


def sum_of_product_to(a: Any, b: Any, shape: Sequence[int]) -> Any:
    """`sum_to(a * b, shape)`, without an array of all products where a and b have one shape and lie alike in memory.

    >>> sum_of_product_to(np.ones((2, 3)), np.full((2, 3), 4.0), (3,))
    array([8., 8., 8.])
    """
    shape = tuple(shape)
    alike = type(a) is type(b) is np.ndarray and a.shape == b.shape and a.dtype == b.dtype
    if alike and a.size >= LARGE and (parts := _parts_in_memory(_axes_to_sum(a.shape, shape), a, b)):
        (a, b), order, (before, stay, after) = parts
        sizes = before, math.prod(stay), after
        total = np.einsum("ijk,ijk->j", a.reshape(sizes), b.reshape(sizes))
        return total.reshape(stay).transpose(order).reshape(shape)
    return sum_to(a * b, shape)


def _axes_to_sum(full: tuple[int, ...], shape: tuple[int, ...]) -> tuple[int, ...]:
    lead = len(full) - len(shape)
    if lead < 0 or any(n not in (1, m) for n, m in zip(shape, full[lead:], strict=True)):
        raise ValueError(f"shape {full} cannot be summed to {shape}: {shape} does not broadcast to it")
    return tuple(range(lead)) + tuple(i + lead for i, n in enumerate(shape) if n == 1 and full[i + lead] != 1)


def _parts_in_memory(axes: Sequence[int], *xs: np.ndarray) -> Any:
    """How arrays lie in memory: axes to sum, then axes that stay, then axes to sum. None where they do not.

    Sums over such parts are products with vectors of ones, or one `einsum`: faster than `sum`, for narrow arrays more
    than 10 times. Returns the arrays with their axes in the order of memory, how to put the axes that stay in order
    again, and the sizes (before, (of each axis that stays), after).
    """
    x, ndim = xs[0], xs[0].ndim
    long = [i for i in sorted(range(ndim), key=lambda i: -x.strides[i]) if x.shape[i] != 1]
    stay = [place for place, i in enumerate(long) if i not in axes]
    if not 0 < len(stay) < len(long) or stay[-1] - stay[0] >= len(stay) or x.dtype.char not in "fd":
        return None
    first, last = stay[0], stay[-1] + 1
    order = long + [i for i in range(ndim) if x.shape[i] == 1]
    laid = [x.transpose(order) for x in xs]
    if not all(x.flags.c_contiguous for x in laid):
        return None
    sizes = laid[0].shape[: len(long)]
    return (
        laid,
        np.argsort(long[first:last]),
        (math.prod(sizes[:first]), sizes[first:last], math.prod(sizes[last:])),
    )


def kept_shape(shape: Sequence[int], axis: Any) -> tuple[int, ...]:
    """The shape of a sum over `axis` if it keeps its axes, with length 1.

    >>> kept_shape((2, 3, 4), -1)
    (2, 3, 1)
    """
    if axis is None:
        return (1,) * len(shape)
    axes = {axis % len(shape)} if isinstance(axis, (int, np.integer)) else {a % len(shape) for a in axis}
    return tuple(1 if i in axes else n for i, n in enumerate(shape))


def reshape_sum_backward(gy: Any, x_shape: Sequence[int], axis: Any, keepdims: bool) -> Any:
    """The gradient of a sum with its lost axes put back, ready to be broadcast to `x_shape`."""
    return gy if keepdims else gy.reshape(kept_shape(x_shape, axis))


def max_backward_shape(x: Any, axis: Any) -> tuple[int, ...]:
    """The shape of `x.max(axis)` with its axes kept."""
    return kept_shape(x.shape, axis)


def logsumexp(x: Any, axis: int = 1) -> Any:
    """log(sum(exp(x))) of an array along an axis that is kept, without overflow."""
    xp = cuda.get_array_module(x)
    largest = x.max(axis=axis, keepdims=True)
    return xp.log(xp.exp(x - largest).sum(axis=axis, keepdims=True)) + largest


def at_least_one(name: str, number: Any) -> int:
    """A count as an int. `name` is how the error calls it. TypeError unless it is whole, ValueError below 1.

    >>> at_least_one("out_size", np.int64(3))
    3
    """
    try:
        whole = index(number)
    except TypeError:
        raise TypeError(f"{name} is a whole number, but {number!r} was given") from None
    if whole < 1:
        raise ValueError(f"{name} must be at least 1, but it is {whole}")
    return whole


def as_generator(rng: Any) -> Any:
    """A generator for a seed; generators and None as they are.

    >>> as_generator(0).permutation(3).tolist() == np.random.default_rng(0).permutation(3).tolist()
    True
    """
    return np.random.default_rng(rng) if isinstance(rng, (int, np.integer)) else rng


def pair(x: Any) -> tuple[int, int]:
    """(x, x) for a number, (a, b) for a sequence of two.

    >>> pair(3), pair([1, 2])
    ((3, 3), (1, 2))
    """
    if isinstance(x, (int, np.integer)):
        return int(x), int(x)
    try:
        values = tuple([index(v) for v in x])
    except TypeError:
        raise TypeError(f"sizes, strides and paddings are whole numbers, but {x!r} was given") from None
    if len(values) != 2:
        raise ValueError(f"a size in two directions is one number or two, but {x!r} was given")
    return values[0], values[1]


def get_conv_outsize(input_size: int, kernel_size: int, stride: int, pad: int) -> int:
    """How many positions a window takes along one axis: (size + 2·pad − kernel) // stride + 1. Source: book, step 55.

    >>> get_conv_outsize(4, 3, 1, 1)
    4
    """
    return (input_size + pad * 2 - kernel_size) // stride + 1


def get_deconv_outsize(size: int, k: int, s: int, p: int) -> int:
    """The input size that a convolution takes to `size`: stride·(size − 1) + kernel − 2·pad."""
    return s * (size - 1) + k - 2 * p


def _values(x: Any) -> np.ndarray:
    return cuda.as_numpy(x)


def array_equal(a: Any, b: Any) -> bool:
    """Same shape and same values? Takes variables, arrays of either kind, numbers."""
    return bool(np.array_equal(_values(a), _values(b)))


def array_allclose(a: Any, b: Any, rtol: float = 1e-4, atol: float = 1e-5) -> bool:
    """Equal up to rounding? Takes variables, arrays of either kind, numbers."""
    return bool(np.allclose(_values(a), _values(b), atol=atol, rtol=rtol))


def show_progress(block_num: int, block_size: int, total_size: int) -> None:
    """Print how much of a download is done; fits `urllib.request.urlretrieve`."""
    share = min(block_num * block_size / total_size, 1.0) if total_size > 0 else 0.0
    print(f"\r[{'#' * int(share * 30):.<30}] {share:.0%}", end="")


def __getattr__(name: str) -> Any:
    if name not in _ELSEWHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_ELSEWHERE[name]}", __package__), name)
