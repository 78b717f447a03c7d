"""The classes after chapter 8, From recursion to a loop.

Variable, Function, Square, Affine, Exp, compose, numerical_diff
"""

# Written by chapters/build.py from chapters/src/08_from_recursion_to_a_loop.md. Edit that file instead.

import numpy as np

__all__ = ["Variable", "Function", "Square", "Affine", "Exp", "compose", "numerical_diff"]


class Variable:
    def __init__(self, data):
        self.data = data
        self.grad = None
        self.creator = None

    def set_creator(self, func):
        self.creator = func

    def backward(self):
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
        output = Variable(y)
        self.input = input
        output.set_creator(self)
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
