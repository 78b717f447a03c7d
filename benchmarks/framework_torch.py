"""PyTorch (CPU) in the framework benchmark, written as its users would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import framework_cases as data
import numpy as np
from framework_floor import checksum

Step = Callable[[], float]
F32 = np.float32


def put_gates(torch: Any, layer: Any, d: dict[str, Any], order: list[int]) -> None:
    """Give `torch.nn.RNN` or `torch.nn.LSTM` our weights; order: where our gates stand among PyTorch's."""

    def packed(W: Any) -> Any:
        return torch.tensor(np.concatenate([np.split(W, len(order), -1)[i].T for i in order]))

    with torch.no_grad():
        layer.weight_ih_l0.copy_(packed(d["Wx"]))
        layer.weight_hh_l0.copy_(packed(d["Wh"]))
        layer.bias_ih_l0.zero_()
        layer.bias_hh_l0.zero_()


class Adapter:
    name = "torch"

    def __init__(self) -> None:
        import torch

        torch.set_num_threads(1)
        self.torch: Any = torch
        self.F: Any = torch.nn.functional
        self.version = torch.__version__

    def leaves(self, *arrays: Any) -> Any:
        return [self.torch.tensor(a, requires_grad=True) for a in arrays]

    def chain(self, n: int, shape: tuple[int, ...]) -> Step:
        x, a, b = self.leaves(np.ones(shape, F32), np.full(shape, 0.9999, F32), np.full(shape, 1e-4, F32))

        def step() -> float:
            x.grad = a.grad = b.grad = None
            y = x
            for _ in range(n // 2):
                y = y * a
                y = y + b
            y.backward(self.torch.ones_like(y))
            return float(a.grad.sum())

        return step

    def wide(self, n: int) -> Step:
        (x,) = self.leaves(np.ones(1, F32))
        cs = self.leaves(*[np.full(1, i % 7, F32) for i in range(n)])

        def step() -> float:
            x.grad = None
            for c in cs:
                c.grad = None
            s = self.torch.zeros(1)
            for c in cs:
                s = s + x * c
            s.backward()
            return float(x.grad[0])

        return step

    def goldstein(self) -> Step:
        def step() -> float:
            x, y = self.leaves(np.array(1.0), np.array(1.0))
            z = data.goldstein(x, y)
            z.backward()
            return float(z) + float(x.grad) + 2 * float(y.grad)

        return step

    def rosenbrock(self, steps: int) -> Step:
        def step() -> float:
            x0, x1 = self.leaves(np.array(0.0), np.array(2.0))
            for _ in range(steps):
                y = data.rosenbrock(x0, x1)
                x0.grad = x1.grad = None
                y.backward()
                with self.torch.no_grad():
                    x0 -= 0.001 * x0.grad
                    x1 -= 0.001 * x1.grad
            return float(x0 + x1)

        return step

    def newton(self, steps: int) -> Step:
        def step() -> float:
            (x,) = self.leaves(np.array(2.0))
            for _ in range(steps):
                y = x**4 - 2 * x**2
                (gx,) = self.torch.autograd.grad(y, x, create_graph=True)
                (g2,) = self.torch.autograd.grad(gx, x)
                with self.torch.no_grad():
                    x -= gx / g2
            return float(x)

        return step

    def tanh_derivative(self, n: int) -> Step:
        def step() -> float:
            (x,) = self.leaves(np.linspace(-2, 2, 200))
            y = self.torch.tanh(x)
            for _ in range(n):
                (y,) = self.torch.autograd.grad(y.sum(), x, create_graph=True)
            return float(y.abs().sum())

        return step

    tanh_taylor = tanh_derivative

    def train(self, forward: Callable[[], Any], params: list[Any], adam: bool = False) -> Step:
        optim = self.torch.optim
        optimizer = optim.Adam(params, 1e-4) if adam else optim.SGD(params, 0.01)

        def step() -> float:
            loss = forward()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            return float(loss)

        return step

    def mlp(self, batch: int, adam: bool) -> Step:
        x, t, Ws, bs = data.mlp(batch)
        x, t, F = self.torch.tensor(x), self.torch.tensor(t), self.F
        Ws, bs = self.leaves(*[np.ascontiguousarray(W.T) for W in Ws]), self.leaves(*bs)

        def forward() -> Any:
            h = F.relu(F.linear(x, Ws[0], bs[0]))
            h = F.relu(F.linear(h, Ws[1], bs[1]))
            return F.cross_entropy(F.linear(h, Ws[2], bs[2]), t)

        return self.train(forward, Ws + bs, adam)

    def conv(self, N: int, C: int, H: int, OC: int) -> Step:
        *arrays, gy = data.conv(N, C, H, OC)
        x, W, b = self.leaves(*arrays)
        gy = self.torch.tensor(gy)

        def step() -> float:
            x.grad = W.grad = b.grad = None
            y = self.F.conv2d(x, W, b, padding=1)
            y.backward(gy)
            return float(sum(a.abs().sum() for a in (W.grad, x.grad, b.grad, y.detach())))

        return step

    def lenet(self, batch: int) -> Step:
        x, t, kernels, full = data.lenet(batch)
        x, t, F = self.torch.tensor(x), self.torch.tensor(t), self.F
        convs = [self.leaves(W, b) for W, b in kernels]
        linears = [self.leaves(np.ascontiguousarray(W.T), b) for W, b in full]

        def forward() -> Any:
            h = F.max_pool2d(F.relu(F.conv2d(x, *convs[0], padding=2)), 2, 2)
            h = F.max_pool2d(F.relu(F.conv2d(h, *convs[1])), 2, 2)
            h = F.relu(F.linear(h.reshape(batch, -1), *linears[0]))
            h = F.relu(F.linear(h, *linears[1]))
            return F.cross_entropy(F.linear(h, *linears[2]), t)

        return self.train(forward, [p for pair in convs + linears for p in pair])

    def pool(self, N: int, k: int, s: int) -> Step:
        (x,) = self.leaves(data.normal(16, (N, 32, 32, 32)))
        gy = self.torch.tensor(data.normal(17, (N, 32, (32 - k) // s + 1, (32 - k) // s + 1)))

        def step() -> float:
            x.grad = None
            y = self.F.max_pool2d(x, k, s)
            y.backward(gy)
            return checksum(y.detach().numpy()) + checksum(x.grad.numpy())

        return step

    def vgg(self) -> Step:
        x, kernels, full = data.vgg()
        torch, F = self.torch, self.F
        x = torch.tensor(x)
        convs = [pair and (torch.tensor(pair[0]), torch.tensor(pair[1])) for pair in kernels]
        linears = [(torch.tensor(np.ascontiguousarray(W.T)), torch.tensor(b)) for W, b in full]

        def step() -> float:
            with torch.no_grad():
                h = x
                for pair in convs:
                    h = F.relu(F.conv2d(h, *pair, padding=1)) if pair else F.max_pool2d(h, 2, 2)
                h = F.relu(F.linear(h.reshape(1, -1), *linears[0]))
                h = F.relu(F.linear(h, *linears[1]))
                return checksum(F.linear(h, *linears[2]).numpy())

        return step

    def rnn(self, T: int) -> Step:
        xs, ts, *params = data.rnn(T, 1).values()
        xs, ts = self.torch.tensor(xs), self.torch.tensor(ts)
        params = self.leaves(*params)
        Wx, b, Wh, Wo, bo = params

        def step() -> float:
            for p in params:
                p.grad = None
            h = self.torch.zeros(30, 100)
            loss: Any = 0
            for x, t in zip(xs, ts, strict=True):
                h = self.torch.tanh(x @ Wx + b + h @ Wh)
                loss = loss + ((h @ Wo + bo - t) ** 2).sum() / 30
            loss.backward()
            return float(loss.detach()) + checksum(Wh.grad.numpy())

        return step

    def lstm(self, T: int) -> Step:
        """Packed gates in the cell, as PyTorch's own cell has them."""
        xs, ts, *params = data.rnn(T, 4).values()
        xs, ts = self.torch.tensor(xs), self.torch.tensor(ts)
        params = self.leaves(*params)
        Wx, b, Wh, Wo, bo = params

        def step() -> float:
            for p in params:
                p.grad = None
            h = c = self.torch.zeros(30, 100)
            loss: Any = 0
            for x, t in zip(xs, ts, strict=True):
                f, i, o, u = (x @ Wx + b + h @ Wh).chunk(4, 1)
                c = self.torch.sigmoid(f) * c + self.torch.sigmoid(i) * self.torch.tanh(u)
                h = self.torch.sigmoid(o) * self.torch.tanh(c)
                loss = loss + ((h @ Wo + bo - t) ** 2).sum() / 30
            loss.backward()
            gWh = np.split(Wh.grad.numpy(), 4, -1)
            return float(loss.detach()) + sum(checksum(np.ascontiguousarray(g)) for g in gWh)

        return step

    def window(self, cls: Any, d: dict[str, Any], order: list[int]) -> Step:
        """`torch.nn.RNN` or `torch.nn.LSTM`; order: where our gates stand among PyTorch's."""
        torch = self.torch
        xs, ts = torch.tensor(d["xs"]), torch.tensor(d["ts"])
        layer, gates = cls(1, 100), len(order)
        Wo, bo = self.leaves(d["Wo"], d["bo"])

        put_gates(torch, layer, d, order)

        def step() -> float:
            layer.zero_grad()
            Wo.grad = bo.grad = None
            hs, _ = layer(xs)
            loss = ((hs @ Wo + bo - ts) ** 2).sum() / 30
            loss.backward()
            gWh = np.split(layer.weight_hh_l0.grad.numpy().T, gates, -1)
            return float(loss.detach()) + sum(checksum(np.ascontiguousarray(g)) for g in gWh)

        return step

    def rnn_window(self, T: int) -> Step:
        return self.window(self.torch.nn.RNN, data.rnn(T, 1), [0])

    def lstm_window(self, T: int) -> Step:
        return self.window(self.torch.nn.LSTM, data.rnn(T, 4), [1, 0, 3, 2])

    rnn_window_or_steps, lstm_window_or_steps = rnn, lstm  # cells, where ours has a window

    def elementwise(self, n: int) -> Step:
        (x,) = self.leaves(data.normal(18, (n,)))
        torch = self.torch

        def step() -> float:
            x.grad = None
            y = (torch.exp(-x * x) * torch.sin(3 * x) + 0.5 * x).sum()
            y.backward()
            return float(y) + checksum(x.grad.numpy())

        return step

    def broadcast(self, n: int) -> Step:
        x, row, column = self.leaves(data.normal(1, (n, n)), data.normal(2, (n,)), data.normal(3, (n, 1)))

        def step() -> float:
            x.grad = row.grad = column.grad = None
            y = x * row + column
            y.backward(y.detach() * 2)
            return sum(checksum(p.grad.numpy()) for p in (row, column, x))

        return step

    def gather(self, rows: int, n: int) -> Step:
        table, ids, gy = data.gather(rows, n)
        (x,) = self.leaves(table)
        ids, gy = self.torch.tensor(ids), self.torch.tensor(gy)

        def step() -> float:
            x.grad = None
            x[ids].backward(gy)
            return checksum(x.grad.numpy())

        return step

    def slice_gradient(self, rows: int) -> Step:
        half = rows // 2
        (x,) = self.leaves(data.normal(11, (rows, 64)))
        gy = self.torch.tensor(data.normal(13, (half, 32)))

        def step() -> float:
            x.grad = None
            x[100 : 100 + half, 8:40].backward(gy)
            return checksum(x.grad.numpy())

        return step

    def xent(self, N: int, C: int) -> Step:
        (x,) = self.leaves(data.normal(14, (N, C)))
        t = self.torch.tensor(data.labels(15, N, C))

        def step() -> float:
            x.grad = None
            loss = self.F.cross_entropy(x, t)
            loss.backward()
            return float(loss) + checksum(x.grad.numpy())

        return step
