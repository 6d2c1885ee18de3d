import numpy as np


def whole_flights(flight, rows):
    """Return True for the rows held out: whole flights, with at least `rows` rows in all."""
    names, count = np.unique(flight, return_counts=True)
    before = np.cumsum(count) - count
    return np.isin(flight, names[before < rows])
