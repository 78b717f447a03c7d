"""Variables, functions and sweeps: what holds for every graph."""

import asyncio
import copy
import gc
import pickle
import threading
import weakref

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dezero_lab.functions as F
from dezero_lab import Config, Function, Parameter, Variable, no_grad, test_mode, using_config
from dezero_lab.core import Add
from dezero_lab.gradcheck import gradcheck
from dezero_lab.sweep import functions_behind


def scalar(value):
    return Variable(np.array(float(value)))


def chain(x, n):
    y = x
    for _ in range(n):
        y = y * 1.0
    return y


def pickled(y):
    return pickle.loads(pickle.dumps(y))  # noqa: S301  # our own bytes


class TestVariable:
    def test_holds_an_array_or_nothing(self):
        array = np.ones(3)
        assert Variable(array).data is array
        assert Variable(None).data is None

    @pytest.mark.parametrize("wrong", [1.0, 3, [1.0, 2.0], "x", np.float64(2.0)])
    def test_refuses_what_is_not_an_array(self, wrong):
        with pytest.raises(
            TypeError, match=r"holds an array, but .* is not supported; write Variable\(np.array\("
        ):
            Variable(wrong)

    def test_prints_like_dezero(self):
        assert repr(Variable(np.array([[1, 2], [3, 4]]))) == "variable([[1 2]\n          [3 4]])"
        assert repr(Variable(None)) == "variable(None)"

    def test_behaves_like_its_array(self):
        x = Variable(np.arange(6.0).reshape(2, 3))
        assert (x.shape, x.ndim, x.size, x.dtype, len(x)) == ((2, 3), 2, 6, np.float64, 2)
        assert float(scalar(2.5)) == 2.5
        assert int(scalar(2.5)) == 2
        assert bool(scalar(0.0)) is False
        assert [row.shape for row in x] == [(3,), (3,)]
        assert (x > 2).tolist() == [[False, False, False], [True, True, True]]

    def test_item_needs_one_number(self):
        assert Variable(np.array([[3.0]])).item() == 3.0
        with pytest.raises(ValueError, match=r"exactly one number, but the shape is \(2,\)"):
            Variable(np.zeros(2)).item()

    def test_a_scalar_cannot_be_iterated(self):
        with pytest.raises(TypeError, match="no"):
            list(scalar(1))

    def test_a_gradient_is_a_variable_or_an_array(self):
        x = scalar(1)
        x.grad = np.array(2.0)
        assert isinstance(x.grad, Variable)
        with pytest.raises(TypeError, match="a gradient is a Variable, an array or None"):
            x.grad = "steep"

    def test_only_leaves_are_changed_in_place(self):
        x = Variable(np.zeros(3))
        x[1] = 5.0
        assert x.data.tolist() == [0, 5, 0]
        with pytest.raises(RuntimeError, match="only a leaf may be changed in place"):
            (x * 2)[0] = 1.0

    def test_numpy_functions_with_a_counterpart_record(self):
        x = Variable(np.array([0.3, 0.7]))
        y = np.sin(x) + np.exp(x)
        y.backward()
        np.testing.assert_allclose(x.grad.data, np.cos(x.data) + np.exp(x.data))
        with pytest.raises(TypeError, match=r"np.arctan is not a function on variables"):
            np.arctan(x)


class TestOperands:
    @pytest.mark.parametrize("number", [2, 2.0, np.float64(2.0), np.int64(2), True])
    def test_numbers_take_the_dtype_beside_them(self, number):
        x = Variable(np.ones(3, np.float32))
        for y in (x + number, number + x, x * number, number * x, x - number, number - x, x / number, x**2):
            assert isinstance(y, Variable)
            assert y.dtype == np.float32

    def test_arrays_stand_on_either_side(self):
        x = Variable(np.array([1.0, 2.0]))
        for y in (x + np.array([3.0, 4.0]), np.array([3.0, 4.0]) + x):
            assert isinstance(y, Variable)
            assert y.data.tolist() == [4.0, 6.0]

    def test_lists_and_functions_on_numbers(self):
        assert F.sin(0.0).item() == 0.0
        assert F.add(1.0, scalar(2)).item() == 3.0
        assert F.add(scalar(1), [1.0, 2.0]).data.tolist() == [2.0, 3.0]

    def test_words_are_refused(self):
        with pytest.raises(TypeError, match="an operand must be a number, an array or a Variable"):
            scalar(1) + "two"

    def test_whole_numbers_get_gradients_that_are_not(self):
        x = Variable(np.array([2, 4]))
        (x**2).backward()
        assert x.grad.dtype == np.float64
        assert x.grad.data.tolist() == [4.0, 8.0]
        assert (x**-1).data.tolist() == [0.5, 0.25]

    def test_zero_to_the_power_of_zero_has_slope_zero(self):
        x = scalar(0)
        (x**0).backward()
        assert x.grad.item() == 0.0


