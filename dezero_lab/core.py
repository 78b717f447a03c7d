"""The engine: read this first.

A `Variable` holds an array and remembers the `Function` that made it (`creator`). A `Function` remembers the variables
it was given. These two links are the computation graph; `Variable.backward()` walks it from the result to the leaves.

    >>> import numpy as np
    >>> x = Variable(np.array(3.0))
    >>> y = x * x + 2 * x
    >>> y.backward()
    >>> x.grad
    variable(8.0)

Every function says what it computes twice: `forward` on arrays, `backward` on variables, so that a gradient has a graph
of its own and can be differentiated again. A function may add `vjp`, the same gradient on plain arrays: it is used
when no graph of the gradient is wanted, and the tests hold that both agree.
"""

from __future__ import annotations

import operator
import weakref
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from . import cuda
from .config import Config, backprop, no_grad, test_mode, using_config

__all__ = [
    "Add",
    "Config",
    "Div",
    "Function",
    "Mul",
    "Neg",
    "Parameter",
    "Pow",
    "Sub",
    "Variable",
    "add",
    "as_array",
    "as_variable",
    "div",
    "mul",
    "neg",
    "no_grad",
    "pow",
    "rdiv",
    "rsub",
    "setup_variable",
    "sub",
    "test_mode",
    "using_config",
]

_by_generation = operator.attrgetter("generation")


