import math

import numpy as np


def softmax(Z):
    rows = []
    for z in Z:
        largest = max(z)
        exponentials = [math.exp(zi - largest) for zi in z]
        total = sum(exponentials)
        rows.append([e / total for e in exponentials])
    return np.array(rows)
