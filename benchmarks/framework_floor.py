"""The floor of the framework benchmark: the same arithmetic by hand in NumPy, plainly written, without a tape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import framework_cases as data
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

Step = Callable[[], float]
F32 = np.float32


class Adapter:
    name = "NumPy"

    def __init__(self) -> None:
        self.version = np.__version__

    def chain(self, n: int, shape: tuple[int, ...]) -> Step:
        x, a, b = np.ones(shape, F32), np.full(shape, 0.9999, F32), np.full(shape, 1e-4, F32)

        def step() -> float:
            y, kept = x, []
            for _ in range(n // 2):
                kept.append(y)
                y = y * a
                y = y + b
            g = np.ones_like(y)
            ga = gb = np.zeros_like(y)
            for y in reversed(kept):
                gb = gb + g
                ga = ga + g * y
                g = g * a
            return float(np.sum(ga))

        return step

    def wide(self, n: int) -> Step:
        x, cs = np.ones(1, F32), [np.full(1, i % 7, F32) for i in range(n)]

        def step() -> float:
            s = np.zeros(1, F32)
            for c in cs:
                s = s + x * c
            g, gx, gcs = np.ones(1, F32), np.zeros(1, F32), []
            for c in reversed(cs):
                gcs.append(g * x)
                gx = gx + g * c
            return float(gx[0])

        return step

    def goldstein(self) -> Step:
        def step() -> float:
            x, y = np.array([1.0]), np.array([1.0])  # arrays, not the much faster numbers
            s, d = x + y + 1, 2 * x - 3 * y
            p = 19 - 14 * x + 3 * x * x - 14 * y + 6 * x * y + 3 * y * y
            q = 18 - 32 * x + 12 * x * x + 48 * y - 36 * x * y + 27 * y * y
            a, b = 1 + s * s * p, 30 + d * d * q
            ax = 2 * s * p + s * s * (-14 + 6 * x + 6 * y)
            ay = 2 * s * p + s * s * (-14 + 6 * x + 6 * y)
            bx = 4 * d * q + d * d * (-32 + 24 * x - 36 * y)
            by = -6 * d * q + d * d * (48 - 36 * x + 54 * y)
            return float((a * b + (ax * b + a * bx) + 2 * (ay * b + a * by))[0])

        return step

    def rosenbrock(self, steps: int) -> Step:
        def step() -> float:
            x0, x1 = np.array([0.0]), np.array([2.0])
            for _ in range(steps):
                d, e = x1 - x0 * x0, x0 - 1
                _y = 100 * d * d + e * e
                g0, g1 = -400 * d * x0 + 2 * e, 200 * d
                x0, x1 = x0 - 0.001 * g0, x1 - 0.001 * g1
            return float(x0[0] + x1[0])

        return step

    def newton(self, steps: int) -> Step:
        def step() -> float:
            x = np.array([2.0])
            for _ in range(steps):
                _y = x**4 - 2 * x * x
                x = x - (4 * x**3 - 4 * x) / (12 * x * x - 4)
            return float(x[0])

        return step

    def tanh_derivative(self, n: int) -> Step:
        """Each derivative of tanh is a polynomial in y = tanh(x): p' (1 − y²)."""
        x = np.linspace(-2, 2, 200)

        def step() -> float:
            p, y = np.polynomial.Polynomial([0, 1]), np.tanh(x)
            for _ in range(n):
                p = p.deriv() * np.polynomial.Polynomial([1, 0, -1])
            return float(np.abs(p(y)).sum())

        return step

    tanh_taylor = tanh_derivative

    def mlp(self, batch: int, adam: bool) -> Step:
        x, t, Ws, bs = data.mlp(batch)
        params = [p for pair in zip(Ws, bs, strict=True) for p in pair]
        state = [(np.zeros_like(p), np.zeros_like(p)) for p in params]
        count = 0

        def step() -> float:
            nonlocal count
            count += 1
            h, kept = x, []
            for i, (W, b) in enumerate(zip(Ws, bs, strict=True)):
                kept.append(h)
                h = h @ W + b
                if i < 2:
                    h = np.maximum(h, 0)
            loss, g = _softmax_cross_entropy(h, t)
            grads = []
            for i in (2, 1, 0):
                grads[:0] = [kept[i].T @ g, g.sum(0)]
                if i:
                    g = (g @ Ws[i].T) * (kept[i] > 0)
            for p, g, (m, v) in zip(params, grads, state, strict=True):
                if adam:
                    m += F32(0.1) * (g - m)
                    v += F32(0.001) * (g * g - v)
                    rate = F32(1e-4 * (1 - 0.999**count) ** 0.5 / (1 - 0.9**count))
                    p -= rate * m / (np.sqrt(v) + F32(1e-8))
                else:
                    p -= F32(0.01) * g
            return loss

        return step

    def conv(self, N: int, C: int, H: int, OC: int) -> Step:
        x, W, b, gy = data.conv(N, C, H, OC)

        def step() -> float:
            y, col = _conv(x, W, b, 1)
            gx, gW, gb = _conv_gradients(gy, x.shape, W, col, 1)
            return float(abs(gW).sum() + abs(gx).sum() + abs(gb).sum() + abs(y).sum())

        return step

    def lenet(self, batch: int) -> Step:
        x, t, kernels, full = data.lenet(batch)

        def step() -> float:
            h, kept = x, []
            for i, (W, b) in enumerate(kernels):
                y, col = _conv(h, W, b, 2 if i == 0 else 0)
                a = np.maximum(y, 0)
                p, winners = _pool(a, 2, 2)
                kept.append((h, col, a, winners))
                h = p
            shape = h.shape
            h, inputs = h.reshape(batch, -1), []
            for i, (W, b) in enumerate(full):
                inputs.append(h)
                h = h @ W + b
                h = np.maximum(h, 0) if i < 2 else h
            loss, g = _softmax_cross_entropy(h, t)
            for i in (2, 1, 0):
                W, b = full[i]
                gW, gb = inputs[i].T @ g, g.sum(0)
                g = g @ W.T
                if i:
                    g = g * (inputs[i] > 0)
                W -= F32(0.01) * gW
                b -= F32(0.01) * gb
            g = g.reshape(shape)
            for i in (1, 0):
                (W, b), (h, col, a, winners) = kernels[i], kept[i]
                g = _pool_gradient(g, winners, a.shape, 2, 2) * (a > 0)
                gx, gW, gb = _conv_gradients(g, h.shape, W, col, 2 if i == 0 else 0, want_gx=i > 0)
                W -= F32(0.01) * gW
                b -= F32(0.01) * gb
                g = gx
            return loss

        return step

    def pool(self, N: int, k: int, s: int) -> Step:
        x = data.normal(16, (N, 32, 32, 32))
        gy = data.normal(17, (N, 32, (32 - k) // s + 1, (32 - k) // s + 1))

        def step() -> float:
            y, winners = _pool(x, k, s)
            return checksum(y) + checksum(_pool_gradient(gy, winners, x.shape, k, s))

        return step

    def vgg(self) -> Step:
        x, kernels, full = data.vgg()

        def step() -> float:
            h = x
            for pair in kernels:
                h = _pool(h, 2, 2)[0] if pair is None else np.maximum(_conv(h, *pair, 1)[0], 0)
            h = h.reshape(1, -1)
            for i, (W, b) in enumerate(full):
                h = h @ W + b
                h = np.maximum(h, 0) if i < 2 else h
            return checksum(h)

        return step

    def rnn(self, T: int) -> Step:
        d = data.rnn(T, 1)
        xs, ts, Wx, b, Wh, Wo, bo = d.values()

        def step() -> float:
            h, hs, gys, loss = np.zeros((30, 100), F32), [], [], 0.0
            for x, t in zip(xs, ts, strict=True):
                hs.append(h)
                h = np.tanh(x @ Wx + b + h @ Wh)
                e = h @ Wo + bo - t
                loss += float((e * e).sum() / 30)
                gys.append(e * F32(2 / 30))
            hs.append(h)
            gWx, gWh, gWo = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(Wo)
            gb, gh = np.zeros_like(b), np.zeros_like(h)
            for k in reversed(range(T)):
                h = hs[k + 1]
                gWo += h.T @ gys[k]
                gz = (gh + gys[k] @ Wo.T) * (1 - h * h)
                gWx += xs[k].T @ gz
                gWh += hs[k].T @ gz
                gb += gz.sum(0)
                gh = gz @ Wh.T
            return loss + checksum(gWh)

        return step

    def lstm(self, T: int) -> Step:
        """Four gates, each with its own products: forget, input, output, update."""
        xs, ts, Wx, b, Wh, Wo, bo = data.rnn(T, 4).values()
        Wxs, bs, Whs = (np.split(p, 4, axis=-1) for p in (Wx, b, Wh))
        Whs = [np.ascontiguousarray(W) for W in Whs]

        def step() -> float:
            h = c = np.zeros((30, 100), F32)
            kept, gys, loss = [], [], 0.0
            for x, t in zip(xs, ts, strict=True):
                z = [x @ Wx + b + h @ Wh for Wx, b, Wh in zip(Wxs, bs, Whs, strict=True)]
                f, i, o = (np.tanh(a * F32(0.5)) * F32(0.5) + F32(0.5) for a in z[:3])
                u = np.tanh(z[3])
                old_h, old_c = h, c
                c = f * c + i * u
                w = np.tanh(c)
                h = o * w
                kept.append((old_h, old_c, f, i, o, u, w, h))
                e = h @ Wo + bo - t
                loss += float((e * e).sum() / 30)
                gys.append(e * F32(2 / 30))
            gWhs, gWxs = [np.zeros_like(W) for W in Whs], [np.zeros_like(W) for W in Wxs]
            gbs, gWo = [np.zeros_like(b) for b in bs], np.zeros_like(Wo)
            gh = gc = np.zeros((30, 100), F32)
            for k in reversed(range(T)):
                old_h, old_c, f, i, o, u, w, h = kept[k]
                gWo += h.T @ gys[k]
                gh = gh + gys[k] @ Wo.T
                gc = gc + gh * o * (1 - w * w)
                gates = [
                    gc * old_c * f * (1 - f),
                    gc * u * i * (1 - i),
                    gh * w * o * (1 - o),
                    gc * i * (1 - u * u),
                ]
                gh = np.zeros_like(gh)
                for j, gz in enumerate(gates):
                    gWxs[j] += xs[k].T @ gz
                    gWhs[j] += old_h.T @ gz
                    gbs[j] += gz.sum(0)
                    gh += gz @ Whs[j].T
                gc = gc * f
            return loss + sum(map(checksum, gWhs))

        return step

    rnn_window = rnn_window_or_steps = rnn
    lstm_window = lstm_window_or_steps = lstm

    def elementwise(self, n: int) -> Step:
        x = data.normal(18, (n,))

        def step() -> float:
            e, s = np.exp(-x * x), np.sin(3 * x)
            loss = (e * s + F32(0.5) * x).sum()
            gx = e * (3 * np.cos(3 * x) - 2 * x * s) + F32(0.5)
            return float(loss) + checksum(gx)

        return step

    def broadcast(self, n: int) -> Step:
        x, row, column = data.normal(1, (n, n)), data.normal(2, (n,)), data.normal(3, (n, 1))

        def step() -> float:
            y = x * row + column
            gx = y * 2
            return checksum((gx * x).sum(0)) + checksum(gx.sum(1, keepdims=True)) + checksum(gx * row)

        return step

    def gather(self, rows: int, n: int) -> Step:
        x, ids, gy = data.gather(rows, n)

        def step() -> float:
            _y = x[ids]
            gx = np.zeros_like(x)
            np.add.at(gx, ids, gy)
            return checksum(gx)

        return step

    def slice_gradient(self, rows: int) -> Step:
        x, half = data.normal(11, (rows, 64)), rows // 2
        gy = data.normal(13, (half, 32))

        def step() -> float:
            _y = x[100 : 100 + half, 8:40]
            gx = np.zeros_like(x)
            gx[100 : 100 + half, 8:40] = gy
            return checksum(gx)

        return step

    def xent(self, N: int, C: int) -> Step:
        x, t = data.normal(14, (N, C)), data.labels(15, N, C)

        def step() -> float:
            loss, gx = _softmax_cross_entropy(x, t)
            return loss + checksum(gx)

        return step


def checksum(a: Any) -> float:
    """Some of the numbers: enough to notice a wrong result, little enough not to be measured."""
    flat = a.reshape(-1)
    return float(np.abs(flat[:: max(1, flat.size // 1000)]).sum())


def _softmax_cross_entropy(x: Any, t: Any) -> tuple[float, Any]:
    rows = np.arange(len(t))
    p = np.exp(x - x.max(1, keepdims=True))
    p = p / p.sum(1, keepdims=True)
    loss = -np.log(p[rows, t]).mean()
    p[rows, t] -= 1
    return float(loss), p / F32(len(t))


def _conv(x: Any, W: Any, b: Any, pad: int) -> tuple[Any, Any]:
    N, C = x.shape[:2]
    OC, _, K, _ = W.shape
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad))) if pad else x
    view = sliding_window_view(padded, (K, K), (2, 3)).transpose(0, 1, 4, 5, 2, 3)
    OH, OW = view.shape[4:]
    col = np.ascontiguousarray(view).reshape(N, C * K * K, OH * OW)
    y = np.matmul(W.reshape(OC, -1), col) + b[:, None]
    return y.reshape(N, OC, OH, OW), col


def _conv_gradients(gy: Any, shape: Any, W: Any, col: Any, pad: int, want_gx: bool = True) -> Any:
    N, C, H, Wd = shape
    OC, _, K, _ = W.shape
    OH, OW = gy.shape[2:]
    g = gy.reshape(N, OC, -1)
    gW = np.matmul(g, col.transpose(0, 2, 1)).sum(0).reshape(W.shape)
    gx = None
    if want_gx:
        gcol = np.matmul(W.reshape(OC, -1).T, g).reshape(N, C, K, K, OH, OW)
        gx = np.zeros((N, C, H + 2 * pad, Wd + 2 * pad), gy.dtype)
        for i in range(K):
            for j in range(K):
                gx[:, :, i : i + OH, j : j + OW] += gcol[:, :, i, j]
        gx = gx[:, :, pad : pad + H, pad : pad + Wd]
    return gx, gW, g.sum((0, 2))


def _pool(x: Any, k: int, s: int) -> tuple[Any, Any]:
    view = sliding_window_view(x, (k, k), (2, 3))[:, :, ::s, ::s]
    col = view.reshape(*view.shape[:4], k * k)
    winners = col.argmax(4)
    return np.take_along_axis(col, winners[..., None], 4)[..., 0], winners


def _pool_gradient(gy: Any, winners: Any, shape: Any, k: int, s: int) -> Any:
    gcol = np.zeros((gy.size, k * k), gy.dtype)
    gcol[np.arange(gy.size), winners.ravel()] = gy.ravel()
    gcol = gcol.reshape(*gy.shape, k * k)
    gx = np.zeros(shape, gy.dtype)
    OH, OW = gy.shape[2:]
    for n in range(k * k):
        i, j = divmod(n, k)
        gx[:, :, i : i + s * OH : s, j : j + s * OW : s] += gcol[..., n]
    return gx
