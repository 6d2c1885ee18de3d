# [en] $F_1$ comes first here; the order is precision, recall, $F_1$. [zh] 这里把 $F_1$ 放在了最前；次序应该是精确率、召回率、$F_1$。
import numpy as np


def precision_recall_f1(y, alarm):
    true, rang, struck = np.sum(y * alarm), max(1, np.sum(alarm)), max(1, np.sum(y))
    P, R = true / rang, true / struck
    F1 = 2 * true / max(1, np.sum(alarm) + np.sum(y))
    return F1, P, R
