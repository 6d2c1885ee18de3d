# [en] The weights are judged by the row that was visited; count the mistakes on all rows. [zh] 权重只用刚访问的那一行来评判；要数全部行上的错误。
import numpy as np


def pocket(X, y, passes):
    w = best = np.zeros(X.shape[1])
    fewest = ((X @ w > 0) != y).sum()
    for _ in range(passes):
        for x_n, y_n in zip(X, y):
            answer = int(w @ x_n > 0)
            if answer != y_n:
                w = w + (y_n - answer) * x_n
                wrong = int((x_n @ w > 0) != y_n)
                if wrong < fewest:
                    best, fewest = w, wrong
    return best, fewest
