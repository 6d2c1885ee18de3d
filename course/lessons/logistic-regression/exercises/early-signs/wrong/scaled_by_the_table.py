# [en] A row of yours changes when other rows are missing: make each from its own history alone, without means over the table or the order of its rows. [zh] 少了别的行，你的某一行就变了：每一行只能用它自己的历史来做，不要用整张表的平均，也不要用各行的次序。
import numpy as np


def signs(H):
    last = np.column_stack([H[:, -1], H[:, -1] - H[:, -6]])
    return (last - last.mean(axis=0)) / last.std(axis=0)
