"""Optimizers: how parameters follow their gradients. `optimizer = SGD(0.1).setup(model)`, then `optimizer.update()`.

Updates work in place and in blocks that stay in the processor's cache, so that a step allocates nothing. Hooks such as
`WeightDecay` see the list of parameters before each update. State is kept for each parameter and can be saved with
`state_dict` and restored with `load_state_dict`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

import numpy as np

from . import cuda
from .core import Parameter, Variable
from .layers import Layer

Hook = Callable[[list[Parameter]], None]
BLOCK = 65536  # numbers: a block, its gradient and its state fit into a second-level cache


class Optimizer:
    """Base class. Subclasses write `update_one(param)`; state for a parameter lives in `self.state(param)`."""

    lr: Any  # a number, or a property where the rate changes with the step
    names: ClassVar[tuple[str, ...] | None] = None  # the names of its state, where they are known

    def __init__(self) -> None:
        self.target: Layer | None = None
        self.hooks: list[Hook] = []
        self.t = 0
        # by identity; each parameter is held beside its state, since the id of one that is gone can come again
        self._states: dict[int, tuple[Parameter, dict[str, Any]]] = {}

    def __setstate__(self, attributes: dict[str, Any]) -> None:
        self.__dict__.update(attributes)
        self._states = {id(param): (param, kept) for param, kept in self._states.values()}

    def setup(self, target: Layer) -> Optimizer:
        """Choose the model; returns the optimizer itself, so that `SGD().setup(model)` is one expression."""
        if not isinstance(target, Layer):
            raise TypeError(f"an optimizer is set up with a model or layer, but it was given {_kind(target)}")
        self.target = target
        return self

    def update(self) -> None:
        """One step for every parameter that has a gradient. RuntimeError before `setup`."""
        if self.target is None:
            raise RuntimeError("this optimizer has no model yet: call setup(model) first")
        params = list(self.target.params())
        for hook in self.hooks:
            hook([param for param in params if param._grad is not None])
        self.t += 1
        for param in params:
            if param._grad is not None:  # never reached, or frozen by a hook
                self.update_one(param)

    def update_one(self, param: Parameter) -> None:
        raise NotImplementedError(f"{type(self).__name__} has no update_one(self, param)")

    def add_hook(self, f: Hook) -> None:
        """Call `f(params)` before each update, with the parameters that have a gradient."""
        self.hooks.append(f)

    def state(self, param: Parameter, *names: str) -> list[Any]:
        """Arrays like the parameter, zeros at first, kept from step to step."""
        _, kept = self._states.setdefault(id(param), (param, {}))
        xp = cuda.get_array_module(param.data)
        for name in names:
            if name not in kept:
                kept[name] = xp.zeros_like(param.data)
        return [kept[name] for name in names]

    def state_dict(self) -> dict[str, Any]:
        """The step count and all state arrays, under paths such as `l0/W/m`."""
        if self.target is None:
            raise RuntimeError("this optimizer has no model yet: call setup(model) first")
        saved: dict[str, Any] = {"t": self.t}
        for path, param in self.target.named_params():
            _, kept = self._states.get(id(param), (param, {}))
            for name, array in kept.items():
                saved[f"{path}/{name}"] = cuda.as_numpy(array).copy()
        return saved

    def load_state_dict(self, saved: dict[str, Any]) -> None:
        """Restore what `state_dict` gave; nothing changes unless all of it fits.

        ValueError names entries that are missing, belong to no parameter or another optimizer, or have another shape.
        """
        if self.target is None:
            raise RuntimeError("this optimizer has no model yet: call setup(model) first")
        params = dict(self.target.named_params())
        states: dict[str, dict[str, Any]] = {}
        problems = [] if "t" in saved else ["the step count t is missing"]
        for key, array in saved.items():
            path, _, name = key.rpartition("/")
            if key == "t":
                continue
            if path in params and params[path].data is None:
                problems.append(f"{path} has no values yet: run the model once before")
            elif path not in params or params[path].shape != np.shape(array):
                problems.append(f"{key} of shape {np.shape(array)} fits no parameter of this model")
            elif self.names is not None and name not in self.names:
                problems.append(f"{key} is no state of this optimizer")
            else:
                data = params[path].data
                states.setdefault(path, {})[name] = cuda.get_array_module(data).array(array, dtype=data.dtype)
        for path, kept in states.items():
            problems += [f"{path}/{name} is missing" for name in self.names or () if name not in kept]
        if self.names and not states and not problems and int(saved["t"]) > 0:
            problems.append(f"{' and '.join(self.names)} of all parameters are missing")
        if problems:
            raise ValueError(f"this state does not fit {type(self).__name__}: " + "; ".join(problems))
        self.t = int(saved["t"])
        self._states = {id(params[path]): (params[path], kept) for path, kept in states.items()}


def _kind(x: Any) -> str:
    return "None" if x is None else f"a {type(x).__name__}"


def _blocks(param: Parameter, *arrays: Any) -> Iterable[tuple[Any, ...]]:
    """The flat data of a parameter, its gradient and further arrays like it, a block at a time."""
    data, gradient = param.data, param._grad
    gradient = gradient.data if isinstance(gradient, Variable) else gradient
    whole = [data, gradient, *arrays]
    if (
        data.size <= BLOCK
        or cuda.get_array_module(data) is not np
        or not all(a.flags.c_contiguous for a in whole)
    ):
        yield tuple(whole)
        return
    flat = [a.reshape(-1) for a in whole]
    for start in range(0, data.size, BLOCK):
        yield tuple(a[start : start + BLOCK] for a in flat)


class SGD(Optimizer):
    """Stochastic gradient descent: p ← p − lr · g. Source: book, step 46."""

    names = ()

    def __init__(self, lr: float = 0.01) -> None:
        super().__init__()
        self.lr = lr

    def update_one(self, param: Parameter) -> None:
        for p, g in _blocks(param):
            p -= self.lr * g


class MomentumSGD(Optimizer):
    """v ← momentum · v − lr · g; p ← p + v."""

    names = ("v",)

    def __init__(self, lr: float = 0.01, momentum: float = 0.9) -> None:
        super().__init__()
        self.lr = lr
        self.momentum = momentum

    def update_one(self, param: Parameter) -> None:
        for p, g, v in _blocks(param, *self.state(param, "v")):
            v *= self.momentum
            v -= self.lr * g
            p += v


class NesterovSGD(MomentumSGD):
    """Momentum that looks ahead: p ← p + momentum · v − lr · g with the new v. Source: Sutskever et al. 2013."""

    def update_one(self, param: Parameter) -> None:
        for p, g, v in _blocks(param, *self.state(param, "v")):
            step = self.lr * g
            v *= self.momentum
            v -= step
            p += self.momentum * v
            p -= step


class AdaGrad(Optimizer):
    """h ← h + g²; p ← p − lr · g / (√h + eps). Source: Duchi, Hazan and Singer 2011."""

    names = ("h",)

    def __init__(self, lr: float = 0.001, eps: float = 1e-8) -> None:
        super().__init__()
        self.lr = lr
        self.eps = eps

    def update_one(self, param: Parameter) -> None:
        xp = cuda.get_array_module(param.data)
        for p, g, h in _blocks(param, *self.state(param, "h")):
            h += g * g
            p -= self.lr * g / (xp.sqrt(h) + self.eps)


class RMSprop(Optimizer):
    """h ← decay · h + (1 − decay) · g²; p ← p − lr · g / (√h + eps). Source: Tieleman and Hinton 2012."""

    names = ("h",)

    def __init__(self, lr: float = 0.01, decay: float = 0.99, eps: float = 1e-8) -> None:
        super().__init__()
        self.lr = lr
        self.decay = decay
        self.eps = eps

    def update_one(self, param: Parameter) -> None:
        xp = cuda.get_array_module(param.data)
        for p, g, h in _blocks(param, *self.state(param, "h")):
            h *= self.decay
            h += (1 - self.decay) * (g * g)
            p -= self.lr * g / (xp.sqrt(h) + self.eps)


class AdaDelta(Optimizer):
    """Steps whose size follows the ratio of recent steps to recent gradients. Source: Zeiler 2012."""

    names = ("msg", "msdx")

    def __init__(self, rho: float = 0.95, eps: float = 1e-6) -> None:
        super().__init__()
        self.rho = rho
        self.eps = eps

    def update_one(self, param: Parameter) -> None:
        xp = cuda.get_array_module(param.data)
        rho, eps = self.rho, self.eps
        for p, g, msg, msdx in _blocks(param, *self.state(param, "msg", "msdx")):
            msg *= rho
            msg += (1 - rho) * (g * g)
            dx = xp.sqrt((msdx + eps) / (msg + eps)) * g
            msdx *= rho
            msdx += (1 - rho) * (dx * dx)
            p -= dx


class Adam(Optimizer):
    """Adam with bias correction. Source: Kingma and Ba 2015.

    alpha: the step size before correction; `lr` is alpha with the correction of the current step.
    """

    names = ("m", "v")

    def __init__(
        self, alpha: float = 0.001, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8
    ) -> None:
        super().__init__()
        self.alpha = alpha
        self.beta1 = beta1
        self.beta2 = beta2
        self.eps = eps

    @property
    def lr(self) -> float:
        t = max(self.t, 1)
        return self.alpha * math.sqrt(1.0 - self.beta2**t) / (1.0 - self.beta1**t)

    @lr.setter
    def lr(self, alpha: float) -> None:
        self.alpha = alpha

    def update_one(self, param: Parameter) -> None:
        xp = cuda.get_array_module(param.data)
        lr, keep1, keep2 = self.lr, 1.0 - self.beta1, 1.0 - self.beta2
        scratch = None
        for p, g, m, v in _blocks(param, *self.state(param, "m", "v")):
            if scratch is None or scratch.shape != p.shape:
                scratch = xp.empty_like(p)
            xp.subtract(g, m, out=scratch)  # m ← m + (1 − β1)(g − m)
            scratch *= keep1
            m += scratch
            xp.multiply(g, g, out=scratch)  # v ← v + (1 − β2)(g² − v)
            scratch -= v
            scratch *= keep2
            v += scratch
            xp.sqrt(v, out=scratch)  # p ← p − lr · m / (√v + eps)
            scratch += self.eps
            xp.divide(m, scratch, out=scratch)
            scratch *= lr
            p -= scratch


class AdamW(Adam):
    """Adam with weight decay apart from the gradient: p ← p − lr · decay · p first. Source: Loshchilov and Hutter 2019."""

    def __init__(
        self,
        alpha: float = 0.001,
        beta1: float = 0.9,
        beta2: float = 0.999,
        eps: float = 1e-8,
        weight_decay: float = 0.01,
    ) -> None:
        super().__init__(alpha, beta1, beta2, eps)
        self.weight_decay = weight_decay

    def update_one(self, param: Parameter) -> None:
        param.data *= 1.0 - self.alpha * self.weight_decay
        super().update_one(param)


class WeightDecay:
    """Hook: adds rate · p to each gradient, as the square of the weights in the loss would.

    only: which parameters decay, for example `lambda param: param.ndim > 1` to leave out biases and scales.
    """

    def __init__(self, rate: float, only: Callable[[Parameter], bool] | None = None) -> None:
        self.rate = rate
        self.only = only

    def __call__(self, params: list[Parameter]) -> None:
        for param in params if self.only is None else filter(self.only, params):
            for p, g in _blocks(param):
                g += self.rate * p


class ClipGrad:
    """Hook: scales all gradients down together when their common norm exceeds max_norm."""

    def __init__(self, max_norm: float) -> None:
        self.max_norm = max_norm

    def __call__(self, params: list[Parameter]) -> None:
        params = [param for param in params if param._grad is not None]
        total = math.sqrt(sum(float((g * g).sum()) for param in params for _, g in _blocks(param)))
        rate = self.max_norm / (total + 1e-6)
        if rate < 1:
            for param in params:
                for _, g in _blocks(param):
                    g *= rate


class FreezeParam:
    """Hook: keeps parameters as they are. Takes parameters and layers."""

    def __init__(self, *layers: Layer | Parameter) -> None:
        self.freeze_params: list[Parameter] = []
        for item in layers:
            self.freeze_params.extend([item] if isinstance(item, Parameter) else item.params())

    def __call__(self, params: list[Parameter]) -> None:
        for param in self.freeze_params:
            param.cleargrad()


class StepDecay:
    """Learning-rate schedule: times `factor` every `period` epochs. Call `step()` after each epoch."""

    def __init__(self, optimizer: Optimizer, period: int, factor: float = 0.1) -> None:
        if period < 1:
            raise ValueError(f"a schedule needs a period of at least one epoch, but it is {period}")
        self.optimizer = optimizer
        base = optimizer.alpha if isinstance(optimizer, Adam) else getattr(optimizer, "lr", None)
        if base is None:
            raise TypeError(f"{type(optimizer).__name__} has no learning rate that a schedule could change")
        self.base: float = base
        self.period = period
        self.factor = factor
        self.epoch = 0

    def rate(self) -> float:
        return self.base * self.factor ** (self.epoch // self.period)

    def step(self) -> None:
        self.epoch += 1
        self.optimizer.lr = self.rate()


class CosineDecay(StepDecay):
    """Learning-rate schedule: half a cosine from the first rate down to `last` in `epochs` steps, after a warm-up."""

    def __init__(self, optimizer: Optimizer, epochs: int, last: float = 0.0, warmup: int = 0) -> None:
        super().__init__(optimizer, epochs)
        self.last = last
        self.warmup = warmup
        self.optimizer.lr = self.rate()

    def rate(self) -> float:
        if self.epoch < self.warmup:
            return self.base * (self.epoch + 1) / (self.warmup + 1)
        done = min((self.epoch - self.warmup) / max(self.period - self.warmup, 1), 1.0)
        return self.last + (self.base - self.last) * (1 + math.cos(math.pi * done)) / 2
