import numpy as np


x = 0.3
a = 2 * x + 1
b = a**2
y = np.exp(b)
dy_dy = ...  # your turn
dy_db = ...
dy_da = ...
dy_dx = ...
