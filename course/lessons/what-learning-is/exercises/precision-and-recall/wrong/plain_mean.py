# [en] $F_1$ is not half the sum of precision and recall: the harmonic mean divides by the sum of the reciprocals. [zh] $F_1$ 不是精确率与召回率之和的一半：调和平均要除以倒数之和。
import numpy as np


def precision_recall_f1(y, alarm):
    TP, FP, FN = (y * alarm).sum(), ((1 - y) * alarm).sum(), (y * (1 - alarm)).sum()
    P, R = TP / max(1, TP + FP), TP / max(1, TP + FN)
    return P, R, (P + R) / 2
