"""The classes after chapter 1, Variables as boxes.

Variable
"""

# Written by chapters/build.py from chapters/src/01_variables_as_boxes.md. Edit that file instead.

__all__ = ["Variable"]


class Variable:
    def __init__(self, data):
        self.data = data
