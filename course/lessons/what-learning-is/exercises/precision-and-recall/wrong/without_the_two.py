# [en] $F_1$ lacks its factor 2: with precision and recall both 1 it must be 1. [zh] $F_1$ 少了因子 2：精确率和召回率都是 1 时，它应该是 1。
import numpy as np


def precision_recall_f1(y, alarm):
    TP, FP, FN = (y * alarm).sum(), ((1 - y) * alarm).sum(), (y * (1 - alarm)).sum()
    return TP / max(1, TP + FP), TP / max(1, TP + FN), TP / max(1, 2 * TP + FP + FN)
