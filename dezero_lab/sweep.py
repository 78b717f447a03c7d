"""One sweep: what `Variable.backward()` does from an output to the leaves.

A function may run when everything that used its outputs has run. Generations say when: they grow along every edge, so
the functions behind the output are collected once, sorted once by generation, and run from the highest down. Nothing
here recurses, and a graph of a million functions takes the same time per function as a small one.

Without `create_graph` gradients travel as plain arrays, and a function that has `vjp` is asked for it. With
`create_graph` they travel as variables through `backward`, so that they have a graph of their own.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from . import cuda

if TYPE_CHECKING:
    from .core import Function, Variable

_by_generation = operator.attrgetter("generation")
SMALL = 32  # adding a number or two in place takes NumPy twice as long as a new array does


def functions_behind(output: Variable) -> list[Function]:
    """Every function that `output` was computed with, once each, in no particular order."""
    if output.creator is None:
        return []
    found = [output.creator]
    seen = {output.creator}
    for func in found:  # the list grows while it is read
        for x in func.inputs:
            creator = x.creator
            if creator is not None and creator not in seen:
                seen.add(creator)
                found.append(creator)
    return found


def run(output: Variable, retain_grad: bool, create_graph: bool) -> None:
    """Send the gradient of `output` to every leaf behind it."""
    seed = output._grad = output.grad if create_graph else _plain(output._grad)
    held = {id(_plain(seed))}  # arrays that somebody other than a leaf holds on to
    summed: set[int] = set()  # variables whose gradient is a sum that this sweep allocated
    leaves: list[Variable] = []
    funcs = functions_behind(output)
    funcs.sort(key=_by_generation, reverse=True)
    for func in funcs:
        outputs = func._outputs
        y = None if isinstance(outputs, tuple) else outputs()
        cls = type(func)
        if y is not None and (create_graph or cls.backward is cls._vjp_stands_for):
            gy = y.grad if create_graph else y._grad  # the short way, which nearly every function takes
            if gy is None:
                continue
            if retain_grad:
                held.add(id(_plain(gy)))
            else:
                y._grad = None
            gxs = func.backward(gy) if create_graph else func.vjp(gy)
            if type(gxs) is not tuple:
                gxs = tuple(gxs) if isinstance(gxs, list) else (gxs,)
            if len(gxs) != len(func.inputs):
                raise ValueError(_wrong_count(func, gxs))
        else:
            gxs = _long_way(func, retain_grad, create_graph, held)
            if gxs is None:
                continue
        for x, gx in zip(func.inputs, gxs):  # noqa: B905  # of the same length
            if gx is None or not x.requires_grad:
                continue
            old = x._grad
            if old is None:
                if x.data is not None and gx.shape != x.data.shape:
                    raise ValueError(_wrong_shape(func, x, gx))
                x._grad = gx
                if x.creator is None:
                    leaves.append(x)
            elif create_graph:
                x._grad = x.grad + gx  # type: ignore[operator]
            elif id(x) in summed and old.dtype == gx.dtype:
                old += gx  # this sweep made the sum, so nobody else holds it
            else:
                if x.data is not None and gx.shape != x.data.shape:
                    raise ValueError(_wrong_shape(func, x, gx))
                total = x._grad = _plain(old) + gx
                if total.size > SMALL:
                    summed.add(id(x))
    _give_leaves_their_own_arrays(leaves, held)


def _long_way(func: Function, retain_grad: bool, create_graph: bool, held: set[int]) -> Sequence[Any] | None:
    """Gradients of a function with several outputs, or through `backward`; None when nothing arrived at it."""
    ys = [ref() for ref in func.outputs]
    gys = [None if y is None else y._grad for y in ys]
    if all(gy is None for gy in gys):
        return None
    for y in ys:
        if y is not None and retain_grad:
            held.add(id(_plain(y._grad)))
        elif y is not None:
            y._grad = None
    gys = [_zeros_for(func, ys, i, create_graph) if gy is None else gy for i, gy in enumerate(gys)]
    if not create_graph and type(func).backward is type(func)._vjp_stands_for:
        gxs = func.vjp(*gys)
    else:
        from .core import as_variable

        gxs = func.backward(*[as_variable(gy) for gy in gys])
    if not isinstance(gxs, (tuple, list)):
        gxs = (gxs,)
    if len(gxs) != len(func.inputs):
        raise ValueError(_wrong_count(func, gxs))
    return gxs if create_graph else [_plain(gx) for gx in gxs]


def _zeros_for(func: Function, ys: list[Any], i: int, create_graph: bool) -> Any:
    """The gradient of an output that took no part in the result."""
    if ys[i] is None:
        raise RuntimeError(
            f"output {i} of {type(func).__name__} was dropped, so its shape is not known any more; "
            "keep all outputs of a function with several results until backward() has run"
        )
    from .core import Variable

    zeros = cuda.get_array_module(ys[i].data).zeros_like(ys[i].data)
    return Variable(zeros) if create_graph else zeros


def _give_leaves_their_own_arrays(leaves: list[Variable], held: set[int]) -> None:
    """A function such as `Add` hands one array to two inputs; an optimiser that works in place must not meet it."""
    for x in leaves:
        data = _plain(x._grad)
        own = x.data.dtype
        if data is x._grad and data.dtype != own and data.dtype.kind == own.kind == "f":
            # something in the graph was wider, a float64 target for example
            x._grad = data = data.astype(own)
        if data.base is not None or id(data) in held:
            from .core import Copy, Variable

            if isinstance(x._grad, Variable):
                x._grad = Copy()(x._grad)
            else:
                x._grad = data = data.copy()
        held.add(id(data))


def _wrong_count(func: Function, gxs: Sequence[Any]) -> str:
    return (
        f"{type(func).__name__}.backward returned {len(gxs)} gradients for {len(func.inputs)} inputs; "
        "return one for each input, in the same order"
    )


def _wrong_shape(func: Function, x: Variable, gx: Any) -> str:
    return (
        f"{type(func).__name__} sent a gradient of shape {gx.shape} to a variable of shape {x.data.shape}; a gradient "
        "has the shape of its data: sum over the axes that were broadcast (sum_to) or reshape it back"
    )


def _plain(gx: Any) -> Any:
    if isinstance(gx, (np.ndarray, np.generic)):
        return gx
    return gx.data if hasattr(gx, "requires_grad") else gx
