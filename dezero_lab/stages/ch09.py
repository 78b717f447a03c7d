"""The classes after chapter 9, Making functions comfortable.

Variable, Function, Square, Affine, Exp, compose, numerical_diff, as_array, square, exp
"""

# Written by chapters/build.py from chapters/src/09_making_functions_comfortable.md. Edit that file instead.

import numpy as np

__all__ = [
    "Variable", "Function", "Square", "Affine", "Exp", "compose", "numerical_diff", "as_array", "square",
    "exp",
]


class Variable:
    def __init__(self, data):
        if data is not None and not isinstance(data, np.ndarray):
            raise TypeError(f"a Variable holds a numpy array, not {type(data).__name__}: use np.array(...)")
        self.data = data
        self.grad = None
        self.creator = None

    def set_creator(self, func):
        self.creator = func

    def backward(self):
        if self.grad is None:
            self.grad = np.ones_like(self.data)
        funcs = [self.creator]
        while funcs:
            f = funcs.pop()
            x, y = f.input, f.output
            x.grad = f.backward(y.grad)
            if x.creator is not None:
                funcs.append(x.creator)


class Function:
    def __call__(self, input):
        x = input.data
        y = self.forward(x)
        output = Variable(as_array(y))
        output.set_creator(self)
        self.input = input
        self.output = output
        return output

    def forward(self, x):
        raise NotImplementedError("a subclass brings the formula")

    def backward(self, gy):
        raise NotImplementedError("a subclass brings the derivative")


class Square(Function):
    def forward(self, x):
        return x**2

    def backward(self, gy):
        x = self.input.data
        return 2 * x * gy


class Affine(Function):
    def __init__(self, a, b):
        self.a, self.b = a, b

    def forward(self, x):
        return self.a * x + self.b


class Exp(Function):
    def forward(self, x):
        return np.exp(x)

    def backward(self, gy):
        x = self.input.data
        return np.exp(x) * gy


def compose(*fs):
    def composite(x):
        for f in fs:
            x = f(x)
        return x

    return composite


def numerical_diff(f, x, eps=1e-4):
    right = f(Variable(np.array(x.data + eps)))
    left = f(Variable(np.array(x.data - eps)))
    return (right.data - left.data) / (2 * eps)


def as_array(x):
    if np.isscalar(x):
        return np.array(x)
    return x


def square(x):
    return Square()(x)


def exp(x):
    return Exp()(x)
