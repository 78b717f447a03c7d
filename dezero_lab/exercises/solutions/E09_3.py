# Written by chapters/build.py from chapters/src/09_making_functions_comfortable.md. Edit that file instead.

def square(x):
    return Square()(x)


def exp(x):
    return Exp()(x)
