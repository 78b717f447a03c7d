"""Scripts written for DeZero run here: its names under its module paths, with its parameters and defaults."""

import ast
import gc
import importlib
import inspect
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import dezero_lab as dezero
import dezero_lab.functions as F
import dezero_lab.layers as L
from dezero_lab import Variable
from dezero_lab.models import MLP, Sequential

# Parameters and defaults of each class and function; names without brackets are values. BuildingBlock has defaults in
# DeZero that cannot be used (None), so they are left out.
NAMES = {
    "": "is_simple_core __version__ Variable Parameter Function Config using_config no_grad test_mode as_array "
    "as_variable setup_variable Layer Model Dataset DataLoader SeqDataLoader datasets dataloaders optimizers functions "
    "functions_conv layers utils cuda transforms models core core_simple",
    "core": """
        Config() using_config(name, value) no_grad() test_mode() Variable(data, name=None) Parameter(data, name=None)
        as_variable(obj) as_array(x, array_module=numpy) Function() Add() add(x0, x1) Mul() mul(x0, x1) Neg() neg(x)
        Sub() sub(x0, x1) rsub(x0, x1) Div() div(x0, x1) rdiv(x0, x1) Pow(c) pow(x, c) setup_variable()
        Variable.set_creator(self, func) Variable.unchain(self) Variable.cleargrad(self)
        Variable.backward(self, retain_grad=False, create_graph=False) Variable.unchain_backward(self)
        Variable.reshape(self, *shape) Variable.transpose(self, *axes) Variable.sum(self, axis=None, keepdims=False)
        Variable.to_cpu(self) Variable.to_gpu(self) Variable.matmul(x, W) Variable.dot(x, W)
        Variable.max(x, axis=None, keepdims=False) Variable.min(x, axis=None, keepdims=False)
        Function.__call__(self, *inputs)
        """,
    "core_simple": """
        Config() using_config(name, value) no_grad() Variable(data, name=None) as_variable(obj) as_array(x) Function()
        Add() add(x0, x1) Mul() mul(x0, x1) Neg() neg(x) Sub() sub(x0, x1) rsub(x0, x1) Div() div(x0, x1) rdiv(x0, x1)
        Pow(c) pow(x, c) setup_variable() Variable.set_creator(self, func) Variable.cleargrad(self)
        Variable.backward(self, retain_grad=False) Function.__call__(self, *inputs)
        """,
    "functions": """
        Sin() sin(x) Cos() cos(x) Tanh() tanh(x) Exp() exp(x) Log() log(x) Reshape(shape) reshape(x, shape)
        expand_dims(x, axis) flatten(x) Sum(axis, keepdims) sum(x, axis=None, keepdims=False) SumTo(shape)
        sum_to(x, shape) BroadcastTo(shape) broadcast_to(x, shape) average(x, axis=None, keepdims=False)
        mean(x, axis=None, keepdims=False) MatMul() matmul(x, W) Linear() linear(x, W, b=None)
        linear_simple(x, W, b=None) Transpose(axes=None) transpose(x, axes=None) GetItem(slices)
        GetItemGrad(slices, in_shape) get_item(x, slices) sigmoid_simple(x) Sigmoid() sigmoid(x) ReLU() relu(x)
        softmax_simple(x, axis=1) Softmax(axis=1) softmax(x, axis=1) LogSoftmax(axis=1) log_softmax(x, axis=1)
        LeakyReLU(slope) leaky_relu(x, slope=0.2) mean_squared_error_simple(x0, x1) MeanSquaredError()
        mean_squared_error(x0, x1) softmax_cross_entropy_simple(x, t) SoftmaxCrossEntropy() softmax_cross_entropy(x, t)
        sigmoid_cross_entropy(x, t) binary_cross_entropy(p, t) accuracy(y, t) embed_id(x, W)
        dropout(x, dropout_ratio=0.5) BatchNorm(mean, var, decay, eps)
        batch_nrom(x, gamma, beta, mean, var, decay=0.9, eps=2e-05) Max(axis=None, keepdims=False)
        Min(axis=None, keepdims=False) max(x, axis=None, keepdims=False) min(x, axis=None, keepdims=False)
        Clip(x_min, x_max) clip(x, x_min, x_max)
        conv2d(x, W, b=None, stride=1, pad=0) deconv2d(x, W, b=None, stride=1, pad=0, outsize=None)
        conv2d_simple(x, W, b=None, stride=1, pad=0) im2col(x, kernel_size, stride=1, pad=0, to_matrix=True)
        col2im(x, input_shape, kernel_size, stride=1, pad=0, to_matrix=True)
        pooling_simple(x, kernel_size, stride=1, pad=0) pooling(x, kernel_size, stride=1, pad=0)
        average_pooling(x, kernel_size, stride=1, pad=0)
        add(x0, x1) sub(x0, x1) rsub(x0, x1) mul(x0, x1) div(x0, x1) neg(x) pow(x, c)
        """,
    "functions_conv": """
        conv2d_simple(x, W, b=None, stride=1, pad=0) pooling_simple(x, kernel_size, stride=1, pad=0)
        Conv2d(stride=1, pad=0) conv2d(x, W, b=None, stride=1, pad=0) Deconv2d(stride=1, pad=0, outsize=None)
        deconv2d(x, W, b=None, stride=1, pad=0, outsize=None) Conv2DGradW(conv2d)
        Pooling(kernel_size, stride=1, pad=0) Pooling2DGrad(mpool2d) Pooling2DWithIndexes(mpool2d)
        pooling(x, kernel_size, stride=1, pad=0) AveragePooling(kernel_size, stride=1, pad=0)
        average_pooling(x, kernel_size, stride=1, pad=0) Im2col(kernel_size, stride, pad, to_matrix)
        im2col(x, kernel_size, stride=1, pad=0, to_matrix=True) Col2im(input_shape, kernel_size, stride, pad, to_matrix)
        col2im(x, input_shape, kernel_size, stride=1, pad=0, to_matrix=True)
        im2col_array(img, kernel_size, stride, pad, to_matrix=True)
        col2im_array(col, img_shape, kernel_size, stride, pad, to_matrix=True)
        """,
    "layers": """
        Layer() Layer.__call__(self, *inputs) Layer.params(self) Layer.cleargrads(self) Layer.to_cpu(self)
        Layer.to_gpu(self) Layer.save_weights(self, path) Layer.load_weights(self, path)
        Linear(out_size, nobias=False, dtype=float32, in_size=None)
        Conv2d(out_channels, kernel_size, stride=1, pad=0, nobias=False, dtype=float32, in_channels=None)
        Deconv2d(out_channels, kernel_size, stride=1, pad=0, nobias=False, dtype=float32, in_channels=None)
        RNN(hidden_size, in_size=None) RNN.reset_state(self) LSTM(hidden_size, in_size=None) LSTM.reset_state(self)
        EmbedID(in_size, out_size) BatchNorm()
        """,
    "models": """
        Model() Model.plot(self, *inputs, to_file='model.png') Sequential(*layers)
        MLP(fc_output_sizes, activation=sigmoid) VGG16(pretrained=False)
        VGG16.preprocess(image, size=(224, 224), dtype=float32) VGG16.WEIGHTS_PATH
        ResNet(n_layers=152, pretrained=False) ResNet.WEIGHTS_PATH ResNet152(pretrained=False)
        ResNet101(pretrained=False) ResNet50(pretrained=False)
        BuildingBlock(n_layers, in_channels, mid_channels, out_channels, stride)
        BottleneckA(in_channels, mid_channels, out_channels, stride=2, downsample_fb=False)
        BottleneckB(in_channels, mid_channels) SqueezeNet(pretrained=False)
        """,
    "optimizers": """
        Optimizer() Optimizer.setup(self, target) Optimizer.update(self) Optimizer.update_one(self, param)
        Optimizer.add_hook(self, f) WeightDecay(rate) ClipGrad(max_norm) FreezeParam(*layers) SGD(lr=0.01)
        MomentumSGD(lr=0.01, momentum=0.9) AdaGrad(lr=0.001, eps=1e-08) AdaDelta(rho=0.95, eps=1e-06)
        Adam(alpha=0.001, beta1=0.9, beta2=0.999, eps=1e-08) Adam.lr
        """,
    "datasets": """
        Dataset(train=True, transform=None, target_transform=None) Dataset.prepare(self) get_spiral(train=True)
        Spiral(train=True, transform=None, target_transform=None)
        MNIST(train=True, transform=Compose, target_transform=None) MNIST.show(self, row=10, col=10) MNIST.labels()
        CIFAR10(train=True, transform=Compose, target_transform=None) CIFAR10.show(self, row=10, col=10)
        CIFAR10.labels() CIFAR100(train=True, transform=Compose, target_transform=None, label_type='fine')
        CIFAR100.labels(label_type='fine') ImageNet() ImageNet.labels()
        SinCurve(train=True, transform=None, target_transform=None)
        Shakespear(train=True, transform=None, target_transform=None) load_cache_npz(filename, train=False)
        save_cache_npz(data, label, filename, train=False)
        """,
    "dataloaders": """
        DataLoader(dataset, batch_size, shuffle=True, gpu=False) DataLoader.reset(self) DataLoader.next(self)
        DataLoader.to_cpu(self) DataLoader.to_gpu(self) SeqDataLoader(dataset, batch_size, gpu=False)
        """,
    "transforms": """
        Compose(transforms=[]) Convert(mode='RGB') Resize(size, mode=2) CenterCrop(size) ToArray(dtype=float32) ToPIL()
        RandomHorizontalFlip() Normalize(mean=0, std=1) Flatten() AsType(dtype=float32) ToFloat(dtype=float32)
        ToInt(dtype=int)
        """,
    "cuda": "gpu_enable cupy get_array_module(x) as_numpy(x) as_cupy(x)",
    "utils": """
        get_dot_graph(output, verbose=True) plot_dot_graph(output, verbose=True, to_file='graph.png') sum_to(x, shape)
        reshape_sum_backward(gy, x_shape, axis, keepdims) logsumexp(x, axis=1) max_backward_shape(x, axis)
        gradient_check(f, x, *args, rtol=0.0001, atol=1e-05, **kwargs) numerical_grad(f, x, *args, **kwargs)
        array_equal(a, b) array_allclose(a, b, rtol=0.0001, atol=1e-05)
        show_progress(block_num, block_size, total_size) cache_dir get_file(url, file_name=None)
        get_deconv_outsize(size, k, s, p) get_conv_outsize(input_size, kernel_size, stride, pad) pair(x)
        """,
}

