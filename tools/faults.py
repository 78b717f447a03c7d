"""Faults that the tests must notice: file, the line as it is, the line with the fault, what is wrong, where to look.

Where to look names a file of tests/framework without `test_` and `.py`, and after a colon what pytest selects with -k.
"""

from typing import NamedTuple


class Fault(NamedTuple):
    file: str
    old: str
    new: str
    what: str
    tests: str


FAULTS = [
    # The engine and its sweep
    Fault("core.py", "self._grad = _ones_for(self.data)", "self._grad = _ones_for(self.data) * 2", "the start value is 2", "engine"),
    Fault("core.py", "y.generation = generation + 1", "y.generation = generation", "generations do not grow", "engine"),
    Fault("core.py", "key = backprop.enter(create_graph)", "key = backprop.enter(False)", "second order is detached", "derivatives"),
    Fault("core.py", "key = backprop.enter(create_graph)", "key = backprop.enter(True)", "a graph of the gradient is always kept", "engine"),
    Fault("core.py", "dtype = data.dtype if data.dtype.kind in \"fc\" else np.float64", "dtype = data.dtype", "whole numbers get whole gradients", "engine"),
    Fault("core.py", "            for x in func.inputs:\n                x.creator = None\n        self.creator = None", "            for x in func.inputs:\n                x.creator = None", "unchain_backward leaves the output chained", "old_faults:unchain"),
    Fault("core.py", "    def cleargrad(self) -> None:\n        self._grad = None", "    def cleargrad(self) -> None:\n        pass", "cleargrad does nothing", "engine"),
    Fault("core.py", "self._outputs = weakref.ref(y)", "self._outputs = lambda: y", "outputs are held strongly", "engine"),
    Fault("sweep.py", "funcs.sort(key=_by_generation, reverse=True)", "funcs.reverse()", "wrong order: as found, not by generation", "engine"),
    Fault("sweep.py", "funcs.sort(key=_by_generation, reverse=True)", "funcs.sort(key=_by_generation)", "wrong order: leaves first", "engine"),
    Fault("sweep.py", "_give_leaves_their_own_arrays(leaves, held)", "pass", "gradients of leaves are shared", "engine"),
    Fault("sweep.py", "total = x._grad = _plain(old) + gx", "total = x._grad = gx", "a second use overwrites the gradient", "engine"),
    Fault("sweep.py", "if total.size > SMALL:", "if True:", "sums without axes are added to in place", "engine"),
    Fault("sweep.py", "elif id(x) in summed and old.dtype == gx.dtype:", "elif old.ndim and old.dtype == gx.dtype:", "gradients of others are added to in place", "engine function_gradients"),
    Fault("sweep.py", "            if gx is None or not x.requires_grad:\n                continue", "            if gx is None:\n                continue", "constants get gradients", "engine"),
    Fault("sweep.py", "            if retain_grad:\n                held.add(id(_plain(gy)))\n            else:\n                y._grad = None", "            held.add(id(_plain(gy)))", "intermediate gradients stay", "engine"),
    Fault("sweep.py", "x._grad = x.grad + gx  # type", "x._grad = x.grad.data + gx  # type", "second order loses the first of two uses", "engine derivatives function_gradients:second"),
    Fault("config.py", "self.current.set(left[-1][1] if left else None)", "self.current.set(None)", "an inner block switches the outer one off", "engine"),
    Fault("copying.py", "                y.creator = func", "                pass", "a copied graph has no links", "engine"),
    # Arithmetic
    Fault("operators.py", "back_to(-gy, x1) if x1.requires_grad else None", "back_to(gy, x1) if x1.requires_grad else None", "wrong sign in a - b", "function_gradients:sub"),
    Fault("operators.py", "return gx0, back_to(gy, x1) if x1.requires_grad else None", "return gx0, gy if x1.requires_grad else None", "missing sum over a broadcast axis in a + b", "function_gradients:add"),
    Fault("operators.py", "gx0 = back_to(gy * x1, x0) if x0.requires_grad else None\n        return gx0, back_to(gy * x0, x1)", "gx0 = back_to(gy * x0, x0) if x0.requires_grad else None\n        return gx0, back_to(gy * x1, x1)", "operands exchanged in a * b (recorded)", "function_gradients:mul"),
    Fault("operators.py", "gy * data0 if x1.requires_grad else None\n        gx0", "gy / gy * data0 if x1.requires_grad else None\n        gx0", "missing upstream gradient in a * b", "function_gradients:mul"),
    Fault("operators.py", "gx1 = back_to(-gx0 * (x0 / x1), x1) if", "gx1 = back_to(gx0 * (x0 / x1), x1) if", "wrong sign in a / b (recorded)", "function_gradients:div"),
    Fault("operators.py", "gx1 = back_to(-gx0 * (x0.data / x1.data), x1) if x1.requires_grad else None", "gx1 = back_to(-gx0 * x0.data, x1) if x1.requires_grad else None", "a / b divides once too little", "function_gradients:div"),
    Fault("operators.py", "    def backward(self, gy: Any) -> Any:\n        return -gy", "    def backward(self, gy: Any) -> Any:\n        return gy", "wrong sign in -a", "function_gradients:neg"),
    Fault("operators.py", "return gy * (self.c * x ** (self.c - 1))", "return gy * x ** (self.c - 1)", "x ** c forgets the factor (recorded)", "function_gradients:pow"),
    Fault("operators.py", "            return gy * (2 * x)", "            return gy * x", "x ** 2 forgets the factor", "function_gradients:pow"),
    Fault("operators.py", "        if c == 0:\n            return gy * 0.0", "        if c == 0:\n            return gy * (c * x ** (c - 1))", "x ** 0 is not a number at 0", "engine"),
    Fault("operators.py", "return Variable(np.array(obj, data.dtype), requires_grad=False)", "return Variable(np.array(obj), requires_grad=False)", "numbers turn float32 into float64", "engine"),
    Fault("operators.py", "gx1 = back_to(gy * power(x0, x1) * log(x0), x1) if x1.requires_grad else None", "gx1 = back_to(gy * power(x0, x1), x1) if x1.requires_grad else None", "2 ** x forgets the logarithm", "function_gradients:power"),
    # Element by element
    Fault("functions/elementwise.py", "return gy * cos(self.inputs[0])", "return gy * sin(self.inputs[0])", "wrong derivative of sin (recorded)", "function_gradients:sin"),
    Fault("functions/elementwise.py", "return -times(cuda.get_array_module(x).sin(x), gy)", "return times(cuda.get_array_module(x).sin(x), gy)", "wrong sign in cos", "function_gradients:cos"),
    Fault("functions/elementwise.py", "    slope = y * y", "    slope = y * 1", "tanh forgets a square", "function_gradients:tanh"),
    Fault("functions/elementwise.py", "return TanhGrad()(g, y), g * gy * y * -2", "return TanhGrad()(g, y), g * gy * y * 2", "wrong sign in the second derivative of tanh", "function_gradients:tanh"),
    Fault("functions/elementwise.py", "return gy * self.y\n\n\nclass Log", "return self.y * 1.0\n\n\nclass Log", "missing upstream gradient in exp", "function_gradients:exp"),
    Fault("functions/elementwise.py", "return gy / self.inputs[0].data", "return gy / abs(gy) / self.inputs[0].data", "log keeps only the sign of its upstream gradient", "function_gradients:log"),
    Fault("functions/elementwise.py", "inside = (x >= self.x_min) & (x <= self.x_max)", "inside = x <= self.x_max", "clip passes gradients below", "function_gradients:clip"),
    Fault("functions/elementwise.py", "+ (x0 == x1).astype(dtype) / 2", "", "maximum of equal numbers has no gradient", "named_cases"),
    Fault("functions/elementwise.py", "back_to(gy * taken, x0), back_to(gy * (1 - taken), x1)", "back_to(gy * taken, x0), back_to(gy * taken, x1)", "where: both branches get the same gradient", "function_gradients:where"),
    # Shapes and sums
    Fault("functions/shape.py", "np.argsort([axis % ndim for axis in self.axes])", "[axis % ndim for axis in self.axes]", "transpose goes the same way back", "function_gradients:transpose"),
    Fault("functions/shape.py", "            start = stop\n", "            pass\n", "concatenate hands every input the first piece", "function_gradients:concatenate"),
    Fault("functions/reduction.py", "return winners / winners.sum(axis=self.axis, keepdims=True)", "return winners", "ties in max each get the whole gradient", "old_faults:ties"),
    Fault("functions/reduction.py", "return y * (y.size / x.size)", "return y * (1 / x.size)", "the mean over an axis divides by everything", "function_gradients:average named_cases"),
    Fault("utils.py", "axes = {axis % len(shape)}", "axes = {axis}", "a negative axis is not put back", "function_gradients:sum function_gradients:max"),
    Fault("utils.py", "    return tuple(range(lead)) + tuple(", "    return tuple(", "sum_to forgets leading axes", "function_gradients:add"),
    # Matrix products
    Fault("functions/linear.py", "            gx = gy.dot(W.data.T) if x.requires_grad else None\n            gW", "            gx = gy.dot(W.data) if x.requires_grad else None\n            gW", "transposed product in matmul", "function_gradients:matmul"),
    Fault("functions/linear.py", "gW = back_to(product(_swap(row), gy), column.shape)", "gW = back_to(product(_swap(row), gy), column.shape) * 2", "matmul in batches doubles the gradient of W", "function_gradients:matmul"),
    Fault("functions/linear.py", "gW = matmul(x.T, gy)\n", "gW = matmul(x.T, gy) + 0 * matmul(x.T, gy).data\n        gW.unchain()\n", "detached second order in linear", "function_gradients:linear"),
    Fault("functions/indexing.py", "    if _is_basic(slices):\n        gx[slices] = gy", "    if True:\n        gx[slices] = gy", "repeated indices overwrite each other", "function_gradients:get_item"),
    Fault("functions/indexing.py", "np.add.at(flat, at.reshape(-1), gy[n : n + step].reshape(-1))", "flat[at.reshape(-1)] += gy[n : n + step].reshape(-1)", "repeated rows are added once", "function_gradients:get_item"),
    # Activations and losses
    Fault("functions/indexing.py", "starts, columns, flat = rows.astype(np.intp) %", "starts, columns, flat = rows %", "places of rows overflow a small index type", "gather"),
    Fault("functions/loss.py", "gx = self.p * (share / self.total)", "gx = self.p * share", "softmax in cross entropy is not divided by its sum", "kernels_agree:cross"),
    Fault("functions/activation.py", "return times((~(x <= 0)).astype(gy.dtype), gy)", "return times((x > 0).astype(gy.dtype), gy)", "relu hides what is not a number", "engine named_cases old_faults"),
    Fault("functions/activation.py", "gx -= self.y * gx.sum(axis=self.axis, keepdims=True)", "gx *= 0", "a softmax that a gradient of ones cannot tell from a right one", "function_gradients:softmax"),
    Fault("functions/activation.py", "return gx - y * sum(gx, self.axis, True)", "return gx - y * y * gy", "softmax without its mixed terms (recorded)", "function_gradients:softmax"),
    Fault("functions/activation.py", "y = xp.exp(x - x.max(axis=self.axis, keepdims=True))", "y = xp.exp(x)", "softmax overflows", "named_cases"),
    Fault("functions/activation.py", "return gy - cuda.get_array_module(gy).exp(self.y) * gy.sum(axis=self.axis, keepdims=True)", "return gy - cuda.get_array_module(gy).exp(self.y) * gy", "log_softmax forgets the sum", "function_gradients:log_softmax"),
    Fault("functions/activation.py", "return times(times(1 - self.y, self.y), gy)", "return times(1 - self.y, gy)", "sigmoid forgets a factor", "function_gradients:sigmoid"),
    Fault("functions/activation.py", "factor[x <= 0] = self.slope", "factor[x <= 0] = 0", "leaky_relu does not leak backward", "function_gradients:leaky"),
    Fault("functions/loss.py", "gx[cuda.get_array_module(gx).arange(len(t)), t] -= share", "gx[cuda.get_array_module(gx).arange(len(t)), t] += share", "wrong sign of the label in cross entropy", "function_gradients:cross_entropy"),
    Fault("functions/loss.py", "t, share = self.inputs[1].data, gy / len(self.p)", "t, share = self.inputs[1].data, gy", "cross entropy forgets to average backward", "function_gradients:cross_entropy"),
    Fault("functions/loss.py", "return (softmax(x) - one_hot) * (gy * (1.0 / len(t.data))), None", "return Variable((softmax(x) - one_hot).data) * (gy * (1.0 / len(t.data))), None", "detached second order in cross entropy", "function_gradients:softmax_cross_entropy"),
    Fault("functions/loss.py", "gx = gy * difference * (2.0 / _rows(difference))", "gx = gy * difference * (1.0 / _rows(difference))", "mean squared error forgets the 2 (recorded)", "function_gradients:mean_squared_error"),
    Fault("functions/loss.py", "int(t.min()) >= 0 and", "", "label -1 is taken for the last class", "old_faults:labels"),
    # Normalisation and dropout
    Fault("functions/normalization.py", "/ x.dtype.type(1 - dropout_ratio)", "", "dropout does not scale", "layers:Dropout"),
    Fault("functions/normalization.py", "if not Config.train or dropout_ratio == 0:", "if dropout_ratio == 0:", "dropout drops in test mode", "layers:Dropout"),
    Fault("functions/normalization.py", "gx = gx - (gbeta.reshape(shape) + self.normalised * ggamma.reshape(shape)) / m", "gx = gx - gbeta.reshape(shape) / m", "batch norm takes the variance for a constant", "function_gradients:batch_norm"),
    Fault("functions/normalization.py", "inv_std = (average(centred**2, axes, True) + self.eps) ** -0.5", "inv_std = Variable(self.inv_std)", "second order of batch norm is detached", "function_gradients:batch_norm"),
    Fault("functions/normalization.py", "self.avg_var += (1 - self.decay) * unbiased * var", "self.avg_var += (1 - self.decay) * var", "the running variance is biased", "layers:BatchNorm"),
    Fault("functions/normalization.py", "mean, var = self.avg_mean, self.avg_var", "mean, var = x.mean(axis=axes), x.var(axis=axes)", "test mode uses the batch", "layers:BatchNorm"),
    # Sums to a smaller shape
    Fault("utils.py", "np.argsort(long[first:last])", "np.arange(last - first)", "a sum of a transposed array keeps the order in memory", "sums"),
    Fault("utils.py", "stay[-1] - stay[0] >= len(stay)", "False", "a sum over axes in between takes others", "sums"),
    Fault("utils.py", "a.reshape(sizes), b.reshape(sizes))", "a.reshape(sizes), a.reshape(sizes))", "a sum of products is one of squares", "sums"),
    # Convolution and pooling
    Fault("utils.py", "return (input_size + pad * 2 - kernel_size) // stride + 1", "return (input_size + pad * 2 - kernel_size) // stride", "off-by-one windows", "core_simple:windows function_gradients:conv2d"),
    Fault("utils.py", "return s * (size - 1) + k - 2 * p", "return s * size + k - 2 * p", "off-by-one deconvolution", "core_simple:windows layers:deconvolution"),
    Fault("functions/conv_kernels.py", "turned = W[:, :, ::-1, ::-1]", "turned = W[:, :, ::-1, :]", "the kernel is turned in one direction only", "function_gradients:conv2d"),
    Fault("functions/conv_kernels.py", "        for i in range(g.KH):\n            for j in range(g.KW):\n                target[:, i", "        for i in range(g.KH):\n            for j in range(g.KW - 1):\n                target[:, i", "the last column of each window is lost on the way back", "function_gradients:conv2d"),
    Fault("functions/conv_kernels.py", "c = block.itemsize  # not block.strides", "c = block.strides[3]  # not block.strides", "grey images read foreign memory", "function_gradients:grey"),
    Fault("functions/conv_kernels.py", "if b is not None and b.dtype != dtype:", "if False:", "a wider bias is rounded to the images' dtype", "winograd:dtype"),
    Fault("functions/conv_kernels.py", "y[images] += b.reshape(-1, 1)", "y[images] = b.reshape(-1, 1)", "grey images are forgotten by their bias", "kernels_agree:convolve"),
    Fault("functions/winograd.py", "    inside[:, stop - top :] = 0\n", "", "rows of the band before lie below the image", "winograd:direct"),
    Fault("functions/winograd.py", "return kernel.transpose(1, 0, 2) if turned", "return kernel.transpose(1, 2, 0) if turned", "a turned kernel swaps its channels", "winograd"),
    Fault("functions/winograd.py", "x.dtype == W.dtype == np.float32 and", "x.dtype == W.dtype and", "float64 loses half of its digits", "winograd:float64"),
    Fault("functions/conv.py", "gx = Correlate(self.geometry)(gy, W) if x.requires_grad else None\n        gW = Conv2DGradW(self)(gy, x)", "gx = Correlate(self.geometry)(gy, W) if x.requires_grad else None\n        gW = Conv2DGradW(self)(gy, x) * 1.0\n        gW.unchain()", "detached second order of deconv in W", "function_gradients:deconv2d"),
    Fault("functions/pooling.py", "won, place = view > best,", "won, place = view >= best,", "the last of equal places wins", "named_cases"),
    Fault("functions/pooling.py", "xp.add.at(gx[images].transpose(order).reshape(-1), at, gy[images].transpose(order).reshape(-1))", "xp.add.at(gx[images].transpose(order).reshape(-1), at, gy[images].reshape(-1))", "pooling takes gradients in another order than places", "pooling"),
    Fault("functions/pooling.py", "number = np.min_scalar_type(g.KH * g.KW - 1)", "number = np.dtype(np.uint8)", "a large window has more places than a byte counts", "pooling"),
    Fault("functions/pooling.py", "return -np.inf if dtype.kind", "return 0.0 if dtype.kind", "max pooling pads with zeros", "old_faults:pooling"),
    Fault("functions/pooling.py", "share = gy * gy.dtype.type(1 / (g.KH * g.KW))", "share = gy * gy.dtype.type(1 / (g.KH * g.KH))", "average pooling takes an oblong kernel for a square", "function_gradients:average_pooling"),
    Fault("functions/windows.py", "view += col[:, :, k // g.KW, k % g.KW]", "view[...] = col[:, :, k // g.KW, k % g.KW]", "overlapping windows overwrite each other", "function_gradients:im2col"),
    # Recurrent steps and windows
    Fault("functions/recurrent.py", "gz = gy * (1 - self.y * self.y)", "gz = gy * (1 - self.y)", "an RNN step forgets a square", "kernels_agree:rnn"),
    Fault("functions/recurrent.py", "gz[:, 3 * H :] = gc * i * (1 - u * u)", "gz[:, 2 * H : 3 * H] = gc * i * (1 - u * u)", "the gradient of the update goes to the output gate", "kernels_agree:lstm"),
    Fault("functions/recurrent_windows.py", "            gh = gz[k] @ back\n        return _of_arrays(xs, gz, self.joined, gh, Wx.data)", "            gh = gz[k] @ back * 0\n        return _of_arrays(xs, gz, self.joined, gh, Wx.data)", "a window forgets the steps before", "kernels_agree:window"),
    Fault("functions/recurrent_windows.py", "direct = gstates[1, k] + gh * o * (1 - squashed * squashed)", "direct = gstates[1, k] + gh * o * (1 - squashed)", "a window of an LSTM squashes wrongly (recorded)", "kernels_agree:window"),
    Fault("functions/recurrent_windows.py", "joined[k, :, :H] = hs[k - 1]\n            xp.matmul", "joined[k, :, :H] = hs[0]\n            xp.matmul", "every step goes on from the first", "kernels_agree:window"),
    # Layers, models, weights
    Fault("layers.py", "            if id(param) not in seen:\n                seen.add(id(param))", "            if True:\n                seen.add(id(param))", "shared parameters are listed twice", "layers"),
    Fault("layers.py", "(draw * (1.0 / fan_in) ** 0.5).astype(dtype)", "(draw * (1.0 / fan_in)).astype(dtype)", "weights start too small", "layers"),
    Fault("layers.py", "elif isinstance(value, (list, tuple)):", "elif isinstance(value, tuple):", "layers in lists are not seen", "layers"),
    Fault("layers.py", "self.outputs = tuple([weakref.ref(y) for", "self.outputs = tuple([(lambda y=y: y) for", "layers hold their last output", "names"),
    Fault("models.py", "for layer in self.layers[:-1]:\n            x = self.activation(layer(x))\n        return self.layers[-1](x)", "for layer in self.layers:\n            x = self.activation(layer(x))\n        return x", "the last layer of an MLP is squashed", "models training:sine"),
    Fault("weights.py", "    if problems:\n        raise ValueError(", "    if False:\n        raise ValueError(", "weights that do not fit are loaded", "weights"),
    Fault("weights.py", "        os.replace(temporary, target)", "        os.replace(temporary, target)\n        target.with_suffix(\".bak\").touch()", "saving leaves litter", "weights"),
    # Optimizers
    Fault("optimizers.py", "        self.t += 1\n", "        self.t = 1\n", "Adam never counts its steps", "optimizers:formula"),
    Fault("optimizers.py", "return self.alpha * math.sqrt(1.0 - self.beta2**t) / (1.0 - self.beta1**t)", "return self.alpha", "Adam without bias correction", "optimizers:formula"),
    Fault("optimizers.py", "kept = self._states.setdefault(id(param), {})", "kept = {}", "optimizers forget their state", "optimizers:formula"),
    Fault("optimizers.py", "kept = self._states.setdefault(id(param), {})", "kept = self._states.setdefault(0, {})", "parameters share one state", "optimizers:formula optimizers:late optimizers"),
    Fault("optimizers.py", "            v *= self.momentum\n            v -= self.lr * g\n            p += v", "            v -= self.lr * g\n            p += v", "momentum never decays", "optimizers:formula"),
    Fault("optimizers.py", "            msdx += (1 - rho) * (dx * dx)", "            msdx += (1 - rho) * (g * g)", "AdaDelta collects gradients in place of steps", "optimizers:formula"),
    Fault("optimizers.py", "rate = self.max_norm / (total + 1e-6)\n        if rate < 1:", "rate = self.max_norm / (total + 1e-6)\n        if True:", "clipping enlarges small gradients", "optimizers:Hooks"),
    Fault("optimizers.py", "        or not all(a.flags.c_contiguous for a in whole)\n", "", "a transposed parameter is updated in a copy", "optimizers:transposed"),
    Fault("optimizers.py", "param.data *= 1.0 - self.alpha * self.weight_decay", "param.data *= 1.0 - self.weight_decay", "AdamW decays without its rate", "optimizers:formula"),
    Fault("optimizers.py", "return self.base * self.factor ** (self.epoch // self.period)", "return self.base * self.factor**self.epoch", "the rate falls at every epoch", "optimizers:Schedules"),
    # Data, derivatives, checks
    Fault("dataloaders.py", "        if self.iteration:\n            self.reset()\n        return self", "        return self", "an epoch goes on after a break", "dataloaders"),
    Fault("dataloaders.py", "jump = self.data_size // self.batch_size", "jump = self.data_size // self.batch_size - 1", "streams overlap", "dataloaders"),
    Fault("datasets.py", "self.data = y[:-1, None]\n        self.label = y[1:, None]", "self.data = y[:-1, None]\n        self.label = y[:-1, None]", "the next value is the same value", "datasets"),
    Fault("downloads.py", "if sha256 is not None and (found", "if False and (found", "checksums are not compared", "downloads"),
    Fault("downloads.py", "        Path(temporary).unlink(missing_ok=True)", "        pass", "half a download stays behind", "downloads"),
    Fault("derivatives.py", "slope[k] = -sum(y[j] * y[k - j] for j in range(k + 1))", "slope[k] = -sum(y[j] * y[k - j] for j in range(k))", "a term is missing in the series of tanh", "derivatives"),
    Fault("gradcheck.py", "return [rng.uniform(0.5, 2.0, y.shape) * rng.choice([-1.0, 1.0], y.shape) for _ in range(3)]", "return [np.ones(y.shape)]", "the check uses a gradient of ones", "gradcheck"),
    Fault("gradcheck.py", "comparable = got.shape == arrays[wrt].shape and", "comparable = got.size == arrays[wrt].size and", "the check takes a gradient of another shape", "gradcheck"),
    Fault("gradcheck.py", "for k in range(len(arrays) if order == 2 else 0):", "for k in range(0):", "the check never looks at the second order", "gradcheck"),
    Fault("core_simple.py", "np.array(gx) if x.grad is None else x.grad + gx", "np.array(gx)", "the simple engine overwrites gradients", "core_simple"),
    Fault("core_simple.py", "heapq.heappush(waiting, (-x.creator.generation,", "heapq.heappush(waiting, (x.creator.generation,", "the simple engine runs in the wrong order", "core_simple"),
]  # fmt: skip
