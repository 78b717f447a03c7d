import numpy as np


class Variable(Variable):  # only backward is new
    def backward(self):
        ...  # your turn


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


class Exp(Function):
    def forward(self, x):
        return np.exp(x)

    def backward(self, gy):
        x = self.input.data
        return np.exp(x) * gy
