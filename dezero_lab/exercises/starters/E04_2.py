# Written by chapters/build.py from chapters/src/04_numerical_differentiation.md. Edit that file instead.

def error_curve(f, true_slope, x, steps):
    ...  # your turn


def best_step(errors, steps):
    ...  # your turn
