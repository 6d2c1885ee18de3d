# [en] The logits stand where their softmax belongs: a − y, not z − y. [zh] 该用 softmax 的地方用了 logit：应当是 a − y，不是 z − y。
def gradient(Z, Y):
    return (Z - Y) / len(Z)
