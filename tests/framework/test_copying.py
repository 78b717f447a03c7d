"""Copies of graphs: what stood together stands together, and nothing is lost."""

import copy
import pickle

import numpy as np
import pytest

import dezero_lab.functions as F
from dezero_lab import Function, Parameter, Variable


class Both(Function):
    def forward(self, x):
        return x * 2, x * 3

    def backward(self, gy0, gy1):
        return gy0 * 2 + gy1 * 3


class Named(Parameter):
    __slots__ = ("unit",)


def scalar(value):
    return Variable(np.array(float(value)))


def test_outputs_of_one_function_stay_its_outputs():
    x = scalar(1)
    ys = Both()(x)
    (y0, y1), twin = copy.deepcopy((ys, x))
    assert y0.creator is y1.creator is not ys[0].creator
    assert [ref() for ref in y0.creator.outputs] == [y0, y1]
    y0.backward()
    assert twin.grad.item() == 2.0
    assert x.grad is None


def test_variables_of_one_graph_stay_in_one_graph():
    x = scalar(1)
    h = x * 2
    d = copy.deepcopy({"x": x, "h": h, "y": h * 3})
    d["y"].backward(retain_grad=True)
    assert (d["h"].grad.item(), d["x"].grad.item()) == (3.0, 6.0)
    assert d["y"].creator.inputs[0] is d["h"]
    assert h.grad is None


def test_gradients_with_a_graph_of_their_own():
    x = scalar(3)
    y = x * x * x
    y.backward(create_graph=True)
    twin = copy.deepcopy(x)
    gx = twin.grad
    twin.cleargrad()
    gx.backward()
    assert x.grad.item() == 27.0


@pytest.mark.parametrize("make", [copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))])  # noqa: S301
def test_fields_of_a_subclass(make):
    x = Named(np.ones(2), name="x")
    x.unit = "m"
    twin = make(x)
    assert (type(twin), twin.unit, twin.name) == (Named, "m", "x")
    assert not np.shares_memory(twin.data, x.data)


def test_arrays_that_a_function_shares_with_its_output_stay_shared():
    y = F.exp(Variable(np.array([1.0, 2.0])))
    twin = copy.deepcopy(y)
    assert twin.creator.y is twin.data
    twin.backward()
    np.testing.assert_array_equal(twin.creator.inputs[0].grad.data, y.data)
