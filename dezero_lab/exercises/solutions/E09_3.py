def square(x):
    return Square()(x)


def exp(x):
    return Exp()(x)
