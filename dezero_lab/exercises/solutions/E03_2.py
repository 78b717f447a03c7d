# Written by chapters/build.py from chapters/src/03_chaining_functions.md. Edit that file instead.

x = 0.5
a = 0.25
b = 1.2840254
y = 1.6487213
