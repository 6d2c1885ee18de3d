# [en] Rows that are answered rightly change the weights, too; only a mistake may. [zh] 答对的行也改动了权重；只有答错时才可以改。
import numpy as np


def pocket(X, y, passes):
    w = best = np.zeros(X.shape[1])
    fewest = ((X @ w > 0) != y).sum()
    for _ in range(passes):
        for x_n, y_n in zip(X, y):
            answer = int(w @ x_n > 0)
            if True:
                w = w + (2 * y_n - 1) * x_n
                wrong = ((X @ w > 0) != y).sum()
                if wrong < fewest:
                    best, fewest = w, wrong
    return best, fewest
