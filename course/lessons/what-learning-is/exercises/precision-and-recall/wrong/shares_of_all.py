# [en] The counts are divided by all N windows; precision divides by the alarms, recall by the strikes. [zh] 你把计数除以了全部 N 个窗口；精确率应除以警报数，召回率应除以鸟击数。
import numpy as np


def precision_recall_f1(y, alarm):
    TP, FP, FN = (y * alarm).sum(), ((1 - y) * alarm).sum(), (y * (1 - alarm)).sum()
    return TP / len(y), TP / len(y), 2 * TP / max(1, 2 * TP + FP + FN)
