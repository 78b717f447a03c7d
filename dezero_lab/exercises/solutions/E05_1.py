import numpy as np


x = 0.3
a = 2 * x + 1
b = a**2
y = np.exp(b)
dy_dy = 1.0
dy_db = dy_dy * np.exp(b)
dy_da = dy_db * 2 * a
dy_dx = dy_da * 2
