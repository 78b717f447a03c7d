import numpy as np


import unittest


class SquareTest(unittest.TestCase):
    def test_value(self):
        y = square(Variable(np.array(-3.0)))
        self.assertEqual(y.data, 9.0)

    def test_gradient_with_upstream(self):
        x = Variable(np.array(-3.0))
        y = square(x)
        y.grad = np.array(2.5)
        y.backward()
        self.assertEqual(x.grad, -15.0)

    def test_against_numbers(self):
        x = Variable(np.random.uniform(-2, 2, size=(2, 3)))
        y = square(x)
        y.backward()
        self.assertEqual(x.grad.shape, x.data.shape)
        self.assertTrue(np.allclose(x.grad, numerical_diff(square, x)))