class Variable:
    """An array in a graph.

    data: a NumPy or CuPy array of any shape, or None for a box that is filled later.
    name: shown in drawings and messages.
    requires_grad: False keeps backward passes from computing a gradient for this variable.

    `grad` is None or a Variable with the shape of `data`.
    Raises TypeError when data is neither an array nor None.

    >>> Variable(np.array([[1.0, 2.0], [3.0, 4.0]]), name="x")
    variable([[1. 2.]
              [3. 4.]])
    """

    __slots__ = ("__weakref__", "_grad", "creator", "data", "generation", "name", "requires_grad")
    __array_priority__ = 200

    if TYPE_CHECKING:  # attached by `operators.attach`

        def __add__(self, other: Any) -> Variable: ...
        def __radd__(self, other: Any) -> Variable: ...
        def __sub__(self, other: Any) -> Variable: ...
        def __rsub__(self, other: Any) -> Variable: ...
        def __mul__(self, other: Any) -> Variable: ...
        def __rmul__(self, other: Any) -> Variable: ...
        def __truediv__(self, other: Any) -> Variable: ...
        def __rtruediv__(self, other: Any) -> Variable: ...
        def __pow__(self, c: Any) -> Variable: ...
        def __rpow__(self, base: Any) -> Variable: ...
        def __neg__(self) -> Variable: ...
        def __abs__(self) -> Variable: ...
        def __matmul__(self, W: Any) -> Variable: ...
        def __getitem__(self, slices: Any) -> Variable: ...
        def __lt__(self, other: Any) -> Any: ...
        def __gt__(self, other: Any) -> Any: ...
        def reshape(self, *shape: Any) -> Variable: ...
        def transpose(self, *axes: Any) -> Variable: ...
        def sum(self, axis: Any = None, keepdims: bool = False) -> Variable: ...
        def mean(self, axis: Any = None, keepdims: bool = False) -> Variable: ...
        @property
        def T(self) -> Variable: ...

    def __init__(self, data: Any, name: str | None = None, *, requires_grad: bool = True) -> None:
        if data is not None and not cuda.is_array(data):
            raise TypeError(
                f"a Variable holds an array, but {type(data)} is not supported; "
                f"write Variable(np.array({_short(data)})) or use as_variable"
            )
        self.data: Any = data
        self.name = name
        self.creator: Function | None = None
        self.generation = 0
        self.requires_grad = requires_grad
        self._grad: Any = None

    @property
    def grad(self) -> Variable | None:
        gx = self._grad
        if gx is not None and not isinstance(gx, Variable):
            gx = self._grad = Variable(as_array(gx))  # a backward pass without graph leaves plain arrays
        return gx

    @grad.setter
    def grad(self, gx: Any) -> None:
        if not (gx is None or isinstance(gx, Variable) or cuda.is_array(gx)):
            raise TypeError(f"a gradient is a Variable, an array or None, not {type(gx)}")
        self._grad = gx

    def set_creator(self, func: Function) -> None:
        self.creator = func
        self.generation = func.generation + 1

    def unchain(self) -> None:
        """Forget the creator: this variable becomes a leaf."""
        self.creator = None

    def cleargrad(self) -> None:
        self._grad = None

    def backward(self, retain_grad: bool = False, create_graph: bool = False) -> None:
        """Send gradients from this variable to every leaf it was computed from.

        A gradient that is set already is taken as the start value, otherwise the start is ones. Gradients add up over
        calls: use `cleargrad` in between. On a leaf only its own start value is set.

        retain_grad: keep the gradients of intermediate variables too.
        create_graph: record the backward pass itself, for higher derivatives.
        """
        if self._grad is None:
            self._grad = _ones_for(self.data)
        if self.creator is None:
            return
        key = backprop.enter(create_graph)
        try:
            _propagate(self, retain_grad, create_graph)
        finally:
            backprop.leave(key)

    def unchain_backward(self) -> None:
        """Cut every link behind this variable, so that memory of a long history is given back."""
        for func in _functions_behind(self):
            for x in func.inputs:
                x.creator = None
        self.creator = None

    @property
    def shape(self) -> tuple[int, ...]:
        return self.data.shape

    @property
    def ndim(self) -> int:
        return self.data.ndim

    @property
    def size(self) -> int:
        return self.data.size

    @property
    def dtype(self) -> np.dtype[Any]:
        return self.data.dtype

    def __len__(self) -> int:
        return len(self.data)

    def __bool__(self) -> bool:
        return bool(self.data)

    def __float__(self) -> float:
        return float(self.item())

    def __int__(self) -> int:
        return int(self.item())

    def item(self) -> Any:
        """The only number in here, as a Python number; ValueError when there are several."""
        if self.size != 1:
            raise ValueError(
                f"item() needs exactly one number, but the shape is {self.shape}; reduce it first, for example with .sum()"
            )
        return self.data.item()

    def __repr__(self) -> str:
        if self.data is None:
            return "variable(None)"
        return "variable(" + str(self.data).replace("\n", "\n" + " " * 9) + ")"

    def to_cpu(self) -> None:
        if self.data is not None:
            self.data = cuda.as_numpy(self.data)
        if self._grad is not None:
            self._grad = cuda.as_numpy(self._grad)

    def to_gpu(self) -> None:
        if self.data is not None:
            self.data = cuda.as_cupy(self.data)
        if self._grad is not None:
            self._grad = cuda.as_cupy(self._grad)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return np.array(cuda.as_numpy(self.data), dtype=dtype, copy=bool(copy) or None)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        """`np.sin(x)` is `F.sin(x)`; a NumPy function without a counterpart says so."""
        func = _COUNTERPARTS.get(ufunc.__name__) if method == "__call__" and not kwargs else None
        if func is None:
            raise TypeError(
                f"np.{ufunc.__name__} is not a function on variables; use a function of dezero_lab.functions, "
                f"or np.{ufunc.__name__}(x.data) if no gradient is needed"
            )
        return func(*inputs)

    def __getstate__(self) -> Any:
        from .copying import variable_state

        return variable_state(self)

    def __setstate__(self, state: Any) -> None:
        from .copying import restore_variable

        restore_variable(self, state)


class Parameter(Variable):
    """A variable that a model learns. A layer that is given one keeps it under its name."""


