class Affine(Function):
    def __init__(self, a, b):
        self.a, self.b = a, b

    def forward(self, x):
        return self.a * x + self.b
