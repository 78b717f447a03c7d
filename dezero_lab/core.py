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

import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from . import cuda, sweep
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


_new = object.__new__


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

    __slots__ = ("__weakref__", "_grad", "creator", "data", "name", "requires_grad")
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
        if gx is not None and self.data is not None and gx.shape != self.data.shape:
            raise ValueError(
                f"a gradient has the shape of its data: {gx.shape} was given for a variable of shape {self.data.shape}"
            )
        self._grad = gx

    @property
    def generation(self) -> int:
        """How many functions lie on the longest way here from a leaf; 0 for a leaf."""
        return 0 if self.creator is None else self.creator.generation + 1

    def set_creator(self, func: Function) -> None:
        self.creator = func

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
        if self.creator is not None:
            sweep.run(self, retain_grad, create_graph)

    def unchain_backward(self) -> None:
        """Cut every link behind this variable, so that memory of a long history is given back."""
        for func in sweep.functions_behind(self):
            results = [ref() for ref in func.outputs] if func.one_state else []
            for x in (*func.inputs, *results):
                if x is not None:
                    x.unchain()
        self.unchain()

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

    def __format__(self, spec: str) -> str:
        return format(self.item(), spec) if spec else str(self)

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
        return np.array(cuda.as_numpy(self.data), dtype=dtype, copy=copy)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        """`np.sin(x)` is `F.sin(x)`; a NumPy function without a counterpart says so."""
        func = _COUNTERPARTS.get(ufunc.__name__) if method == "__call__" and not kwargs else None
        if func is None and "out" in kwargs:
            raise TypeError(
                "an array cannot be changed in place by a Variable, since that would leave no graph; "
                "take its array: p.data -= lr * p.grad.data"
            )
        if func is None:
            raise TypeError(
                f"np.{ufunc.__name__} is not a function on variables; use a function of dezero_lab.functions, "
                f"or np.{ufunc.__name__}(x.data) if no gradient is needed"
            )
        return func(*inputs)

    def __deepcopy__(self, memo: dict[int, Any]) -> Variable:
        from .copying import deep_copy

        return deep_copy(self, memo)

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
    one_state = False  # True: history is cut from all outputs at once, and one that took no part sends None, not zeros

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "vjp" in cls.__dict__:
            cls._vjp_stands_for = cls.backward

    def __call__(self, *inputs: Any) -> Any:
        generation, wanted, xs = 0, False, []
        for x in inputs:
            if not isinstance(x, Variable):
                return self(*[x if isinstance(x, Variable) else as_constant(x) for x in inputs])
            xs.append(x.data)
            creator = x.creator
            if creator is not None and creator.generation >= generation:
                generation = creator.generation + 1
            if x.requires_grad:
                wanted = True
        try:
            ys = self.forward(*xs)
        except (TypeError, ValueError, IndexError, AttributeError) as error:
            self._explain(inputs, error)
            raise
        if ys is None or (type(ys) is tuple and not ys):
            raise TypeError(
                f"{type(self).__name__}.forward returned {ys}; return an array, or several in a tuple"
            )
        recording = backprop.get()
        if recording:
            self.inputs = inputs
            self.generation = generation
        if type(ys) is tuple:
            return self._wrap_several(ys, recording)
        y = _new(Variable)  # the constructor's checks are not needed for our own result
        y.data = ys if type(ys) is np.ndarray else as_array(ys)
        y.name = y._grad = None
        if recording:
            y.creator = self
            y.requires_grad = wanted
            self._outputs = weakref.ref(y)
        else:
            y.creator = None
            y.requires_grad = True
        return y

    def _explain(self, inputs: tuple[Variable, ...], error: Exception) -> None:
        """Raise a better message for an error of `forward` where there is one."""
        from .explain import explained

        better = explained(self, inputs, error)
        if better is not error:
            raise better from error

    def _wrap_several(self, ys: tuple[Any, ...], recording: bool) -> Any:
        outputs = []
        wanted = not recording or any(x.requires_grad for x in self.inputs)
        for array in ys:
            y = _new(Variable)
            y.data = as_array(array)
            y.name = y._grad = None
            y.creator = self if recording else None
            y.requires_grad = wanted
            outputs.append(y)
        if recording:
            self._outputs = tuple([weakref.ref(y) for y in outputs])
        return outputs if len(outputs) > 1 else outputs[0]

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
    if type(x) is np.ndarray or (not isinstance(x, np.generic) and cuda.is_array(x)):
        return x
    return array_module.asarray(x)


def as_variable(obj: Any) -> Variable:
    """A Variable with this content; a Variable passes through."""
    return obj if isinstance(obj, Variable) else Variable(as_array(obj))


def as_constant(obj: Any) -> Variable:
    """A Variable made for the length of a call: nobody holds it, so no gradient is computed for it."""
    x = _new(Variable)
    x.data = as_array(obj)
    x.name = x.creator = x._grad = None
    x.requires_grad = False
    return x


def _ones_for(data: Any) -> Any:
    dtype = data.dtype if data.dtype.kind in "fc" else np.dtype(float)  # a gradient is not a whole number
    if data.ndim == 0 and type(data) is np.ndarray:
        return dtype.type(1)  # of a loss, nearly always: a number is enough
    return cuda.get_array_module(data).ones(data.shape, dtype)


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
