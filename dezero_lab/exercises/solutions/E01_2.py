def describe(a):
    kinds = ["scalar", "vector", "matrix"]
    kind = kinds[a.ndim] if a.ndim < 3 else "tensor"
    return a.ndim, a.shape, kind
