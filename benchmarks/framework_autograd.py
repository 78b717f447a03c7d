"""autograd in the framework benchmark: plain functions, differentiated by `grad`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import framework_cases as data
import numpy as np
from framework_floor import checksum

Step = Callable[[], float]
F32 = np.float32


class Adapter:
    name = "autograd"

    def __init__(self) -> None:
        import autograd
        import autograd.numpy as anp

        self.grad: Any = autograd.grad
        self.value_and_grad: Any = autograd.value_and_grad
        self.elementwise_grad: Any = autograd.elementwise_grad
        self.np: Any = anp
        from importlib.metadata import version

        self.version = version("autograd")

    def chain(self, n: int, shape: tuple[int, ...]) -> Step:
        args = np.ones(shape, F32), np.full(shape, 0.9999, F32), np.full(shape, 1e-4, F32)

        def f(args: Any) -> Any:
            x, a, b = args
            y = x
            for _ in range(n // 2):
                y = y * a
                y = y + b
            return self.np.sum(y)

        return lambda: float(np.sum(self.grad(f)(args)[1]))

    def wide(self, n: int) -> Step:
        cs = [np.full(1, i % 7, F32) for i in range(n)]

        def f(x: Any) -> Any:
            s = np.zeros(1, F32)
            for c in cs:
                s = s + x * c
            return s[0]

        g = self.grad(f)  # of x only: with 5,001 arguments its time grows with the square
        return lambda: float(g(np.ones(1, F32))[0])

    def goldstein(self) -> Step:
        def f(p: Any) -> Any:
            return data.goldstein(p[0], p[1])

        g = self.value_and_grad(f)

        def step() -> float:
            z, (gx, gy) = g((1.0, 1.0))
            return float(z + gx + 2 * gy)

        return step

    def rosenbrock(self, steps: int) -> Step:
        g = self.grad(lambda p: data.rosenbrock(p[0], p[1]))

        def step() -> float:
            x0, x1 = 0.0, 2.0
            for _ in range(steps):
                g0, g1 = g((x0, x1))
                x0, x1 = x0 - 0.001 * g0, x1 - 0.001 * g1
            return float(x0 + x1)

        return step

    def newton(self, steps: int) -> Step:
        g = self.grad(lambda x: x**4 - 2 * x**2)
        h = self.grad(g)

        def step() -> float:
            x = 2.0
            for _ in range(steps):
                x = x - g(x) / h(x)
            return float(x)

        return step

    def tanh_derivative(self, n: int) -> Step:
        f = self.np.tanh
        for _ in range(n):
            f = self.elementwise_grad(f)
        x = np.linspace(-2, 2, 200)
        return lambda: float(np.abs(f(x)).sum())

    def mlp(self, batch: int, adam: bool) -> Step:
        if adam:
            raise NotImplementedError("its Adam works on one flat vector")
        x, t, Ws, bs = data.mlp(batch)
        params, anp = [p for pair in zip(Ws, bs, strict=True) for p in pair], self.np

        def loss(params: Any) -> Any:
            h = x
            for i in range(3):
                h = anp.dot(h, params[2 * i]) + params[2 * i + 1]
                h = anp.maximum(h, 0) if i < 2 else h
            h = h - anp.max(h, axis=1, keepdims=True)
            h = h - anp.log(anp.sum(anp.exp(h), axis=1, keepdims=True))
            return -anp.mean(h[np.arange(batch), t])

        g = self.value_and_grad(loss)

        def step() -> float:
            value, grads = g(params)
            for p, gp in zip(params, grads, strict=True):
                p -= F32(0.01) * gp
            return float(value)

        return step

    def elementwise(self, n: int) -> Step:
        x, anp = data.normal(18, (n,)), self.np
        g = self.value_and_grad(lambda x: anp.sum(anp.exp(-x * x) * anp.sin(3 * x) + 0.5 * x))

        def step() -> float:
            y, gx = g(x)
            return float(y) + checksum(gx)

        return step

    def gather(self, rows: int, n: int) -> Step:
        x, ids, gy = data.gather(rows, n)
        g = self.grad(lambda x: self.np.sum(x[ids] * gy))
        return lambda: checksum(g(x))

    def slice_gradient(self, rows: int) -> Step:
        half = rows // 2
        x, gy = data.normal(11, (rows, 64)), data.normal(13, (half, 32))
        g = self.grad(lambda x: self.np.sum(x[100 : 100 + half, 8:40] * gy))
        return lambda: checksum(g(x))

    def xent(self, N: int, C: int) -> Step:
        x, t, anp = data.normal(14, (N, C)), data.labels(15, N, C), self.np

        def loss(x: Any) -> Any:
            h = x - anp.max(x, axis=1, keepdims=True)
            h = h - anp.log(anp.sum(anp.exp(h), axis=1, keepdims=True))
            return -anp.mean(h[np.arange(N), t])

        g = self.value_and_grad(loss)

        def step() -> float:
            value, gx = g(x)
            return float(value) + checksum(gx)

        return step