# Defaults that are the same thing in another form: an object of the class is made for each call, or nothing is given.
SAME = {"Compose": None, "[]": ()}


NAME = re.compile(r"([\w.]+)(\((?:[^()]|\([^()]*\))*\))?")
PARAMETER = re.compile(r"(?:[^,()]|\([^()]*\))+")


def entries():
    return [
        pytest.param(module, name, signature, id=f"{module}.{name}".strip("."))
        for module, text in NAMES.items()
        for name, signature in NAME.findall(" ".join(text.split()))
    ]


def find(module, name):
    found = importlib.import_module(f"dezero_lab.{module}" if module else "dezero_lab")
    for part in name.split("."):
        found = getattr(found, part)
    return found


def described(parameter):
    stars = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "")
    if parameter.default is parameter.empty:
        return stars + parameter.name
    default = parameter.default
    return f"{parameter.name}={getattr(default, '__name__', None) or repr(default)}"


def same(theirs, ours):
    name, _, default = theirs.partition("=")
    return theirs == ours or (default in SAME and ours == f"{name}={SAME[default]!r}")


def test_all_of_dezero_is_in_the_table():
    assert sum(1 for entry in entries() if "." not in entry.values[1]) >= 230


@pytest.mark.parametrize(("module", "name", "signature"), entries())
def test_name_and_parameters(module, name, signature):
    found = find(module, name)
    if not signature:
        return
    parameters = list(inspect.signature(found).parameters.values())
    theirs = [part.strip() for part in PARAMETER.findall(signature[1:-1])]
    if any(part.startswith("*") for part in theirs):
        parameters = [p for p in parameters if p.kind is not p.VAR_KEYWORD or "**" in signature]
    if theirs[:1] == ["self"]:
        theirs, parameters = theirs[1:], parameters[1:]
    mine = [described(p) for p in parameters]
    assert all(same(a, b) for a, b in zip(theirs, mine, strict=False)), f"{name}({', '.join(mine)})"
    assert len(mine) >= len(theirs)
    for extra in parameters[len(theirs) :]:  # what we have added does not get in the way
        assert extra.default is not extra.empty or extra.kind in (extra.VAR_KEYWORD, extra.VAR_POSITIONAL)


