# Written by chapters/build.py from chapters/src/01_variables_as_boxes.md. Edit that file instead.

class Variable:
    def __init__(self, data):
        self.data = data
