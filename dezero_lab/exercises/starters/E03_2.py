# Written by chapters/build.py from chapters/src/03_chaining_functions.md. Edit that file instead.

x = 0.5
a = ...  # your turn: after the first square
b = ...  # after exp
y = ...  # after the second square
