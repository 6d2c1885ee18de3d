# [en] This is ∂C/∂a: the step from the probabilities a back to the logits z is missing. [zh] 这是 ∂C/∂a：还差从概率 a 回到 logit z 的一步。
import numpy as np


def gradient(Z, Y):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    A = E / E.sum(axis=1, keepdims=True)
    return -Y / A / len(Z)
