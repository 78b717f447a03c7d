"""dezero_lab: learn how a deep-learning framework works by building one, and use the finished one.

    >>> import numpy as np
    >>> import dezero_lab as dezero
    >>> x = dezero.Variable(np.array(3.0))
    >>> y = x**2 + 1
    >>> y.backward()
    >>> x.grad
    variable(6.0)

Layers, models, optimizers, data sets and loaders are imported when they are first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .core import Function, Parameter, Variable, as_array, as_variable, setup_variable  # isort: skip  # the engine first
from . import cuda, functions, functions_conv, utils
from .config import Config, no_grad, test_mode, using_config

if TYPE_CHECKING:
    from . import core_simple, dataloaders, datasets, layers, models, optimizers, transforms
    from .dataloaders import DataLoader, SeqDataLoader
    from .datasets import Dataset
    from .layers import Layer
    from .models import Model

__version__ = "0.1.0"

is_simple_core = False  # scripts of the book ask: their early chapters run on `core_simple`

_MODULES = ("core_simple", "dataloaders", "datasets", "layers", "models", "optimizers", "transforms")
_HOMES = {
    "DataLoader": "dataloaders",
    "SeqDataLoader": "dataloaders",
    "Dataset": "datasets",
    "Layer": "layers",
    "Model": "models",
}

__all__ = [
    "Config",
    "DataLoader",
    "Dataset",
    "Function",
    "Layer",
    "Model",
    "Parameter",
    "SeqDataLoader",
    "Variable",
    "as_array",
    "as_variable",
    "core_simple",
    "cuda",
    "dataloaders",
    "datasets",
    "functions",
    "functions_conv",
    "is_simple_core",
    "layers",
    "models",
    "no_grad",
    "optimizers",
    "setup_variable",
    "test_mode",
    "transforms",
    "using_config",
    "utils",
]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f".{name}", __name__)
    if name in _HOMES:
        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
