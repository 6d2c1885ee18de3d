# [en] Not yet: with your inputs the price on the test episodes is not a tenth below that of the last reading alone. [zh] 还不够：用你的输入，测试段上的代价没有比只用最后一次读数低十分之一。
import numpy as np


def signs(H):
    return np.column_stack([H[:, -1], np.abs(H[:, -1, 2])])
