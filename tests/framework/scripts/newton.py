# Newton's method on (x² − 1)², which has two valleys; and a long narrow valley by plain steps.
import numpy as np

from dezero_lab import Variable


def two_valleys(x):
    return (x**2 - 1) ** 2


def newton(f, start, steps):
    x = Variable(np.array(start))
    trace = []
    for _ in range(steps):
        x.cleargrad()
        f(x).backward(create_graph=True)
        slope = x.grad
        x.cleargrad()
        slope.backward()
        curvature = x.grad
        x.data = x.data - slope.data / curvature.data
        trace.append(float(x.data))
    return trace


def descend(f, start, lr, steps):
    xs = [Variable(np.array(value)) for value in start]
    for _ in range(steps):
        for x in xs:
            x.cleargrad()
        f(*xs).backward()
        for x in xs:
            x.data -= lr * x.grad.data
    return [float(x.data) for x in xs]


from_the_right = newton(two_valleys, 2.0, 10)
from_the_left = newton(two_valleys, -1.5, 10)
banana = descend(lambda a, b: 10 * (b - a**2) ** 2 + (1 - a) ** 2, (-0.5, 1.5), 0.01, 3000)
