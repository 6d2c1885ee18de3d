# [en] The second number is the false-alarm rate; recall asks how many of the strikes rang. [zh] 第二个数是误报率；召回率问的是鸟击里响了多少。
import numpy as np


def precision_recall_f1(y, alarm):
    TP, FP, FN = (y * alarm).sum(), ((1 - y) * alarm).sum(), (y * (1 - alarm)).sum()
    return TP / max(1, TP + FP), FP / max(1, (1 - y).sum()), 2 * TP / max(1, 2 * TP + FP + FN)
