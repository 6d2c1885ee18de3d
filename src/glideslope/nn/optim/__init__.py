"""Optimisers on one flat vector, learning-rate schedules and gradient clipping; each step equals `torch.optim`."""

from glideslope.nn.optim.adadelta import Adadelta
from glideslope.nn.optim.adagrad import Adagrad
from glideslope.nn.optim.adam import Adam, AdamW
from glideslope.nn.optim.clipping import clip_by_norm, clip_by_value
from glideslope.nn.optim.optimiser import Optimiser
from glideslope.nn.optim.rmsprop import RMSProp
from glideslope.nn.optim.schedules import cosine_decay, step_decay, warm_up
from glideslope.nn.optim.sgd import SGD

__all__ = [
    "SGD",
    "Adadelta",
    "Adagrad",
    "Adam",
    "AdamW",
    "Optimiser",
    "RMSProp",
    "clip_by_norm",
    "clip_by_value",
    "cosine_decay",
    "step_decay",
    "warm_up",
]
