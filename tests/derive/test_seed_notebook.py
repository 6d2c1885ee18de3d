"""The notebook the course grew from: the checker names its four mistakes and the condition it never states."""

import json

import pytest

from glideslope.derive import check_document

# The derivation of that notebook, re-typeset here with its mistakes; words left out.
CELLS = [
    r"""# Softmax
## 1. softmax function
$$
a_i = \frac{e^{z_i}}{\sum_k e^{z_k}}
$$
The outputs are $z_i$.
$$
z_i = \sum_{j} w_{ij} x_{j} + b
$$
The cost, with the true result $y_i$:
$$
C = - \sum_i y_i ln a_i
$$
""",
    r"""## 2. Derivation
$$
\frac{\partial C}{\partial z_i} = \frac{\partial C}{\partial a_j} \frac{\partial a_j}{\partial z_i}
$$
### 2.1
$$
\frac{\partial C}{\partial a_j} = \frac{(\partial -\sum_j y_j ln a_j)}{\partial a_j} = -\sum_j y_j \frac{1}{a_j}
$$
### 2.2
If $i=j$ :

\begin{eqnarray}
\frac{\partial a_i}{\partial z_i} & = & \frac{\partial (\frac{e^{z_i}}{\sum_k e^{z_k}})}{\partial z_i} \\
 & = & \frac{\sum_k e^{z_k} e^{z_i} - (e^{z_i})^2}{\sum_k (e^{z_k})^2} \\
 & = & (\frac{e^{z_i}}{\sum_k e^{z_k}} ) (1 - \frac{e^{z_i}}{\sum_k e^{z_k}} ) \\
 & = & a_i (1 - a_i)
\end{eqnarray}

IF $i \ne j$:
\begin{eqnarray}
\frac{\partial a_j}{\partial z_i} & = & \frac{0 \cdot \sum_k e^{z_k} - e^{z_j} \cdot e^{z_i} }{(\sum_k e^{z_k})^2} \\
 & = & -a_j a_i
\end{eqnarray}
### 2.3
\begin{eqnarray}
\frac{\partial C}{\partial z_i} & = & (-\sum_j y_j \frac{1}{a_j} ) \frac{\partial a_j}{\partial z_i} \\
 & = & - \frac{y_i}{a_i} a_i ( 1 - a_i) + \sum_{j \ne i} \frac{y_j}{a_j} a_i a_j \\
 & = & -y_i + y_i a_i + \sum_{j \ne i} y_j a_i \\
 & = & -y_i + a_i \sum_{j} y_j \\
 & = & -y_i + a_i
\end{eqnarray}
""",
]


def notebook() -> str:
    cells = [{"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True)} for text in CELLS]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


@pytest.fixture(scope="module")
def report():
    return check_document(notebook(), path="seed.ipynb", seconds=2.0)


def test_it_finds_exactly_the_four_mistakes_and_the_condition(report):
    found = [(v.status, v.repair.kind if v.repair else None) for v in report.findings]
    assert found == [
        ("ill-formed", "sum-missing"),
        ("error", "sum-extra"),
        ("error", "power"),
        ("ill-formed", "sum-scope"),
        ("needs-assumption", None),
    ]


def test_the_repairs_are_the_right_formulas(report):
    after = [" ".join(v.repair.after.split()) for v in report.findings if v.repair]
    assert after == [
        r"\sum_{j} \frac{\partial C}{\partial a_j} \frac{\partial a_j}{\partial z_i}",
        r"-y_j \frac{1}{a_j}",
        r"\frac{\sum_k e^{z_k} e^{z_i} - (e^{z_i})^2}{\left( \sum_k e^{z_k} \right)^{2}}",
        r"-\sum_j \left( y_j \frac{1}{a_j} \frac{\partial a_j}{\partial z_i} \right)",
    ]


def test_the_condition_is_that_the_targets_sum_to_one(report):
    assert report.findings[-1].assumption == r"\sum_j y_j = 1"


def test_every_other_step_holds(report):
    assert report.counts["not-confirmed"] == report.counts["not-understood"] == 0
    assert report.counts["holds"] == 9


def test_lines_are_those_of_the_file(report):
    text = notebook().splitlines()
    for verdict in report.verdicts:
        first = verdict.latex.split("\n")[0].strip()[:12]
        assert json.dumps(first)[1:-1] in text[verdict.line - 1]
