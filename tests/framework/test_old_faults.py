"""Faults that DeZero has, as observed: one test for each, which fails on the old behaviour."""

import ast
import copy
import gc
import pickle
import re
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import numpy as np
import pytest

import dezero_lab as dezero
import dezero_lab.functions as F
import dezero_lab.layers as L
from dezero_lab import Function, Parameter, Variable, cuda, datasets, no_grad, optimizers, transforms, utils
from dezero_lab import test_mode as in_test_mode
from dezero_lab.derivatives import nth
from dezero_lab.models import MLP, Model, SqueezeNet
from dezero_lab.sweep import functions_behind

PACKAGE = Path(dezero.__file__).parent
f32 = np.float32


def leaf(*values, dtype=np.float64):
    return Variable(np.array(values[0] if len(values) == 1 else values, dtype=dtype))


def run_python(code, *flags, **environment):
    return subprocess.run(
        [sys.executable, *flags, "-c", code],
        capture_output=True,
        text=True,
        env={"PATH": "", "SYSTEMROOT": "", **environment},
        timeout=120,
    )


class TestInstallingAndNumPy2:
    def test_needs_numpy_only(self):
        """It asked for NumPy, and its import needed Matplotlib and Pillow as well."""
        code = (
            "import sys\n"
            "for name in ('matplotlib', 'PIL', 'scipy', 'cupy', 'IPython', 'tqdm', 'ipywidgets'): sys.modules[name] = None\n"
            "import dezero_lab, dezero_lab.datasets, dezero_lab.models, dezero_lab.optimizers, dezero_lab.transforms\n"
            "import dezero_lab.utils; dezero_lab.utils.get_dot_graph(dezero_lab.functions.sin(dezero_lab.Variable(None or "
            "__import__('numpy').array(1.0))))"
        )
        done = run_python(code)
        assert done.returncode == 0, done.stderr

    def test_variable_has_matmul(self):
        """Variable.matmul was spelt matmaul."""
        assert leaf([[1, 2]]).matmul(leaf([[3], [4]])).data.tolist() == [[11.0]]

    @pytest.mark.parametrize(
        "layer", [L.Linear(3, in_size=4), L.Conv2d(3, 3, in_channels=2), L.Deconv2d(3, 3, in_channels=2)]
    )
    def test_weights_are_float32(self, layer):
        """randn().astype(float32) * np.sqrt(1 / n) is float64 in NumPy 2."""
        assert layer.W.dtype == f32

    def test_embeddings_are_float32(self):
        assert L.EmbedID(3, 2).W.dtype == f32

    def test_numbers_beside_float32(self):
        """`float32 variable + 1.0` became float64, since the number was made an array first."""
        x = leaf(1, 2, dtype=f32)
        assert [(x + 1.0).dtype, (2.0 * x).dtype, (x / np.float64(3)).dtype] == [f32] * 3

    def test_a_float32_training_step_stays_float32(self):
        model = MLP((5, 3), activation=F.relu)
        optimizer = optimizers.Adam().setup(model)
        loss = F.softmax_cross_entropy(model(np.ones((4, 6), f32)), np.array([0, 1, 2, 0]))
        loss.backward()
        assert {p.grad.dtype for p in model.params()} == {np.dtype(f32)}
        optimizer.update()
        assert {p.dtype for p in model.params()} == {np.dtype(f32)}
        assert loss.dtype == f32

    def test_float_of_a_one_by_one_result(self):
        """NumPy 2.4 refuses float() of a 1 x 1 array: steps 59 and 60 ended in the plot."""
        assert float(leaf([[2.5]])) == 2.5

    def test_no_syntax_warning_at_the_first_import(self):
        """`is` compared with a literal."""
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for path in PACKAGE.rglob("*.py"):
                compile(path.read_text(encoding="utf-8"), str(path), "exec", dont_inherit=True)

    def test_nothing_relies_on_cupy_scatter_add(self):
        """cupy.scatter_add is gone since CuPy 8; every gradient of `[]` on a GPU broke."""
        for path in PACKAGE.rglob("*.py"):
            assert "scatter_add" not in path.read_text(encoding="utf-8"), path

    def test_as_numpy_without_cupy(self):
        """A NameError."""
        assert cuda.as_numpy([1, 2]).tolist() == [1, 2]

    def test_a_loader_for_a_gpu_without_one(self, monkeypatch):
        """An AttributeError far from the cause."""
        monkeypatch.setattr(cuda, "_load_cupy", lambda: None)
        loader = dezero.DataLoader([(np.zeros(2), 0)], 1, gpu=True)
        with pytest.raises(RuntimeError, match="CuPy is not installed or sees no device"):
            next(iter(loader))


