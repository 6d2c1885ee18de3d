"""What the judge asks of `softmax(Z)`: ordinary rows, a single row, and logits far beyond e^709."""

import numpy as np

from glideslope.grade import equal, floats, inputs, law, mistake, question


def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def over_the_whole_batch(Z):
    E = np.exp(Z - Z.max())
    return E / E.sum()


def without_dividing(Z):
    return np.exp(Z)


def without_exponential(Z):
    return Z / Z.sum(axis=1, keepdims=True)


def largest_of_the_batch(Z):
    E = np.exp(Z - Z.max())
    return E / E.sum(axis=1, keepdims=True)


def logarithm(Z):
    return np.log(softmax(Z))


VALUES = equal(
    softmax,
    mistake(
        over_the_whole_batch,
        "The whole batch sums to one instead of each row: sum along axis 1 and keep the axis.",
        "是整批之和为 1，而不是每行之和为 1：请沿 axis=1 求和，并保留这一维。",
    ),
    mistake(
        without_dividing,
        "The exponentials are not divided by their sum, so a row does not sum to one.",
        "指数还没有除以它们的和，所以每行之和不是 1。",
    ),
    mistake(
        without_exponential,
        "The logits themselves are divided by their sum: the exponential is missing.",
        "你直接用 logit 除以它们的和：少了指数函数。",
    ),
    mistake(
        largest_of_the_batch,
        "The largest logit of the whole batch is subtracted: a row far below it becomes 0/0. Each row needs its own.",
        "减去的是整批里最大的 logit：远小于它的行会变成 0/0。每一行要减去自己的最大值。",
    ),
    mistake(
        logarithm,
        "These are the logarithms of the probabilities: the last exponential is missing.",
        "这是概率的对数：最后还差一次指数运算。",
    ),
)

SUMS_TO_ONE = law(
    lambda call, Z: np.allclose(call(Z).sum(axis=1), 1),
    "The rows do not all sum to one.",
    "并非每一行之和都为 1。",
    wanted="rows that sum to 1",
)

ROWS = {"Z": [[3.0, 1.0, -3.0], [0.5, 0.5, 2.0]]}

QUESTIONS = (
    question("The softmax of each row", "每一行的 softmax", inputs({"N": (1, 4)}, Z=floats("N K")), VALUES, examples=(ROWS,)),
    question("Many rows that sum to one", "多行数据，每行之和为 1", inputs({"N": (6, 9)}, Z=floats("N K", scale=4)), SUMS_TO_ONE, draws=1),
    question(
        "Logits beyond e^709",
        "超过 e^709 的 logit",
        inputs({"N": (1, 3)}, Z=floats("N K", scale=2000)),
        VALUES,
        points=2,
        examples=({"Z": [[1000.0, 0.0]]}, {"Z": [[-1000.0, -1001.0]]}, {"Z": [[1000.0, 0.0], [-1000.0, 0.0]]}),
    ),
)
