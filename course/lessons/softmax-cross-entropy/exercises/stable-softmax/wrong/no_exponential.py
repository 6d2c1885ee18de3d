# [en] The logits themselves are divided by their sum: the exponential is missing. [zh] 你直接用 logit 除以它们的和：少了指数函数。
def softmax(Z):
    return Z / Z.sum(axis=1, keepdims=True)