class TestEngine:
    def test_backward_on_a_leaf(self):
        x = leaf(3.0)
        x.backward()
        assert x.grad.data == 1.0

    def test_backward_after_no_grad(self):
        x = leaf(3.0)
        with no_grad():
            y = x * 2
        y.backward()
        assert y.grad.data == 1.0
        assert x.grad is None

    def test_wide_graphs_are_not_quadratic(self):
        """The list was sorted at each push: a balanced sum of 8,000 leaves took 15 times as long as one of 2,000."""

        class Counted(int):
            comparisons = 0

            def __lt__(self, other):
                Counted.comparisons += 1
                return int(self) < int(other)

        def comparisons(n):
            nodes = [leaf(float(i)) for i in range(n)]
            while len(nodes) > 1:
                nodes = [a + b for a, b in zip(nodes[::2], nodes[1::2], strict=True)]
            for func in functions_behind(nodes[0]):
                func.generation = Counted(func.generation)
            Counted.comparisons = 0
            nodes[0].backward()
            return Counted.comparisons

        assert 0 < comparisons(8192) < 12 * comparisons(1024)  # 8 when linear, 64 when quadratic

    def test_gradients_are_no_shared_read_only_views(self):
        """After sum(p + q), p.grad was q.grad and read-only: WeightDecay and ClipGrad raised."""
        model = Model()
        model.p, model.q = Parameter(np.ones(3)), Parameter(np.ones(3))
        optimizer = optimizers.SGD(1.0).setup(model)
        optimizer.add_hook(optimizers.WeightDecay(0.5))
        optimizer.add_hook(optimizers.ClipGrad(100.0))
        F.sum(model.p + model.q).backward()
        assert model.p.grad is not model.q.grad
        optimizer.update()
        assert model.p.data.tolist() == [-0.5] * 3
        assert model.q.data.tolist() == [-0.5] * 3

    def test_a_dropped_output(self):
        """A dead weak reference: AttributeError."""

        class Halves(Function):
            def forward(self, x):
                return x / 2, x / 2

            def backward(self, g0, g1):
                return (g0 + g1) / 2

        kept = Halves()(leaf(1.0))[1]
        gc.collect()
        with pytest.raises(RuntimeError, match="output 0 of Halves was dropped"):
            kept.backward()

    def test_a_function_object_used_twice(self):
        """Silently no gradient for the first use."""
        f = F.Exp()
        first = f(leaf(1.0))
        f(leaf(2.0))
        with pytest.raises(RuntimeError, match=re.escape("make a new one for each call: Exp()(x)")):
            first.backward()

    def test_no_grad_in_another_thread(self):
        """Config was one for the process."""
        entered, done = threading.Event(), threading.Event()

        def quiet():
            with no_grad():
                entered.set()
                done.wait(10)

        thread = threading.Thread(target=quiet)
        thread.start()
        entered.wait(10)
        y = leaf(2.0) * 3
        done.set()
        thread.join()
        assert y.creator is not None

    def test_interleaved_blocks(self):
        """They left backprop off for good."""
        one, two = no_grad(), no_grad()
        one.__enter__()
        two.__enter__()
        one.__exit__(None, None, None)
        two.__exit__(None, None, None)
        assert dezero.Config.enable_backprop

    def test_a_used_model_can_be_pickled(self):
        """TypeError: cannot pickle weakref."""
        model = MLP((3, 2))
        y = model(np.ones((1, 4), f32))
        twin = pickle.loads(pickle.dumps(model))  # noqa: S301  # our own bytes
        assert np.array_equal(twin(np.ones((1, 4), f32)).data, y.data)
        again = pickle.loads(pickle.dumps(y))  # noqa: S301
        assert again.creator is not None

    def test_a_long_graph_can_be_deep_copied(self):
        """RecursionError at about 500 nodes, and the copy could not run backward."""
        x = leaf(1.0)
        y = x
        for _ in range(2_000):
            y = y * 1.0
        twin = copy.deepcopy(y)
        twin.backward()
        assert x.grad is None

    def test_unchain_backward_cuts_the_output_too(self):
        x = leaf(1.0)
        y = F.sin(F.cos(x))
        y.unchain_backward()
        assert y.creator is None

    def test_parameter_order_does_not_change_with_the_hash_seed(self):
        """Names were kept in a set: the order of parameters, and of the file, changed from run to run."""
        code = (
            "from dezero_lab.models import MLP, Model; m = Model()\n"
            "for name in 'zebra apple mango kiwi fig'.split(): setattr(m, name, MLP((2, 2)))\n"
            "print([path for path, _ in m.named_params()])"
        )
        printed = {run_python(code, PYTHONHASHSEED=seed).stdout for seed in ("1", "2", "3")}
        assert len(printed) == 1
        assert printed.pop().startswith("['zebra/l0/W', 'zebra/l0/b', 'zebra/l1/W'")


