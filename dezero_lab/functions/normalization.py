"""Dropout and the normalisations: batch, layer, group."""

from __future__ import annotations

import math
from typing import Any

from .. import cuda
from ..core import Config, Function, Variable, as_variable
from ..utils import sum_of_product_to, sum_to
from .elementwise import floats
from .reduction import average, sum
from .shape import reshape


class Dropout(Function):
    __slots__ = ("mask",)

    def __init__(self, mask: Any) -> None:
        self.mask = mask

    def forward(self, x: Any) -> Any:
        return x * self.mask

    def backward(self, gy: Any) -> Any:
        return gy * self.mask

    vjp = backward


class BatchNorm(Function):
    """(x − mean) / sqrt(var + eps) · gamma + beta over all axes but the channel axis. Source: Ioffe and Szegedy 2015."""

    __slots__ = ("avg_mean", "avg_var", "decay", "eps", "inv_std", "normalised", "train")

    def __init__(self, mean: Any, var: Any, decay: float, eps: float) -> None:
        self.avg_mean = mean
        self.avg_var = var
        self.decay = decay
        self.eps = eps

    def forward(self, x: Any, gamma: Any, beta: Any) -> Any:
        self.train = Config.train and x.size > 0  # nothing has no mean, and leaves the averages alone
        axes, shape = _statistics_axes(x)
        if self.train:
            m = x.size // gamma.size
            if x.dtype.char in "fd":
                mean = sum_to(x, shape) / m
                centred = x - mean
                var = sum_of_product_to(centred, centred, shape) / m
            else:  # sums of half precision would overflow
                mean = x.mean(axis=axes, keepdims=True)
                centred = x - mean
                var = (centred * centred).mean(axis=axes, keepdims=True)
            self._update_averages(mean.reshape(-1), var.reshape(-1), m)
        else:
            centred = x - self.avg_mean.astype(x.dtype).reshape(shape)
            var = self.avg_var.reshape(shape)
        self.inv_std = (1 / cuda.get_array_module(x).sqrt(var + self.eps)).astype(x.dtype)
        centred *= self.inv_std
        self.normalised = centred
        y = centred * gamma.reshape(shape)
        y += beta.reshape(shape)
        return y

    def _update_averages(self, mean: Any, var: Any, m: int) -> None:
        unbiased = m / (m - 1.0) if m > 1 else 1.0
        self.avg_mean *= self.decay
        self.avg_mean += (1 - self.decay) * mean
        self.avg_var *= self.decay
        self.avg_var += (1 - self.decay) * unbiased * var

    def backward(self, gy: Any) -> Any:
        x, gamma, _ = self.inputs
        axes, shape = _statistics_axes(x.data)
        if self.train:  # written with variables, so that the statistics are differentiated again as well
            centred = x - average(x, axes, True)
            inv_std = (average(centred**2, axes, True) + self.eps) ** -0.5
            normalised = centred * inv_std
        else:
            inv_std = Variable(self.inv_std)
            normalised = (x - self.avg_mean.astype(x.dtype).reshape(shape)) * inv_std
        gbeta = sum(gy, axes)
        ggamma = sum(normalised * gy, axes)
        gx = gy
        if self.train:
            m = x.data.size // gamma.data.size
            gx = gx - (reshape(gbeta, shape) + normalised * reshape(ggamma, shape)) * (1.0 / m)
        return gx * (reshape(gamma, shape) * inv_std), ggamma, gbeta

    def vjp(self, gy: Any) -> Any:
        x, gamma, _ = self.inputs
        _, shape = _statistics_axes(x.data)
        gbeta = sum_to(gy, shape)
        ggamma = sum_of_product_to(self.normalised, gy, shape)
        if self.train:
            m = x.data.size // gamma.data.size
            gx = self.normalised * (ggamma / -m)
            gx += gy
            gx -= gbeta / m
            gx *= gamma.data.reshape(shape) * self.inv_std
        else:
            gx = gy * (gamma.data.reshape(shape) * self.inv_std)
        return gx, ggamma.reshape(-1), gbeta.reshape(-1)


