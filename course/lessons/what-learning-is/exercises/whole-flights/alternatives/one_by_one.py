import numpy as np


def whole_flights(flight, rows):
    held = np.zeros(len(flight), bool)
    for name in sorted(set(flight.tolist())):
        if held.sum() >= rows:
            break
        held |= flight == name
    return held