class TestOperators:
    def test_operators_that_were_missing(self):
        x = leaf(2.0)
        A = leaf([[1, 2], [3, 4]])
        assert (A @ A).data.tolist() == [[7, 10], [15, 22]]
        assert (np.ones((1, 2)) @ A).data.tolist() == [[4, 6]]
        assert abs(leaf(-2.0)).data == 2.0
        assert (A > 2).tolist() == [[False, False], [True, True]]
        assert (2**x).data == 4.0
        assert (x**x).data == 4.0
        assert np.sin(x).data == np.sin(2.0)
        assert A.mean().data == 2.5
        A[0, 0] = 9
        assert A.data[0, 0] == 9

    def test_bool_of_a_scalar(self):
        """It raised, since len() of an array without axes does."""
        assert bool(leaf(1.0))
        assert not leaf(0.0)

    def test_iterating_over_a_scalar(self):
        """It gave nothing, without a word."""
        with pytest.raises(TypeError, match="nothing to iterate over"):
            list(leaf(1.0))

    def test_functions_of_plain_numbers(self):
        assert F.add(1.0, leaf(2.0)).data == 3.0
        assert F.sin(0.0).data == 0.0

    def test_power_zero_at_zero(self):
        x = leaf(0.0)
        (x**0).backward()
        assert x.grad.data == 0.0

    def test_whole_numbers(self):
        """Gradients were whole numbers too; int ** -1 and leaky_relu of whole numbers raised."""
        x = Variable(np.array([1, 2]))
        (x * 3).backward()
        assert x.grad.dtype == np.float64
        assert (Variable(np.array([2])) ** -1).data.tolist() == [0.5]
        assert F.leaky_relu(Variable(np.array([-5, 5]))).data.tolist() == [-1.0, 5.0]
        assert F.linear(Variable(np.array([[1, 2]])), np.ones((2, 1)), np.array([0.5])).data.tolist() == [
            [3.5]
        ]

    def test_max_over_the_last_axis(self):
        """axis=-1 raised in backward."""
        x = leaf([[1, 5, 2], [7, 0, 1]])
        F.max(x, axis=-1).backward()
        assert x.grad.data.tolist() == [[0, 1, 0], [1, 0, 0]]

    def test_ties_share_the_gradient(self):
        x = leaf(3, 3, 1)
        F.max(x).backward()
        assert x.grad.data.tolist() == [0.5, 0.5, 0.0]

    def test_expand_dims_at_the_end(self):
        assert F.expand_dims(np.zeros((2, 3)), -1).shape == (2, 3, 1)
        with pytest.raises(ValueError, match="axis must lie between -3 and 2"):
            F.expand_dims(np.zeros((2, 3)), 5)

    def test_matrix_times_vector(self):
        """A.grad had shape ()."""
        A, v = leaf([[1, 2], [3, 4]]), leaf(1, 1)
        F.matmul(A, v).backward()
        assert A.grad.shape == (2, 2)
        assert v.grad.data.tolist() == [4.0, 6.0]

    def test_matmul_in_batches(self):
        """np.dot: (5,2,3) x (5,3,4) gave (5,2,5,4)."""
        assert F.matmul(np.ones((5, 2, 3)), np.ones((5, 3, 4))).shape == (5, 2, 4)

    def test_linear_with_leading_axes(self):
        x, W = Variable(np.ones((5, 2, 3))), Variable(np.ones((3, 4)))
        F.linear(x, W, np.ones(4)).backward()
        assert (x.grad.shape, W.grad.shape) == ((5, 2, 3), (3, 4))

    def test_mean_squared_error_of_unlike_shapes(self):
        """A gradient of the wrong shape, and no error."""
        with pytest.raises(ValueError, match=r"shapes are \(4,\) and \(4, 1\); reshape one of them"):
            F.mean_squared_error(np.zeros(4), np.zeros((4, 1)))

    def test_labels_in_a_column(self):
        """(N, 1) labels gave a gradient (N, N, C)."""
        x = leaf([[1, 2, 3], [3, 2, 1]])
        F.softmax_cross_entropy(x, np.array([[0], [1]])).backward()
        assert x.grad.shape == (2, 3)
        with pytest.raises(
            ValueError, match=r"one label for each of the 2 rows, but the labels have shape \(3,\)"
        ):
            F.softmax_cross_entropy(x, np.array([0, 1, 2]))

    @pytest.mark.parametrize("label", [-1, 3])
    def test_labels_that_do_not_exist(self, label):
        """-1 meant the last class."""
        with pytest.raises(ValueError, match="labels must lie between 0 and 2, but they reach from"):
            F.softmax_cross_entropy(np.zeros((2, 3)), np.array([0, label]))

    def test_labels_that_are_no_whole_numbers(self):
        with pytest.raises(TypeError, match=r"labels are whole numbers, .* use t.astype\(int\)"):
            F.softmax_cross_entropy(np.zeros((1, 3)), np.array([1.0]))

    def test_sigmoid_cross_entropy_of_a_large_score(self):
        """nan or inf from 40 on."""
        x = leaf(40, -40, 800)
        y = F.sigmoid_cross_entropy(x, np.array([0, 1, 0]))
        y.backward()
        assert y.item() == pytest.approx((40 + 40 + 800) / 3)
        assert np.allclose(x.grad.data, [1 / 3, -1 / 3, 1 / 3])

    def test_relu_passes_on_what_is_not_a_number(self):
        """Its gradient was 0 there, so a broken training looked healthy."""
        x = leaf(np.nan, 1, -1)
        F.relu(x).backward()
        assert x.grad.data.tolist() == [1, 1, 0]

    @pytest.mark.parametrize("ratio", [1.0, -0.1, 1.5])
    def test_dropout_of_everything(self, ratio):
        """nan."""
        with pytest.raises(ValueError, match="dropout ratio must be at least 0 and below 1"):
            F.dropout(np.ones(3), ratio)

    def test_max_pooling_does_not_pad_with_zeros(self):
        """A window of negative numbers at the border gave 0."""
        assert F.pooling(np.full((1, 1, 2, 2), -3.0), 2, 1, 1).data.max() == -3.0

    def test_average_pooling_with_an_oblong_kernel(self):
        """KH and KW were exchanged in backward."""
        x = Variable(np.ones((1, 1, 4, 6)))
        F.average_pooling(x, (2, 3), (2, 3)).backward()
        assert np.allclose(x.grad.data, 1 / 6)

    @pytest.mark.parametrize("size", [[2, 2], np.int64(2), (2, 2), 2])
    def test_sizes_in_any_form(self, size):
        assert F.pooling(np.zeros((1, 1, 4, 4)), size, size).shape == (1, 1, 2, 2)
        with pytest.raises(ValueError, match="one number or two"):
            utils.pair((1, 2, 3))

    def test_sum_to_an_impossible_shape(self):
        """Another shape came out."""
        with pytest.raises(ValueError, match=r"\(4, 3\) cannot be summed to \(2,\)"):
            F.sum_to(np.ones((4, 3)), (2,))

    def test_lists_of_axes(self):
        assert F.sum(np.ones((2, 3, 4)), axis=[0, 2]).data.tolist() == [8.0, 8.0, 8.0]
        assert F.transpose(np.ones((2, 3, 4)), [1, 0, 2]).shape == (3, 2, 4)

    def test_batch_norm_backward_in_test_mode(self):
        """TypeError."""
        x = Variable(np.random.default_rng(0).normal(size=(4, 3)))
        layer = L.BatchNorm()
        layer(x)
        with in_test_mode():
            y = layer(x)
            F.sum(y).backward()
        assert np.allclose(x.grad.data, 1 / np.sqrt(layer.avg_var.data + 2e-5))

    def test_batch_norm_of_three_axes(self):
        x = np.random.default_rng(0).normal(2, 3, size=(8, 3, 5))
        y = L.BatchNorm()(x).data
        assert np.allclose(y.mean(axis=(0, 2)), 0, atol=1e-7)
        assert np.allclose(y.std(axis=(0, 2)), 1, atol=1e-4)

    @pytest.mark.parametrize("f", [F.conv2d, F.deconv2d])
    def test_second_derivatives_of_convolutions_in_the_kernel(self, f):
        """TypeError: a weak reference was taken for a variable."""
        rng = np.random.default_rng(0)
        x, W = Variable(rng.normal(size=(1, 2, 3, 3))), Variable(rng.normal(size=(2, 2, 2, 2)))
        F.sum(f(x, W) ** 2).backward(create_graph=True)
        gW = W.grad
        W.cleargrad()
        F.sum(gW).backward()
        assert W.grad.shape == W.shape

    def test_second_derivatives_of_batch_norm(self):
        """Silently wrong: 1 / std was taken for a constant. Along x itself y does not change, so H·x = −∇."""
        rng = np.random.default_rng(0)
        x = Variable(rng.normal(size=(5, 2)))
        v = rng.normal(size=(5, 2))
        y = F.batch_norm(x, np.ones(2), np.zeros(2), np.zeros(2), np.ones(2), eps=0.0)
        F.sum(y * v).backward(create_graph=True)
        gx = x.grad
        x.cleargrad()
        F.sum(gx * x.data).backward()  # homogeneous of degree 0, so the gradient has degree −1
        assert np.allclose(x.grad.data, -gx.data, atol=1e-10)