class Function:
    """One operation. Subclasses write `forward(*arrays)` and `backward(*variables)`; calling an instance runs it once.

    inputs: the variables it was called with. outputs: weak references to what it returned.
    generation: the largest generation of its inputs.

    >>> class Double(Function):
    ...     def forward(self, x):
    ...         return x * 2
    ...     def backward(self, gy):
    ...         return gy * 2
    >>> Double()(Variable(np.array(4.0)))
    variable(8.0)
    """

    __slots__ = ("__weakref__", "_outputs", "generation", "inputs")

    inputs: tuple[Variable, ...]
    generation: int
    vjp: Any = None
    _vjp_stands_for: Any = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "vjp" in cls.__dict__:
            cls._vjp_stands_for = cls.__dict__["backward"]

    def __call__(self, *inputs: Any) -> Any:
        variables = tuple([x if isinstance(x, Variable) else as_constant(x) for x in inputs])
        ys = self.forward(*[x.data for x in variables])
        if type(ys) is not tuple:
            return self._record(ys, variables)
        outputs = [Variable(as_array(y)) for y in ys]
        if backprop.get():
            self._remember(variables)
            wanted = any(x.requires_grad for x in variables)
            for y in outputs:
                y.set_creator(self)
                y.requires_grad = wanted
            self._outputs = tuple([weakref.ref(y) for y in outputs])
        return outputs if len(outputs) > 1 else outputs[0]

    def _record(self, y: Any, variables: tuple[Variable, ...]) -> Variable:
        """The same for a single output, without the loops: most functions come here."""
        out = Variable.__new__(Variable)
        out.data = y if type(y) is np.ndarray else as_array(y)
        out.name = out._grad = out.creator = None
        out.generation = 0
        out.requires_grad = True
        if backprop.get():
            self._remember(variables)
            out.creator = self
            out.generation = self.generation + 1
            if not variables[0].requires_grad:
                out.requires_grad = any(x.requires_grad for x in variables)
            self._outputs = weakref.ref(out)
        return out

    def _remember(self, variables: tuple[Variable, ...]) -> None:
        if hasattr(self, "inputs"):
            raise RuntimeError(
                f"this {type(self).__name__} object was called before, and a function object remembers one call; "
                f"make a new one for each call: {type(self).__name__}()(x)"
            )
        self.inputs = variables
        generation = 0
        for x in variables:
            if x.generation > generation:
                generation = x.generation
        self.generation = generation

    @property
    def outputs(self) -> tuple[weakref.ref[Variable], ...]:
        kept = self._outputs
        return kept if isinstance(kept, tuple) else (kept,)

    if TYPE_CHECKING:  # each subclass names its own arguments
        forward: Any
        backward: Any
    else:

        def forward(self, *xs):
            raise NotImplementedError(f"{type(self).__name__} has no forward(self, *arrays)")

        def backward(self, *gys):
            raise NotImplementedError(f"{type(self).__name__} has no backward(self, *variables)")


def as_array(x: Any, array_module: Any = np) -> Any:
    """An array of the array module; arrays pass through, numbers become arrays without axes."""
    return x if cuda.is_array(x) else array_module.asarray(x)


def as_variable(obj: Any) -> Variable:
    """A Variable with this content; a Variable passes through."""
    return obj if isinstance(obj, Variable) else Variable(as_array(obj))


def as_constant(obj: Any) -> Variable:
    """A Variable made for the length of a call: nobody holds it, so no gradient is computed for it."""
    return Variable(as_array(obj), requires_grad=False)


def _ones_for(data: Any) -> Any:
    xp = cuda.get_array_module(data)
    dtype = data.dtype if data.dtype.kind in "fc" else np.float64  # a gradient is not a whole number
    return xp.ones(data.shape, dtype)


def _functions_behind(output: Variable) -> list[Function]:
    """Every function that `output` was computed with, once each. No recursion: graphs may be a million deep."""
    if output.creator is None:
        return []
    found = [output.creator]
    seen = {id(output.creator)}
    for func in found:  # the list grows while it is read
        for x in func.inputs:
            creator = x.creator
            if creator is not None and id(creator) not in seen:
                seen.add(id(creator))
                found.append(creator)
    return found


def _propagate(output: Variable, retain_grad: bool, create_graph: bool) -> None:
    """The sweep itself. A function runs when all its consumers have run: the highest generation goes first."""
    funcs = _functions_behind(output)
    funcs.sort(key=_by_generation, reverse=True)
    output._grad = output.grad if create_graph else _plain(output._grad)
    summed: set[int] = set()  # variables whose gradient is a sum that this sweep allocated
    leaves: dict[int, Variable] = {}
    for func in funcs:
        ys = [ref() for ref in func.outputs]
        gys = [None if y is None else y._grad for y in ys]
        if not retain_grad:
            for y in ys:
                if y is not None:
                    y._grad = None
        if all(gy is None for gy in gys):
            continue
        for x, gx in zip(func.inputs, _input_gradients(func, ys, gys, create_graph), strict=True):
            if gx is None or not x.requires_grad:
                continue
            if x.creator is None:
                leaves[id(x)] = x
            _accumulate(x, gx, summed, create_graph)
    _give_leaves_their_own_arrays(list(leaves.values()), create_graph)


