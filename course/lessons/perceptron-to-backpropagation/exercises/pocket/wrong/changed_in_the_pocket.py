# [en] The count belongs to the best weights, but the weights have moved on: `w += …` changes the array in the pocket, too. Make a new array in each correction. [zh] 答错的行数属于最好的权重，权重本身却跟着变了：`w += …` 连口袋里的数组也一起改。每次修正都要造一个新数组。
import numpy as np


def pocket(X, y, passes):
    w = np.zeros(X.shape[1])
    best = w
    fewest = ((X @ w > 0) != y).sum()
    for _ in range(passes):
        for x_n, y_n in zip(X, y):
            answer = int(w @ x_n > 0)
            if answer != y_n:
                w += (y_n - answer) * x_n
                wrong = ((X @ w > 0) != y).sum()
                if wrong < fewest:
                    best, fewest = w, wrong
    return best, fewest
