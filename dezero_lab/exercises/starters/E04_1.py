def numerical_diff(f, x, eps=1e-4):
    ...  # your turn