class TestLayersAndOptimizers:
    def test_rnn_with_in_size(self):
        """A shape error at the second call."""
        rnn = L.RNN(4, in_size=2)
        rnn(np.ones((1, 2), f32))
        assert rnn(np.ones((1, 2), f32)).shape == (1, 4)

    def test_layers_in_lists_and_dicts(self):
        model = Model()
        model.blocks = [L.Linear(2, in_size=2), {"a": L.Linear(3, in_size=2)}]
        assert [path for path, _ in model.named_params()] == [
            "blocks/0/W",
            "blocks/0/b",
            "blocks/1/a/W",
            "blocks/1/a/b",
        ]

    def test_a_layer_under_two_names_is_updated_once(self):
        model = Model()
        model.one = L.Linear(1, nobias=True, in_size=1)
        model.two = model.one
        model.one.W.data[:] = 1.0
        optimizer = optimizers.SGD(0.1).setup(model)
        F.sum(model.one(np.ones((1, 1), f32))).backward()
        optimizer.update()
        assert model.one.W.data[0, 0] == pytest.approx(0.9)

    def test_a_parameter_set_to_none(self):
        layer = L.Linear(2, in_size=2)
        layer.b = None
        layer.cleargrads()
        assert [path for path, _ in layer.named_params()] == ["W"]

    def test_a_parameter_that_is_deleted(self):
        layer = L.Linear(2, in_size=2)
        del layer.b
        assert len(list(layer.params())) == 1

    def test_assigning_before_super_init(self):
        class Early(Model):
            def __init__(self):
                self.fc = L.Linear(2, in_size=2)
                super().__init__()

        assert len(list(Early().params())) == 2

    def test_keyword_and_number_arguments(self):
        class Scaled(L.Layer):
            def forward(self, x, factor, shift=0.0):
                return x * factor + shift

        assert Scaled()(leaf(2.0), 3, shift=1.0).data == 7.0

    def test_repr_says_what_is_inside(self):
        assert repr(L.Linear(2, in_size=3)) == "Linear(W (3, 2), b (2,))"
        assert repr(L.Linear(2)) == "Linear(W not made yet, b (2,))"

    def test_freeze_param(self):
        """It always crashed."""
        model = MLP((3, 2))
        optimizer = optimizers.SGD(1.0).setup(model)
        optimizer.add_hook(optimizers.FreezeParam(model.l0))
        F.sum(model(np.ones((1, 2), f32))).backward()
        before = [p.data.copy() for p in model.params()]
        optimizer.update()
        changed = [not np.array_equal(a, p.data) for a, p in zip(before, model.params(), strict=True)]
        assert changed == [False, False, True, True]

    def test_freeze_param_before_another_hook(self):
        model = MLP((3, 2))
        optimizer = optimizers.SGD(1.0).setup(model)
        optimizer.add_hook(optimizers.FreezeParam(model.l0, model.l1.b))
        optimizer.add_hook(optimizers.WeightDecay(0.1))
        optimizer.add_hook(optimizers.ClipGrad(1.0))
        F.sum(model(np.ones((1, 2), f32))).backward()
        before = [p.data.copy() for p in model.params()]
        optimizer.update()
        changed = [not np.array_equal(a, p.data) for a, p in zip(before, model.params(), strict=True)]
        assert changed == [False, False, True, False]

    def test_the_rate_of_adam(self):
        """It could not be set, and divided by zero before the first step."""
        adam = optimizers.Adam()
        assert adam.lr == pytest.approx(0.001 * np.sqrt(1 - 0.999) / (1 - 0.9))
        adam.lr = 0.5
        assert adam.alpha == 0.5

    def test_state_of_an_optimizer(self):
        """There was no way to save it."""
        model = MLP((2,))
        adam = optimizers.Adam().setup(model)
        F.sum(model(np.ones((1, 2), f32))).backward()
        adam.update()
        saved = adam.state_dict()
        assert set(saved) == {"t", "l0/W/m", "l0/W/v", "l0/b/m", "l0/b/v"}
        fresh = optimizers.Adam().setup(model)
        fresh.load_state_dict(saved)
        assert fresh.t == 1
        assert np.array_equal(fresh.state(model.l0.W, "m")[0], saved["l0/W/m"])

    def test_decay_that_leaves_biases_alone(self):
        """It hit biases and batch normalisation too, without a choice."""
        model = MLP((2,))
        optimizer = optimizers.SGD(0.0).setup(model)
        optimizer.add_hook(optimizers.WeightDecay(0.5, only=lambda param: param.ndim > 1))
        F.sum(model(np.ones((1, 2), f32))).backward()
        gradients = [p.grad.data.copy() for p in model.params()]
        model.l0.b.data[:] = 3.0
        optimizer.update()
        assert not np.array_equal(model.l0.W.grad.data, gradients[0])
        assert np.array_equal(model.l0.b.grad.data, gradients[1])


