import numpy as np

from glideslope.grade import equal, floats, inputs, labels, law, mistake, question


def general(X, labels, squared=False, leave_out=True, nearest=min, over=max, alone=0.0, others="means"):
    """The silhouette, with its typical mistakes as options."""
    D = ((X[:, None] - X) ** 2).sum(axis=2)
    D = D if squared else np.sqrt(D)
    result = np.zeros(len(X))
    for n in range(len(X)):
        own = labels == labels[n]
        if own.all() or (own.sum() == 1 and leave_out):  # one group only: there is nothing to compare with
            result[n] = alone
            continue
        alpha = D[n, own].sum() / (own.sum() - leave_out)
        if others == "means":
            beta = nearest([D[n, labels == k].mean() for k in np.unique(labels[~own])])
        elif others == "pool":
            beta = D[n, ~own].mean()
        else:
            beta = D[n, ~own].min()
        result[n] = (beta - alpha) / over(alpha, beta)
    return result


def silhouette(X, labels):
    return general(X, labels)


def to_the_means(X, labels):
    """Distances to the means of the groups in place of mean distances to their members."""
    names, own = np.unique(labels, return_inverse=True)
    M = np.array([X[labels == k].mean(axis=0) for k in names])
    D = np.sqrt(((X[:, None] - M) ** 2).sum(axis=2))
    alpha = D[np.arange(len(X)), own]
    D[np.arange(len(X)), own] = np.inf
    beta, alone = D.min(axis=1), np.bincount(own)[own] == 1
    return np.where(alone, 0.0, (beta - alpha) / np.maximum(alpha, beta))


VALUES = equal(
    silhouette,
    mistake(
        lambda X, labels: general(X, labels, leave_out=False),
        "The mean distance to the own group counts the sample itself, at distance 0: divide by the number of the *other* members.",
        "到自己那一组的平均距离把样本自己也算进去了（距离 0）：应当除以*其他*成员的个数。",
    ),
    mistake(
        lambda X, labels: general(X, labels, squared=True),
        "The distances are squared; take the root.",
        "距离还是平方的，要开方。",
    ),
    mistake(
        lambda X, labels: general(X, labels, others="pool"),
        "All other groups are thrown together; compare with the *nearest* other group only.",
        "你把别的组混在一起了；只该和*最近的*那一组比。",
    ),
    mistake(
        lambda X, labels: general(X, labels, others="nearest sample"),
        "You compare with the nearest sample of another group; it should be the smallest *mean* distance to a group.",
        "你比的是别组里最近的那个样本；应当是到某一组的*平均*距离中最小的。",
    ),
    mistake(
        to_the_means,
        "You measure the distance to the mean of a group; the silhouette takes the mean of the distances to its members.",
        "你量的是到一组平均值的距离；轮廓系数用的是到各成员距离的平均。",
    ),
    mistake(
        lambda X, labels: general(X, labels, nearest=max),
        "You compare with the farthest other group; it should be the nearest.",
        "你比的是最远的那一组；应当是最近的。",
    ),
    mistake(
        lambda X, labels: -general(X, labels),
        "The sign is turned: a sample well inside its group should come out near 1.",
        "符号反了：在组里坐得很稳的样本，应当接近 1。",
    ),
    mistake(
        lambda X, labels: general(X, labels, over=lambda alpha, beta: alpha),
        "The gap is divided by the own distance; divide by the larger of the two, so that nothing exceeds 1.",
        "差值除以了到自己组的距离；应当除以两者中较大的一个，这样才不会超过 1。",
    ),
    mistake(
        lambda X, labels: general(X, labels, alone=1.0),
        "A sample alone in its group got 1; by convention it gets 0, for it has no company to compare.",
        "独自一组的样本得了 1；约定它得 0，因为它没有同伴可比。",
    ),
    mistake(
        lambda X, labels: np.array(general(X, labels).mean()),
        "You returned the average; return one number for each sample.",
        "你返回的是平均值；要给每个样本返回一个数。",
    ),
)


def same_after_a_move(call, X, groups):
    return np.allclose(call(3 * X + 5, groups), call(X, groups))


NO_UNITS = law(
    same_after_a_move,
    "The result changes when all samples are moved or measured in another unit; a silhouette is a pure ratio.",
    "把样本整体平移或换一个单位，结果就变了；轮廓系数是纯粹的比值。",
    wanted="the same silhouettes",
)

SIZES = {"N": (7, 10), "D": (2, 3), "K": (3, 3)}
CASE = {"X": [[0.0, 0.0], [0.0, 1.0], [2.0, 0.0], [5.0, 0.0], [5.0, 2.0], [0.0, 9.0]], "labels": [0, 0, 0, 1, 1, 2]}
FOUR = {"X": [[0.0], [1.0], [4.0], [6.0], [13.0], [14.5]], "labels": [0, 0, 1, 1, 2, 2]}
FIVE = {"X": [[0.0, 1.0], [1.0, 1.5], [1.5, 0.0], [4.0, 1.0], [6.0, 2.5], [5.0, 5.0], [9.0, 9.0], [8.0, 11.5]], "labels": [0, 0, 0, 1, 1, 1, 2, 2]}

QUESTIONS = (
    question("One value for each sample", "每个样本一个值", inputs(SIZES, X=floats("N D"), labels=labels("N", below="K")), VALUES, points=2, draws=0, examples=(FIVE, FOUR)),
    question("A sample alone in its group", "独自一组的样本", inputs(SIZES, X=floats("N D"), labels=labels("N", below="K")), VALUES, draws=0, examples=(CASE,)),
    question("No units", "与单位无关", inputs(SIZES, X=floats("N D"), labels=labels("N", below="K")), NO_UNITS, draws=0, examples=(FIVE,)),
)
