def gradient_check(f, x, rtol=1e-4, atol=1e-5):
    ...  # your turn
