"""What the judge asks of `precision_recall_f1(y, alarm)`: three values, and what happens when nothing rang or nothing struck."""

import numpy as np

from glideslope.grade import equal, inputs, labels, mistake, question


def counts(y, alarm):
    return int(np.sum(y * alarm)), int(np.sum((1 - y) * alarm)), int(np.sum(y * (1 - alarm)))


def precision_recall_f1(y, alarm):
    TP, FP, FN = counts(y, alarm)
    return TP / max(1, TP + FP), TP / max(1, TP + FN), 2 * TP / max(1, 2 * TP + FP + FN)


def swapped(y, alarm):
    P, R, F1 = precision_recall_f1(y, alarm)
    return R, P, F1


def agreement(y, alarm):
    return (float(np.mean(y == alarm)),) * 3


def plain_mean(y, alarm):
    P, R, _ = precision_recall_f1(y, alarm)
    return P, R, (P + R) / 2


def without_the_two(y, alarm):
    P, R, F1 = precision_recall_f1(y, alarm)
    return P, R, F1 / 2


def shares_of_all(y, alarm):
    TP, _, _ = counts(y, alarm)
    return TP / len(y), TP / len(y), precision_recall_f1(y, alarm)[2]


def false_alarm_rate(y, alarm):
    P, _, F1 = precision_recall_f1(y, alarm)
    return P, counts(y, alarm)[1] / max(1, int(np.sum(1 - y))), F1


def silence_in_quiet(y, alarm):
    P, _, F1 = precision_recall_f1(y, alarm)
    return P, int(np.sum((1 - y) * (1 - alarm))) / max(1, int(np.sum(1 - y))), F1


def in_percent(y, alarm):
    return tuple(100 * value for value in precision_recall_f1(y, alarm))


def f1_first(y, alarm):
    P, R, F1 = precision_recall_f1(y, alarm)
    return F1, P, R


def geometric_mean(y, alarm):
    P, R, _ = precision_recall_f1(y, alarm)
    return P, R, (P * R) ** 0.5


VALUES = equal(
    precision_recall_f1,
    mistake(
        swapped,
        "Precision and recall have changed places: precision divides by the alarms, recall by the strikes.",
        "精确率和召回率调换了：精确率除以警报数，召回率除以鸟击数。",
    ),
    mistake(
        lambda y, alarm: precision_recall_f1(1 - y, 1 - alarm),
        "These are the numbers of the quiet windows: a strike (1) is what the alarm has to find.",
        "这是平静窗口的三个数：警报要找的是鸟击（1）。",
    ),
    mistake(
        agreement,
        "All three count the windows on which `y` and `alarm` agree: that is accuracy, and quiet silence fills it.",
        "三个数数的都是 `y` 与 `alarm` 一致的窗口：那是准确率，里面装满了平静时的沉默。",
    ),
    mistake(
        plain_mean,
        "$F_1$ is not half the sum of precision and recall: the harmonic mean divides by the sum of the reciprocals.",
        "$F_1$ 不是精确率与召回率之和的一半：调和平均要除以倒数之和。",
    ),
    mistake(
        without_the_two,
        "$F_1$ lacks its factor 2: with precision and recall both 1 it must be 1.",
        "$F_1$ 少了因子 2：精确率和召回率都是 1 时，它应该是 1。",
    ),
    mistake(
        shares_of_all,
        "The counts are divided by all N windows; precision divides by the alarms, recall by the strikes.",
        "你把计数除以了全部 N 个窗口；精确率应除以警报数，召回率应除以鸟击数。",
    ),
    mistake(
        false_alarm_rate,
        "The second number is the false-alarm rate; recall asks how many of the strikes rang.",
        "第二个数是误报率；召回率问的是鸟击里响了多少。",
    ),
    mistake(
        in_percent,
        "These are per cents; return shares between 0 and 1.",
        "这是百分数；请返回 0 到 1 之间的份额。",
    ),
    mistake(
        f1_first,
        "$F_1$ comes first here; the order is precision, recall, $F_1$.",
        "这里把 $F_1$ 放在了最前；次序应该是精确率、召回率、$F_1$。",
    ),
    mistake(
        geometric_mean,
        "$F_1$ is not the root of precision times recall: that is the geometric mean, and the harmonic one is wanted.",
        "$F_1$ 不是精确率与召回率乘积的平方根：那是几何平均，这里要的是调和平均。",
    ),
    mistake(
        silence_in_quiet,
        "The second number is the share of quiet windows that stayed silent; recall asks how many of the strikes rang.",
        "第二个数是平静窗口里没响的比例；召回率问的是鸟击里响了多少。",
    ),
    parts=("precision", "recall", "F1"),
)

WINDOWS = inputs({"N": (5, 9)}, y=labels("N", below=2), alarm=labels("N", below=2))

# Two strikes, three alarms, one of them true: every mistake gives other numbers than the right answer.
TELLING = {"y": [1, 1, 0, 0, 0, 0, 0], "alarm": [1, 0, 1, 1, 0, 0, 0]}

QUESTIONS = (
    question("Precision, recall and F1", "精确率、召回率和 F1", WINDOWS, VALUES, points=2, examples=(TELLING,)),
    question(
        "Nothing rang, or nothing struck", "一次没响，或者一次鸟击也没有", WINDOWS, VALUES, draws=0,
        examples=(
            {"y": [1, 0, 0], "alarm": [0, 0, 0]},
            {"y": [1, 0], "alarm": [1, 0]},
            {"y": [0, 0, 0], "alarm": [0, 1, 0]},
            {"y": [0, 0, 0], "alarm": [0, 0, 0]},
        ),
    ),
)  # fmt: skip
