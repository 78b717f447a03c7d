# Written by chapters/build.py from chapters/src/07_automating_backpropagation.md. Edit that file instead.

class Variable:
    def __init__(self, data):
        self.data = data
        self.grad = None
        self.creator = None

    def set_creator(self, func):
        self.creator = func

    def backward(self):
        ...  # your turn
