"""What the judge asks of `mean_square(x)`: the mean of squared distances, not their sum and not the squares themselves."""

import numpy as np

from glideslope.grade import equal, floats, inputs, mistake, question


def mean_square(x):
    return np.mean((x - np.mean(x)) ** 2)


VALUES = equal(
    mean_square,
    mistake(
        lambda x: np.mean(x**2),
        "These are the squares of the numbers themselves: the mean is not subtracted.",
        "这是各数自己的平方：还没有减去均值。",
    ),
    mistake(
        lambda x: np.mean((x - np.mean(x)) ** 2) ** 0.5,
        "The root has been taken: the mean of the squares is asked for.",
        "多开了一次方：要的是平方的均值。",
    ),
)

QUESTIONS = (question("The mean of the squared distances", "距离平方的均值", inputs({"N": (2, 6)}, x=floats("N")), VALUES, examples=({"x": [1.0, 3.0]},)),)