class TestSweep:
    def test_uses_add_up(self):
        x = scalar(3)
        (x + x + x).backward()
        assert x.grad.item() == 3.0

    def test_a_diamond_waits_for_both_branches(self):
        x = scalar(2)
        a = x**2
        y = a**2 + a**2
        y.backward()
        assert x.grad.item() == 64.0

    def test_uneven_skips(self):
        x = scalar(1.1)
        y = (x**8 + x) + x**4
        y.backward()
        assert x.grad.item() == pytest.approx(8 * 1.1**7 + 1 + 4 * 1.1**3)

    def test_a_shortcut_that_is_listed_first_waits(self):
        x = scalar(0.7)
        a = x * 2
        y = a + F.sin(F.cos(a))
        assert (x.generation, a.generation, y.generation) == (0, 1, 4)
        y.backward()
        assert x.grad.item() == pytest.approx(2 - 2 * np.cos(np.cos(1.4)) * np.sin(1.4))

    @pytest.mark.parametrize("n", [1, 100_000])
    def test_sums_of_many_uses_leave_other_gradients_alone(self, n):
        """Large sums are added to in place, and nobody else may hold them."""
        x = Variable(np.ones(n))
        parts = [x + 0.0, x * 2.0, x + 0.0, x * 3.0]
        total = parts[0] + parts[1] + parts[2] + parts[3]
        total.backward(retain_grad=True)
        assert x.grad.data[-1] == 7.0
        assert [part.grad.data[-1] for part in (*parts, total)] == [1.0] * 5
        total.cleargrad()
        (x * 2.0).backward()
        assert x.grad.data[-1] == 9.0

    def test_gradients_add_up_over_calls_until_cleared(self):
        x = scalar(2)
        for _ in range(2):
            (x * 3).backward()
        assert x.grad.item() == 6.0
        x.cleargrad()
        assert x.grad is None

    def test_a_start_value_that_is_set_is_kept(self):
        x = scalar(2)
        y = x * 3
        y.grad = Variable(np.array(0.5))
        y.backward()
        assert x.grad.item() == 1.5

    def test_intermediate_gradients_are_kept_on_request_only(self):
        for retain in (False, True):
            x = scalar(2)
            a = x * 3
            y = a * 5
            y.backward(retain_grad=retain)
            assert (a.grad is not None) is retain

    def test_on_a_leaf_only_the_start_value_is_set(self):
        x = scalar(2)
        x.backward()
        assert x.grad.item() == 1.0

    def test_after_no_grad_a_result_is_a_leaf(self):
        x = scalar(2)
        with no_grad():
            y = x * 3
        y.backward()
        assert y.creator is None
        assert x.grad is None

    def test_arrays_get_no_gradient(self):
        x = Variable(np.ones((2, 3)), requires_grad=False)
        W = Variable(np.ones((3, 4)))
        F.matmul(x, W).backward()
        assert x.grad is None
        assert W.grad.shape == (3, 4)

    @pytest.mark.parametrize("create_graph", [False, True])
    def test_no_gradient_reaches_what_asks_for_none(self, create_graph):
        class Both(Function):
            def forward(self, a, b):
                return a + b

            def backward(self, gy):
                return gy, gy

        x, constant = scalar(1), Variable(np.array(2.0), requires_grad=False)
        Both()(x, constant).backward(create_graph=create_graph)
        assert x.grad.item() == 1.0
        assert constant.grad is None

    @pytest.mark.parametrize("create_graph", [False, True])
    def test_leaves_never_share_an_array(self, create_graph):
        p, q = Variable(np.ones(3)), Variable(np.ones(3))
        F.sum(p + q).backward(create_graph=create_graph)
        p.grad.data[:] = 7
        assert q.grad.data.tolist() == [1, 1, 1]

    def test_a_leaf_does_not_share_with_the_start_value(self):
        x, start = Variable(np.ones(3)), np.ones(3)
        y = x + 0.0
        y.grad = start
        y.backward()
        x.grad.data += 1
        assert start.tolist() == [1, 1, 1]

    def test_a_leaf_does_not_share_with_a_kept_gradient(self):
        x = Variable(np.ones(3))
        a = x + 0.0
        (a * 2).backward(retain_grad=True)
        x.grad.data += 1
        assert a.grad.data.tolist() == [2, 2, 2]

    def test_higher_derivatives(self):
        x = scalar(1.3)
        y = F.sin(x)
        y.backward(create_graph=True)
        for expected in (np.cos(1.3), -np.sin(1.3), -np.cos(1.3), np.sin(1.3)):
            gx = x.grad
            assert gx.item() == pytest.approx(expected)
            x.cleargrad()
            gx.backward(create_graph=True)

    def test_without_create_graph_no_graph_of_the_gradient_is_kept(self):
        x = scalar(2)
        (x**3).backward()
        assert x.grad.creator is None

    @pytest.mark.parametrize("create_graph", [False, True])
    def test_own_functions_record_their_gradient_on_request_only(self, create_graph):
        recording = []

        class Watched(F.Sin):
            def backward(self, gy):
                recording.append(Config.enable_backprop)
                return gy

        Watched()(scalar(1)).backward(create_graph=create_graph)
        assert recording == [create_graph]

    def test_a_gradient_of_the_wrong_shape_is_named(self):
        class Wrong(Function):
            def forward(self, x):
                return x.sum()

            def backward(self, gy):
                return gy

        with pytest.raises(
            ValueError, match=r"Wrong sent a gradient of shape \(\) to a variable of shape \(3,\)"
        ):
            Wrong()(Variable(np.ones(3))).backward()

    def test_too_few_gradients_are_named(self):
        class Lazy(Function):
            def forward(self, a, b):
                return a + b

            def backward(self, gy):
                return gy

        with pytest.raises(ValueError, match=r"Lazy\.backward returned 1 gradients for 2 inputs"):
            Lazy()(scalar(1), scalar(2)).backward()


