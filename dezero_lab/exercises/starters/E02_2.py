class Affine(Function):
    pass  # your turn
