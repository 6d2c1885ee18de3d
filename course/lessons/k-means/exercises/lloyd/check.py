import numpy as np

from glideslope.grade import equal, floats, inputs, law, mistake, number, question


def run(X, M, rounds, middle=np.mean, price=np.square, empty="stay", when="before"):
    """k-means with its typical mistakes as options."""
    M, costs = M.astype(float), []
    for _ in range(rounds):
        D = ((X[:, None] - M) ** 2).sum(axis=2)
        labels = D.argmin(axis=1)
        if when == "before":
            costs.append(price(np.sqrt(D.min(axis=1))).sum())
        for k in range(len(M)):
            if (labels == k).any():
                M[k] = middle(X[labels == k], axis=0)
            elif empty != "stay":
                M[k] = empty
        if when == "after":
            costs.append(((X - M[labels]) ** 2).sum())
    return M, np.array(costs)


def lloyd(X, M, rounds):
    return run(X, M, rounds)


def one_centre_at_a_time(X, M, rounds):
    M, costs = M.astype(float), []
    for _ in range(rounds):
        costs.append(((X[:, None] - M) ** 2).sum(axis=2).min(axis=1).sum())
        for k in range(len(M)):
            labels = ((X[:, None] - M) ** 2).sum(axis=2).argmin(axis=1)
            if (labels == k).any():
                M[k] = X[labels == k].mean(axis=0)
    return M, np.array(costs)


VALUES = equal(
    lloyd,
    mistake(
        lambda X, M, rounds: run(X, M, rounds, empty=np.nan),
        "A group without samples has lost its centre: the mean of nothing is not a number. Such a centre stays where it is.",
        "有一组没有样本，它的中心丢了：空集的平均值不是数（nan）。这样的中心应当留在原处。",
    ),
    mistake(
        lambda X, M, rounds: run(X, M, rounds, empty=0.0),
        "A group without samples has sent its centre to the origin: it divides a sum of nothing. Such a centre stays where it is.",
        "有一组没有样本，它的中心跑到了原点：这是拿空的和去除。这样的中心应当留在原处。",
    ),
    mistake(
        lambda X, M, rounds: run(X, M, rounds, price=np.abs),
        "The costs add up distances; the cost of k-means adds up *squared* distances.",
        "代价加的是距离；k-means 的代价加的是距离的*平方*。",
    ),
    mistake(
        lambda X, M, rounds: (run(X, M, rounds)[0], run(X, M, rounds)[1] / len(X)),
        "The costs are divided by the number of samples; the cost is a sum, not a mean.",
        "代价多除了一次样本数；它是总和，不是平均。",
    ),
    mistake(
        lambda X, M, rounds: run(X, M, rounds, when="after"),
        "The costs are noted too late: they belong after the assignment, before the centres move.",
        "代价记晚了：应当在分组之后、移动中心之前记下。",
    ),
    mistake(
        lambda X, M, rounds: run(X, M, rounds, middle=np.median),
        "The centres move to the median of their samples; for squared distances the best place is the mean.",
        "中心移到了样本的中位数；对平方距离来说，最好的位置是平均值。",
    ),
    mistake(
        one_centre_at_a_time,
        "Centres move one by one, with a new assignment after each: within a round all centres use the same assignment.",
        "你是移动一个中心就重新分组一次：同一轮里，所有中心要用同一次分组。",
    ),
    mistake(
        lambda X, M, rounds: run(X, M, 1) if rounds > 1 else (M + np.nan, np.zeros(1)),
        "Only one round was run; repeat both half steps `rounds` times.",
        "只跑了一轮；两个半步要重复 `rounds` 次。",
    ),
    parts=("centres", "costs"),
)

NEVER_RISES = law(
    lambda call, X, M: bool(np.all(np.diff(np.asarray(call(X, M, 6)[1])) <= 1e-9)),
    "The cost rises from one round to the next; in k-means neither half step can raise it.",
    "代价在某一轮上升了；k-means 的两个半步都不可能使它上升。",
    wanted="costs that never rise",
)

ROUNDS = number(1, 4)
SIZES = {"N": (6, 9), "K": (2, 3), "D": (1, 2)}

QUESTIONS = (
    question("Centres and costs", "中心与代价", inputs(SIZES, X=floats("N D", digits=3), M=floats("K D", digits=3), rounds=ROUNDS), VALUES, draws=6),
    question("The cost never rises", "代价从不上升", inputs(SIZES, X=floats("N D", digits=3), M=floats("K D", digits=3)), NEVER_RISES),
    question(
        "A centre far from everything", "离谁都远的中心", inputs(SIZES, X=floats("N D", digits=3), M=floats("K D", digits=3), rounds=ROUNDS), VALUES,
        examples=({"X": [[1.0], [2.0], [3.0]], "M": [[2.0], [50.0]], "rounds": 2},),
    ),
)
