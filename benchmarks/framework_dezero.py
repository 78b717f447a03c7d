"""dezero_lab and the official DeZero in the framework benchmark: the same programs, since they have the same names."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import framework_cases as data
import numpy as np
from framework_floor import checksum

Step = Callable[[], float]
F32 = np.float32


class Adapter:
    def __init__(self, package: str) -> None:
        self.name = package
        if package == "dezero":
            np.int = int  # type: ignore[attr-defined]  # its data sets use the name that NumPy 2 took away
        self.dz: Any = importlib.import_module(package)
        self.F: Any = importlib.import_module(f"{package}.functions")
        self.L: Any = importlib.import_module(f"{package}.layers")
        self.optimizers: Any = importlib.import_module(f"{package}.optimizers")
        from importlib.metadata import PackageNotFoundError, version

        try:
            self.version = version(package.replace("_", "-"))
        except PackageNotFoundError:
            self.version = getattr(self.dz, "__version__", "?")

    def variables(self, *arrays: Any) -> list[Any]:
        return [self.dz.Variable(a) for a in arrays]

    def chain(self, n: int, shape: tuple[int, ...]) -> Step:
        x, a, b = self.variables(np.ones(shape, F32), np.full(shape, 0.9999, F32), np.full(shape, 1e-4, F32))

        def step() -> float:
            for p in (x, a, b):
                p.cleargrad()
            y = x
            for _ in range(n // 2):
                y = y * a
                y = y + b
            y.backward()
            return float(np.sum(a.grad.data))

        return step

    def wide(self, n: int) -> Step:
        (x,) = self.variables(np.ones(1, F32))
        cs = self.variables(*[np.full(1, i % 7, F32) for i in range(n)])

        def step() -> float:
            x.cleargrad()
            for c in cs:
                c.cleargrad()
            (s,) = self.variables(np.zeros(1, F32))
            for c in cs:
                s = s + x * c
            s.backward()
            return float(x.grad.data[0])

        return step

    def goldstein(self) -> Step:
        def step() -> float:
            x, y = self.variables(np.array(1.0), np.array(1.0))
            z = data.goldstein(x, y)
            z.backward()
            return float(z.data) + float(x.grad.data) + 2 * float(y.grad.data)

        return step

    def rosenbrock(self, steps: int) -> Step:
        def step() -> float:
            x0, x1 = self.variables(np.array(0.0), np.array(2.0))
            for _ in range(steps):
                y = data.rosenbrock(x0, x1)
                x0.cleargrad()
                x1.cleargrad()
                y.backward()
                x0.data = x0.data - 0.001 * x0.grad.data
                x1.data = x1.data - 0.001 * x1.grad.data
            return float(x0.data + x1.data)

        return step

    def newton(self, steps: int) -> Step:
        def step() -> float:
            (x,) = self.variables(np.array(2.0))
            for _ in range(steps):
                y = x**4 - 2 * x**2
                x.cleargrad()
                y.backward(create_graph=True)
                gx = x.grad
                x.cleargrad()
                gx.backward()
                x.data = x.data - gx.data / x.grad.data
            return float(x.data)

        return step

    def tanh_derivative(self, n: int) -> Step:
        def step() -> float:
            (x,) = self.variables(np.linspace(-2, 2, 200))
            y = self.F.tanh(x)
            y.backward(create_graph=True)
            for _ in range(n - 1):
                gx = x.grad
                x.cleargrad()
                gx.backward(create_graph=True)
            return float(np.abs(x.grad.data).sum())

        return step

    def tanh_taylor(self, n: int) -> Step:
        derivatives = importlib.import_module(f"{self.name}.derivatives")
        x = np.linspace(-2, 2, 200)
        return lambda: float(np.abs(np.asarray(derivatives.taylor(self.F.tanh, x, n)[n])).sum())

    def layer(self, cls: Any, W: Any, b: Any, **options: Any) -> Any:
        layer = cls(W.shape[1] if W.ndim == 2 else W.shape[0], **options)
        layer.W.data = W.copy()
        layer.b.data = b.copy()
        return layer

    def train(self, forward: Callable[[], Any], layers: list[Any], adam: bool = False) -> Step:
        model = self.L.Layer()
        for i, layer in enumerate(layers):
            setattr(model, f"l{i}", layer)
        optimizer = self.optimizers.Adam(1e-4) if adam else self.optimizers.SGD(0.01)
        optimizer.setup(model)

        def step() -> float:
            loss = forward()
            model.cleargrads()
            loss.backward()
            optimizer.update()
            return float(loss.data)

        return step

    def mlp(self, batch: int, adam: bool) -> Step:
        x, t, Ws, bs = data.mlp(batch)
        F, layers = self.F, [self.layer(self.L.Linear, W, b) for W, b in zip(Ws, bs, strict=True)]

        def forward() -> Any:
            h = F.relu(layers[0](x))
            h = F.relu(layers[1](h))
            return F.softmax_cross_entropy(layers[2](h), t)

        return self.train(forward, layers, adam)

    def conv(self, N: int, C: int, H: int, OC: int) -> Step:
        *arrays, gy = data.conv(N, C, H, OC)
        x, W, b = self.variables(*arrays)
        gy = self.dz.Variable(gy)

        def step() -> float:
            for p in (x, W, b):
                p.cleargrad()
            y = self.F.conv2d(x, W, b, 1, 1)
            y.grad = gy
            y.backward()
            return float(sum(abs(a).sum() for a in (W.grad.data, x.grad.data, b.grad.data, y.data)))

        return step

    def lenet(self, batch: int) -> Step:
        x, t, kernels, full = data.lenet(batch)
        F = self.F
        convs = [
            self.layer(self.L.Conv2d, W, b, kernel_size=5, stride=1, pad=2 if i == 0 else 0)
            for i, (W, b) in enumerate(kernels)
        ]
        linears = [self.layer(self.L.Linear, W, b) for W, b in full]

        def forward() -> Any:
            h = F.pooling(F.relu(convs[0](x)), 2, 2)
            h = F.pooling(F.relu(convs[1](h)), 2, 2)
            h = F.reshape(h, (batch, -1))
            h = F.relu(linears[0](h))
            h = F.relu(linears[1](h))
            return F.softmax_cross_entropy(linears[2](h), t)

        return self.train(forward, convs + linears)

    def pool(self, N: int, k: int, s: int) -> Step:
        (x,) = self.variables(data.normal(16, (N, 32, 32, 32)))
        (gy,) = self.variables(data.normal(17, (N, 32, (32 - k) // s + 1, (32 - k) // s + 1)))

        def step() -> float:
            x.cleargrad()
            y = self.F.pooling(x, k, s)
            y.grad = gy
            y.backward()
            return checksum(y.data) + checksum(x.grad.data)

        return step

    def vgg(self) -> Step:
        x, kernels, full = data.vgg()
        F = self.F
        convs = [
            pair and self.layer(self.L.Conv2d, *pair, kernel_size=3, stride=1, pad=1) for pair in kernels
        ]
        linears = [self.layer(self.L.Linear, W, b) for W, b in full]

        def step() -> float:
            with self.dz.no_grad():
                (h,) = self.variables(x)
                for conv in convs:
                    h = F.relu(conv(h)) if conv else F.pooling(h, 2, 2)
                h = F.reshape(h, (1, -1))
                h = F.relu(linears[0](h))
                h = F.relu(linears[1](h))
                return checksum(linears[2](h).data)

        return step

    def recurrent(self, layer: Any, d: dict[str, Any], recurrent: list[Any], window: bool = False) -> Step:
        """`layer` by steps, or over a whole window, with a linear layer and the squared error behind it."""
        xs, ts = self.variables(*d["xs"]), self.variables(*d["ts"])
        out = self.layer(self.L.Linear, d["Wo"], d["bo"])

        def step() -> float:
            layer.cleargrads()
            out.cleargrads()
            layer.reset_state()
            if window:
                T, N, _ = d["ts"].shape
                hs = layer.window(d["xs"])
                y = out(self.F.reshape(hs, (T * N, -1)))
                loss = self.F.mean_squared_error(y, d["ts"].reshape(T * N, 1)) * T
            else:
                loss = 0
                for x, t in zip(xs, ts, strict=True):
                    loss = loss + self.F.mean_squared_error(out(layer(x)), t)
            loss.backward()
            return float(loss.data) + sum(checksum(p.grad.data) for p in recurrent)

        return step

    def rnn(self, T: int, window: bool = False) -> Step:
        d = data.rnn(T, 1)
        layer = self.L.RNN(100, in_size=1)
        layer.x2h.W.data, layer.x2h.b.data, layer.h2h.W.data = d["Wx"], d["b"], d["Wh"]
        return self.recurrent(layer, d, [layer.h2h.W], window)

    def lstm(self, T: int, window: bool = False) -> Step:
        d = data.rnn(T, 4)
        layer = self.L.LSTM(100, in_size=1)
        recurrent = []
        for name, Wx, b, Wh in zip("fiou", *(np.split(d[k], 4, -1) for k in ("Wx", "b", "Wh")), strict=True):
            x2, h2 = getattr(layer, f"x2{name}"), getattr(layer, f"h2{name}")
            x2.W.data, x2.b.data, h2.W.data = Wx.copy(), b.copy(), Wh.copy()
            recurrent.append(h2.W)
        return self.recurrent(layer, d, recurrent, window)

    def rnn_window(self, T: int) -> Step:
        return self.rnn(T, window=self.name != "dezero")

    def lstm_window(self, T: int) -> Step:
        return self.lstm(T, window=self.name != "dezero")

    rnn_window_or_steps, lstm_window_or_steps = rnn_window, lstm_window

    def elementwise(self, n: int) -> Step:
        (x,) = self.variables(data.normal(18, (n,)))
        F = self.F

        def step() -> float:
            x.cleargrad()
            y = F.sum(F.exp(-x * x) * F.sin(3 * x) + 0.5 * x)
            y.backward()
            return float(y.data) + checksum(x.grad.data)

        return step

    def broadcast(self, n: int) -> Step:
        x, row, column = self.variables(data.normal(1, (n, n)), data.normal(2, (n,)), data.normal(3, (n, 1)))

        def step() -> float:
            for p in (x, row, column):
                p.cleargrad()
            y = x * row + column
            y.grad = self.dz.Variable(y.data * 2)
            y.backward()
            return checksum(row.grad.data) + checksum(column.grad.data) + checksum(x.grad.data)

        return step

    def gather(self, rows: int, n: int) -> Step:
        table, ids, gy = data.gather(rows, n)
        x, gy = self.variables(table, gy)

        def step() -> float:
            x.cleargrad()
            y = x[ids]
            y.grad = gy
            y.backward()
            return checksum(x.grad.data)

        return step

    def slice_gradient(self, rows: int) -> Step:
        half = rows // 2
        x, gy = self.variables(data.normal(11, (rows, 64)), data.normal(13, (half, 32)))

        def step() -> float:
            x.cleargrad()
            y = x[100 : 100 + half, 8:40]
            y.grad = gy
            y.backward()
            return checksum(x.grad.data)

        return step

    def xent(self, N: int, C: int) -> Step:
        if self.name == "dezero" and C > 20_000:
            raise NotImplementedError(f"its one-hot table would need {8 * C * C / 1e9:.0f} GB")
        (x,), t = self.variables(data.normal(14, (N, C))), data.labels(15, N, C)

        def step() -> float:
            x.cleargrad()
            loss = self.F.softmax_cross_entropy(x, t)
            loss.backward()
            return float(loss.data) + checksum(x.grad.data)

        return step
