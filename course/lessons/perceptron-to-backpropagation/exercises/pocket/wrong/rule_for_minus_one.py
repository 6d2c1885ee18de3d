# [en] Adding `y[n] * X[n]` belongs to answers −1 and 1; here they are 0 and 1, so a row that should have been 0 changes nothing. Add `(y[n] - answer) * X[n]`. [zh] 加 `y[n] * X[n]` 是答案为 −1 和 1 时的规则；这里是 0 和 1，本该答 0 的行就什么也没有改。应当加 `(y[n] - answer) * X[n]`。
import numpy as np


def pocket(X, y, passes):
    w = best = np.zeros(X.shape[1])
    fewest = ((X @ w > 0) != y).sum()
    for _ in range(passes):
        for x_n, y_n in zip(X, y):
            answer = int(w @ x_n > 0)
            if answer != y_n:
                w = w + y_n * x_n
                wrong = ((X @ w > 0) != y).sum()
                if wrong < fewest:
                    best, fewest = w, wrong
    return best, fewest
