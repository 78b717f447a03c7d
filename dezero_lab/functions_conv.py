"""The convolution functions under the module name that DeZero gives them."""

from .functions.conv import Conv2d, Conv2DGradW, Deconv2d, conv2d, conv2d_simple, deconv2d
from .functions.pooling import (
    AveragePooling,
    Pooling,
    Pooling2DGrad,
    Pooling2DWithIndexes,
    average_pooling,
    pooling,
    pooling_simple,
)
from .functions.windows import Col2im, Im2col, col2im, col2im_array, im2col, im2col_array

__all__ = [
    "AveragePooling",
    "Col2im",
    "Conv2DGradW",
    "Conv2d",
    "Deconv2d",
    "Im2col",
    "Pooling",
    "Pooling2DGrad",
    "Pooling2DWithIndexes",
    "average_pooling",
    "col2im",
    "col2im_array",
    "conv2d",
    "conv2d_simple",
    "deconv2d",
    "im2col",
    "im2col_array",
    "pooling",
    "pooling_simple",
]
