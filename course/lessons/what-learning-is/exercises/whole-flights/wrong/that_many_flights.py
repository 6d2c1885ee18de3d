# [en] `rows` counts rows, and here it counts flights. [zh] `rows` 数的是行，这里却拿它数了架次。
import numpy as np


def whole_flights(flight, rows):
    return np.isin(flight, np.unique(flight)[:rows])
