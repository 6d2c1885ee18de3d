# [en] Softmax acts twice: the logits are turned into probabilities, and those are taken for logits again. [zh] softmax 用了两次：logit 先变成概率，概率又被当成了 logit。
import numpy as np


def cross_entropy(Z, y):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    A = E / E.sum(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(A).sum(axis=1)) - A[np.arange(len(y)), y])
