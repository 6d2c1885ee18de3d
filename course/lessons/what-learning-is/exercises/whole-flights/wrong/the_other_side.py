# [en] True marks the rows that stay for learning; it has to mark those held out. [zh] True 标的是留给学习的行；要标的是留出的行。
import numpy as np


def whole_flights(flight, rows):
    names, count = np.unique(flight, return_counts=True)
    return ~np.isin(flight, names[np.cumsum(count) - count < rows])
