# [en] Precision and recall have changed places: precision divides by the alarms, recall by the strikes. [zh] 精确率和召回率调换了：精确率除以警报数，召回率除以鸟击数。
import numpy as np


def precision_recall_f1(y, alarm):
    TP, FP, FN = (y * alarm).sum(), ((1 - y) * alarm).sum(), (y * (1 - alarm)).sum()
    P, R = TP / max(1, TP + FP), TP / max(1, TP + FN)
    return R, P, 2 * TP / max(1, 2 * TP + FP + FN)
