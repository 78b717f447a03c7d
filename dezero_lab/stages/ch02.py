"""The classes after chapter 2, Functions that create variables.

Variable, Function, Square, Affine
"""

# Written by chapters/build.py from chapters/src/02_functions_that_create_variables.md. Edit that file instead.

__all__ = ["Variable", "Function", "Square", "Affine"]


class Variable:
    def __init__(self, data):
        self.data = data


class Function:
    def __call__(self, input):
        x = input.data
        y = self.forward(x)
        return Variable(y)

    def forward(self, x):
        raise NotImplementedError("a subclass brings the formula")


class Square(Function):
    def forward(self, x):
        return x**2


class Affine(Function):
    def __init__(self, a, b):
        self.a, self.b = a, b

    def forward(self, x):
        return self.a * x + self.b
