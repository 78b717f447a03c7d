x = 0.5
a = ...  # your turn: after the first square
b = ...  # after exp
y = ...  # after the second square
