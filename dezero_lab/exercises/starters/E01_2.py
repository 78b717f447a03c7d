def describe(a):
    ...  # your turn
