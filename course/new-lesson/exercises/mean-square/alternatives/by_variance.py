import numpy as np


def mean_square(x):
    return np.var(x)
