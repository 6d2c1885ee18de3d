"""What the judge asks of `backprop(W1, b1, W2, b2, X, Y)`: the five values, slopes of its own cost, large logits."""

import numpy as np

from glideslope.grade import equal, floats, inputs, law, mistake, one_hot, question

NAMES = ("cost", "dW1", "db1", "dW2", "db2")


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


def log_softmax(Z):
    Z = Z - Z.max(axis=1, keepdims=True)
    return Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))


def backwards(A1, W2, X, delta2, hidden_slope):
    delta1 = (delta2 @ W2) * hidden_slope
    return delta1.T @ X, delta1.sum(axis=0), delta2.T @ A1, delta2.sum(axis=0)


def layers(W1, b1, W2, b2, X):
    A1 = sigmoid(X @ W1.T + b1)
    return A1, A1 @ W2.T + b2


def backprop(W1, b1, W2, b2, X, Y):
    A1, Z2 = layers(W1, b1, W2, b2, X)
    log_A2 = log_softmax(Z2)
    return -(Y * log_A2).sum() / len(X), *backwards(A1, W2, X, (np.exp(log_A2) - Y) / len(X), A1 * (1 - A1))


def still_quadratic(W1, b1, W2, b2, X, Y):
    A1, Z2 = layers(W1, b1, W2, b2, X)
    A2 = sigmoid(Z2)
    delta2 = (A2 - Y) * A2 * (1 - A2) / len(X)
    return ((A2 - Y) ** 2).sum() / (2 * len(X)), *backwards(A1, W2, X, delta2, A1 * (1 - A1))


def old_delta(W1, b1, W2, b2, X, Y):
    A1, Z2 = layers(W1, b1, W2, b2, X)
    A2 = np.exp(log_softmax(Z2))
    cost = -(Y * log_softmax(Z2)).sum() / len(X)
    return cost, *backwards(A1, W2, X, (A2 - Y) * A2 * (1 - A2) / len(X), A1 * (1 - A1))


def delta_without_mean(W1, b1, W2, b2, X, Y):
    A1, Z2 = layers(W1, b1, W2, b2, X)
    A2 = np.exp(log_softmax(Z2))
    return -(Y * log_softmax(Z2)).sum() / len(X), *backwards(A1, W2, X, A2 - Y, A1 * (1 - A1))


def old_cost(W1, b1, W2, b2, X, Y):
    A1, Z2 = layers(W1, b1, W2, b2, X)
    A2 = np.exp(log_softmax(Z2))
    return ((A2 - Y) ** 2).sum() / (2 * len(X)), *backwards(A1, W2, X, (A2 - Y) / len(X), A1 * (1 - A1))


def sigmoid_output(W1, b1, W2, b2, X, Y):
    A1, Z2 = layers(W1, b1, W2, b2, X)
    A2 = sigmoid(Z2)
    return -(Y * np.log(A2)).sum() / len(X), *backwards(A1, W2, X, (A2 - Y) / len(X), A1 * (1 - A1))


def all_sigmoids_gone(W1, b1, W2, b2, X, Y):
    A1, Z2 = layers(W1, b1, W2, b2, X)
    log_A2 = log_softmax(Z2)
    return -(Y * log_A2).sum() / len(X), *backwards(A1, W2, X, (np.exp(log_A2) - Y) / len(X), 1.0)


def hidden_softmax(W1, b1, W2, b2, X, Y):
    A1 = np.exp(log_softmax(X @ W1.T + b1))
    log_A2 = log_softmax(A1 @ W2.T + b2)
    return -(Y * log_A2).sum() / len(X), *backwards(A1, W2, X, (np.exp(log_A2) - Y) / len(X), A1 * (1 - A1))


VALUES = equal(
    backprop,
    mistake(
        still_quadratic,
        "This is still the network with sigmoid outputs and the quadratic cost: three lines have to change.",
        "这还是 sigmoid 输出加二次代价的网络：有三行需要改。",
    ),
    mistake(
        old_delta,
        "The cost is right, `delta2` is not: the factor A2(1 − A2) belonged to the sigmoid and is gone.",
        "代价对了，`delta2` 还不对：因子 A2(1 − A2) 属于原来的 sigmoid，现在没有了。",
    ),
    mistake(
        delta_without_mean,
        "The cost is a mean over N rows and `delta2` is not divided by N: its gradients are N times too large.",
        "代价是 N 行的平均，`delta2` 却没有除以 N：梯度大了 N 倍。",
    ),
    mistake(
        old_cost,
        "The gradients are those of the cross-entropy, but the cost that is returned is still the quadratic one.",
        "梯度已经是交叉熵的，返回的代价却还是二次的。",
    ),
    mistake(
        sigmoid_output,
        "The output units are still sigmoids: the probabilities of a row must share one softmax.",
        "输出单元还是 sigmoid：同一行的各个概率应当共用一个 softmax。",
    ),
    mistake(
        all_sigmoids_gone,
        "The hidden layer is still a sigmoid: `delta1` keeps its factor A1(1 − A1).",
        "隐藏层仍是 sigmoid：`delta1` 要保留因子 A1(1 − A1)。",
    ),
    mistake(
        hidden_softmax,
        "Only the output becomes a softmax; the hidden layer stays a sigmoid.",
        "只有输出层换成 softmax；隐藏层仍是 sigmoid。",
    ),
    parts=NAMES,
)


def slopes_of_its_own_cost(call, *arguments):
    """Every gradient equals the central difference of the cost that came with it; step 1e-5 leaves 1e-9."""
    _, *gradients = call(*arguments)
    for position, gradient in enumerate(gradients):
        for index in list(np.ndindex(arguments[position].shape))[:3]:
            costs = []
            for step in (1e-5, -1e-5):
                moved = [argument.copy() for argument in arguments]
                moved[position][index] += step
                costs.append(call(*moved)[0])
            if abs((costs[0] - costs[1]) / 2e-5 - gradient[index]) > 1e-7:
                return False
    return True


BATCH = inputs(
    {"N": (2, 4), "D": (2, 4), "H": (2, 5), "K": (2, 4)},
    W1=floats("H D", scale=1),
    b1=floats("H", scale=1),
    W2=floats("K H", scale=1),
    b2=floats("K", scale=1),
    X=floats("N D", scale=1),
    Y=one_hot("N K"),
)

LARGE = {
    "W1": [[20.0, 0.0], [0.0, 0.0]],
    "b1": [0.0, 0.0],
    "W2": [[1600.0, 400.0], [0.0, 300.0], [-400.0, 0.0]],
    "b2": [0.0, 0.0, 0.0],
    "X": [[1.0, 2.0], [-1.0, 0.0]],
    "Y": [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]],
}

QUESTIONS = (
    question("Cost and gradients of a batch", "一批样本的代价和梯度", BATCH, VALUES, points=2),
    question(
        "The gradients are the slopes of the cost",
        "梯度确实是代价的斜率",
        BATCH,
        law(
            slopes_of_its_own_cost,
            "A gradient differs from the central difference of the cost that came with it.",
            "有一个梯度与同时返回的代价的中心差分不一致。",
            wanted="(C(w + h) − C(w − h)) / 2h",
        ),
        draws=1,
    ),
    question("Logits beyond e^709", "超过 e^709 的 logit", BATCH, VALUES, draws=0, examples=(LARGE,)),
)
