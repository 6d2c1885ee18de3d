import numpy as np


def precision_recall_f1(y, alarm):
    y, alarm = np.asarray(y) == 1, np.asarray(alarm) == 1
    TP, FP, FN = (y & alarm).sum(), (~y & alarm).sum(), (y & ~alarm).sum()
    P = TP / (TP + FP) if TP + FP else 0.0
    R = TP / (TP + FN) if TP + FN else 0.0
    return P, R, 2 * P * R / (P + R) if P + R else 0.0
