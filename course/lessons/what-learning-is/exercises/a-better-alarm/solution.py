import numpy as np


def alarm_score(W):
    """Return a score for each window of W, shape (N, 35, 2): yaw and roll rate in deg/s, once a second."""
    energy = np.diff(W[:, :, 0], axis=1) ** 2
    return energy[:, -4:].sum(axis=1) / (energy[:, :-4].mean(axis=1) + 0.2)
