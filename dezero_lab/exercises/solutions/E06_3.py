# Written by chapters/build.py from chapters/src/06_backpropagation_by_hand.md. Edit that file instead.

class Reciprocal(Function):
    def forward(self, x):
        return 1 / x

    def backward(self, gy):
        x = self.input.data
        return -gy / x**2
