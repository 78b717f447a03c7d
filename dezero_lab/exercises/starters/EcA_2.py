def sweeps(n_in, n_out, mode):
    ...  # your turn
