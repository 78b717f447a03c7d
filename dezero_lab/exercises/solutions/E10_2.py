import numpy as np


def gradient_check(f, x, rtol=1e-4, atol=1e-5):
    x = Variable(x.data.astype(np.float64))
    y = f(x)
    y.backward()
    expected = numerical_diff(f, x)
    return bool(np.allclose(x.grad, expected, rtol=rtol, atol=atol))
