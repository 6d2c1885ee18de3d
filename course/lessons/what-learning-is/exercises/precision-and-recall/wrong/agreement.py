# [en] All three count the windows on which `y` and `alarm` agree: that is accuracy, and quiet silence fills it. [zh] 三个数数的都是 `y` 与 `alarm` 一致的窗口：那是准确率，里面装满了平静时的沉默。
import numpy as np


def precision_recall_f1(y, alarm):
    same = (y == alarm).mean()
    return same, same, same
