# Written by chapters/build.py from chapters/src/01_variables_as_boxes.md. Edit that file instead.

def describe(a):
    ...  # your turn
