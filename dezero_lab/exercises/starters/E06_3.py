class Reciprocal(Function):
    ...  # your turn
