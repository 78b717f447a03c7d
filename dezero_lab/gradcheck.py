"""Numerical gradients: the oracle every check and every test of the framework is compared with.

Nothing here knows a framework. `numerical_gradient` works on plain functions of arrays; `gradcheck` works on any class
that has `data`, `grad` and `backward()`, a learner's half-built `Variable` included.

Why the rules are as they are: a seed of ones hides a forgotten upstream factor and everything about softmax, so upstream
gradients are random; float32 inputs cannot take small steps, so everything is promoted to float64; at a kink every slope
between the left and the right one is a correct answer, so none of them is called wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

RTOL = 1e-4
ATOL = 1e-6
FULL = 64  # entries of a Jacobian that are all compared; above, random directions are
ELEMENTS = 200  # elements of a gradient that are all compared; above, a random direction and a sample are
_SAMPLE = 8
_WHOLE = 2000  # elements of a wrong gradient that are worked out to show them
_STEP = float(np.finfo(np.float64).eps) ** (1 / 3)

Array = np.ndarray
Function = Callable[..., Any]


def numerical_gradient(f: Function, *xs: Any, upstream: Any = None, step: float = _STEP) -> tuple[Array, ...]:
    """The gradient of `sum(upstream * f(*xs))` for each input, by central differences in float64.

    `f` takes and returns plain arrays (or a tuple of arrays, then `upstream` is a tuple too). The step for an element
    `x` is `step * max(1, |x|)`. The inputs are copied. Each result has the shape of its input.

    >>> gx, = numerical_gradient(lambda x: x ** 2, np.array([1.0, -3.0]), upstream=np.array([1.0, 0.5]))
    >>> gx.round(6)
    array([ 2., -3.])
    """
    arrays = [np.array(x, dtype=np.float64) for x in xs]
    value = _weighted(f, upstream)
    return tuple(_slopes(value, arrays, k, step) for k in range(len(arrays)))


@dataclass(frozen=True)
class Comparison:
    """How a gradient compares with the numerical one. True in an `if` when it agrees."""

    ok: bool
    expected: Array
    difference: float
    kink: bool = False

    def __bool__(self) -> bool:
        return self.ok


def compare_gradient(
    yours: Any,
    f: Function,
    *xs: Any,
    wrt: int = 0,
    upstream: Any = None,
    rtol: float = RTOL,
    atol: float = ATOL,
) -> Comparison:
    """Compare an array with the numerical gradient of `sum(upstream * f(*xs))` for input number `wrt`.

    A near miss is measured again with other steps and accepted when the extrapolated value agrees: the numerical side
    was the inexact one. At a kink any value between the left and the right slope is accepted. A different shape, or
    something that is not a numeric array, never agrees. Above 200 elements one random direction and eight elements are
    compared, and all of them only when these do not agree.

    >>> bool(compare_gradient(np.array(6.0), lambda x: x * x, np.array(3.0)))
    True
    >>> compare_gradient(np.array(3.0), lambda x: x * x, np.array(3.0)).difference.__round__(6)
    3.0
    >>> bool(compare_gradient(np.array(0.3), abs, np.array(0.0)))   # between the slopes -1 and 1
    True
    """
    arrays = [np.array(x, dtype=np.float64) for x in xs]
    value = _weighted(f, upstream)
    got = np.asarray(yours)
    comparable = got.shape == arrays[wrt].shape and got.dtype.kind in "fiub"
    if comparable and got.size > ELEMENTS:
        sampled = _compare_sampled(got.astype(np.float64), value, arrays, wrt, rtol, atol)
        if sampled.ok or got.size > _WHOLE:
            return sampled
    expected = _slopes(value, arrays, wrt, _STEP)
    if not comparable:
        return Comparison(False, expected, float("inf"))
    got = got.astype(np.float64)
    far = ~_close(got, expected, rtol, atol)
    kink = False
    if far.any() and np.isfinite(got).all():
        got_flat, expected_flat = got.reshape(-1), expected.reshape(-1)
        for i in np.flatnonzero(far.reshape(-1)):
            better, low, high = _second_look(value, arrays, wrt, int(i), got_flat[i], float(expected_flat[i]))
            if low <= got_flat[i] <= high:
                expected_flat[i], kink = got_flat[i], True
            else:
                expected_flat[i] = better
        far = ~_close(got, expected, rtol, atol)
    with np.errstate(invalid="ignore"):
        gap = np.abs(got - expected)
    difference = float(gap.max()) if gap.size else 0.0
    return Comparison(not far.any(), expected, difference, kink)


@dataclass(frozen=True)
class GradcheckResult:
    """What `gradcheck` found. True in an `if` when every gradient agrees; `str()` says where one does not."""

    ok: bool
    difference: float
    input: int = 0
    yours: Any = None
    expected: Any = None
    upstream: Any = None
    message: str = ""

    def __bool__(self) -> bool:
        return self.ok

    def __str__(self) -> str:
        return self.message or f"all gradients agree (largest difference {self.difference:.1e})"


def gradcheck(
    f: Function,
    inputs: Sequence[Any],
    *,
    variable: Callable[[Any], Any] | None = None,
    rtol: float = RTOL,
    atol: float = ATOL,
    seed: int = 0,
    order: int = 1,
) -> GradcheckResult:
    """Compare the gradients that `f(*inputs).backward()` leaves in the inputs with numerical ones.

    inputs: Variable-like objects (`data`, `grad`), or arrays with `variable` given, the class that wraps them.
    Jacobians of up to 64 entries are compared row by row, larger ones along three random directions. Upstream
    gradients are random, never ones. The given objects are left alone: fresh ones are made for each pass.
    order: 2 checks the gradients of the gradients as well, for engines with `backward(create_graph=True)`.

    Returns a `GradcheckResult`. Raises TypeError when `f` does not return something with `data`, `grad` and `backward`.

    >>> from dezero_lab.gradcheck import gradcheck
    >>> class Box:                                       # the smallest engine that can be checked: y = 3x
    ...     def __init__(self, data, source=None): self.data, self.grad, self.source = data, None, source
    ...     def backward(self): self.source.grad = 3 * self.grad
    >>> bool(gradcheck(lambda x: Box(3 * x.data, x), [Box(np.array([1.0, 2.0]))]))
    True
    """
    make = variable or (type(inputs[0]) if hasattr(inputs[0], "data") and not _is_plain(inputs[0]) else None)
    if make is None:
        raise TypeError(
            "gradcheck was given plain arrays and does not know what wraps them; pass Variables, or variable=Variable."
        )
    if order not in (1, 2):
        raise ValueError(f"gradcheck looks at first or second derivatives: order is 1 or 2, not {order}")
    arrays = [np.array(x if _is_plain(x) else x.data, dtype=np.float64) for x in inputs]
    result = _check(f, arrays, make, rtol, atol, seed)
    for k in range(len(arrays) if order == 2 else 0):
        if not result:
            return result
        second = _check(_gradient_of(f, k, make, seed), arrays, make, 10 * rtol, 10 * atol, seed, second=True)
        if not second:
            return replace(second, message=f"the gradient of the gradient of input {k}: {second.message}")
        result = replace(result, difference=max(result.difference, second.difference))
    return result


def _check(
    f: Function,
    arrays: list[Array],
    make: Callable[[Any], Any],
    rtol: float,
    atol: float,
    seed: int,
    second: bool = False,
) -> GradcheckResult:
    rng = np.random.default_rng(seed)

    def forward(*values: Array) -> Array:
        return np.asarray(_output(f(*[make(v.copy()) for v in values])).data)

    y = forward(*arrays)
    worst = 0.0
    for v in _upstreams(y, max(a.size for a in arrays), rng):
        boxes = [make(a.copy()) for a in arrays]
        out = _output(f(*boxes))
        seed_grad = np.array(v)
        out.grad = make(seed_grad) if _grads_are_variables(f, boxes, make) else seed_grad
        out.backward()
        for k, box in enumerate(boxes):
            grad = box.grad
            got = grad if grad is None or _is_plain(grad) else grad.data
            if got is None and second:  # a gradient need not depend on every input
                got = np.zeros_like(arrays[k])
            found = compare_gradient(got, forward, *arrays, wrt=k, upstream=v, rtol=rtol, atol=atol)
            if not found:
                return GradcheckResult(
                    False,
                    found.difference,
                    k,
                    got,
                    found.expected,
                    v,
                    _say(k, got, found.expected, found.difference),
                )
            worst = max(worst, found.difference if not found.kink else 0.0)
    return GradcheckResult(True, worst)


def _gradient_of(f: Function, k: int, make: Callable[[Any], Any], seed: int) -> Function:
    """The gradient in input k of y · y · v with a random v; squared, so that its own gradient passes through `gy` too."""

    def gradient(*xs: Any) -> Any:
        y = _output(f(*xs))
        v = np.random.default_rng(seed + 1).uniform(0.5, 2.0, np.shape(y.data))
        (y * y * v).backward(create_graph=True)
        found = xs[k].grad
        for x in xs:
            x.grad = None
        return make(np.zeros_like(xs[k].data)) if found is None else found

    return gradient


def _weighted(f: Function, upstream: Any) -> Callable[[Sequence[Array]], float]:
    """One number to differentiate: `sum(upstream * y)`; a missing upstream means the sum of y."""

    def value(arrays: Sequence[Array]) -> float:
        ys = f(*[a.copy() for a in arrays])
        many = ys if isinstance(ys, tuple) else (ys,)
        vs = upstream if isinstance(upstream, tuple) else (upstream,) * len(many)
        return float(
            sum(np.sum(y if v is None else np.asarray(v) * y) for y, v in zip(many, vs, strict=True))
        )

    return value


def _slopes(value: Callable[[Sequence[Array]], float], arrays: Sequence[Array], k: int, step: float) -> Array:
    out = np.zeros_like(arrays[k])
    for i in range(arrays[k].size):
        h = step * max(1.0, abs(float(arrays[k].reshape(-1)[i])))
        high, low = _shifted(value, arrays, k, i, h), _shifted(value, arrays, k, i, -h)
        out.reshape(-1)[i] = (high - low) / (2 * h)
    return out


def _compare_sampled(
    got: Array,
    value: Callable[[Sequence[Array]], float],
    arrays: Sequence[Array],
    k: int,
    rtol: float,
    atol: float,
) -> Comparison:
    """One random direction, which touches every element, and a few elements by themselves."""
    rng = np.random.default_rng(got.size)
    x = arrays[k]
    direction = rng.uniform(0.5, 1.5, x.shape) * rng.choice([-1.0, 1.0], x.shape) / np.sqrt(x.size)

    def along(t: Array) -> float:
        return value([*arrays[:k], x + float(t) * direction, *arrays[k + 1 :]])

    slope = compare_gradient(np.array(np.sum(got * direction)), along, np.array(0.0), rtol=rtol, atol=atol)
    expected, worst, kink, ok = got.copy(), slope.difference, slope.kink, slope.ok
    for i in rng.choice(x.size, _SAMPLE, replace=False):

        def one(t: Array, i: int = int(i)) -> float:
            moved = x.copy()
            moved.reshape(-1)[i] = t
            return value([*arrays[:k], moved, *arrays[k + 1 :]])

        found = compare_gradient(got.reshape(-1)[i], one, x.reshape(-1)[i], rtol=rtol, atol=atol)
        expected.reshape(-1)[i] = found.expected
        worst, kink, ok = max(worst, found.difference), kink or found.kink, ok and found.ok
    return Comparison(ok, expected, worst, kink)


def _shifted(
    value: Callable[[Sequence[Array]], float], arrays: Sequence[Array], k: int, i: int, h: float
) -> float:
    moved = [a.copy() if j == k else a for j, a in enumerate(arrays)]
    moved[k].reshape(-1)[i] += h
    with np.errstate(all="ignore"):
        return value(moved)


def _second_look(
    value: Callable[[Sequence[Array]], float],
    arrays: Sequence[Array],
    k: int,
    i: int,
    got: float,
    first: float,
) -> tuple[float, float, float]:
    """A better estimate from two other steps, and the interval of slopes when element i sits on a kink."""
    scale = max(1.0, abs(float(arrays[k].reshape(-1)[i])))
    here = value(arrays)
    slopes = []
    for h in (8 * _STEP * scale, 4 * _STEP * scale):
        high, low = _shifted(value, arrays, k, i, h), _shifted(value, arrays, k, i, -h)
        slopes.append(((here - low) / h, (high - here) / h, (high - low) / (2 * h)))
    (l1, r1, c1), (l2, r2, c2) = slopes
    gap1, gap2 = abs(r1 - l1), abs(r2 - l2)
    size = max(abs(l2), abs(r2), 1e-12)
    if gap2 > 1e-3 * size and gap2 > 0.9 * gap1:  # curvature would have halved the gap
        slack = 1e-6 * size
        return first, min(l2, r2) - slack, max(l2, r2) + slack
    extrapolated = (4 * c2 - c1) / 3  # the h**2 part of the error cancels
    return (extrapolated if abs(got - extrapolated) < abs(got - first) else first), np.inf, -np.inf


def _close(a: Array, b: Array, rtol: float, atol: float) -> Array:
    with np.errstate(invalid="ignore"):
        return np.asarray(np.abs(a - b) <= atol + rtol * np.abs(b))


def _upstreams(y: Array, n: int, rng: np.random.Generator) -> list[Array]:
    """Rows of the identity, scaled at random, while the Jacobian is small; three random arrays otherwise."""
    if y.size * n <= FULL:
        rows = []
        for i in range(y.size):
            row = np.zeros(y.shape)
            row.reshape(-1)[i] = rng.uniform(0.5, 2.0) * rng.choice([-1.0, 1.0])
            rows.append(row)
        return rows
    return [rng.uniform(0.5, 2.0, y.shape) * rng.choice([-1.0, 1.0], y.shape) for _ in range(3)]


def _output(y: Any) -> Any:
    if not all(hasattr(y, name) for name in ("data", "grad", "backward")):
        raise TypeError(
            f"gradcheck needs a function that returns one Variable (data, grad, backward), not {type(y).__name__}; "
            "sum or pick one output first."
        )
    return y


def _grads_are_variables(f: Function, boxes: list[Any], make: Callable[[Any], Any]) -> bool:
    """From chapter 32 on a gradient is itself a Variable. One cheap pass on fresh objects tells."""
    probe = [make(np.array(b.data)) for b in boxes]
    out = _output(f(*probe))
    if out.grad is None:
        try:
            out.backward()
        except Exception:  # an engine without automatic seed: gradients are arrays there
            return False
    return any(p.grad is not None and not _is_plain(p.grad) for p in probe)


def _is_plain(x: Any) -> bool:
    return isinstance(x, np.ndarray | np.generic | int | float | list | tuple)


def _say(k: int, got: Any, expected: Array, difference: float) -> str:
    if got is None:
        return (
            f"input {k} has no gradient (grad is None); every input the output depends on must receive one."
        )
    got = np.asarray(got)
    if got.shape != expected.shape:
        return f"the gradient of input {k} has shape {got.shape}, its data has shape {expected.shape}; they must agree."
    return (
        f"the gradient of input {k} is off by {difference:.3g}: yours\n{got}\nnumerical\n{expected}\n"
        "Compare one function at a time to find the first that disagrees."
    )
