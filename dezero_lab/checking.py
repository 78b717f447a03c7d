"""DeZero's names for gradient checks, on top of `gradcheck`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from . import cuda
from .core import Variable, no_grad
from .gradcheck import gradcheck, numerical_gradient


def numerical_grad(f: Callable[..., Any], x: Any, *args: Any, **kwargs: Any) -> np.ndarray:
    """The gradient of `sum(f(x))` by central differences, float64, with the shape of x. x is not changed.

    >>> numerical_grad(lambda x: x**2, np.array([2, 4])).round(6)
    array([4., 8.])
    """

    def plain(data: np.ndarray) -> np.ndarray:
        with no_grad():
            y = f(Variable(data), *args, **kwargs)
        return cuda.as_numpy(y)

    data = cuda.as_numpy(x)
    return numerical_gradient(plain, data, upstream=np.ones_like(plain(data.astype(np.float64))))[0]


def gradient_check(
    f: Callable[..., Any], x: Any, *args: Any, rtol: float = 1e-4, atol: float = 1e-5, **kwargs: Any
) -> bool:
    """Does backward agree with numbers? Prints the difference and returns False when it does not. x is not changed.

    The gradient of the output is drawn at random, so that a forgotten factor cannot hide. Source: book, step 10.
    """
    result = gradcheck(
        lambda v: f(v, *args, **kwargs), [cuda.as_numpy(x)], variable=Variable, rtol=rtol, atol=atol
    )
    if not result:
        print(result)
    return bool(result)


__all__ = ["gradient_check", "numerical_grad"]
