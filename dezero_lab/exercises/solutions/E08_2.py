def peak(n):
    return n, 1
