# Written by chapters/build.py from chapters/src/06_backpropagation_by_hand.md. Edit that file instead.

class Reciprocal(Function):
    ...  # your turn
