class Dual:
    def __init__(self, value, slope):
        self.value = value
        self.slope = slope

    def __add__(self, other):
        other = as_dual(other)
        ...  # your turn

    def __mul__(self, other):
        other = as_dual(other)
        ...  # your turn

    __radd__ = __add__
    __rmul__ = __mul__


def as_dual(x):
    ...  # your turn


def slope(f, x):
    ...  # your turn
