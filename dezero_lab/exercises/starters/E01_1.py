# Written by chapters/build.py from chapters/src/01_variables_as_boxes.md. Edit that file instead.

class Variable:
    pass  # your turn