class TestFiles:
    def test_saving_leaves_the_model_where_it_is(self, tmp_path, monkeypatch):
        """It moved the model to the CPU for good."""
        moved = []
        monkeypatch.setattr(Parameter, "to_cpu", lambda param: moved.append(param))
        model = MLP((2,))
        model(np.ones((1, 2), f32))
        model.save_weights(tmp_path / "a.npz")
        assert not moved

    def test_a_path_without_ending(self, tmp_path):
        """np.savez adds .npz, and load did not."""
        model = MLP((2,))
        model(np.ones((1, 2), f32))
        model.save_weights(str(tmp_path / "mlp"))
        model.load_weights(str(tmp_path / "mlp"))

    def test_saving_before_the_first_call(self, tmp_path):
        """None was written as an object that cannot be loaded."""
        with pytest.raises(ValueError, match=r"l0/W, l1/W of MLP have no values yet.* Call the model once"):
            MLP((2, 2)).save_weights(tmp_path / "a.npz")

    def test_loading_another_shape(self, tmp_path):
        """It succeeded silently."""
        small, large = MLP((2,)), MLP((3,))
        small(np.ones((1, 4), f32))
        large(np.ones((1, 4), f32))
        small.save_weights(tmp_path / "a.npz")
        before = large.l0.W.data.copy()
        with pytest.raises(
            ValueError, match=r"l0/W has shape \(4, 2\) in the file and \(4, 3\) in the model"
        ):
            large.load_weights(tmp_path / "a.npz")
        assert np.array_equal(large.l0.W.data, before)