NOT_IN_DEZERO = {"datasets.Digits"}  # MNIST without a download
SCRIPTS = sorted(Path(__file__).parent.glob("scripts/*.py"))


def names_used(tree):
    """Every name of the package that a script imports or reaches through an import, such as `functions.relu`."""
    homes = {}  # what a name stands for: a path below the package
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "dezero_lab":
                    homes[alias.asname or "dezero_lab"] = alias.name.partition(".")[2] if alias.asname else ""
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "dezero_lab":
            home = node.module.partition(".")[2]
            for alias in node.names:
                homes[alias.asname or alias.name] = f"{home}.{alias.name}".strip(".")
    paths = {path for path in homes.values() if path}
    for node in ast.walk(tree):
        parts = []
        while isinstance(node, ast.Attribute):
            parts.insert(0, node.attr)
            node = node.value
        if parts and isinstance(node, ast.Name) and node.id in homes:
            paths.add(".".join([*filter(None, [homes[node.id]]), *parts]))
    return paths


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_the_scripts_use_names_of_dezero_only(path):
    known = {
        f"{module}.{name}".strip(".") for module, text in NAMES.items() for name, _ in NAME.findall(text)
    }
    known |= {module for module in NAMES if module} | NOT_IN_DEZERO
    used = names_used(ast.parse(path.read_text(encoding="utf-8")))
    assert used
    assert used <= known


