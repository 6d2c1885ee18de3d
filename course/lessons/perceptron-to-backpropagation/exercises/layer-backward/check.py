import numpy as np

from glideslope.grade import equal, floats, inputs, law, mistake, probabilities, question


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


def with_delta(W, V, delta):
    return delta.T @ V, delta.sum(axis=0), delta @ W


def layer_backward(W, V, A, S):
    return with_delta(W, V, S * A * (1 - A))


def changed(**parts):
    """The right answer with some of its parts computed otherwise."""

    def model(W, V, A, S):
        delta = S * A * (1 - A)
        right = dict(zip(("dW", "db", "dV"), with_delta(W, V, delta), strict=True))
        right |= {name: f(W, V, A, S, delta) for name, f in parts.items()}
        return tuple(right.values())

    return model


VALUES = equal(
    layer_backward,
    mistake(
        changed(dW=lambda W, V, A, S, delta: V.T @ delta),
        "The slopes of the weights are transposed: `W` has one row for each neuron of this layer, so its slopes do, too.",
        "权重的斜率转置了：`W` 的每一行属于本层的一个神经元，它的斜率也应如此。",
    ),
    mistake(
        changed(db=lambda W, V, A, S, delta: delta),
        "The slopes of the biases still have one row for each example; a bias is shared by the whole batch, so add the rows up.",
        "偏置的斜率还是每个样本一行；一个偏置由整批样本共用，所以要把各行加起来。",
    ),
    mistake(
        changed(dW=lambda W, V, A, S, delta: delta.T @ V / len(V), db=lambda W, V, A, S, delta: delta.mean(axis=0)),
        "The slopes are means over the batch; here the cost is a sum, so they are sums.",
        "斜率取了一批的平均；这里的代价是总和，所以斜率也是总和。",
    ),
    mistake(
        lambda W, V, A, S: with_delta(W, V, S),
        "The slope of the sigmoid is missing: `S` is the slope along the answers, and the deltas are slopes along the scores.",
        "少了 sigmoid 的斜率：`S` 是沿回答的斜率，而 delta 是沿分数的斜率。",
    ),
    mistake(
        lambda W, V, A, S: with_delta(W, V, S * sigmoid(A) * (1 - sigmoid(A))),
        "The sigmoid was applied to A once more; A already is the sigmoid of the scores, so its slope is A(1 − A).",
        "对 A 又做了一次 sigmoid；A 已经是分数的 sigmoid，所以斜率就是 A(1 − A)。",
    ),
    mistake(
        lambda W, V, A, S: with_delta(W, V, S * (1 - A)),
        "Half of the sigmoid's slope is missing: it is A(1 − A).",
        "sigmoid 的斜率只写了一半：应当是 A(1 − A)。",
    ),
    mistake(
        changed(dV=lambda W, V, A, S, delta: S @ W),
        "What goes back to V has lost the slope of the sigmoid: deltas are handed back, not the slopes along the answers.",
        "传回 V 的斜率丢了 sigmoid 的斜率：传回去的应当是 delta，而不是沿回答的斜率。",
    ),
    mistake(
        changed(dV=lambda W, V, A, S, delta: delta @ W * V * (1 - V)),
        "The bend of the layer before was taken already; asked are the slopes along `V` itself.",
        "把前一层的弯曲也算进去了；这里要的只是沿 `V` 本身的斜率。",
    ),
    mistake(
        lambda W, V, A, S: with_delta(W, V, -S * A * (1 - A)),
        "Every slope has the opposite sign; the step against them comes later.",
        "所有斜率的符号都反了；逆着斜率走是后面的事。",
    ),
    parts=("dW", "db", "dV"),
)


def slopes_of_a_real_cost(call, W, V, b):
    """With C = sum(A**3) and A from the layer itself, a nudge of 1e-5 leaves 1e-9."""

    def cost(W, V, b):
        return (sigmoid(V @ W.T + b) ** 3).sum()

    A = sigmoid(V @ W.T + b)
    for position, gradient in zip((0, 2, 1), call(W, V, A, 3 * A**2), strict=True):
        arguments = [W, V, b]
        for index in list(np.ndindex(arguments[position].shape))[:4]:
            costs = []
            for step in (1e-5, -1e-5):
                moved = [one.copy() for one in arguments]
                moved[position][index] += step
                costs.append(cost(*moved))
            if abs((costs[0] - costs[1]) / 2e-5 - gradient[index]) > 1e-7:
                return False
    return True


SIZES = {"N": (2, 4), "H": (2, 5), "K": (2, 4)}

QUESTIONS = (
    question(
        "The three slopes", "三个斜率",
        inputs(SIZES, W=floats("K H"), V=floats("N H"), A=probabilities("N K"), S=floats("N K")), VALUES, points=2, draws=4,
    ),
    question(
        "They are the slopes of a cost", "它们确实是代价的斜率",
        inputs(SIZES, W=floats("K H", scale=1), V=floats("N H", scale=1), b=floats("K", scale=1)),
        law(
            slopes_of_a_real_cost,
            "A slope differs from what a nudge does to a cost.",
            "有一个斜率与轻推一下代价的变化不一致。",
            wanted="(C(w + h) − C(w − h)) / 2h",
        ),
        draws=2,
    ),
)  # fmt: skip