class TestData:
    def test_a_loader_after_break(self):
        """The next epoch was short."""
        loader = dezero.DataLoader([(np.zeros(1), i) for i in range(6)], 2)
        for _ in loader:
            break
        assert sum(len(t) for _, t in loader) == 6

    def test_length_and_drop_last(self):
        data = [(np.zeros(1), i) for i in range(5)]
        assert len(dezero.DataLoader(data, 2)) == 3
        assert len(dezero.DataLoader(data, 2, drop_last=True)) == 2

    def test_data_without_labels(self):
        """[None, None, ...] came as labels."""

        class Plain(dezero.Dataset):
            def prepare(self):
                self.data = np.arange(4.0)

        batches = list(dezero.DataLoader(Plain(), 2, shuffle=False))
        assert [batch.tolist() for batch in batches] == [[0, 1], [2, 3]]

    def test_get_spiral_leaves_the_global_generator_alone(self):
        np.random.seed(5)
        expected = np.random.rand()
        np.random.seed(5)
        datasets.get_spiral()
        assert np.random.rand() == expected

    def test_slices_of_a_dataset(self):
        examples = datasets.Spiral()[10:13]
        assert len(examples) == 3
        assert examples[0][0].shape == (2,)

    def test_a_grey_image_as_array(self):
        Image = pytest.importorskip("PIL.Image")
        assert transforms.ToArray()(Image.new("L", (4, 3))).shape == (1, 3, 4)

    def test_normalize_with_one_value_in_a_list(self):
        assert (
            transforms.Normalize([0.5], [2.0])(np.ones((3, 2, 2))).tolist()
            == np.full((3, 2, 2), 0.25).tolist()
        )

    def test_random_horizontal_flip_is_not_empty(self):
        x = np.arange(6.0).reshape(1, 2, 3)
        assert transforms.RandomHorizontalFlip(1.0)(x).tolist() == [[[2, 1, 0], [5, 4, 3]]]
        assert transforms.RandomHorizontalFlip(0.0)(x) is x

    def test_squeezenet_is_not_empty(self):
        model = SqueezeNet()
        with no_grad(), in_test_mode():
            assert model(np.zeros((1, 3, 64, 64), f32)).shape == (1, 1000)

    def test_nothing_is_evaluated_or_unpickled(self):
        """ImageNet.labels() ran eval on a downloaded file; CIFAR came as pickles."""
        for path in PACKAGE.glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    assert node.func.id not in ("eval", "exec"), path
                if isinstance(node, (ast.Import, ast.ImportFrom)):
                    assert "pickle" not in [name.name for name in node.names], path

    def test_downloads_are_checked(self):
        """No checksum, no time-out, no second address."""
        from dezero_lab import downloads

        assert downloads.TIMEOUT <= 60
        assert len(datasets.MNIST.MIRRORS) > 1
        assert all(len(sha256) == 64 for _, sha256 in datasets.MNIST.FILES)


