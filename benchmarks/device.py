"""How fast is the framework on a GPU? Ours on CuPy and PyTorch eager on CUDA, side by side in one process.

    python benchmarks/device.py              needs CuPy, PyTorch and a device
    python benchmarks/device.py --cpu        the same programs on NumPy and PyTorch's CPU
    python benchmarks/device.py --short      tiny sizes, one round: does everything run and agree?

Wall clock from an idle device until it is idle again, in turn, round after round; a cell is the median in milliseconds.
Matrix products are float32 on both sides: PyTorch's TF32 is switched off, and CuPy's is off unless CUPY_TF32 is set.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import framework_cases as data  # noqa: E402
from framework_torch import put_gates  # noqa: E402

import dezero_lab as dezero  # noqa: E402
import dezero_lab.functions as F  # noqa: E402
import dezero_lab.layers as L  # noqa: E402
from dezero_lab import cuda, optimizers  # noqa: E402

Step = Callable[[], Any]  # what it returns can be turned into a float, which waits for the device


class Ours:
    def __init__(self, gpu: bool) -> None:
        self.put: Any = cuda.as_cupy if gpu else np.asarray
        self.wait: Callable[[], Any] = cuda.cupy.cuda.Device().synchronize if gpu else lambda: None

    def variable(self, array: Any) -> Any:
        return dezero.Variable(self.put(array))

    def product(self, n: int) -> Step:
        A, B = self.variable(data.normal(1, (n, n))), self.variable(data.normal(2, (n, n)))

        def step() -> Any:
            A.cleargrad()
            B.cleargrad()
            y = F.sum(F.matmul(A, B))
            y.backward()
            return y.data

        return step

    def mlp(self, batch: int, width: int) -> Step:
        x, t, sizes = (
            self.put(data.normal(1, (batch, 784))),
            self.put(data.labels(2, batch, 10)),
            (width, width, 10),
        )
        model = dezero.models.Sequential(
            *[layer for n in sizes for layer in (L.Linear(n, in_size=None), F.relu)][:-1]
        )
        model(data.normal(1, (1, 784)))
        for k, p in enumerate(model.params()):
            p.data = self.put(data.normal(10 + k, p.shape, p.shape[0] ** -0.5 if p.ndim == 2 else 0.0))
        optimizer = optimizers.Adam(1e-4).setup(model)

        def step() -> Any:
            loss = F.softmax_cross_entropy(model(x), t)
            model.cleargrads()
            loss.backward()
            optimizer.update()
            return loss.data

        return step

    def elementwise(self, n: int) -> Step:
        x = self.variable(data.normal(18, (n,)))

        def step() -> Any:
            x.cleargrad()
            y = F.sum(F.exp(-x * x) * F.sin(3 * x) + 0.5 * x)
            y.backward()
            return y.data

        return step

    def conv(self, N: int, C: int, H: int) -> Step:
        x, W, b = (self.variable(a) for a in data.conv(N, C, H, C)[:3])

        def step() -> Any:
            for p in (x, W, b):
                p.cleargrad()
            y = F.sum(F.relu(F.conv2d(x, W, b, 1, 1)))
            y.backward()
            return y.data

        return step

    def lstm(self, T: int) -> Step:
        d = data.rnn(T, 4)
        layer, xs = L.LSTM(100, in_size=1), self.put(d["xs"])
        for k, name in enumerate("fiou"):
            x2, h2 = getattr(layer, f"x2{name}"), getattr(layer, f"h2{name}")
            part = slice(100 * k, 100 * (k + 1))
            x2.W.data, x2.b.data, h2.W.data = (self.put(d[key][..., part]) for key in ("Wx", "b", "Wh"))

        def step() -> Any:
            layer.cleargrads()
            layer.reset_state()
            y = F.sum(layer.window(xs))
            y.backward()
            return y.data

        return step


class Torch:
    def __init__(self, gpu: bool) -> None:
        import torch

        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
        self.torch: Any = torch
        self.device = "cuda" if gpu else "cpu"
        self.wait: Callable[[], Any] = torch.cuda.synchronize if gpu else lambda: None

    def leaf(self, array: Any) -> Any:
        return self.torch.tensor(array, device=self.device, requires_grad=True)

    def product(self, n: int) -> Step:
        A, B = self.leaf(data.normal(1, (n, n))), self.leaf(data.normal(2, (n, n)))

        def step() -> Any:
            A.grad = B.grad = None
            y = (A @ B).sum()
            y.backward()
            return y.detach()

        return step

    def mlp(self, batch: int, width: int) -> Step:
        torch, shapes = self.torch, [(784, width), (width,), (width, width), (width,), (width, 10), (10,)]
        x = torch.tensor(data.normal(1, (batch, 784)), device=self.device)
        t = torch.tensor(data.labels(2, batch, 10), device=self.device)
        params = [
            self.leaf(data.normal(10 + k, s, s[0] ** -0.5 if len(s) == 2 else 0.0))
            for k, s in enumerate(shapes)
        ]
        optimizer = torch.optim.Adam(params, 1e-4)

        def step() -> Any:
            h = x
            for k in (0, 2, 4):
                h = h @ params[k] + params[k + 1]
                h = torch.relu(h) if k < 4 else h
            loss = torch.nn.functional.cross_entropy(h, t)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            return loss.detach()

        return step

    def elementwise(self, n: int) -> Step:
        x, torch = self.leaf(data.normal(18, (n,))), self.torch

        def step() -> Any:
            x.grad = None
            y = (torch.exp(-x * x) * torch.sin(3 * x) + 0.5 * x).sum()
            y.backward()
            return y.detach()

        return step

    def conv(self, N: int, C: int, H: int) -> Step:
        x, W, b = (self.leaf(a) for a in data.conv(N, C, H, C)[:3])

        def step() -> Any:
            x.grad = W.grad = b.grad = None
            y = self.torch.relu(self.torch.nn.functional.conv2d(x, W, b, padding=1)).sum()
            y.backward()
            return y.detach()

        return step

    def lstm(self, T: int) -> Step:
        torch, d = self.torch, data.rnn(T, 4)
        layer, xs = torch.nn.LSTM(1, 100).to(self.device), torch.tensor(d["xs"], device=self.device)

        put_gates(torch, layer, d, [1, 0, 3, 2])  # ours are forget, input, output, update

        def step() -> Any:
            layer.zero_grad()
            y = layer(xs)[0].sum()
            y.backward()
            return y.detach()

        return step


CASES: list[tuple[str, str, dict[str, int], dict[str, int]]] = [
    ("matrix product 2048, forward and back", "product", {"n": 2048}, {"n": 32}),
    (
        "MLP 784-1000-1000-10, batch 100, Adam",
        "mlp",
        {"batch": 100, "width": 1000},
        {"batch": 4, "width": 16},
    ),
    (
        "MLP 784-4096-4096-10, batch 4096, Adam",
        "mlp",
        {"batch": 4096, "width": 4096},
        {"batch": 4, "width": 16},
    ),
    ("element-wise chain, 1e7 numbers", "elementwise", {"n": 10_000_000}, {"n": 1000}),
    ("convolution 3x3, 32 x 64 x 56 x 56", "conv", {"N": 32, "C": 64, "H": 56}, {"N": 2, "C": 4, "H": 8}),
    ("LSTM, 100 steps in one window", "lstm", {"T": 100}, {"T": 5}),
]


def measure(
    sides: list[Any], method: str, sizes: dict[str, int], rounds: int
) -> tuple[list[float], list[float]]:
    """Median seconds of each side, and what each side's first step returned."""
    steps = [getattr(side, method)(**sizes) for side in sides]
    values = [float(step()) for step in steps]
    times: list[list[float]] = [[] for _ in sides]
    for _ in range(rounds):
        for side, step, taken in zip(sides, steps, times, strict=True):
            side.wait()
            start = time.perf_counter()
            step()
            side.wait()
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken) for taken in times], values


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cpu", action="store_true", help="NumPy and PyTorch's CPU in place of the GPU")
    parser.add_argument("--short", action="store_true", help="tiny sizes, one round")
    parser.add_argument("--rounds", type=int, default=30)
    options = parser.parse_args(arguments)
    if not options.cpu and not cuda.gpu_enable:
        print("no device: CuPy is not installed or finds none; --cpu runs the same programs without it")
        return 1
    try:
        sides = [Ours(not options.cpu), Torch(not options.cpu)]
    except ImportError:
        print("PyTorch is not installed here; try the interpreter in benchmarks/.venv")
        return 1
    wrong = 0
    print(f"{'wall-clock milliseconds':44}{'ours':>10}{'torch':>10}{'ratio':>8}")
    for title, method, sizes, short in CASES:
        rounds = 1 if options.short else options.rounds
        (ours, torch), values = measure(sides, method, short if options.short else sizes, rounds)
        print(f"{title:44}{ours * 1e3:10.3f}{torch * 1e3:10.3f}{ours / torch:8.2f}", flush=True)
        if abs(values[0] - values[1]) > 2e-3 * max(abs(values[1]), 1.0):
            wrong += 1
            print(f"    disagree: {values[0]:.6g} and {values[1]:.6g}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