def _statistics_axes(x: Any) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Axes to average over, and the shape that lets (C,) stand beside x: channels are axis 1."""
    axes = tuple(i for i in range(x.ndim) if i != 1)
    shape = tuple(n if i == 1 else 1 for i, n in enumerate(x.shape))
    return axes, shape


def dropout(x: Any, dropout_ratio: float = 0.5, rng: Any = None) -> Variable:
    """While training, each number is dropped with the given probability and the rest scaled by 1 / (1 − ratio).

    In test mode x passes unchanged. rng: a `numpy.random.Generator` for repeatable masks; otherwise the global state of
    the array module is used. Source: book, step 54. Raises ValueError for a ratio outside 0 <= ratio < 1.
    """
    x = floats(as_variable(x))
    if not 0 <= dropout_ratio < 1:
        raise ValueError(f"the dropout ratio must be at least 0 and below 1, but it is {dropout_ratio}")
    if not Config.train or dropout_ratio == 0:
        return x
    xp = cuda.get_array_module(x.data)
    draw = rng.random(x.shape) if rng is not None else xp.random.rand(*x.shape)
    mask = (xp.asarray(draw) > dropout_ratio).astype(x.dtype) / x.dtype.type(1 - dropout_ratio)
    return Dropout(mask)(x)


def batch_norm(
    x: Any, gamma: Any, beta: Any, mean: Any, var: Any, decay: float = 0.9, eps: float = 2e-5
) -> Variable:
    """Normalise over the batch, channel by channel. x (N, C) or (N, C, ...); gamma, beta, mean, var (C,).

    While training, the batch's own mean and variance are used, and the running `mean` and `var` (arrays) are updated in
    place; in test mode the running values are used.
    """
    x = as_variable(x)
    if x.ndim < 2:
        raise ValueError(f"batch_norm needs x (N, C) or (N, C, ...), but the shape is {x.shape}")
    plain = [v.data if isinstance(v, Variable) else v for v in (mean, var)]
    for name, v in zip(("gamma", "beta", "mean", "var"), (gamma, beta, *plain), strict=True):
        _check_size(name, v, x.shape[1], "channel")
    return BatchNorm(plain[0], plain[1], decay, eps)(x, gamma, beta)


batch_nrom = batch_norm  # DeZero's spelling


def _check_size(name: str, v: Any, size: int, what: str) -> None:
    if tuple(v.shape) != (size,):
        raise ValueError(
            f"{name} must have shape ({size},), one number for each {what}, but it has {v.shape}"
        )


def layer_norm(x: Any, gamma: Any, beta: Any, eps: float = 1e-5) -> Variable:
    """Normalise each row over its last axis. x (..., D), gamma and beta (D,). Source: Ba, Kiros and Hinton 2016."""
    x = floats(x)
    for name, v in (("gamma", gamma), ("beta", beta)):
        _check_size(name, v, x.shape[-1] if x.ndim else 0, "number of a row")
    centred = x - average(x, -1, True)
    return centred * (average(centred**2, -1, True) + eps) ** -0.5 * gamma + beta


def group_norm(x: Any, gamma: Any, beta: Any, groups: int, eps: float = 1e-5) -> Variable:
    """Normalise over groups of channels. x (N, C, ...), gamma and beta (C,), C divisible by groups. Source: Wu and He 2018."""
    x = floats(x)
    N, C = x.shape[:2]
    if groups < 1 or C % groups:
        raise ValueError(f"{C} channels cannot be split into {groups} equal groups")
    for name, v in (("gamma", gamma), ("beta", beta)):
        _check_size(name, v, C, "channel")
    grouped = reshape(x, (N, groups, math.prod(x.shape[1:]) // groups))
    centred = grouped - average(grouped, 2, True)
    normalised = reshape(centred * (average(centred**2, 2, True) + eps) ** -0.5, x.shape)
    shape = (1, C, *[1] * (x.ndim - 2))
    return normalised * reshape(gamma, shape) + reshape(beta, shape)


__all__ = ["BatchNorm", "Dropout", "batch_norm", "batch_nrom", "dropout", "group_norm", "layer_norm"]
