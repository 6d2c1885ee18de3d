# [en] The sign is turned: this is the direction downhill. The gradient is answer minus truth, times the inputs. [zh] 符号反了：这是下坡的方向。梯度是回答减去真相，再乘以输入。
import numpy as np


def weighted_gradient(w, X, y, s):
    a = 1 / (1 + np.exp(-(X @ w)))
    return X.T @ (s * (y - a)) / s.sum()
