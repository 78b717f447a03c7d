# Written by chapters/build.py from chapters/src/03_chaining_functions.md. Edit that file instead.

x = 0.5
...  # your turn