def _input_gradients(func: Function, ys: list[Any], gys: list[Any], create_graph: bool) -> Sequence[Any]:
    if any(gy is None for gy in gys):  # an output that took no part in the result contributes nothing
        gys = [_zeros_for(func, ys, gys, i) if gy is None else gy for i, gy in enumerate(gys)]
    if not create_graph:
        if type(func).backward is func._vjp_stands_for:
            gxs = func.vjp(*gys)
            return gxs if type(gxs) is tuple else (gxs,)
        gys = [Variable(as_array(gy)) for gy in gys]
    gxs = func.backward(*gys)
    if not isinstance(gxs, (tuple, list)):
        gxs = (gxs,)
    if len(gxs) != len(func.inputs):
        raise ValueError(
            f"{type(func).__name__}.backward returned {len(gxs)} gradients for {len(func.inputs)} inputs; "
            "return one for each input, in the same order"
        )
    return gxs if create_graph else [_plain(gx) for gx in gxs]


def _zeros_for(func: Function, ys: list[Any], gys: list[Any], i: int) -> Any:
    y = ys[i]
    if y is None:
        raise RuntimeError(
            f"output {i} of {type(func).__name__} was dropped, so its shape is not known any more; "
            "keep all outputs of a function with several results until backward() has run"
        )
    zeros = cuda.get_array_module(y.data).zeros_like(y.data)
    return Variable(zeros) if any(isinstance(gy, Variable) for gy in gys) else zeros


def _accumulate(x: Variable, gx: Any, summed: set[int], create_graph: bool) -> None:
    old = x._grad
    if old is None:
        _check_shape(x, gx)
        x._grad = gx
    elif create_graph:
        x._grad = x.grad + as_variable(gx)
    elif id(x) in summed and gx.dtype == old.dtype:
        old += gx  # this sweep made the sum, so nobody else holds it
    else:
        _check_shape(x, gx)
        x._grad = _plain(old) + gx
        if x._grad.ndim:
            summed.add(id(x))


def _check_shape(x: Variable, gx: Any) -> None:
    if gx.shape != x.data.shape:
        raise ValueError(
            f"a gradient of shape {gx.shape} arrived at a variable of shape {x.data.shape}; a gradient has the shape "
            "of its data: sum over the axes that were broadcast (sum_to) or reshape it back"
        )


def _give_leaves_their_own_arrays(leaves: list[Variable], create_graph: bool) -> None:
    """A function such as `Add` hands one array to two inputs; an optimiser that works in place must not meet it."""
    seen: set[int] = set()
    for x in leaves:
        gx = x._grad
        data = gx.data if isinstance(gx, Variable) else gx
        if data.base is not None or id(data) in seen:
            if create_graph:
                x._grad = Copy()(gx)
            else:
                x._grad = data = data.copy()
        seen.add(id(data))


def _plain(gx: Any) -> Any:
    return gx.data if isinstance(gx, Variable) else gx


def _short(obj: Any) -> str:
    text = repr(obj)
    return text if len(text) <= 30 else text[:27] + "..."


class Copy(Function):
    """The same values in an array of its own."""

    __slots__ = ()

    def forward(self, x: Any) -> Any:
        return x.copy()

    def backward(self, gy: Any) -> Any:
        return gy


_COUNTERPARTS: dict[str, Callable[..., Any]] = {}  # NumPy's name of a function -> ours


def setup_variable() -> None:
    """Attach operators and methods to Variable. `import dezero_lab` has called it already."""
    from . import operators

    operators.attach(Variable, _COUNTERPARTS)


# The operators are functions like any other and live in their own file; it needs the two classes above.
from .operators import (  # noqa: E402
    Add,
    Div,
    Mul,
    Neg,
    Pow,
    Sub,
    add,
    div,
    mul,
    neg,
    pow,
    rdiv,
    rsub,
    sub,
)

setup_variable()
