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

from . import cuda, memory
from .config import backprop

if TYPE_CHECKING:
    from .core import Function, Variable

_by_generation = operator.attrgetter("generation")
USED_TWICE = (
    "this {name} object was called again after it made this result, and a function object remembers one call only; "
    "make a new one for each call: {name}()(x)"
)
_RETURNED_NONE = (
    "{name}.backward returned None; end it with return and one gradient for each input "
    "(an input without a gradient gets None inside a tuple)"
)
SMALL = 32  # adding a number or two in place takes NumPy twice as long as a new array does


def functions_behind(output: Variable) -> list[Function]:
    """Every function that `output` was computed with, once each, in no particular order."""
    return list(_made_behind(output, None))


def _made_behind(output: Variable, leaves: dict[int, Variable] | None) -> dict[Function, Variable]:
    """The same, each with the variable through which it was found: for most functions their only output.

    leaves: before a sweep, gets the leaves that hold a gradient already; what an earlier sweep left at variables on the
    way, retained or because an error ended it, is cleared.
    """
    made: dict[Function, Variable] = {}
    waiting = [output]
    for y in waiting:  # the list grows while it is read
        func = y.creator
        if leaves is not None and y._grad is not None and y is not output:
            if func is None:
                leaves[id(y)] = y
            else:
                y._grad = None
        if func is None:
            continue
        if made.get(func) is y:
            continue
        kept = func._outputs
        if type(kept) is tuple:
            if func in made:
                continue
            its_own = any(reference() is y for reference in kept)
        else:
            its_own = kept() is y  # type: ignore[operator]
        if not its_own:
            raise RuntimeError(USED_TWICE.format(name=type(func).__name__))
        made[func] = y
        waiting.extend(func.inputs)
    return made


def run(output: Variable, retain_grad: bool, create_graph: bool) -> None:
    """Send the gradient of `output` to every leaf behind it."""
    if memory.undecided:
        memory.decide()
    leaves: dict[int, Variable] = {}
    made = _made_behind(output, leaves)
    funcs = sorted(made, key=_by_generation, reverse=True)
    if create_graph:
        output._grad = output.grad
        key = backprop.enter(True)
        try:
            _with_variables(funcs, made, list(leaves.values()), retain_grad)
        finally:
            backprop.leave(key)
    else:
        output._grad = _plain(output._grad)
        _with_arrays(funcs, made, list(leaves.values()), retain_grad)


def _with_arrays(
    funcs: list[Function], made: dict[Function, Variable], leaves: list[Variable], retain_grad: bool
) -> None:
    held = {id(made[funcs[0]]._grad)}  # arrays that somebody other than a leaf holds on to
    summed: set[int] = set()  # variables whose gradient is a sum that this sweep allocated
    vjps: dict[type[Function], Any] = {}
    for func in funcs:
        cls = type(func)
        if cls not in vjps:
            vjps[cls] = _own_vjp(cls)
        vjp = vjps[cls]
        if type(func._outputs) is tuple and vjp is not None and cls.one_state:
            gys = _arrived(func, retain_grad, held)
            if gys is None:
                continue
            gxs = vjp(func, *gys)
        elif vjp is None or type(func._outputs) is tuple:
            gxs = _long_way(func, retain_grad, False, held)
            if gxs is None:
                continue
        else:
            y = made[func]
            gy = y._grad
            if gy is None:
                continue
            if not retain_grad:
                y._grad = None
            else:
                if func is not funcs[0] and id(gy) in held:
                    gy = y._grad = gy.copy()  # `Add` gave the same to another that keeps it
                held.add(id(gy))
            gxs = vjp(func, gy)
            if type(gxs) is not tuple:
                gxs = (gxs,)
        for x, gx in zip(func.inputs, gxs, strict=True):
            if gx is None or not x.requires_grad:
                continue
            old = x._grad
            if old is None:
                x._grad = gx
                if x.creator is None:
                    leaves.append(x)
            elif summed and id(x) in summed and old.dtype == gx.dtype:
                old += gx  # this sweep made the sum, so nobody else holds it
            else:
                total = x._grad = (old if type(old) is np.ndarray else _plain(old)) + gx
                if total.size > SMALL:
                    summed.add(id(x))
    _give_leaves_their_own_arrays(leaves, held)


def _with_variables(
    funcs: list[Function], made: dict[Function, Variable], leaves: list[Variable], retain_grad: bool
) -> None:
    from .core import Variable, as_variable

    held = {id(_plain(made[funcs[0]]._grad))}
    ours: dict[type[Function], bool] = {}
    for func in funcs:
        if type(func._outputs) is tuple:
            gxs = _long_way(func, retain_grad, True, held)
            if gxs is None:
                continue
        else:
            y = made[func]
            gy = y._grad
            if gy is None:
                continue
            if not isinstance(gy, Variable):
                gy = as_variable(gy)
            if retain_grad:
                held.add(id(gy.data))
            else:
                y._grad = None
            gxs = func.backward(gy)
            if gxs is None:
                raise ValueError(_RETURNED_NONE.format(name=type(func).__name__))
            if type(gxs) is not tuple:
                gxs = tuple(gxs) if isinstance(gxs, list) else (gxs,)
            cls = type(func)
            if cls not in ours:
                ours[cls] = _own_vjp(cls) is not None
            if not ours[cls]:
                _check(func, gxs)
                held.update([id(gx.data) for gx in gxs if gx is not None])
        for x, gx in zip(func.inputs, gxs, strict=True):
            if gx is None or not x.requires_grad:
                continue
            if x._grad is not None:
                x._grad = gx + as_variable(x._grad)
                continue
            x._grad = gx
            if x.creator is None:
                leaves.append(x)
    _give_leaves_their_own_arrays(leaves, held)


