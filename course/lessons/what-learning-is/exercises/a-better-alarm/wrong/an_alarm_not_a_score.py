# [en] Not yet: it does not rank the windows better than the lesson's jerk, which weighs the largest jump against the air before it. [zh] 还不够：它排得并不比课文里的颠簸比更好；颠簸比会把最大的跳动和之前的气流放在一起比。
import numpy as np


def alarm_score(W):
    return (np.abs(np.diff(W[:, :, 0], axis=1))[:, -4:].max(axis=1) > 3.6).astype(float)
