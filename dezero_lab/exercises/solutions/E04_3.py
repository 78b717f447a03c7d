def evaluations(n, method):
    return 2 * n if method == "central" else n + 1
