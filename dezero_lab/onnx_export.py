"""Write a model as an ONNX file, which other programs run without this package. Needs the `onnx` package.

The model is run once, in test mode, and the recorded graph is translated function by function. Shapes are those of the
example inputs, the batch size included.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from . import cuda, functions_conv, operators
from . import functions as F
from .config import test_mode
from .core import Function, Variable
from .functions import elementwise, recurrent, recurrent_weights
from .layers import Layer
from .sweep import functions_behind

OPSET = 17
IR_VERSION = 8  # the file format that came with this operator set


def to_onnx(model: Callable[..., Variable], *inputs: Any, path: str | Path | None = None) -> Any:
    """The model as an `onnx.ModelProto`, also written to `path` if one is given.

    inputs: examples of what the model takes, as arrays; the file is for these shapes. Inputs are called x0, x1, ..., the
    result y, weights by their paths (l0/W). Raises ImportError without the `onnx` package, ValueError for a function
    that ONNX has no counterpart for here, TypeError when the model does not return one Variable.

        >>> to_onnx(MLP((3, 1)), np.zeros((2, 4), np.float32), path="mlp.onnx")    # doctest: +SKIP
    """
    try:
        onnx: Any = importlib.import_module("onnx")
        importlib.import_module("onnx.numpy_helper")
    except ImportError as error:
        raise ImportError('to_onnx needs the onnx package: pip install "dezero-lab[onnx]"') from error
    variables = [Variable(cuda.as_numpy(x)) for x in inputs]
    with test_mode():
        y = model(*variables)
    if not isinstance(y, Variable):
        raise TypeError(f"the model must return one Variable to be exported, not {type(y).__name__}")
    writer = Writer(onnx)
    for i, x in enumerate(variables):
        writer.names[id(x)] = f"x{i}"
    if isinstance(model, Layer):
        for name, param in model.named_params():
            writer.parameters[id(param)] = name
    for func in sorted(functions_behind(y), key=lambda func: func.generation):
        writer.translate(func)
    writer.nodes.append(onnx.helper.make_node("Identity", [writer.name(y)], ["y"]))

    def described(name: str, x: Variable) -> Any:
        return onnx.helper.make_tensor_value_info(
            name, onnx.helper.np_dtype_to_tensor_dtype(x.dtype), x.shape
        )

    graph = onnx.helper.make_graph(
        writer.nodes,
        type(model).__name__,
        [described(f"x{i}", x) for i, x in enumerate(variables)],
        [described("y", y)],
        writer.initializers,
    )
    made = onnx.helper.make_model(
        graph,
        opset_imports=[onnx.helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="dezero_lab",
    )
    onnx.checker.check_model(made, full_check=True)
    if path is not None:
        Path(path).write_bytes(made.SerializeToString())
    return made


class Writer:
    """Nodes and constants of the file so far, and what each variable is called in it."""

    def __init__(self, onnx: Any) -> None:
        self.onnx = onnx
        self.nodes: list[Any] = []
        self.initializers: list[Any] = []
        self.names: dict[int, str] = {}  # by identity: the graph is alive while it is translated
        self.parameters: dict[int, str] = {}

    def name(self, x: Variable) -> str:
        """What x is called; a leaf that is no input becomes a constant of the file."""
        if id(x) not in self.names:
            self.names[id(x)] = self.constant(x.data, self.parameters.get(id(x)))
        return self.names[id(x)]

    def constant(self, array: Any, name: str | None = None) -> str:
        name = name or f"c{len(self.initializers)}"
        self.initializers.append(
            self.onnx.numpy_helper.from_array(np.ascontiguousarray(cuda.as_numpy(array)), name)
        )
        return name

    def add(self, kind: str, *inputs: str, outputs: int = 1, **attributes: Any) -> Any:
        """A node; returns the name of its result, or the names when there are several."""
        made = [f"t{len(self.nodes)}_{k}" if outputs > 1 else f"t{len(self.nodes)}" for k in range(outputs)]
        self.nodes.append(self.onnx.helper.make_node(kind, inputs, made, **attributes))
        return made if outputs > 1 else made[0]

    def translate(self, func: Function) -> None:
        for cls in type(func).__mro__:
            if cls in TRANSLATIONS:
                break
        else:
            raise ValueError(
                f"{type(func).__name__} cannot be written to ONNX; known are "
                + ", ".join(sorted(cls.__name__ for cls in TRANSLATIONS))
            )
        inputs = [self.name(x) for x in func.inputs]
        made = TRANSLATIONS[cls](self, func, inputs)
        for ref, name in zip(func.outputs, [made] if isinstance(made, str) else made, strict=True):
            self.names[id(ref())] = name


Translation = Callable[[Writer, Any, list[str]], str | tuple[str, ...]]


def _node(kind: str, **attributes: Any) -> Translation:
    """A function that is one node with the same inputs."""
    return lambda w, func, inputs: w.add(kind, *inputs, **attributes)


def _ints(values: Any) -> np.ndarray:
    return np.atleast_1d(np.asarray(values, dtype=np.int64))


def _pads(g: Any) -> dict[str, Any]:
    return {"pads": [g.PH, g.PW, g.PH, g.PW], "strides": [g.SH, g.SW], "kernel_shape": [g.KH, g.KW]}


def _conv(w: Writer, func: Any, inputs: list[str]) -> str:
    return w.add("Conv", *inputs, **_pads(func.geometry))


def _deconv(w: Writer, func: Any, inputs: list[str]) -> str:
    g = func.geometry  # of the convolution whose transpose this is: its images are our result
    rest = [g.H - (g.SH * (g.OH - 1) + g.KH - 2 * g.PH), g.W - (g.SW * (g.OW - 1) + g.KW - 2 * g.PW)]
    return w.add("ConvTranspose", *inputs, output_padding=rest, **_pads(g))


def _batch_norm(w: Writer, func: Any, inputs: list[str]) -> str:
    dtype = func.inputs[0].dtype
    averages = [w.constant(a.astype(dtype)) for a in (func.avg_mean, func.avg_var)]
    return w.add("BatchNormalization", *inputs, *averages, epsilon=float(func.eps))


def _sum(w: Writer, func: Any, inputs: list[str]) -> str:
    axes = [] if func.axis is None else [w.constant(_ints(func.axis))]
    return w.add("ReduceSum", *inputs, *axes, keepdims=int(func.keepdims))


def _extreme(kind: str) -> Translation:
    def translate(w: Writer, func: Any, inputs: list[str]) -> str:
        axes: dict[str, Any] = {} if func.axis is None else {"axes": _ints(func.axis).tolist()}
        return w.add(kind, *inputs, keepdims=int(func.keepdims), **axes)

    return translate


def _clip(w: Writer, func: Any, inputs: list[str]) -> str:
    dtype = func.inputs[0].dtype
    bounds = ["" if v is None else w.constant(np.asarray(v, dtype)) for v in (func.x_min, func.x_max)]
    return w.add("Clip", *inputs, *bounds)


def _sum_to(w: Writer, func: Any, inputs: list[str]) -> str:
    shape = func.inputs[0].shape
    lead = len(shape) - len(func.shape)
    axes = [*range(lead), *(i + lead for i, n in enumerate(func.shape) if n == 1)]
    summed = w.add("ReduceSum", *inputs, w.constant(_ints(axes)), keepdims=1)
    return w.add("Reshape", summed, w.constant(_ints(func.shape)))


def _get_item(w: Writer, func: Any, inputs: list[str]) -> str:
    x, index = func.inputs[0], func.slices
    parts = list(index) if isinstance(index, tuple) else [index]
    if not all(isinstance(part, (int, np.integer, slice)) or part is Ellipsis for part in parts):
        raise ValueError(
            "only slices and whole numbers can be written to ONNX, not picks by arrays of indices"
        )
    if Ellipsis in parts:
        at = parts.index(Ellipsis)
        parts[at : at + 1] = [slice(None)] * (x.ndim - len(parts) + 1)
    starts, ends, axes, steps, dropped = [], [], [], [], []
    for axis, part in enumerate(parts):
        if isinstance(part, slice):
            start, stop, step = part.indices(x.shape[axis])
            stop = -x.shape[axis] - 1 if stop < 0 else stop  # slice.indices says -1 for "before the first"
        else:
            start, step = int(part) % x.shape[axis], 1
            stop = start + 1
            dropped.append(axis)
        for values, value in ((starts, start), (ends, stop), (axes, axis), (steps, step)):
            values.append(value)
    y = w.add("Slice", *inputs, *[w.constant(_ints(values)) for values in (starts, ends, axes, steps)])
    return w.add("Squeeze", y, w.constant(_ints(dropped))) if dropped else y


def _join_weights(w: Writer, func: Any, inputs: list[str]) -> str:
    (y,) = [ref() for ref in func.outputs]
    H, axes = y.shape[2], w.constant(_ints(0))
    rows = [w.add("Unsqueeze", b, axes) if k % 3 == 1 else b for k, b in enumerate(inputs)]
    return w.add("Reshape", w.add("Concat", *rows, axis=0), w.constant(_ints([len(inputs) // 3, -1, H])))


def _gates(w: Writer, func: Any, inputs: list[str]) -> Any:
    """Each gate (1, N, H) before it is squashed; an only gate as (N, H)."""
    W, x = func.inputs[:2]
    ones = w.constant(np.ones((len(x), 1), W.dtype))
    z = w.add("MatMul", w.add("Concat", inputs[1], ones, inputs[2], axis=1), inputs[0])
    return (
        w.add("Split", z, outputs=len(W), axis=0) if len(W) > 1 else w.add("Squeeze", z, w.constant(_ints(0)))
    )


def _rnn_step(w: Writer, func: Any, inputs: list[str]) -> str:
    return w.add("Tanh", _gates(w, func, inputs))


def _lstm_step(w: Writer, func: Any, inputs: list[str]) -> tuple[str, str]:
    *gates, u = _gates(w, func, inputs)
    o, f, i = [w.add("Sigmoid", gate) for gate in gates]
    new = w.add("Mul", i, w.add("Tanh", u))
    c = w.add("Add", w.add("Mul", f, inputs[3]), new)
    first = w.constant(_ints(0))
    c = w.add("Squeeze", c, first)
    return w.add("Squeeze", w.add("Mul", o, w.add("Tanh", c)), first), c


def _gru_step(w: Writer, func: Any, inputs: list[str]) -> str:
    _, x, h, c = inputs
    W, D = func.inputs[0], func.inputs[1].shape[1]
    r, z = [w.add("Sigmoid", gate) for gate in _gates(w, func, inputs)[:2]]
    Wn, b, Un = (w.constant(W.data[2, rows]) for rows in (slice(D), D, slice(D + 1, None)))
    n = w.add("Tanh", w.add("Add", w.add("Gemm", x, Wn, b), w.add("Mul", r, w.add("Gemm", h, Un, c))))
    kept = w.add("Mul", z, w.add("Sub", h, n))
    return w.add("Squeeze", w.add("Add", n, kept), w.constant(_ints(0)))


TRANSLATIONS: dict[type[Function], Translation] = {
    operators.Add: _node("Add"),
    operators.Sub: _node("Sub"),
    operators.Mul: _node("Mul"),
    operators.Div: _node("Div"),
    operators.Neg: _node("Neg"),
    operators.Abs: _node("Abs"),
    operators.Pow: lambda w, func, xs: w.add(
        "Pow", *xs, w.constant(np.asarray(func.c, func.inputs[0].dtype))
    ),
    operators.PowVariable: _node("Pow"),
    F.Sin: _node("Sin"),
    F.Cos: _node("Cos"),
    F.Tanh: _node("Tanh"),
    F.Exp: _node("Exp"),
    F.Log: _node("Log"),
    F.Sigmoid: _node("Sigmoid"),
    F.ReLU: _node("Relu"),
    F.LeakyReLU: lambda w, func, xs: w.add("LeakyRelu", *xs, alpha=float(func.slope)),
    F.ELU: lambda w, func, xs: w.add("Elu", *xs, alpha=func.alpha),
    F.Softplus: _node("Softplus"),
    F.Softmax: lambda w, func, xs: w.add("Softmax", *xs, axis=func.axis),
    F.LogSoftmax: lambda w, func, xs: w.add("LogSoftmax", *xs, axis=func.axis),
    F.Clip: _clip,
    elementwise.AsFloat: lambda w, func, xs: w.add(
        "Cast", *xs, to=w.onnx.helper.np_dtype_to_tensor_dtype(np.dtype(func.dtype))
    ),
    elementwise.Minimum: _node("Min"),
    elementwise.Maximum: _node("Max"),
    elementwise.Where: lambda w, func, xs: w.add("Where", w.constant(func.condition), *xs),
    F.Reshape: lambda w, func, xs: w.add("Reshape", *xs, w.constant(_ints(func.shape))),
    F.Transpose: lambda w, func, xs: w.add(
        "Transpose",
        *xs,
        perm=[a % func.inputs[0].ndim for a in (func.axes or range(func.inputs[0].ndim - 1, -1, -1))],
    ),
    F.BroadcastTo: lambda w, func, xs: w.add("Expand", *xs, w.constant(_ints(func.shape))),
    F.Concatenate: lambda w, func, xs: w.add("Concat", *xs, axis=func.axis),
    F.SumTo: _sum_to,
    F.Sum: _sum,
    F.Min: _extreme("ReduceMin"),
    F.Max: _extreme("ReduceMax"),
    F.MatMul: _node("MatMul"),
    F.Linear: _node("Gemm"),
    F.GetItem: _get_item,
    F.BatchNorm: _batch_norm,
    functions_conv.Conv2d: _conv,
    functions_conv.Deconv2d: _deconv,
    functions_conv.Pooling: lambda w, func, xs: w.add("MaxPool", *xs, **_pads(func.geometry)),
    functions_conv.AveragePooling: lambda w, func, xs: w.add(
        "AveragePool", *xs, count_include_pad=1, **_pads(func.geometry)
    ),
    recurrent_weights.JoinWeights: _join_weights,
    recurrent.RNNStep: _rnn_step,
    recurrent.LSTMStep: _lstm_step,
    recurrent.GRUStep: _gru_step,
}
