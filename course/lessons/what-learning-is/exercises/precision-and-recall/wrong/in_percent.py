# [en] These are per cents; return shares between 0 and 1. [zh] 这是百分数；请返回 0 到 1 之间的份额。
import numpy as np


def precision_recall_f1(y, alarm):
    true, rang, struck = np.sum(y * alarm), max(1, np.sum(alarm)), max(1, np.sum(y))
    P, R = true / rang, true / struck
    F1 = 2 * true / max(1, np.sum(alarm) + np.sum(y))
    return 100 * P, 100 * R, 100 * F1
