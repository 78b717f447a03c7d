"""dezero_lab: learn how a deep-learning framework works by building one, and use the finished one.

>>> import numpy as np
>>> import dezero_lab as dezero
>>> x = dezero.Variable(np.array(3.0))
>>> y = x**2 + 1
>>> y.backward()
>>> x.grad
variable(6.0)
"""

from .core import Function, Parameter, Variable, as_array, as_variable, setup_variable  # isort: skip  # the engine first
from . import cuda, functions, utils
from .config import Config, no_grad, test_mode, using_config

__version__ = "0.1.0"

is_simple_core = False

__all__ = [
    "Config",
    "Function",
    "Parameter",
    "Variable",
    "as_array",
    "as_variable",
    "cuda",
    "functions",
    "is_simple_core",
    "no_grad",
    "setup_variable",
    "test_mode",
    "using_config",
    "utils",
]
