import numpy as np

from glideslope.grade import equal, floats, inputs, law, mistake, question


def run(S, order="back", seed="last", add=True):
    n = len(S)
    g = np.ones(n) if seed == "ones" else np.zeros(n)
    if seed != "none":
        g[-1] = 1
    nodes = {"back": range(n - 1, -1, -1), "forth": range(n)}[order]
    for k in nodes:
        for p in range(k):
            share = g[k] * S[k, p]
            if add:
                g[p] += share
            else:
                g[p] = share
    return g


def reverse(S):
    return run(S)


def kept_where_no_arrow(S):
    g = np.eye(len(S))[-1]
    for k in range(len(S) - 1, -1, -1):
        for p in range(k):
            if S[k, p] != 0:
                g[p] = g[k] * S[k, p]
    return g


def along_the_first(S):
    g = np.eye(len(S))[0]
    for k in range(len(S)):
        g[k] += S[k, :k] @ g[:k]
    return g


def whole_table(S):
    g = np.eye(len(S))[-1]
    for k in range(len(S) - 1, -1, -1):
        for p in range(len(S)):
            g[p] += g[k] * S[k, p]
    return g


OVERWRITTEN = (
    "A slope was overwritten where a node is used more than once; the slopes of all its users are added.",
    "节点用了不止一次时，斜率被后来的覆盖了；所有用到它的节点传回的斜率要相加。",
)

VALUES = equal(
    reverse,
    mistake(
        lambda S: run(S, add=False),
        "A slope was overwritten where a node is used more than once; the slopes of all its users are added.",
        "节点用了不止一次时，斜率被后来的覆盖了；所有用到它的节点传回的斜率要相加。",
    ),
    mistake(kept_where_no_arrow, *OVERWRITTEN),
    mistake(
        lambda S: run(S, order="forth"),
        "Only the direct arrows of the last node arrive: walk from the last node to the first, so that each hands on what it has received.",
        "只有最后一个节点的直接箭头起了作用：要从最后走到最前，每个节点把收到的再往下传。",
    ),
    mistake(
        lambda S: run(S, seed="ones"),
        "The walk started with ones everywhere; only the last node starts with 1, all others with 0.",
        "起步时处处是 1；只有最后一个节点从 1 开始，其余都从 0 开始。",
    ),
    mistake(
        lambda S: run(S, seed="none"),
        "All slopes are zero: the last node has the slope 1 along itself.",
        "斜率全是零：最后一个节点沿它自己的斜率是 1。",
    ),
    mistake(
        along_the_first,
        "These are the slopes of every node along the first; asked are the slopes of the last node along every node.",
        "这是每个节点沿第一个节点的斜率；要的是最后一个节点沿每个节点的斜率。",
    ),
    mistake(
        lambda S: run(S.T),
        "The table was read the wrong way round: `S[k, p]` is the slope of node `k` along its input `p`.",
        "表读反了：`S[k, p]` 是节点 `k` 沿它的输入 `p` 的斜率。",
    ),
    mistake(
        whole_table,
        "The upper half of the table was used; only entries with p < k are arrows.",
        "用到了表的上半部分；只有 p < k 的数才是箭头。",
    ),
)

LAST_IS_ONE = law(
    lambda call, S: bool(np.isclose(np.asarray(call(S))[-1], 1)),
    "The slope of the last node along itself is 1.",
    "最后一个节点沿它自己的斜率是 1。",
    wanted="1 at the end",
)

QUESTIONS = (
    question(
        "Every slope of the last node", "最后一个节点的每个斜率", inputs({"N": (4, 7)}, S=floats("N N", digits=2)), VALUES, points=2, draws=4,
        examples=({"S": [[0.0, 0.0, 0.0], [2.0, 0.0, 0.0], [3.0, 5.0, 0.0]]},),
    ),
    question("The last node along itself", "最后一个节点沿它自己", inputs({"N": (2, 5)}, S=floats("N N", digits=2)), LAST_IS_ONE),
)  # fmt: skip
