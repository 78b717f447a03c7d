# Written by chapters/build.py from chapters/src/03_chaining_functions.md. Edit that file instead.

def compose(*fs):
    def composite(x):
        for f in fs:
            x = f(x)
        return x

    return composite
