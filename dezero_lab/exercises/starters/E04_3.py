def evaluations(n, method):
    ...  # your turn
