# [en] The second number is the share of quiet windows that stayed silent; recall asks how many of the strikes rang. [zh] 第二个数是平静窗口里没响的比例；召回率问的是鸟击里响了多少。
import numpy as np


def precision_recall_f1(y, alarm):
    true, rang, quiet = np.sum(y * alarm), np.sum(alarm), 1 - y
    F1 = 2 * true / max(1, rang + np.sum(y))
    return true / max(1, rang), np.sum(quiet * (1 - alarm)) / max(1, np.sum(quiet)), F1
