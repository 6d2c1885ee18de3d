# [en] The scores stand on their heads: a window with a strike must score high. [zh] 分数倒过来了：有鸟击的窗口应该得高分。
import numpy as np


def alarm_score(W):
    jump = np.abs(np.diff(W[:, :, 0], axis=1))
    return (jump[:, :-4].mean(axis=1) + 0.3) / jump[:, -4:].max(axis=1)
