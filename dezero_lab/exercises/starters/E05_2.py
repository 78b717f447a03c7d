def mults(shapes, order):
    ...  # your turn
