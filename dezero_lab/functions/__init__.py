"""Every function, in reading order: `import dezero_lab.functions as F`."""

from ..operators import Abs, Add, Div, Mul, Neg, Pow, Sub, absolute, add, div, mul, neg, pow, rdiv, rsub, sub
from .elementwise import Clip, Cos, Exp, Log, Maximum, Minimum, Sin, Tanh, Where
from .elementwise import clip, cos, exp, log, maximum, minimum, sin, sqrt, tanh, where
from .shape import BroadcastTo, Concatenate, Reshape, SumTo, Transpose
from .shape import broadcast_to, concatenate, expand_dims, flatten, reshape, squeeze, stack, sum_to, transpose
from .reduction import Max, Min, Sum, average, logsumexp, max, mean, min, sum
from .linear import Linear, MatMul, linear, linear_simple, matmul
from .indexing import GetItem, GetItemGrad, embed_id, get_item
from .activation import ELU, LeakyReLU, LogSoftmax, ReLU, Sigmoid, Softmax, Softplus
from .activation import elu, gelu, leaky_relu, log_softmax, relu, sigmoid, sigmoid_simple, silu, softmax
from .activation import softmax_simple, softplus
from .loss import MeanSquaredError, SoftmaxCrossEntropy, accuracy, binary_cross_entropy, mean_squared_error
from .loss import mean_squared_error_simple, sigmoid_cross_entropy, softmax_cross_entropy
from .loss import softmax_cross_entropy_simple
from .normalization import BatchNorm, Dropout, batch_norm, batch_nrom, dropout, group_norm, layer_norm
from .recurrent import GRUStep, LSTMStep, RNNStep
from .recurrent import gru_step, gru_step_simple, lstm_step, lstm_step_simple, rnn_step, rnn_step_simple
from .recurrent_windows import LSTMWindow, RNNWindow, lstm_window, rnn_window
from .windows import Col2im, Im2col, col2im, col2im_array, im2col, im2col_array
from .conv import Conv2d, Conv2DGradW, Deconv2d, conv2d, conv2d_simple, deconv2d
from .pooling import (
    AveragePooling,
    Pooling,
    Pooling2DGrad,
    Pooling2DWithIndexes,
    average_pooling,
    pooling,
    pooling_simple,
)

abs = absolute
