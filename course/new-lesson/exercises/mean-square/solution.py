import numpy as np


def mean_square(x):
    return np.mean((x - np.mean(x)) ** 2)
