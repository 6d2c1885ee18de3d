import numpy as np


def precision_recall_f1(y, alarm):
    """Return precision, recall and F1 of the alarms; y and alarm hold 0 and 1, shape (N,)."""
    true, rang, struck = np.sum(y * alarm), np.sum(alarm), np.sum(y)
    return true / max(1, rang), true / max(1, struck), 2 * true / max(1, rang + struck)
