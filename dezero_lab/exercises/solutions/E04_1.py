import numpy as np


def numerical_diff(f, x, eps=1e-4):
    right = f(Variable(np.array(x.data + eps)))
    left = f(Variable(np.array(x.data - eps)))
    return (right.data - left.data) / (2 * eps)
