def error_curve(f, true_slope, x, steps):
    ...  # your turn


def best_step(errors, steps):
    ...  # your turn
