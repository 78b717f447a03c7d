import numpy as np


def error_curve(f, true_slope, x, steps):
    slopes = np.array([numerical_diff(f, x, eps) for eps in steps])
    return np.abs(slopes - true_slope)


def best_step(errors, steps):
    return steps[np.argmin(errors)]
