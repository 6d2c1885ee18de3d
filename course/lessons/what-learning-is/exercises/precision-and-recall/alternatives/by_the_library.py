import numpy as np

from glideslope.learn import metrics


def precision_recall_f1(y, alarm):
    return [float(values[1]) for values in metrics.precision_recall_f1(y, alarm, classes=[0, 1])]
