"""Neural networks you can read: layers with hand-derived gradients, losses, optimisers, training.

Read `module.py` and `linear.py` first, then `train.py`, then the layer you need.
Parameters are float32; `model.astype(np.float64)` changes that.
"""

from glideslope.nn.activations import GELU, ReLU, Sigmoid, SiLU, Tanh, gelu, silu, softplus
from glideslope.nn.attention import MultiHeadAttention, attention, causal_mask, self_attention
from glideslope.nn.checkpoint import load_checkpoint, load_weights, save_checkpoint, save_weights, weights
from glideslope.nn.conv import Conv2d, conv2d
from glideslope.nn.data import DataLoader, gaussian_noise, random_flip, random_shift
from glideslope.nn.dropout import Dropout
from glideslope.nn.embedding import Embedding, embedding
from glideslope.nn.gru import GRU, gru
from glideslope.nn.init import he, xavier
from glideslope.nn.linear import Linear
from glideslope.nn.losses import binary_cross_entropy, mean_squared_error, softmax_cross_entropy
from glideslope.nn.lstm import LSTM, lstm
from glideslope.nn.models import LastStep, forecaster, lenet, mlp
from glideslope.nn.module import Flat, Module, Sequential, flatten
from glideslope.nn.norm import BatchNorm, LayerNorm, layer_norm, normalise
from glideslope.nn.optim import (
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    AdamW,
    Optimiser,
    RMSProp,
    clip_by_norm,
    clip_by_value,
    cosine_decay,
    step_decay,
    warm_up,
)
from glideslope.nn.pooling import AvgPool2d, Flatten, MaxPool2d, avg_pool2d, max_pool2d
from glideslope.nn.rnn import RNN, rnn
from glideslope.nn.safetensors import read_safetensors, write_safetensors
from glideslope.nn.summary import Row, Summary, summary
from glideslope.nn.torch_bridge import from_torch, to_torch
from glideslope.nn.train import History, accuracy, evaluate, fit, train_step
from glideslope.nn.transformer import TransformerBlock, sinusoidal_positions

__all__ = [
    "GELU",
    "GRU",
    "LSTM",
    "RNN",
    "SGD",
    "Adadelta",
    "Adagrad",
    "Adam",
    "AdamW",
    "AvgPool2d",
    "BatchNorm",
    "Conv2d",
    "DataLoader",
    "Dropout",
    "Embedding",
    "Flat",
    "Flatten",
    "History",
    "LastStep",
    "LayerNorm",
    "Linear",
    "MaxPool2d",
    "Module",
    "MultiHeadAttention",
    "Optimiser",
    "RMSProp",
    "ReLU",
    "Row",
    "Sequential",
    "SiLU",
    "Sigmoid",
    "Summary",
    "Tanh",
    "TransformerBlock",
    "accuracy",
    "attention",
    "avg_pool2d",
    "binary_cross_entropy",
    "causal_mask",
    "clip_by_norm",
    "clip_by_value",
    "conv2d",
    "cosine_decay",
    "embedding",
    "evaluate",
    "fit",
    "flatten",
    "forecaster",
    "from_torch",
    "gaussian_noise",
    "gelu",
    "gru",
    "he",
    "layer_norm",
    "lenet",
    "load_checkpoint",
    "load_weights",
    "lstm",
    "max_pool2d",
    "mean_squared_error",
    "mlp",
    "normalise",
    "random_flip",
    "random_shift",
    "read_safetensors",
    "rnn",
    "save_checkpoint",
    "save_weights",
    "self_attention",
    "silu",
    "sinusoidal_positions",
    "softmax_cross_entropy",
    "softplus",
    "step_decay",
    "summary",
    "to_torch",
    "train_step",
    "warm_up",
    "weights",
    "write_safetensors",
    "xavier",
]
