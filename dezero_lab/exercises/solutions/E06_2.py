import numpy as np


def manual_grad(x_value):
    A, B, C = Square(), Exp(), Square()
    x = Variable(np.array(x_value))
    a = A(x)
    b = B(a)
    y = C(b)
    y.grad = np.array(1.0)
    b.grad = C.backward(y.grad)
    a.grad = B.backward(b.grad)
    x.grad = A.backward(a.grad)
    return float(x.grad)
