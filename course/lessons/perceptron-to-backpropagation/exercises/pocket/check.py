import numpy as np

from glideslope.grade import equal, floats, inputs, labels, law, mistake, number, question


def misses(w, X, y):
    return int(((X @ w > 0) != y).sum())


def run(X, y, passes, keep="better", judge="all", rows="mistakes", step=None, tie=False, start=True):
    """The perceptron with its typical mistakes as options."""
    w = best = np.zeros(X.shape[1])
    fewest = misses(w, X, y) if start else len(X) + 1
    for _ in range(passes):
        for n in range(len(X)):
            answer = int(X[n] @ w >= 0) if tie else int(X[n] @ w > 0)
            if answer != y[n] or rows == "all":
                factor = y[n] - answer if rows == "mistakes" else 2 * y[n] - 1
                w = w + (step(y[n], answer) if step else factor) * X[n]
                now = misses(w, X, y) if judge == "all" else misses(w, X[n : n + 1], y[n : n + 1])
                if now < fewest or keep == "last" or (keep == "as good" and now == fewest):
                    best, fewest = w, now
    return best, misses(best, X, y) if judge == "all" else fewest


def pocket(X, y, passes):
    return run(X, y, passes)


def in_place(X, y, passes):
    last = run(X, y, passes, keep="last")[0]
    return last, run(X, y, passes)[1]


VALUES = equal(
    pocket,
    mistake(
        lambda X, y, passes: run(X, y, passes, keep="last"),
        "These are the last weights; the pocket holds the best ones that were met.",
        "这是最后的权重；口袋里放的应当是一路上最好的。",
    ),
    mistake(
        in_place,
        "The count belongs to the best weights, but the weights have moved on: `w += …` changes the array in the pocket, too. Make a new array in each correction.",
        "答错的行数属于最好的权重，权重本身却跟着变了：`w += …` 连口袋里的数组也一起改。每次修正都要造一个新数组。",
    ),
    mistake(
        lambda X, y, passes: run(X, y, passes, step=lambda wanted, answer: answer - wanted),
        "The corrections go the wrong way: add the row where the answer should have been 1, take it away where it should have been 0.",
        "修正的方向反了：本该答 1 的行要加上去，本该答 0 的行要减掉。",
    ),
    mistake(
        lambda X, y, passes: run(X, y, passes, rows="all"),
        "Rows that are answered rightly change the weights, too; only a mistake may.",
        "答对的行也改动了权重；只有答错时才可以改。",
    ),
    mistake(
        lambda X, y, passes: run(X, y, 1),
        "Only one pass was made; visit all rows `passes` times.",
        "只走了一遍；所有的行要访问 `passes` 遍。",
    ),
    mistake(
        lambda X, y, passes: run(X, y, passes, keep="as good"),
        "Weights that are only as good as those in the pocket have replaced them; fewer mistakes are asked for, not as many.",
        "与口袋里的一样好，也被换进去了；要的是答错得更少，一样多不算。",
    ),
    mistake(
        lambda X, y, passes: run(X, y, passes, start=False),
        "The pocket started empty, so the first correction went in whatever it was; it starts with the zero weights and their mistakes.",
        "口袋起初是空的，所以第一次改正不论好坏都放了进去；起初应当放零权重和它答错的行数。",
    ),
    mistake(
        lambda X, y, passes: run(X, y, passes, step=lambda wanted, answer: wanted),
        "Adding `y[n] * X[n]` belongs to answers −1 and 1; here they are 0 and 1, so a row that should have been 0 changes nothing. Add `(y[n] - answer) * X[n]`.",
        "加 `y[n] * X[n]` 是答案为 −1 和 1 时的规则；这里是 0 和 1，本该答 0 的行就什么也没有改。应当加 `(y[n] - answer) * X[n]`。",
    ),
    mistake(
        lambda X, y, passes: run(X, y, passes, tie=True),
        "A score of exactly 0 was answered with 1; the answer is 1 only above 0.",
        "分数恰好为 0 时答了 1；只有大于 0 才答 1。",
    ),
    mistake(
        lambda X, y, passes: run(X, y, passes, judge="row"),
        "The weights are judged by the row that was visited; count the mistakes on all rows.",
        "权重只用刚访问的那一行来评判；要数全部行上的错误。",
    ),
    parts=("weights", "mistakes"),
)

NEVER_WORSE = law(
    lambda call, X, y: int(call(X, y, 4)[1]) <= int(call(X, y, 2)[1]),
    "More passes made the pocket worse; what is in the pocket may only be replaced by something better.",
    "多走几遍，口袋里的反而变差了；口袋里的东西只能换成更好的。",
    wanted="at most as many mistakes after four passes as after two",
)

# Here every typical mistake but one ends with weights of its own, so that none is taken for another.
TELLING = {
    "X": [[-2.0, 2.0], [2.0, 1.0], [2.0, 0.0], [2.0, 0.0], [1.0, -2.0], [-1.0, -1.0], [-2.0, 2.0]],
    "y": [1, 0, 1, 1, 0, 1, 1],
    "passes": 2,
}
# Here nothing beats the zero weights, so that a pocket which started empty ends with others.
NOTHING_BETTER = {
    "X": [[2.0, -2.0], [2.0, -1.0], [-1.0, 0.0], [-2.0, 2.0], [2.0, 1.0], [-2.0, 1.0]],
    "y": [0, 1, 1, 0, 0, 0],
    "passes": 2,
}
SIZES = {"N": (6, 10), "D": (2, 3)}
ROWS = {"X": floats("N D", digits=1), "y": labels("N", below=2)}

QUESTIONS = (
    question("The best weights met", "一路上最好的权重", inputs(SIZES, **ROWS, passes=number(2, 4)), VALUES, points=2, draws=8,
             examples=(TELLING, NOTHING_BETTER, {"X": [[2.0, -2.0], [1.0, 0.0], [0.0, 2.0], [-2.0, -2.0], [0.0, 2.0]], "y": [1, 1, 0, 1, 1], "passes": 2})),
    question("The pocket never gets worse", "口袋从不变差", inputs(SIZES, **ROWS), NEVER_WORSE),
)  # fmt: skip
