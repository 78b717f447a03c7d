# Derivatives of derivatives: a series that is differentiated, sin and tanh four times, and a loss that holds a gradient.
import numpy as np

import dezero_lab.functions as F
from dezero_lab import Variable


def sine_by_series(x, terms=12):
    term, total = x, x
    for n in range(1, terms):
        term = term * x**2 / (-(2 * n) * (2 * n + 1))
        total = total + term
    return total


def derivatives(f, values, order):
    x = Variable(np.array(values))
    y = f(x)
    rows = [y.data]
    for _ in range(order):
        x.cleargrad()
        y.backward(create_graph=True)
        y = x.grad
        rows.append(y.data)
    return np.array(rows)


points = np.linspace(-1.5, 1.5, 7)
of_the_series = derivatives(sine_by_series, points, 2)
of_sine = derivatives(F.sin, points, 4)
of_tanh = derivatives(F.tanh, points, 4)

# a penalty on a gradient: d/dx (dy/dx)² with y = x³
x = Variable(np.array(2.0))
y = x**3
y.backward(create_graph=True)
penalty = x.grad**2
x.cleargrad()
penalty.backward()
of_the_penalty = float(x.grad.data)
