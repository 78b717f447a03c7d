"""A device that is none: an array type that refuses host functions, installed under the name of CuPy.

It holds a NumPy array inside and works only through its own module, as CuPy does: NumPy functions and operators with
NumPy arrays raise, implicit conversion raises, `get()` and `asarray()` cross over. What runs on it falls back nowhere.
Where CuPy and a device exist, every test that asks for `cupy` runs on them too.
"""

import importlib
import importlib.machinery
import os
import sys
import types

import numpy as np
import pytest

from dezero_lab import cuda

PEERS = ("torch", "scipy.special", "onnx", "onnxruntime")


def pytest_configure():
    """Under `make peers` nothing may be skipped for want of a peer."""
    for name in PEERS if os.environ.get("DEZERO_LAB_PEERS") else ():
        try:
            importlib.import_module(name)
        except (ImportError, OSError) as error:  # OSError: a shared library that does not fit this machine
            raise pytest.UsageError(
                f"make peers compares with {name}, which cannot be imported here ({type(error).__name__}: {error}); "
                "constraints-peers.txt has the versions, and not every platform has builds of all of them"
            ) from error


class ndarray:
    __module__ = "cupy"
    __slots__ = ("_host",)
    __hash__ = None
    __array_ufunc__ = None  # NumPy's operators give up at once

    def __init__(self, host):
        self._host = host

    def __array__(self, *args, **kwargs):
        raise TypeError("implicit conversion to a NumPy array is not allowed; use .get()")

    def __array_function__(self, func, *rest):
        raise TypeError(f"np.{func.__name__} was called on a device array")

    def get(self):
        return self._host.copy()

    def __getattr__(self, name):
        if name.startswith("__"):  # such as __array_interface__, through which NumPy would get in
            raise AttributeError(name)
        value = getattr(self._host, name)
        return on_device(value) if callable(value) else value if name in PLAIN else wrap(value)

    def __getitem__(self, index):
        return wrap(self._host[unwrap(index)])

    def __setitem__(self, index, value):
        self._host[unwrap(index)] = unwrap(value)

    def __len__(self):
        return len(self._host)

    def __iter__(self):
        return (wrap(row) for row in self._host)

    def __float__(self):
        return float(self._host)

    def __int__(self):
        return int(self._host)

    def __index__(self):
        return self._host.__index__()

    def __bool__(self):
        return bool(self._host)

    def __str__(self):
        return str(self._host)

    def __format__(self, spec):
        return format(self._host, spec)


PLAIN = {"shape", "ndim", "size", "dtype", "strides", "itemsize", "flags", "nbytes", "ctypes"}


def wrap(value):
    if isinstance(value, np.ndarray):
        return ndarray(value)
    if isinstance(value, np.generic):
        return ndarray(np.asarray(value))  # CuPy keeps single numbers on the device
    return tuple(map(wrap, value)) if isinstance(value, tuple) else value


def unwrap(value):
    if isinstance(value, ndarray):
        return value._host
    if isinstance(value, np.ndarray):
        raise TypeError("Unsupported type <class 'numpy.ndarray'>")
    if isinstance(value, (tuple, list)):
        return type(value)(map(unwrap, value))
    return value


def on_device(function):
    def call(*args, **kwargs):
        result = function(*unwrap(args), **{name: unwrap(value) for name, value in kwargs.items()})
        out = kwargs.get("out")
        return result if function.__name__ in ("item", "tolist") else wrap(result) if out is None else out

    return call


def _operator(name):
    def operator(self, *others):
        if any(isinstance(other, np.ndarray) for other in others):
            raise TypeError("Unsupported type <class 'numpy.ndarray'>")
        if any(getattr(other, "__array_priority__", 0) > 0 for other in others):
            return NotImplemented  # CuPy leaves it to the operand with the higher priority, too
        result = getattr(self._host, name)(*unwrap(others))
        if name.startswith("__i") and name != "__invert__":
            return self
        return result if result is NotImplemented else wrap(result)

    return operator


for _name in ["add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor"]:
    for _prefix in ("", "r", "i"):
        setattr(ndarray, f"__{_prefix}{_name}__", _operator(f"__{_prefix}{_name}__"))
for _name in ["neg", "pos", "abs", "invert", "lt", "le", "gt", "ge", "eq", "ne"]:
    setattr(ndarray, f"__{_name}__", _operator(f"__{_name}__"))


class Module(types.ModuleType):
    """NumPy's functions, for device arrays only."""

    def __init__(self, name, source):
        super().__init__(name)
        self.__spec__ = importlib.machinery.ModuleSpec(name, None)
        self._source = source

    def __getattr__(self, name):
        value = getattr(self._source, name)
        if isinstance(value, types.ModuleType):
            return Module(f"{self.__name__}.{name}", value)
        if isinstance(value, np.ufunc):
            return Ufunc(value)
        return on_device(value) if callable(value) and not isinstance(value, type) else value


class Ufunc:
    def __init__(self, source):
        self.source = source

    def __call__(self, *args, out=None, **kwargs):
        result = (
            self.source(*unwrap(args), **kwargs)
            if out is None
            else self.source(*unwrap(args), out=unwrap(out), **kwargs)
        )
        return wrap(result) if out is None else out

    def at(self, target, index, values):
        self.source.at(unwrap(target), unwrap(index), unwrap(values))


def _to_device(x, dtype=None):
    return wrap(np.array(x._host if isinstance(x, ndarray) else x, dtype=dtype))


def _asarray(x, dtype=None):
    return x if isinstance(x, ndarray) and dtype in (None, x.dtype) else _to_device(x, dtype)


DEVICE = cuda.cupy  # the real one, where there is a device


@pytest.fixture
def stand_in(monkeypatch):
    """The made-up CuPy module; `cuda.gpu_enable` is True while the test runs."""
    module = Module("cupy", np)
    module.ndarray = ndarray
    module.asarray, module.array = _asarray, _to_device
    module.cuda = types.SimpleNamespace(runtime=types.SimpleNamespace(getDeviceCount=lambda: 1))
    monkeypatch.setitem(sys.modules, "cupy", module)
    assert cuda.gpu_enable
    return module


@pytest.fixture(params=["stand-in"] if DEVICE is None else ["stand-in", "device"])
def cupy(request):
    """The made-up module, and then CuPy itself where it finds a device: the same tests run on both."""
    return request.getfixturevalue("stand_in") if request.param == "stand-in" else DEVICE