class Split(Function):
    """Two outputs, x² and x³."""

    def forward(self, x):
        return x**2, x**3

    def backward(self, g2, g3):
        (x,) = self.inputs
        return 2 * x * g2 + 3 * x**2 * g3


class TestFunctions:
    def test_several_outputs(self):
        x = scalar(2)
        square, cube = Split()(x)
        (square + cube).backward()
        assert x.grad.item() == 16.0

    def test_an_output_that_took_no_part_counts_as_zero(self):
        x = scalar(2)
        outputs = Split()(x)
        outputs[1].backward()
        assert x.grad.item() == 12.0

    def test_an_output_that_was_dropped_is_named(self):
        x = scalar(2)
        cube = Split()(x)[1]
        gc.collect()
        with pytest.raises(RuntimeError, match="output 0 of Split was dropped"):
            cube.backward()

    @pytest.mark.parametrize("create_graph", [False, True])
    def test_an_object_remembers_one_call(self, create_graph):
        f = F.Sin()
        first, second = f(scalar(1)), f(scalar(2))
        second.backward(create_graph=create_graph)
        with pytest.raises(RuntimeError, match=r"this Sin object was called again.* Sin\(\)\(x\)"):
            first.backward(create_graph=create_graph)

    def test_an_object_with_several_results_remembers_one_call(self):
        f = Split()
        first, _ = f(scalar(1)), f(scalar(2))
        with pytest.raises(RuntimeError, match="this Split object was called again"):
            first[0].backward()

    @pytest.mark.parametrize("create_graph", [False, True])
    def test_an_object_that_was_given_its_own_result_says_so(self, create_graph):
        f, x = Add(), scalar(1)
        y = f(f(x, x), x)
        with pytest.raises(RuntimeError, match="this Add object was called again"):
            y.backward(create_graph=create_graph)

    def test_a_subclass_without_formula_says_so(self):
        class Empty(Function):
            pass

        with pytest.raises(NotImplementedError, match="Empty has no forward"):
            Empty()(scalar(1))

    def test_backward_alone_is_enough_and_a_changed_one_is_used(self):
        class Tripled(F.Sin):
            def backward(self, gy):
                return gy * 3

        x = scalar(0.5)
        Tripled()(x).backward()
        assert x.grad.item() == 3.0  # the kernel on arrays belongs to the method that was replaced

    def test_a_subclass_may_bring_a_gradient_on_arrays_alone(self):
        class Halved(F.Sin):
            def vjp(self, gy):
                return gy / 2  # told apart from the slope of the sine, which `backward` would give

        x = scalar(0.5)
        Halved()(x).backward()
        assert x.grad.item() == 0.5

    @pytest.mark.parametrize("function", [F.sin, F.sum, lambda x: x + x])
    def test_outputs_are_weak(self, function):
        x = scalar(1)
        y = function(x)
        reference = weakref.ref(y)
        assert y.creator.outputs[0]() is y
        del y
        assert reference() is None


