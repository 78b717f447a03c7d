# Written by chapters/build.py from chapters/src/08_from_recursion_to_a_loop.md. Edit that file instead.

class Variable:
    def __init__(self, data):
        self.data = data
        self.grad = None
        self.creator = None

    def set_creator(self, func):
        self.creator = func

    def backward(self):
        ...  # your turn
