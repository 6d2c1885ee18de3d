# [en] `precision`: It returns nan where a number exists. [zh] `precision`：这里本该有数，它却返回了 nan。
import numpy as np


def precision_recall_f1(y, alarm):
    TP = np.sum(y * alarm)
    with np.errstate(all="ignore"):
        return TP / np.float64(alarm.sum()), TP / max(1, np.sum(y)), 2 * TP / max(1, np.sum(y) + np.sum(alarm))
