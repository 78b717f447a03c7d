"""Models: layers made of layers. MLP, Sequential, and the shapes of VGG16, ResNet and SqueezeNet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import numpy as np

from . import functions as F
from . import layers as L
from . import utils
from .core import Parameter, Variable, as_variable
from .layers import Layer


class Model(Layer):
    """A layer that is a whole model: it can be drawn and summarised.

    >>> MLP((3, 1)).summary(np.zeros((2, 4), np.float32)).splitlines()[-1]
    'total 19 parameters'
    """

    def plot(self, *inputs: Any, to_file: str = "model.png") -> Any:
        """Run the model and draw its computation graph to a file; SVG needs no other program."""
        from .drawing import plot_dot_graph

        return plot_dot_graph(self.forward(*inputs), verbose=True, to_file=to_file)

    def summary(self, *inputs: Any) -> str:
        """One line for each parameter with its shape and size, and the total.

        inputs: run the model once first, so that weights whose size is not known yet are made.
        """
        if inputs:
            from .core import no_grad, test_mode

            stateful = [layer for _, layer in self._layers() if hasattr(layer, "reset_state")]
            before = [(layer, dict(vars(layer))) for layer in stateful]
            try:
                for layer in stateful:
                    layer.reset_state()  # pyright: ignore[reportAttributeAccessIssue]
                with no_grad(), test_mode():
                    self(*inputs)
            finally:
                for layer, attributes in before:
                    made = {name for name, x in vars(layer).items() if isinstance(x, (Parameter, Layer))}
                    vars(layer).update({name: x for name, x in attributes.items() if name not in made})
        rows, total = [], 0
        for path, param in self.named_params():
            if param.data is None:
                rows.append(f"{path:30} {'not made yet':>20}")
            else:
                rows.append(f"{path:30} {param.shape!s:>20} {param.size:>12,}")
                total += param.size
        return "\n".join([*rows, f"total {total:,} parameters"])


class _Chain(Model):
    """Steps that are attributes l0, l1, ...; assign to one of them to exchange it."""

    def _set_layers(self, layers: Sequence[Callable[..., Any]]) -> None:
        self._length = len(layers)
        for i, layer in enumerate(layers):
            setattr(self, f"l{i}", layer)

    @property
    def layers(self) -> tuple[Callable[..., Any], ...]:
        return tuple([getattr(self, f"l{i}") for i in range(self._length)])


class Sequential(_Chain):
    """Layers and functions, one after the other, as attributes l0, l1, ... by their place."""

    def __init__(self, *layers: Callable[..., Any]) -> None:
        self._set_layers(layers)

    def forward(self, x: Any) -> Variable:
        for layer in self.layers:
            x = layer(x)
        return x


class MLP(_Chain):
    """Fully connected layers l0, l1, ... of the given sizes, with an activation between them. Source: book, step 45."""

    def __init__(
        self,
        fc_output_sizes: Sequence[int],
        activation: Callable[[Any], Variable] = F.sigmoid,
        *,
        rng: Any = None,
    ) -> None:
        if not np.iterable(fc_output_sizes) or not len(fc_output_sizes):
            raise TypeError(
                f"an MLP needs the sizes of its layers, such as (10, 1), but got {fc_output_sizes!r}"
            )
        self.activation = activation
        rng = utils.as_generator(rng)  # one for all layers
        self._set_layers([L.Linear(size, rng=rng) for size in fc_output_sizes])

    def forward(self, x: Any) -> Variable:
        *hidden, last = self.layers
        for layer in hidden:
            x = self.activation(layer(x))
        return last(x)


class VGG16(Model):
    """The sixteen-layer network of Simonyan and Zisserman 2015: images (N, 3, 224, 224) to scores (N, 1000).

    pretrained: load the published weights; they are downloaded once (528 MB).
    """

    WEIGHTS_PATH = "https://github.com/koki0702/dezero-models/releases/download/v0.1/vgg16.npz"
    BLOCKS = ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3))

    def __init__(self, pretrained: bool = False) -> None:
        for i, (channels, depth) in enumerate(self.BLOCKS, start=1):
            for j in range(1, depth + 1):
                setattr(self, f"conv{i}_{j}", L.Conv2d(channels, kernel_size=3, stride=1, pad=1))
        self.fc6 = L.Linear(4096)
        self.fc7 = L.Linear(4096)
        self.fc8 = L.Linear(1000)
        if pretrained:
            _load_published(self)

    def forward(self, x: Any) -> Variable:
        for i, (_, depth) in enumerate(self.BLOCKS, start=1):
            for j in range(1, depth + 1):
                x = F.relu(getattr(self, f"conv{i}_{j}")(x))
            x = F.pooling(x, 2, 2)
        x = F.reshape(x, (x.shape[0], -1))
        x = F.dropout(F.relu(self.fc6(x)))
        x = F.dropout(F.relu(self.fc7(x)))
        return self.fc8(x)

    @staticmethod
    def preprocess(image: Any, size: tuple[int, int] = (224, 224), dtype: Any = np.float32) -> np.ndarray:
        """A PIL image as the network expects it: resized, blue-green-red, mean colour taken off, (3, H, W)."""
        image = image.convert("RGB")
        if size:
            image = image.resize(size)
        array = np.asarray(image, dtype=dtype)[:, :, ::-1]
        array = array - np.array([103.939, 116.779, 123.68], dtype=dtype)
        return array.transpose(2, 0, 1)


class ResNet(Model):
    """The residual network of He et al. 2016 with 50, 101 or 152 layers: (N, 3, 224, 224) to (N, 1000)."""

    WEIGHTS_PATH = "https://github.com/koki0702/dezero-models/releases/download/v0.1/resnet{}.npz"
    DEPTHS: ClassVar[dict[int, tuple[int, ...]]] = {50: (3, 4, 6, 3), 101: (3, 4, 23, 3), 152: (3, 8, 36, 3)}

    def __init__(self, n_layers: int = 152, pretrained: bool = False) -> None:
        if n_layers not in self.DEPTHS:
            raise ValueError(
                f"a ResNet has {', '.join(map(str, self.DEPTHS))} layers here, but {n_layers} were asked for"
            )
        depths = self.DEPTHS[n_layers]
        self.conv1 = L.Conv2d(64, 7, 2, 3)
        self.bn1 = L.BatchNorm()
        self.res2 = BuildingBlock(depths[0], 64, 64, 256, 1)
        self.res3 = BuildingBlock(depths[1], 256, 128, 512, 2)
        self.res4 = BuildingBlock(depths[2], 512, 256, 1024, 2)
        self.res5 = BuildingBlock(depths[3], 1024, 512, 2048, 2)
        self.fc6 = L.Linear(1000)
        if pretrained:
            _load_published(self, self.WEIGHTS_PATH.format(n_layers))

    def forward(self, x: Any) -> Variable:
        x = F.relu(self.bn1(self.conv1(x)))
        x = F.pooling(x, kernel_size=3, stride=2)
        for block in (self.res2, self.res3, self.res4, self.res5):
            x = block(x)
        N, C = x.shape[:2]
        x = F.reshape(F.average_pooling(x, x.shape[2:], 1), (N, C))
        return self.fc6(x)


class ResNet50(ResNet):
    def __init__(self, pretrained: bool = False) -> None:
        super().__init__(50, pretrained)


class ResNet101(ResNet):
    def __init__(self, pretrained: bool = False) -> None:
        super().__init__(101, pretrained)


class ResNet152(ResNet):
    def __init__(self, pretrained: bool = False) -> None:
        super().__init__(152, pretrained)


class BuildingBlock(Layer):
    """One stage of a ResNet: a bottleneck that changes the size, then n_layers − 1 that keep it."""

    def __init__(
        self,
        n_layers: int,
        in_channels: int,
        mid_channels: int,
        out_channels: int,
        stride: int,
        downsample_fb: bool = False,
    ) -> None:
        self.a = BottleneckA(in_channels, mid_channels, out_channels, stride, downsample_fb)
        self._names = ["a"]
        for i in range(1, n_layers):
            name = f"b{i}"
            setattr(self, name, BottleneckB(out_channels, mid_channels))
            self._names.append(name)

    def forward(self, x: Any) -> Variable:
        for name in self._names:
            x = getattr(self, name)(x)
        return x


class BottleneckA(Layer):
    """1x1, 3x3, 1x1 convolutions beside a 1x1 convolution; downsample_fb puts the stride on the 3x3 one."""

    def __init__(
        self,
        in_channels: int,
        mid_channels: int,
        out_channels: int,
        stride: int = 2,
        downsample_fb: bool = False,
    ) -> None:
        first, middle = (1, stride) if downsample_fb else (stride, 1)
        self.conv1 = L.Conv2d(mid_channels, 1, first, 0, nobias=True)
        self.bn1 = L.BatchNorm()
        self.conv2 = L.Conv2d(mid_channels, 3, middle, 1, nobias=True)
        self.bn2 = L.BatchNorm()
        self.conv3 = L.Conv2d(out_channels, 1, 1, 0, nobias=True)
        self.bn3 = L.BatchNorm()
        self.conv4 = L.Conv2d(out_channels, 1, stride, 0, nobias=True)
        self.bn4 = L.BatchNorm()

    def forward(self, x: Any) -> Variable:
        h = F.relu(self.bn1(self.conv1(x)))
        h = F.relu(self.bn2(self.conv2(h)))
        return F.relu(self.bn3(self.conv3(h)) + self.bn4(self.conv4(x)))


class BottleneckB(Layer):
    """1x1, 3x3, 1x1 convolutions added to what came in."""

    def __init__(self, in_channels: int, mid_channels: int) -> None:
        self.conv1 = L.Conv2d(mid_channels, 1, 1, 0, nobias=True)
        self.bn1 = L.BatchNorm()
        self.conv2 = L.Conv2d(mid_channels, 3, 1, 1, nobias=True)
        self.bn2 = L.BatchNorm()
        self.conv3 = L.Conv2d(in_channels, 1, 1, 0, nobias=True)
        self.bn3 = L.BatchNorm()

    def forward(self, x: Any) -> Variable:
        h = F.relu(self.bn1(self.conv1(x)))
        h = F.relu(self.bn2(self.conv2(h)))
        return F.relu(self.bn3(self.conv3(h)) + as_variable(x))


class SqueezeNet(Model):
    """The small network of Iandola et al. 2016, version 1.1: (N, 3, 224, 224) to (N, 1000) with 1.2 million parameters.

    No published weights in this layout are known, so `pretrained` raises ValueError.
    """

    FIRES = ((16, 64), (16, 64), (32, 128), (32, 128), (48, 192), (48, 192), (64, 256), (64, 256))

    def __init__(self, pretrained: bool = False) -> None:
        if pretrained:
            raise ValueError(
                "there are no published SqueezeNet weights in this layout; train it, or use VGG16 or ResNet"
            )
        self.conv1 = L.Conv2d(64, 3, 2, 0)
        for i, (squeeze, expand) in enumerate(self.FIRES, start=2):
            setattr(self, f"fire{i}", Fire(squeeze, expand))
        self.conv10 = L.Conv2d(1000, 1)

    def forward(self, x: Any) -> Variable:
        x = F.pooling(F.relu(self.conv1(x)), 3, 2)
        for i in range(2, len(self.FIRES) + 2):
            x = getattr(self, f"fire{i}")(x)
            if i in (3, 5):
                x = F.pooling(x, 3, 2)
        x = F.relu(self.conv10(F.dropout(x)))
        return F.reshape(F.average_pooling(x, x.shape[2:], 1), x.shape[:2])


class Fire(Layer):
    """A 1x1 convolution to few channels, then 1x1 and 3x3 ones side by side."""

    def __init__(self, squeeze: int, expand: int) -> None:
        self.squeeze = L.Conv2d(squeeze, 1)
        self.expand1 = L.Conv2d(expand, 1)
        self.expand3 = L.Conv2d(expand, 3, pad=1)

    def forward(self, x: Any) -> Variable:
        h = F.relu(self.squeeze(x))
        return F.concatenate([F.relu(self.expand1(h)), F.relu(self.expand3(h))], axis=1)


def _load_published(model: Any, url: str | None = None) -> None:
    from .downloads import get_file

    model.load_weights(get_file(url or model.WEIGHTS_PATH))
