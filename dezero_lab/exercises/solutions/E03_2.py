import numpy as np


x = 0.5
a = x**2
b = np.exp(a)
y = b**2
