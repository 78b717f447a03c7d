"""What one backward pass leaves behind, and what the next one makes of it."""

import threading

import numpy as np
import pytest

import dezero_lab.functions as F
import dezero_lab.layers as L
from dezero_lab import Config, Function, Parameter, Variable, no_grad, optimizers
from dezero_lab.layers import Layer

f32 = np.float32


def scalar(value):
    return Variable(np.array(float(value)))


class TestRetained:
    @pytest.mark.parametrize("create_graph", [False, True])
    def test_a_second_pass_does_not_count_them_again(self, create_graph):
        x = scalar(2)
        y = x * x
        z = y * y
        for _ in range(2):
            x.cleargrad()
            z.cleargrad()
            z.backward(retain_grad=True, create_graph=create_graph)
            assert (x.grad.item(), y.grad.item()) == (32.0, 8.0)

    def test_another_output_of_the_same_features(self):
        x = Variable(np.array([1.0, 2.0]))
        features = x * x
        scores = features * np.array([[1.0, 3.0], [5.0, 7.0]])
        scores[0, 0].backward(retain_grad=True)
        scores[1, 1].backward(retain_grad=True)
        np.testing.assert_array_equal(features.grad.data, [0.0, 7.0])

    def test_weights_joined_for_a_recurrent_step(self):
        layer, x = L.RNN(4, in_size=3), np.ones((2, 3), f32)
        state = layer(x)
        F.sum(state).backward(retain_grad=True)
        state.cleargrad()
        layer.cleargrads()
        again = layer(x)
        F.sum(again).backward()
        found = [p.grad.data.copy() for p in layer.params()]
        layer.cleargrads()
        again.cleargrad()
        F.sum(again).backward()
        for p, gradient in zip(layer.params(), found, strict=True):
            np.testing.assert_allclose(gradient, p.grad.data, rtol=1e-6)

    def test_two_of_them_share_no_array(self):
        x = Variable(np.array([1.0, 2.0]))
        a, b = x * 1, x * 2
        (a + b).backward(retain_grad=True)
        assert not np.shares_memory(a.grad.data, b.grad.data)


class TestAfterAnError:
    @pytest.mark.parametrize("create_graph", [False, True])
    def test_a_second_try_is_right(self, create_graph):
        class Fragile(Function):
            broken = True

            def forward(self, x):
                return x * 1

            def backward(self, gy):
                if self.broken:
                    raise RuntimeError("boom")
                return gy

        x = scalar(2)
        a = x * 3
        y = Fragile()(a) + a * 5
        with pytest.raises(RuntimeError, match="boom"):
            y.backward(create_graph=create_graph)
        assert Config.enable_backprop
        Fragile.broken = False
        x.cleargrad()
        y.cleargrad()
        y.backward(create_graph=create_graph)
        assert x.grad.item() == 18.0


class TestGradientsSetByHand:
    def test_another_shape_is_refused(self):
        x = Variable(np.ones(3))
        with pytest.raises(ValueError, match=r"\(2, 3\) was given for a variable of shape \(3,\)"):
            x.grad = np.ones((2, 3))

    def test_a_box_without_data_takes_any(self):
        x = Variable(None)
        x.grad = np.ones(2)
        assert x.grad.shape == (2,)


class TestLeaves:
    def test_numbers_get_arrays_that_hooks_can_change(self):
        model = Layer()
        model.a = Parameter(np.array(2.0))
        optimizer = optimizers.SGD(1.0).setup(model)
        optimizer.add_hook(optimizers.ClipGrad(1.0))
        for expected in (1.0, 0.0):
            model.cleargrads()
            (model.a * 100.0).backward()
            optimizer.update()
            assert model.a.item() == pytest.approx(expected, abs=1e-4)

    def test_also_when_they_add_up(self):
        model = Layer()
        model.a = Parameter(np.array(2.0))
        optimizer = optimizers.SGD(0.1).setup(model)
        optimizer.add_hook(optimizers.WeightDecay(1.0))
        for _ in range(2):
            F.sum(model.a * 0.0).backward()
            assert type(model.a._grad) is np.ndarray
        optimizer.update()
        assert model.a.item() == pytest.approx(1.8)

    def test_what_a_learners_backward_keeps_is_copied(self):
        class Product(Function):
            def forward(self, x, w):
                return (x * w).sum()

            def backward(self, gy):
                return self.inputs[1], self.inputs[0]

        for create_graph in (False, True):
            x, w = Parameter(np.ones(3)), Parameter(np.full(3, 2.0))
            Product()(x, w).backward(create_graph=create_graph)
            assert not np.shares_memory(x.grad.data, w.data)
            assert not np.shares_memory(w.grad.data, x.data)

    def test_float32_stays_over_passes_with_wider_targets(self):
        x = Variable(np.ones(3, f32))
        for _ in range(2):
            F.sum((x - np.zeros(3)) ** 2).backward()
            assert x.grad.dtype == f32


class TestSwitchesThatEndElsewhere:
    def test_a_generator_closed_by_another_thread(self):
        def quiet():
            with no_grad():
                yield

        steps = quiet()
        next(steps)
        assert not Config.enable_backprop
        closer = threading.Thread(target=steps.close)
        closer.start()
        closer.join()
        assert Config.enable_backprop

    def test_inner_blocks_go_on_when_an_outer_one_ended_there(self):
        def quiet():
            with no_grad():
                yield

        steps = quiet()
        next(steps)
        with no_grad():
            closer = threading.Thread(target=steps.close)
            closer.start()
            closer.join()
            assert not Config.enable_backprop
        assert Config.enable_backprop


class TestWhatLearnersForget:
    def function(self, forward=lambda x: x * 2, backward=lambda gy: gy):
        class Mine(Function):
            def forward(self, x):
                return forward(x)

            def backward(self, gy):
                return backward(gy)

        return Mine()

    @pytest.mark.parametrize("result", [None, ()])
    def test_forward_without_return(self, result):
        with pytest.raises(TypeError, match=r"Mine\.forward returned .*; return an array"):
            self.function(forward=lambda x: result)(scalar(1))

    @pytest.mark.parametrize("create_graph", [False, True])
    def test_backward_without_return(self, create_graph):
        y = self.function(backward=lambda gy: None)(scalar(1))
        with pytest.raises(ValueError, match=r"Mine\.backward returned None; end it with return"):
            y.backward(create_graph=create_graph)

    @pytest.mark.parametrize("create_graph", [False, True])
    def test_backward_that_returns_a_plain_number(self, create_graph):
        y = self.function(backward=lambda gy: 2.0)(scalar(1))
        with pytest.raises(TypeError, match=r"Mine\.backward must return variables or arrays.*float"):
            y.backward(create_graph=create_graph)

    def test_updating_an_array_with_a_variable(self):
        p = Parameter(np.ones(2))
        F.sum(p * p).backward()
        with pytest.raises(TypeError, match=r"changed in place by a Variable.*p\.grad\.data"):
            p.data -= 0.1 * p.grad

    @pytest.mark.parametrize("call", [lambda x: x + 1, lambda x: -x, F.sin, F.sum, lambda x: x * x])
    def test_a_variable_without_data(self, call):
        with pytest.raises(TypeError, match="the variable 'W' that has no data yet"):
            call(Parameter(None, name="W"))

    def test_a_loss_in_a_formatted_text(self):
        loss = scalar(0.12345)
        assert f"{loss:.2f} {loss}" == "0.12 variable(0.12345)"
