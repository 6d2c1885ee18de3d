# [en] These are the numbers of the quiet windows: a strike (1) is what the alarm has to find. [zh] 这是平静窗口的三个数：警报要找的是鸟击（1）。
import numpy as np


def precision_recall_f1(y, alarm):
    y, alarm = 1 - y, 1 - alarm
    TP, FP, FN = (y * alarm).sum(), ((1 - y) * alarm).sum(), (y * (1 - alarm)).sum()
    return TP / max(1, TP + FP), TP / max(1, TP + FN), 2 * TP / max(1, 2 * TP + FP + FN)
