# Written by chapters/build.py from chapters/src/03_chaining_functions.md. Edit that file instead.

import numpy as np


class Exp(Function):
    def forward(self, x):
        return np.exp(x)


def compose(*fs):
    ...  # your turn
