"""Layers: parameters with a way to use them.

Assigning a Parameter or a Layer to an attribute registers it under that name, also inside lists and dicts. Parameters
come in the order in which they were assigned; one that is shared is listed once. A weight whose input size is not given
is made at the first call.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from typing import Any

import numpy as np

from . import cuda, memory, utils, weights
from . import functions as F
from .core import Parameter, Variable, as_variable

Expected = tuple[tuple[int | None, ...], Any]  # shape and dtype of a weight that is made later


class Layer:
    """Something with parameters. Subclasses write `forward`; calling the layer runs it.

    inputs, outputs: after a call, weak references to what went in and what came out.

    >>> class Scale(Layer):
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.a = Parameter(np.array(2.0))
    ...     def forward(self, x):
    ...         return self.a * x
    >>> Scale()(np.array(3.0))
    variable(6.0)
    """

    inputs: tuple[weakref.ref[Variable], ...]
    outputs: tuple[weakref.ref[Variable], ...]

    def __call__(self, *inputs: Any, **options: Any) -> Any:
        if memory.undecided:
            memory.decide()
        outputs = self.forward(*inputs, **options)
        several = outputs if isinstance(outputs, (tuple, list)) else (outputs,)
        self.inputs = tuple([weakref.ref(x) for x in inputs if isinstance(x, Variable)])
        self.outputs = tuple([weakref.ref(y) for y in several if isinstance(y, Variable)])
        return outputs

    def forward(self, *inputs: Any, **options: Any) -> Any:
        raise NotImplementedError(f"{type(self).__name__} has no forward(self, *inputs)")

    def named_params(self) -> Iterator[tuple[str, Parameter]]:
        """Pairs of a path such as `l1/W` and its parameter, in order of definition, each parameter once."""
        seen: set[int] = set()
        for path, item in self._walk("", set()):
            if isinstance(item, Parameter) and id(item) not in seen:
                seen.add(id(item))
                yield path, item

    def _walk(self, prefix: str, layers: set[int]) -> Iterator[tuple[str, Parameter | Layer]]:
        if id(self) in layers:
            return
        layers.add(id(self))
        yield prefix, self
        for name, value in self.__dict__.items():
            yield from _members(f"{prefix}{name}", value, layers)

    def params(self) -> Iterator[Parameter]:
        """Every parameter in here, each once, in order of definition."""
        for _, param in self.named_params():
            yield param

    def cleargrads(self) -> None:
        for param in self.params():
            param.cleargrad()

    def to_cpu(self) -> None:
        for param in self.params():
            param.to_cpu()

    def to_gpu(self) -> None:
        for param in self.params():
            param.to_gpu()

    def save_weights(self, path: Any) -> None:
        """Write all parameters to an npz file, under their paths. The file appears whole or not at all."""
        weights.save(self, path)

    def load_weights(self, path: Any) -> None:
        """Read what `save_weights` wrote. ValueError names entries that are missing, left over or of another shape."""
        weights.load(self, path)

    def expected_weights(self) -> Iterator[tuple[str, Expected]]:
        """The paths of weights that are not made yet, with their shape, None where any size will do, and dtype."""
        for path, layer in self._layers():
            for name, expected in layer._expected().items():
                yield f"{path}{name}", expected

    def _expected(self) -> dict[str, Expected]:
        return {}

    def _layers(self) -> Iterator[tuple[str, Layer]]:
        """This layer and those inside, each once, with what the paths of their parameters begin with."""
        for prefix, item in self._walk("", set()):
            if isinstance(item, Layer):
                yield prefix, item

    def __repr__(self) -> str:
        parts = [f"{path} {'not made yet' if p.data is None else p.shape}" for path, p in self.named_params()]
        return f"{type(self).__name__}({', '.join(parts)})"

    def __getstate__(self) -> dict[str, Any]:
        # weak references to the last call cannot be copied, and a copy has not been called
        return {name: value for name, value in self.__dict__.items() if name not in ("inputs", "outputs")}


def _members(path: str, value: Any, layers: set[int]) -> Iterator[tuple[str, Parameter | Layer]]:
    if isinstance(value, Parameter):
        yield path, value
    elif isinstance(value, Layer):
        yield from value._walk(f"{path}/", layers)
    elif isinstance(value, (list, tuple)):
        for i, item in enumerate(value):
            yield from _members(f"{path}/{i}", item, layers)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _members(f"{path}/{key}", item, layers)


def _input(x: Any, needs: str, axes: int | None = None) -> Variable:
    """x as a variable, refused before weights are made when its shape cannot be right (axes None: one or more)."""
    x = x if isinstance(x, Variable) else Variable(as_variable(x).data, requires_grad=False)
    if x.data is None or (x.ndim < 1 if axes is None else x.ndim != axes):
        raise ValueError(f"this layer needs {needs}, but the shape is {None if x.data is None else x.shape}")
    return x


def _normal(shape: tuple[Any, ...], fan_in: int, dtype: Any, rng: Any, xp: Any = np) -> Any:
    """Numbers with variance 1 / fan_in, so that the size of a signal is kept. The cast comes last: NumPy 2 promotes."""
    draw = rng.standard_normal(shape) if rng is not None else np.random.standard_normal(shape)
    return xp.asarray((draw * (1.0 / fan_in) ** 0.5).astype(dtype))


class Linear(Layer):
    """x @ W + b. W (in_size, out_size) is made at the first call when in_size is None; b (out_size,) or None.

    rng: a `numpy.random.Generator` for repeatable weights. Source: book, step 44.
    """

    def __init__(
        self,
        out_size: int,
        nobias: bool = False,
        dtype: Any = np.float32,
        in_size: int | None = None,
        *,
        rng: Any = None,
    ) -> None:
        self.in_size = None if in_size is None else utils.at_least_one("in_size", in_size)
        self.out_size = out_size = utils.at_least_one("out_size", out_size)
        self.dtype = dtype
        self.rng = utils.as_generator(rng)
        self.W = Parameter(None, name="W")
        if in_size is not None:
            self._init_W()
        self.b = None if nobias else Parameter(np.zeros(out_size, dtype=dtype), name="b")

    def _init_W(self, xp: Any = np) -> None:
        assert self.in_size is not None
        self.W.data = _normal((self.in_size, self.out_size), self.in_size, self.dtype, self.rng, xp)

    def _expected(self) -> dict[str, Expected]:
        return {"W": ((None, self.out_size), self.dtype)} if self.W.data is None else {}

    def prepare(self, x: Any) -> None:
        """Make W if the size of x is what it was waiting for."""
        if self.W.data is None:
            x = _input(x, "x (..., in_size) with at least one axis")
            self.in_size = x.shape[-1]
            self._init_W(cuda.get_array_module(x.data))

    def forward(self, x: Any) -> Variable:
        self.prepare(x)
        return F.linear(x, self.W, self.b)


class _Convolution(Layer):
    def __init__(
        self,
        out_channels: int,
        kernel_size: Any,
        stride: Any = 1,
        pad: Any = 0,
        nobias: bool = False,
        dtype: Any = np.float32,
        in_channels: int | None = None,
        *,
        rng: Any = None,
    ) -> None:
        self.in_channels = None if in_channels is None else utils.at_least_one("in_channels", in_channels)
        self.out_channels = out_channels = utils.at_least_one("out_channels", out_channels)
        self.kernel_size = kernel_size
        self.stride = stride
        self.pad = pad
        self.dtype = dtype
        self.rng = utils.as_generator(rng)
        self.W = Parameter(None, name="W")
        if in_channels is not None:
            self._init_W()
        self.b = None if nobias else Parameter(np.zeros(out_channels, dtype=dtype), name="b")

    def _init_W(self, xp: Any = np) -> None:
        assert self.in_channels is not None
        KH, KW = utils.pair(self.kernel_size)
        self.W.data = _normal(self._shape(KH, KW), self.in_channels * KH * KW, self.dtype, self.rng, xp)

    def _shape(self, KH: int, KW: int) -> tuple[int | None, ...]:
        raise NotImplementedError

    def _expected(self) -> dict[str, Expected]:
        return {"W": (self._shape(*utils.pair(self.kernel_size)), self.dtype)} if self.W.data is None else {}

    def _prepare(self, x: Any) -> None:
        if self.W.data is None:
            x = _input(x, "x (N, C, H, W)", 4)
            self.in_channels = x.shape[1]
            self._init_W(cuda.get_array_module(x.data))


class Conv2d(_Convolution):
    """A convolution with its kernels W (out_channels, in_channels, KH, KW) and bias b (out_channels,)."""

    def _shape(self, KH: int, KW: int) -> tuple[int | None, ...]:
        return self.out_channels, self.in_channels, KH, KW

    def forward(self, x: Any) -> Variable:
        self._prepare(x)
        return F.conv2d(x, self.W, self.b, self.stride, self.pad)


class Deconv2d(_Convolution):
    """A transposed convolution with its kernels W (in_channels, out_channels, KH, KW) and bias b (out_channels,)."""

    def _shape(self, KH: int, KW: int) -> tuple[int | None, ...]:
        return self.in_channels, self.out_channels, KH, KW

    def forward(self, x: Any) -> Variable:
        self._prepare(x)
        return F.deconv2d(x, self.W, self.b, self.stride, self.pad)


class RNN(Layer):
    """h = tanh(x·Wx + b + h·Wh). The state h stays between calls until `reset_state`. Source: book, step 59."""

    def __init__(self, hidden_size: int, in_size: int | None = None, *, rng: Any = None) -> None:
        rng = utils.as_generator(rng)  # one for all weights, which would be alike otherwise
        self.x2h = Linear(hidden_size, in_size=in_size, rng=rng)
        self.h2h = Linear(hidden_size, in_size=hidden_size, nobias=True, rng=rng)
        self.h: Variable | None = None

    def reset_state(self) -> None:
        self.h = None

    def forward(self, x: Any) -> Variable:
        x = _step_input(x, self.x2h, self.h)
        self.h = F.rnn_step(x, self.h, self.x2h.W, self.x2h.b, self.h2h.W)
        return self.h

    def window(self, xs: Any) -> Variable:
        """All states (T, N, H) for a whole window xs (T, N, D): the same as T calls, several times as fast."""
        xs = _window_input(xs, self.h)
        self.x2h.prepare(xs)
        hs = F.rnn_window(xs, self.h, self.x2h.W, self.x2h.b, self.h2h.W)
        self.h = hs[-1]
        return hs


class LSTM(Layer):
    """Long short-term memory: state h and memory cell c, with forget, input and output gates. Source: book, step 60."""

    def __init__(self, hidden_size: int, in_size: int | None = None, *, rng: Any = None) -> None:
        H, rng = hidden_size, utils.as_generator(rng)
        self.x2f, self.x2i, self.x2o, self.x2u = (Linear(H, in_size=in_size, rng=rng) for _ in range(4))
        self.h2f, self.h2i, self.h2o, self.h2u = (
            Linear(H, in_size=H, nobias=True, rng=rng) for _ in range(4)
        )
        self.reset_state()

    def reset_state(self) -> None:
        self.h: Variable | None = None
        self.c: Variable | None = None

    def forward(self, x: Any) -> Variable:
        x = _step_input(x, self.x2f, self.h)
        self.h, self.c = F.lstm_step(x, self.h, self.c, *self._weights(x))
        return self.h

    def window(self, xs: Any) -> Variable:
        """All states (T, N, H) for a whole window xs (T, N, D): the same as T calls, several times as fast."""
        xs = _window_input(xs, self.h)
        hs, cs = F.lstm_window(xs, self.h, self.c, *self._weights(xs))
        self.h, self.c = hs[-1], cs[-1]
        return hs

    def _weights(self, x: Any) -> tuple[list[Any], list[Any], list[Any]]:
        inputs, recurrent = (self.x2f, self.x2i, self.x2o, self.x2u), (self.h2f, self.h2i, self.h2o, self.h2u)
        for layer in inputs:
            layer.prepare(x)
        return [x2.W for x2 in inputs], [x2.b for x2 in inputs], [h2.W for h2 in recurrent]


class GRU(Layer):
    """Gated recurrent unit: h = (1 − z)·n + z·h with n = tanh(x·Wn + b + r·(h·Un + c)). Source: Cho et al. 2014."""

    def __init__(self, hidden_size: int, in_size: int | None = None, *, rng: Any = None) -> None:
        H, rng = hidden_size, utils.as_generator(rng)
        self.x2r, self.x2z, self.x2n = (Linear(H, in_size=in_size, rng=rng) for _ in range(3))
        self.h2r, self.h2z = (Linear(H, in_size=H, nobias=True, rng=rng) for _ in range(2))
        self.h2n = Linear(H, in_size=H, rng=rng)
        self.h: Variable | None = None

    def reset_state(self) -> None:
        self.h = None

    def forward(self, x: Any) -> Variable:
        x = _step_input(x, self.x2r, self.h)
        into, back = (self.x2r, self.x2z, self.x2n), (self.h2r, self.h2z, self.h2n)
        for layer in into:
            layer.prepare(x)
        Wx, b, Wh = [x2.W for x2 in into], [x2.b for x2 in into], [h2.W for h2 in back]
        self.h = F.gru_step(x, self.h, Wx, b, Wh, self.h2n.b)
        return self.h


def _step_input(x: Any, layer: Linear, state: Variable | None) -> Variable:
    """x (N, D) as a variable, checked against the weights and the state it will meet."""
    x = x if isinstance(x, Variable) else Variable(as_variable(x).data, requires_grad=False)
    if x.ndim == 2:
        layer.prepare(x)
    D = "D" if layer.W.data is None else layer.W.shape[0]
    if x.ndim != 2 or x.shape[1] != D:
        raise ValueError(f"a step of this layer needs x (N, {D}), but the shape is {x.shape}")
    if state is not None:
        _same_batch(state, x)
    return x


def _window_input(xs: Any, state: Variable | None) -> Variable:
    xs = xs if isinstance(xs, Variable) else Variable(as_variable(xs).data, requires_grad=False)
    if xs.ndim != 3 or not len(xs):
        raise ValueError(
            f"a window needs xs (T, N, D), T steps of N rows with D numbers each, but the shape is {xs.shape}; "
            "give single steps (N, D) to the layer itself"
        )
    if state is not None:
        _same_batch(state, xs[0])
    return xs


def _same_batch(state: Variable, x: Variable) -> None:
    if len(state) != len(x):
        raise ValueError(
            f"this layer keeps a state of {len(state)} rows, but it was given a batch of {len(x)}; "
            "call reset_state() before sequences of another batch size"
        )


class EmbedID(Layer):
    """A table W (in_size, out_size); ids of any shape pick its rows."""

    def __init__(self, in_size: int, out_size: int, *, dtype: Any = np.float32, rng: Any = None) -> None:
        self.W = Parameter(_normal((in_size, out_size), 1, dtype, utils.as_generator(rng)), name="W")

    def forward(self, x: Any) -> Variable:
        return F.embed_id(x, self.W)


class BatchNorm(Layer):
    """Batch normalisation with its scale, shift and running averages, which are saved with the weights."""

    def __init__(self) -> None:
        self.avg_mean = Parameter(None, name="avg_mean", requires_grad=False)
        self.avg_var = Parameter(None, name="avg_var", requires_grad=False)
        self.gamma = Parameter(None, name="gamma")
        self.beta = Parameter(None, name="beta")

    def _expected(self) -> dict[str, Expected]:
        return dict.fromkeys(("avg_mean", "avg_var", "gamma", "beta"), ((None,), None))

    def forward(self, x: Any) -> Variable:
        x = as_variable(x)
        if self.avg_mean.data is None:
            if x.ndim < 2:
                raise ValueError(f"this layer needs x (N, C) or (N, C, H, W), but the shape is {x.shape}")
            xp = cuda.get_array_module(x.data)
            for param, value in ((self.avg_mean, 0), (self.avg_var, 1), (self.gamma, 1), (self.beta, 0)):
                if param.data is None:
                    param.data = xp.full(x.shape[1], value, x.dtype)
        return F.batch_norm(x, self.gamma, self.beta, self.avg_mean.data, self.avg_var.data)


class LayerNorm(Layer):
    """Layer normalisation over the last axis, with scale and shift (size,)."""

    def __init__(self, size: int, eps: float = 1e-5, *, dtype: Any = np.float32) -> None:
        self.eps = eps
        self.gamma = Parameter(np.ones(size, dtype), name="gamma")
        self.beta = Parameter(np.zeros(size, dtype), name="beta")

    def forward(self, x: Any) -> Variable:
        return F.layer_norm(x, self.gamma, self.beta, self.eps)


class GroupNorm(Layer):
    """Group normalisation over groups of channels, with scale and shift (channels,)."""

    def __init__(self, groups: int, channels: int, eps: float = 1e-5, *, dtype: Any = np.float32) -> None:
        self.groups = groups
        self.eps = eps
        self.gamma = Parameter(np.ones(channels, dtype), name="gamma")
        self.beta = Parameter(np.zeros(channels, dtype), name="beta")

    def forward(self, x: Any) -> Variable:
        return F.group_norm(x, self.gamma, self.beta, self.groups, self.eps)
