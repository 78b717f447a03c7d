def sweeps(n_in, n_out, mode):
    return n_in if mode == "forward" else n_out
