# [en] These are the first rows, whatever flight they belong to: a flight that begins before the cut stands on both sides. [zh] 这是最前面的若干行，没管它们属于哪个架次：跨过切口的架次两边都有行。
import numpy as np


def whole_flights(flight, rows):
    return np.arange(len(flight)) < rows
