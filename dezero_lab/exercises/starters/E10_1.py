import unittest


class SquareTest(unittest.TestCase):
    ...  # your turn
