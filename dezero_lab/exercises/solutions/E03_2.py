# Written by chapters/build.py from chapters/src/03_chaining_functions.md. Edit that file instead.

import numpy as np


x = 0.5
a = x**2
b = np.exp(a)
y = b**2