class TestGraphDrawing:
    @pytest.mark.parametrize(
        "name", ["x.svg; echo hacked > hacked", "with space.svg", "$(touch hacked).svg", "한글.svg"]
    )
    def test_file_names_are_only_names(self, tmp_path, monkeypatch, name):
        """The name went through a shell."""
        monkeypatch.chdir(tmp_path)
        name = name if name.endswith(".svg") else name + ".svg"
        utils.plot_dot_graph(F.sin(leaf(1.0)), to_file=name)
        assert [path.name for path in tmp_path.iterdir()] == [name]

    def test_a_picture_without_graphviz(self, tmp_path, monkeypatch):
        """A message of the shell and None."""
        monkeypatch.setenv("PATH", str(tmp_path))
        utils.plot_dot_graph(F.sin(leaf(1.0)), to_file=str(tmp_path / "g.svg"))
        assert "<svg" in (tmp_path / "g.svg").read_text(encoding="utf-8")

    def test_names_with_quotes(self):
        """They broke the DOT text."""
        x = Variable(np.array(1.0), name='a "quoted"\nname')
        text = utils.get_dot_graph(F.sin(x), verbose=False)
        assert r'"a \"quoted\"\nname"' in text

    def test_a_leaf_can_be_drawn(self):
        """AttributeError."""
        assert 'label="x"' in utils.get_dot_graph(Variable(np.array(1.0), name="x"), verbose=False)

    def test_each_variable_is_drawn_once(self):
        x = Variable(np.array(1.0), name="x")
        text = utils.get_dot_graph(x * x + x, verbose=False)
        assert text.count('label="x"') == 1

    def test_the_graph_of_a_higher_derivative(self):
        """Only the first one appeared, and each needed a loop of its own."""
        edges = [utils.get_dot_graph(nth(F.tanh, 1.0, n), verbose=False).count("->") for n in (1, 2, 3)]
        assert edges == sorted(set(edges))


