"""What the framework benchmark measures: the cases, their sizes, and the inputs every framework gets.

A case is the name of an adapter's method with its arguments. The method prepares and returns a function without
arguments; one call of that is one measurement, and the number it returns must agree with the floor's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Case:
    title: str
    method: str
    args: dict[str, Any] = field(default_factory=dict)
    short: dict[str, Any] = field(default_factory=dict)  # what the short form changes
    full_only: bool = False
    tolerance: float = 2e-3


CASES = [
    Case("W1 chain 10k ops, (1,)", "chain", {"n": 10_000, "shape": (1,)}, {"n": 200}),
    Case("W1 chain 10k ops, 0-d", "chain", {"n": 10_000, "shape": ()}, {"n": 200}),
    Case("W1 chain 100k ops", "chain", {"n": 100_000, "shape": (1,)}, {"n": 400}, full_only=True),
    Case("W1 wide, 5,000 branches", "wide", {"n": 5000}, {"n": 100}),
    Case("W1 wide, 50,000 branches", "wide", {"n": 50_000}, {"n": 200}, full_only=True),
    Case("W1 2k ops on 32x32", "chain", {"n": 2000, "shape": (32, 32)}, {"n": 50}),
    Case("W2 Goldstein-Price", "goldstein"),
    Case("W2 Rosenbrock, 200 steps", "rosenbrock", {"steps": 200}, {"steps": 5}),
    Case("W2 Newton 10, double backprop", "newton", {"steps": 10}),
    Case("W2 tanh, 4th derivative", "tanh_derivative", {"n": 4}),
    Case("W2 tanh, 8th derivative", "tanh_derivative", {"n": 8}, {"n": 5}),
    Case("W2 tanh, 8th by Taylor series", "tanh_taylor", {"n": 8}),
    Case("W3 MLP b100 SGD", "mlp", {"batch": 100, "adam": False}, {"batch": 4}),
    Case("W3 MLP b100 Adam", "mlp", {"batch": 100, "adam": True}, {"batch": 4}),
    Case("W3 MLP b1000 SGD", "mlp", {"batch": 1000, "adam": False}, {"batch": 8}),
    Case("W3 MLP b1000 Adam", "mlp", {"batch": 1000, "adam": True}, {"batch": 8}),
    Case("W4 conv fwd+bwd", "conv", {"N": 32, "C": 16, "H": 32, "OC": 32}, {"N": 2}),
    Case("W4 LeNet step", "lenet", {"batch": 64}, {"batch": 2}),
    Case("W4 max-pool 2x2 s2", "pool", {"N": 32, "k": 2, "s": 2}, {"N": 2}),
    Case("W4 max-pool 3x3 s2", "pool", {"N": 32, "k": 3, "s": 2}, {"N": 2}),
    Case("W5 VGG16 inference", "vgg", full_only=True, tolerance=1e-2),
    Case("W6 RNN T100, steps", "rnn", {"T": 100}, {"T": 5}),
    Case("W6 RNN T100, window : cells", "rnn_window_or_steps", {"T": 100}, {"T": 5}),
    Case("W6 RNN T100, window : nn.RNN", "rnn_window", {"T": 100}, {"T": 5}),
    Case("W6 LSTM T100, steps", "lstm", {"T": 100}, {"T": 5}),
    Case("W6 LSTM T100, window : cells", "lstm_window_or_steps", {"T": 100}, {"T": 5}),
    Case("W6 LSTM T100, window : nn.LSTM", "lstm_window", {"T": 100}, {"T": 5}),
    Case("W9 element-wise chain 1e6", "elementwise", {"n": 1_000_000}, {"n": 1000}),
    Case("W9 broadcast + sum_to", "broadcast", {"n": 1000}, {"n": 50}),
    Case("W9 gather 20k rows", "gather", {"rows": 100_000, "n": 20_000}, {"rows": 1000, "n": 200}),
    Case("W9 slice gradient", "slice_gradient", {"rows": 100_000}, {"rows": 1000}),
    Case("W9 softmax-xent 64 x 1e5", "xent", {"N": 64, "C": 100_000}, {"N": 4, "C": 500}),
]


def normal(seed: int, shape: tuple[int, ...], scale: float = 1.0) -> Array:
    return np.random.default_rng(seed).standard_normal(shape, dtype=np.float32) * np.float32(scale)


def labels(seed: int, n: int, classes: int) -> Array:
    return np.random.default_rng(seed).integers(0, classes, n)


def mlp(batch: int) -> tuple[Array, Array, list[Array], list[Array]]:
    """Images, labels, and weights and biases of 784-1000-1000-10."""
    sizes = (784, 1000, 1000, 10)
    Ws = [normal(10 + i, (a, b), (1 / a) ** 0.5) for i, (a, b) in enumerate(pairwise(sizes))]
    bs = [np.zeros(n, np.float32) for n in sizes[1:]]
    return np.abs(normal(1, (batch, 784), 0.5)), labels(2, batch, 10), Ws, bs


def conv(N: int, C: int, H: int, OC: int) -> tuple[Array, Array, Array, Array]:
    """Images, kernels 3x3, bias, and the gradient of the output."""
    W = normal(4, (OC, C, 3, 3), (1 / (C * 9)) ** 0.5)
    return normal(3, (N, C, H, H)), W, np.zeros(OC, np.float32), normal(5, (N, OC, H, H))


def lenet(batch: int) -> tuple[Array, Array, list[tuple[Array, Array]], list[tuple[Array, Array]]]:
    x, t = np.abs(normal(6, (batch, 1, 28, 28))), labels(7, batch, 10)
    kernels = [
        (normal(20 + i, s, (1 / (s[1] * 25)) ** 0.5), np.zeros(s[0], np.float32))
        for i, s in enumerate([(6, 1, 5, 5), (16, 6, 5, 5)])
    ]
    full = [
        (normal(30 + i, s, (1 / s[0]) ** 0.5), np.zeros(s[1], np.float32))
        for i, s in enumerate([(400, 120), (120, 84), (84, 10)])
    ]
    return x, t, kernels, full


VGG = [(3, 64), (64, 64), None, (64, 128), (128, 128), None, (128, 256), (256, 256), (256, 256), None]
VGG += [(256, 512), (512, 512), (512, 512), None, (512, 512), (512, 512), (512, 512), None]
VGG_FULL = [(25088, 4096), (4096, 4096), (4096, 1000)]


def vgg() -> tuple[Array, list[Any], list[tuple[Array, Array]]]:
    """One image, kernels and biases with None for a pooling, and the full layers."""
    kernels = [
        c and (normal(40 + i, (c[1], c[0], 3, 3), (2 / (c[0] * 9)) ** 0.5), np.zeros(c[1], np.float32))
        for i, c in enumerate(VGG)
    ]
    full = [
        (normal(60 + i, s, (2 / s[0]) ** 0.5), np.zeros(s[1], np.float32)) for i, s in enumerate(VGG_FULL)
    ]
    return normal(8, (1, 3, 224, 224)), kernels, full


def rnn(T: int, gates: int) -> dict[str, Array]:
    """A sequence (T, 30, 1), its targets, and weights with the gates side by side."""
    H = 100
    return {
        "xs": normal(9, (T, 30, 1)),
        "ts": normal(91, (T, 30, 1)),
        "Wx": normal(92, (1, gates * H)),
        "b": np.zeros(gates * H, np.float32),
        "Wh": normal(93, (H, gates * H), 0.1),
        "Wo": normal(94, (H, 1), 0.1),
        "bo": np.zeros(1, np.float32),
    }


def gather(rows: int, n: int) -> tuple[Array, Array, Array]:
    """A table of 64 columns, row numbers with repeats, and the gradient of the picked rows."""
    return normal(11, (rows, 64)), labels(12, n, rows // 4), normal(13, (n, 64))


def goldstein(x: Any, y: Any) -> Any:
    a = 1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2)
    b = 30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2)
    return a * b


def rosenbrock(x0: Any, x1: Any) -> Any:
    return 100 * (x1 - x0**2) ** 2 + (x0 - 1) ** 2