def _own_vjp(cls: type[Function]) -> Any:
    """The `vjp` of a function of ours, whose gradients the tests prove; None where they are checked on the way."""
    ours = cls.__module__.startswith(f"{__package__}.") and cls.backward is cls._vjp_stands_for
    return cls.vjp if ours else None


def _long_way(func: Function, retain_grad: bool, create_graph: bool, held: set[int]) -> Sequence[Any] | None:
    """Gradients of a function with several outputs, or through `backward`; None when nothing arrived at it."""
    gys = _arrived(func, retain_grad, held)
    if gys is None:
        return None
    if not func.one_state:
        gys = [_zeros_for(func, i, create_graph) if gy is None else gy for i, gy in enumerate(gys)]
    if not create_graph and type(func).backward is type(func)._vjp_stands_for:
        gxs = func.vjp(*gys)
    else:
        from .core import as_variable

        key = backprop.enter(create_graph)  # without a graph of the gradient nothing is recorded
        try:
            gxs = func.backward(*[gy if gy is None else as_variable(gy) for gy in gys])
        finally:
            backprop.leave(key)
    if gxs is None:
        raise ValueError(_RETURNED_NONE.format(name=type(func).__name__))
    if not isinstance(gxs, (tuple, list)):
        gxs = (gxs,)
    if not create_graph:
        gxs = [_plain(gx) for gx in gxs]
    _check(func, gxs)
    if _own_vjp(type(func)) is None:  # it may have returned an array that it keeps, even a weight
        held.update([id(_plain(gx)) for gx in gxs if gx is not None])
    return gxs


def _arrived(func: Function, retain_grad: bool, held: set[int]) -> list[Any] | None:
    """The gradients of all outputs, None for one that took no part or was unchained; None when there are none."""
    gys, some = [], False
    for ref in func.outputs:
        y = ref()
        gy = y._grad if y is not None and y.creator is func else None
        gys.append(gy)
        if y is not None and gy is not None:
            some = True
            if retain_grad:
                held.add(id(_plain(gy)))
            else:
                y._grad = None
    return gys if some else None


def _zeros_for(func: Function, i: int, create_graph: bool) -> Any:
    """The gradient of an output that took no part in the result."""
    y = func.outputs[i]()
    if y is None:
        raise RuntimeError(
            f"output {i} of {type(func).__name__} was dropped, so its shape is not known any more; "
            "keep all outputs of a function with several results until backward() has run"
        )
    from .core import Variable

    zeros = cuda.get_array_module(y.data).zeros_like(y.data)
    return Variable(zeros) if create_graph else zeros


def _give_leaves_their_own_arrays(leaves: list[Variable], held: set[int]) -> None:
    """A function such as `Add` hands one array to two inputs; an optimiser that works in place must not meet it."""
    for x in leaves:
        gx, own = x._grad, x.data.dtype
        if isinstance(gx, np.generic):
            gx = x._grad = np.asarray(gx)  # whoever changes a gradient in place needs an array
        data = gx if type(gx) is np.ndarray else _plain(gx)
        if data is gx and data.dtype is not own and data.dtype.kind == own.kind == "f" and data.dtype != own:
            # something in the graph was wider, a float64 target for example
            x._grad = data = data.astype(own)
        if data.base is not None or id(data) in held:
            if data is x._grad:
                x._grad = data = data.copy(order="K")  # the axes stay as they lie in memory
            else:
                from .core import Copy

                x._grad = Copy()(gx)
        held.add(id(data))


def _check(func: Function, gxs: Sequence[Any]) -> None:
    """One gradient for each input, each of its shape."""
    name = type(func).__name__
    for gx in gxs:
        if gx is not None and not hasattr(gx, "shape"):
            raise TypeError(
                f"{name}.backward must return variables or arrays, but it returned {type(gx).__name__}"
            )
    if len(gxs) != len(func.inputs):
        raise ValueError(
            f"{name}.backward returned {len(gxs)} gradients for {len(func.inputs)} inputs; "
            "return one for each input, in the same order"
        )
    for x, gx in zip(func.inputs, gxs, strict=True):
        if gx is not None and x.requires_grad and x.data is not None and gx.shape != x.data.shape:
            raise ValueError(
                f"{name} sent a gradient of shape {gx.shape} to a variable of shape {x.data.shape}; a gradient has the "
                "shape of its data: sum over the axes that were broadcast (sum_to) or reshape it back"
            )


def _plain(gx: Any) -> Any:
    if isinstance(gx, (np.ndarray, np.generic)):
        return gx
    return gx.data if hasattr(gx, "requires_grad") else gx
