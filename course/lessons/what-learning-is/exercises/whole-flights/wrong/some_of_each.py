# [en] Every flight gives a part of its rows, so every row held out has a twin among the others. [zh] 每个架次都拿出了一部分行，于是留出的每一行在另一边都有双胞胎。
import numpy as np


def whole_flights(flight, rows):
    place = np.array([np.sum(flight[:n] == flight[n]) for n in range(len(flight))])
    return place % 2 == 0
