import numpy as np


def alarm_score(W):
    """Return a score for each window of W, shape (N, 35, 2): yaw and roll rate in deg/s, once a second."""
    raise NotImplementedError
