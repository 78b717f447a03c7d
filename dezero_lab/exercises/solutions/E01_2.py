# Written by chapters/build.py from chapters/src/01_variables_as_boxes.md. Edit that file instead.

def describe(a):
    kinds = ["scalar", "vector", "matrix"]
    kind = kinds[a.ndim] if a.ndim < 3 else "tensor"
    return a.ndim, a.shape, kind
