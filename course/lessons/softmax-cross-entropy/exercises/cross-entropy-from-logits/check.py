"""What the judge asks of `cross_entropy(Z, y)`: the mean over ordinary rows, ln K at zero, and extreme logits."""

import numpy as np

from glideslope.grade import equal, floats, inputs, labels, mistake, question


def cost_of_each_row(Z, y):
    m = Z.max(axis=1)
    return m + np.log(np.exp(Z - m[:, None]).sum(axis=1)) - Z[np.arange(len(y)), y]


def cross_entropy(Z, y):
    return cost_of_each_row(Z, y).mean()


def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def log_softmax(Z):
    Z = Z - Z.max(axis=1, keepdims=True)
    return Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))


def of_all_classes(Z, y):
    return -log_softmax(Z).mean()


def all_pairs(Z, y):
    return -log_softmax(Z)[:, y].mean()


def without_logarithm(Z, y):
    return -softmax(Z)[np.arange(len(y)), y].mean()


def softmax_twice(Z, y):
    return cross_entropy(softmax(Z), y)


def base_two(Z, y):
    return cross_entropy(Z, y) / np.log(2)


def guarded_by(epsilon):
    return mistake(
        lambda Z, y: -np.log(softmax(Z)[np.arange(len(y)), y] + epsilon).mean(),
        "A small number is added inside the logarithm: it hides log 0 and caps the cost, so that a hopeless guess costs too little.",
        "对数里面加了一个很小的数：它掩盖了 log 0，也给代价封了顶，错得离谱时代价反而偏小。",
    )


VALUE = equal(
    cross_entropy,
    mistake(
        lambda Z, y: cost_of_each_row(Z, y).sum(),
        "This is the sum over the rows; the mean over the N rows is wanted.",
        "这是各行之和；题目要的是 N 行的平均。",
    ),
    mistake(
        all_pairs,
        "`Z[:, y]` takes every row at every label; `Z[np.arange(len(y)), y]` takes one entry in each row.",
        "`Z[:, y]` 会让每一行配上所有标签；`Z[np.arange(len(y)), y]` 才是每行取一个元素。",
    ),
    mistake(
        of_all_classes,
        "This is the mean over all classes: the label `y` picks one class in each row.",
        "这是对所有类别的平均：标签 `y` 应当在每一行选出一个类别。",
    ),
    mistake(
        without_logarithm,
        "The logarithm is missing: this is minus the mean probability of the true class.",
        "少了对数：这是真实类别概率平均值的相反数。",
    ),
    mistake(
        softmax_twice,
        "Softmax acts twice: the logits are turned into probabilities, and those are taken for logits again.",
        "softmax 用了两次：logit 先变成概率，概率又被当成了 logit。",
    ),
    mistake(
        base_two,
        "This counts in bits: the logarithm has base 2 instead of e.",
        "这是以比特计的结果：对数的底是 2，应当是 e。",
    ),
    *(guarded_by(10.0**-power) for power in range(6, 17)),
)

BATCH = inputs({"N": (2, 5)}, Z=floats("N K"), y=labels("N", below="K"))
LARGE = inputs({"N": (1, 3)}, Z=floats("N K", scale=2000), y=labels("N", below="K"))

QUESTIONS = (
    question("The mean cost of a batch", "一批样本的平均代价", BATCH, VALUE, examples=({"Z": [[3.0, 1.0, -3.0], [0.5, 0.5, 2.0]], "y": [0, 1]},)),
    question(
        "Equal logits cost ln K",
        "logit 全相等时代价为 ln K",
        BATCH,
        VALUE,
        draws=0,
        examples=({"Z": [[0.0, 0.0, 0.0]], "y": [1]}, {"Z": [[5.0, 5.0], [-5.0, -5.0]], "y": [0, 1]}),
    ),
    question(
        "A true class whose probability rounds to 0",
        "真实类别的概率被舍入成 0",
        LARGE,
        VALUE,
        draws=0,
        examples=({"Z": [[0.0, -800.0]], "y": [1]},),
    ),
    question(
        "Logits beyond e^709",
        "超过 e^709 的 logit",
        LARGE,
        VALUE,
        examples=({"Z": [[1000.0, 0.0]], "y": [1]}, {"Z": [[1000.0, 0.0], [-1000.0, 0.0]], "y": [0, 0]}),
    ),
)
