class Reciprocal(Function):
    def forward(self, x):
        return 1 / x

    def backward(self, gy):
        x = self.input.data
        return -gy / x**2
