def peak(n):
    ...  # your turn
