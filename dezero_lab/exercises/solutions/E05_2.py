# Written by chapters/build.py from chapters/src/05_theory_of_backpropagation.md. Edit that file instead.

def mults(shapes, order):
    total = 0
    if order == "from_output":
        rows, _ = shapes[-1]
        for middle, cols in reversed(shapes[:-1]):
            total += rows * middle * cols
    else:
        _, cols = shapes[0]
        for rows, middle in shapes[1:]:
            total += rows * middle * cols
    return total
