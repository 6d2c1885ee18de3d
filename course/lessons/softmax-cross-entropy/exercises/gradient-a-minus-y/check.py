"""What the judge asks of `gradient(Z, Y)`: the value, the slope of the cost itself, rows summing to zero, large logits."""

import numpy as np

from glideslope.grade import equal, floats, inputs, law, mistake, one_hot, question


def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def gradient(Z, Y):
    return (softmax(Z) - Y) / len(Z)


def cost(Z, Y):
    Z = Z - Z.max(axis=1, keepdims=True)
    return -(Y * (Z - np.log(np.exp(Z).sum(axis=1, keepdims=True)))).sum() / len(Z)


def softmax_of_batch(Z):
    E = np.exp(Z - Z.max())
    return E / E.sum()


def diagonal_only(Z, Y):
    A = softmax(Z)
    return -Y / A * A * (1 - A) / len(Z)


def by_probability(Z, Y):
    return -Y / softmax(Z) / len(Z)


def of_the_quadratic(Z, Y):
    A = softmax(Z)
    return (A - Y) * A * (1 - A) / len(Z)


VALUES = equal(
    gradient,
    mistake(
        lambda Z, Y: softmax(Z) - Y,
        "Each row is a − y; the cost is a mean over N rows, so its gradient carries the factor 1/N.",
        "每一行是 a − y；而代价是 N 行的平均，所以梯度还要带上因子 1/N。",
    ),
    mistake(
        lambda Z, Y: (softmax(Z) - Y) / Z.size,
        "Divided by N·K: the cost is a mean over the N rows, not over all entries.",
        "你除以了 N·K：代价是对 N 行取平均，不是对所有元素取平均。",
    ),
    mistake(
        diagonal_only,
        "Only the term i = j is here: every other probability depends on this logit too.",
        "这里只有 i = j 的那一项：其余各个概率也依赖这个 logit。",
    ),
    mistake(
        by_probability,
        "This is ∂C/∂a: the step from the probabilities a back to the logits z is missing.",
        "这是 ∂C/∂a：还差从概率 a 回到 logit z 的一步。",
    ),
    mistake(
        of_the_quadratic,
        "The factor a(1 − a) belongs to the sigmoid with the quadratic cost; here it has cancelled.",
        "因子 a(1 − a) 属于 sigmoid 加二次代价；在这里它已经消去了。",
    ),
    mistake(
        lambda Z, Y: (Z - Y) / len(Z),
        "The logits stand where their softmax belongs: a − y, not z − y.",
        "该用 softmax 的地方用了 logit：应当是 a − y，不是 z − y。",
    ),
    mistake(
        lambda Z, Y: (softmax_of_batch(Z) - Y) / len(Z),
        "The softmax runs over the whole batch: each row must sum to one by itself.",
        "softmax 是对整批做的：每一行自己的和应当为 1。",
    ),
)


def follows_the_cost(call, Z, Y):
    """Compare with central differences; step 1e-5 leaves an error near 1e-10."""
    G = call(Z, Y)
    for index in np.ndindex(Z.shape):
        step = np.zeros_like(Z)
        step[index] = 1e-5
        if abs((cost(Z + step, Y) - cost(Z - step, Y)) / 2e-5 - G[index]) > 1e-7:
            return False
    return True


BATCH = inputs({"N": (2, 4), "K": (2, 5)}, Z=floats("N K"), Y=one_hot("N K"))

ROWS = {"Z": [[3.0, 1.0, -3.0], [0.5, 0.5, 2.0]], "Y": [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]}

QUESTIONS = (
    question("The gradient of a batch", "一批样本的梯度", BATCH, VALUES, examples=(ROWS,)),
    question(
        "It is the slope of the cost",
        "它确实是代价的斜率",
        BATCH,
        law(follows_the_cost, "It differs from the central difference of the cost.", "它与代价的中心差分不一致。", wanted="(C(z + h) − C(z − h)) / 2h"),
        draws=1,
    ),
    question(
        "Logits beyond e^709",
        "超过 e^709 的 logit",
        inputs({"N": (1, 3)}, Z=floats("N K", scale=2000), Y=one_hot("N K")),
        VALUES,
        examples=({"Z": [[1000.0, 0.0]], "Y": [[0.0, 1.0]]}, {"Z": [[1000.0, 0.0], [-1000.0, 0.0]], "Y": [[1.0, 0.0], [0.0, 1.0]]}),
    ),
)