def test_a_foreign_name_in_a_script_would_be_found():
    script = "import dezero_lab as d\nimport dezero_lab.functions as F\nd.optimizers.AdamW(F.gelu(F.relu(1)))"
    assert {"functions.gelu", "functions.relu", "optimizers.AdamW"} < names_used(ast.parse(script))


def test_variables_have_their_properties():
    x = Variable(np.zeros((2, 3)))
    assert (x.shape, x.ndim, x.size, x.dtype, x.T.shape) == ((2, 3), 2, 6, np.float64, (3, 2))
    assert (x.name, x.grad, x.creator, x.generation) == (None, None, None, 0)
    assert Variable.__array_priority__ == 200


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (np.array(1.0), "variable(1.0)"),
        (np.array([1, 2]), "variable([1 2])"),
        (np.array([[1, 2], [3, 4]]), "variable([[1 2]\n          [3 4]])"),
        (None, "variable(None)"),
    ],
)
def test_repr(data, text):
    assert repr(Variable(data)) == text


def test_the_finished_core_is_in_use():
    assert dezero.is_simple_core is False
    assert dezero.Variable is dezero.core.Variable
    assert F.batch_nrom is F.batch_norm


def test_everything_is_reachable_after_one_import():
    program = (
        "import dezero_lab as d; print(d.datasets.Spiral, d.dataloaders.DataLoader, d.optimizers.SGD, d.layers.Linear, "
        "d.transforms.Flatten, d.models.MLP, d.functions_conv.conv2d, d.core_simple.Variable, d.utils.pair, "
        "d.utils.get_dot_graph, d.cuda.gpu_enable)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


def test_npz_keys():
    class Net(dezero.Model):
        def __init__(self):
            super().__init__()
            self.conv1_1 = L.Conv2d(2, 3)
            self.fc = MLP((4, 3))
            self.bn = L.BatchNorm()

    assert [path for path, _ in Net().named_params()] == [
        "conv1_1/W",
        "conv1_1/b",
        "fc/l0/W",
        "fc/l0/b",
        "fc/l1/W",
        "fc/l1/b",
        "bn/avg_mean",
        "bn/avg_var",
        "bn/gamma",
        "bn/beta",
    ]
    assert [path for path, _ in Sequential(L.Linear(2), F.relu, L.EmbedID(3, 2)).named_params()] == [
        "l0/W",
        "l0/b",
        "l2/W",
    ]


@pytest.mark.parametrize("layer", [L.Linear(2), L.EmbedID(5, 2), L.BatchNorm(), MLP((3, 2))])
def test_layers_keep_weak_references_to_the_last_call(layer):
    x = Variable(np.array([0, 1]) if isinstance(layer, L.EmbedID) else np.ones((2, 4), np.float32))
    y = layer(x)
    assert layer.inputs[0]() is x
    assert layer.outputs[0]() is y
    del x, y
    gc.collect()
    assert layer.outputs[0]() is None
    assert layer.inputs[0]() is None


def test_config_can_be_assigned():
    try:
        dezero.Config.train = False
        assert F.dropout(np.ones(3)).data.tolist() == [1, 1, 1]
        dezero.Config.enable_backprop = False
        assert F.sin(Variable(np.array(1.0))).creator is None
    finally:
        dezero.Config.train = True
        dezero.Config.enable_backprop = True


def test_setup_variable_may_be_called_again():
    dezero.setup_variable()
    assert (Variable(np.array(2.0)) + 1).data == 3.0
    dezero.core_simple.setup_variable()
    assert (dezero.core_simple.Variable(np.array(2.0)) ** 2).data == 4.0


@pytest.mark.parametrize("module", ["core", "core_simple"])
def test_constructors_refuse_what_is_not_an_array(module):
    cls = find(module, "Variable")
    with pytest.raises(TypeError, match="is not supported"):
        cls(1.0)


def test_as_array_takes_the_array_module():
    assert dezero.as_array(3.0, np).shape == ()
    assert isinstance(dezero.as_variable([1, 2]), Variable)