class TestGradientCheck:
    def test_a_softmax_whose_backward_returns_zeros(self):
        """The gradient of the output was all ones, whose sum through softmax is zero: it passed."""

        class Lazy(Function):
            def forward(self, x):
                y = np.exp(x - x.max(axis=1, keepdims=True))
                return y / y.sum(axis=1, keepdims=True)

            def backward(self, gy):
                return gy * 0.0

        assert not utils.gradient_check(lambda x: Lazy()(x), np.random.default_rng(0).normal(size=(2, 3)))

    def test_the_argument_is_left_alone(self):
        """Its dtype changed and a gradient stayed; a second run failed."""
        x = Variable(np.array([1.0, 2.0], f32))
        for _ in range(2):
            assert utils.gradient_check(F.sin, x)
        assert x.dtype == f32
        assert x.grad is None

    def test_numbers_that_are_whole(self):
        """[5000, 15000, 25000] for [2, 4, 6]."""
        assert np.allclose(utils.numerical_grad(lambda x: x**2, np.array([1, 2, 3])), [2, 4, 6])

    def test_numbers_in_float32(self):
        """195 and 430 for 200 and 400."""
        x = np.array([100.0, 200.0], f32)
        assert np.allclose(utils.numerical_grad(lambda x: x**2, x), [200, 400])

    def test_read_only_arrays(self):
        x = np.ones(3)
        x.flags.writeable = False
        assert np.allclose(utils.numerical_grad(F.exp, x), np.e)

    def test_no_graph_is_built_for_the_numbers(self):
        recorded = []

        def f(x):
            y = F.sin(x)
            recorded.append(y.creator is not None)
            return y

        utils.numerical_grad(f, np.ones(4))
        assert recorded
        assert not any(recorded)