class TestConfig:
    def test_switches_come_back(self):
        with no_grad(), test_mode():
            assert (Config.enable_backprop, Config.train) == (False, False)
        assert (Config.enable_backprop, Config.train) == (True, True)

    def test_also_after_an_exception(self):
        with pytest.raises(ZeroDivisionError), no_grad():
            raise ZeroDivisionError
        assert Config.enable_backprop

    def test_blocks_may_end_in_any_order(self):
        first, second = no_grad(), no_grad()
        first.__enter__()
        second.__enter__()
        first.__exit__(None, None, None)
        assert not Config.enable_backprop
        second.__exit__(None, None, None)
        assert Config.enable_backprop

    def test_another_thread_is_not_touched(self):
        seen = []
        with no_grad():
            thread = threading.Thread(target=lambda: seen.append(Config.enable_backprop))
            thread.start()
            thread.join()
        assert seen == [True]

    def test_tasks_that_take_turns_do_not_touch_each_other(self):
        async def quiet(seen):
            with no_grad():
                await asyncio.sleep(0)
                seen.append(Config.enable_backprop)

        async def loud(seen):
            await asyncio.sleep(0)
            seen.append(Config.enable_backprop)

        async def both():
            await asyncio.gather(quiet(first), loud(second), quiet(first))

        first, second = [], []
        asyncio.run(both())
        assert first == [False, False]
        assert second == [True]

    def test_a_generator_that_is_left_in_the_middle(self):
        def quiet():
            with no_grad():
                yield Config.enable_backprop

        steps = quiet()
        assert next(steps) is False
        steps.close()
        assert Config.enable_backprop

    def test_unknown_switches_are_named(self):
        with (
            pytest.raises(AttributeError, match="no switch 'trian'; there are 'enable_backprop', 'train'"),
            using_config("trian", False),
        ):
            pass
        with pytest.raises(AttributeError, match="no switch 'speed'"):
            Config.speed = 11

    def test_works_as_a_decorator(self):
        @no_grad()
        def predict(x):
            return x * 2

        assert predict(scalar(1)).creator is None


class TestLargeGraphs:
    def test_a_long_chain_runs_is_cut_and_is_freed(self):
        x = scalar(1)
        y = chain(x, 100_000)
        y.backward()
        assert x.grad.item() == 1.0
        middle = weakref.ref(y.creator.inputs[0])
        y.unchain_backward()
        assert y.creator is None
        assert middle() is None

    def test_a_long_chain_is_freed_with_its_end(self):
        x = scalar(1)
        y = chain(x, 100_000)
        inner = weakref.ref(y.creator)
        del y
        assert inner() is None

    def test_a_wide_graph_visits_each_function_once(self):
        x = scalar(1)
        leaves = [x * float(i) for i in range(2_000)]
        while len(leaves) > 1:
            leaves = [a + b for a, b in zip(leaves[::2], leaves[1::2], strict=False)] + leaves[
                len(leaves) // 2 * 2 :
            ]
        assert len(functions_behind(leaves[0])) == 2_000 + 1_999
        leaves[0].backward()
        assert x.grad.item() == sum(range(2_000))

    @pytest.mark.parametrize("make", [copy.deepcopy, pickled])
    def test_long_graphs_are_copied_whole(self, make):
        x = Variable(np.array(2.0), name="x")
        y = chain(x * x, 5_000)
        twin = make(y)
        twin.backward()
        (leaf,) = {v for f in functions_behind(twin) for v in f.inputs if v.name == "x"}
        assert leaf is not x
        assert leaf.grad.item() == 4.0
        assert x.grad is None

    @pytest.mark.parametrize("make", [copy.deepcopy, pickled])
    def test_branches_and_several_outputs_are_copied(self, make):
        x = Parameter(np.array(1.5), name="x")
        square, cube = Split()(x)
        twin = make(square * cube + square)
        twin.backward()
        (leaf,) = {v for f in functions_behind(twin) for v in f.inputs if v.name == "x"}
        assert isinstance(leaf, Parameter)
        assert leaf.grad.item() == pytest.approx(5 * 1.5**4 + 2 * 1.5)


OPERATIONS = (F.add, F.sub, F.mul, lambda a, b: F.sin(a) * b, lambda a, b: F.tanh(a + b))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 100), st.integers(0, 100)), min_size=1, max_size=12)
)
def test_random_graphs_agree_with_numbers(steps):
    def run(x0, x1):
        nodes = [x0, x1]
        for operation, i, j in steps:
            nodes.append(OPERATIONS[operation](nodes[i % len(nodes)], nodes[j % len(nodes)]))
        return nodes[-1] + nodes[len(nodes) // 2] + x0 - x1

    result = gradcheck(run, [np.array(0.7), np.array(-0.4)], variable=Variable)
    assert result, str(result)
