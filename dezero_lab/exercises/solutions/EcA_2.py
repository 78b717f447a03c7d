# Written by chapters/build.py from chapters/src/cA_ways_to_differentiate.md. Edit that file instead.

def sweeps(n_in, n_out, mode):
    return n_in if mode == "forward" else n_out
