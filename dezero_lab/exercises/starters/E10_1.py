# Written by chapters/build.py from chapters/src/10_tests.md. Edit that file instead.

import unittest


class SquareTest(unittest.TestCase):
    ...  # your turn
