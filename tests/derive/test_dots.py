"""Lists and matrices written with dots: what they stand for, and what is left unread."""

import pytest

from glideslope.derive import check_document
from glideslope.derive.syntax.parser import parse
from glideslope.derive.syntax.tree import canonical, walk


def _statuses(words: str, *displays: str) -> list[str]:
    report = check_document(words + "".join(f"\n\n$$\n{d}\n$$\n" for d in displays))
    return [v.status for v in report.verdicts][-len(displays) :]


def test_rows_below_each_other_are_rows_of_a_matrix():
    words = r"""Let $x_i \in \mathbb{R}^d$, $y_i \in \mathbb{R}$ and $w \in \mathbb{R}^d$. We write
$$X = \begin{bmatrix} x_1^\top \\ \vdots \\ x_n^\top \end{bmatrix}, \quad y = \begin{pmatrix} y_1 \\ y_2 \\ \vdots \\ y_n \end{pmatrix}$$"""
    true = (
        r"\sum_{i=1}^n (x_i^\top w - y_i)^2 = \|X w - y\|^2",
        r"X^\top y = \sum_{i=1}^n y_i x_i",
        r"X^\top X = \sum_{i=1}^n x_i x_i^\top",
    )
    assert _statuses(words, *true) == ["holds"] * 3
    wrong = r"X^\top y = \sum_{i=1}^n x_i", r"X^\top X = \sum_{i=1}^n x_i^\top x_i"
    assert not set(_statuses(words, *wrong)) & {"holds", "definition"}


def test_a_matrix_of_its_own_entries_has_a_shape():
    words = r"Let $v \in \mathbb{R}^n$ and $$A = \begin{bmatrix} a_{11} & a_{12} & \cdots & a_{1n} \\ \vdots & \vdots & \ddots & \vdots \\ a_{m1} & a_{m2} & \cdots & a_{mn} \end{bmatrix}$$"
    assert _statuses(words, r"(A v)_i = \sum_{j=1}^n a_{ij} v_j", r"\|A\|_F^2 = \sum_{i=1}^m \sum_{j=1}^n a_{ij}^2") == [
        "holds", "holds"]  # fmt: skip
    product = r"A v = \begin{bmatrix} a_{11} v_1 + \dots + a_{1n} v_n \\ \vdots \\ a_{m1} v_1 + \dots + a_{mn} v_n \end{bmatrix}"
    assert _statuses(words, product) == ["holds"]


@pytest.mark.parametrize(
    "latex",
    [
        r"D = \begin{bmatrix} d_1 & & \\ & \ddots & \\ & & d_n \end{bmatrix}",
        r"D = \begin{pmatrix} d_1 & 0 & \cdots & 0 \\ 0 & d_2 & \cdots & 0 \\ \vdots & \vdots & \ddots & \vdots \\ 0 & 0 & \cdots & d_n \end{pmatrix}",
        r"D = \operatorname{diag}(d_1, \dots, d_n)",
    ],
)
def test_dots_along_the_diagonal(latex):
    words = f"Let $d \\in \\mathbb{{R}}^n$. $${latex}$$"
    assert _statuses(words, r"\operatorname{tr} D = \sum_i d_i", r"\det D = d_1 d_2 \cdots d_n") == ["holds", "holds"]
    assert _statuses(words, r"\operatorname{tr} D = \prod_i d_i")[0] in ("error", "not-confirmed")


def test_powers_along_a_row():
    words = r"Let $t \in \mathbb{R}^m$ and $c \in \mathbb{R}^{p+1}$. $$V = \begin{bmatrix} 1 & t_1 & t_1^2 & \cdots & t_1^p \\ \vdots & \vdots & \vdots & & \vdots \\ 1 & t_m & t_m^2 & \cdots & t_m^p \end{bmatrix}$$"
    assert _statuses(words, r"(V c)_i = \sum_{k=0}^p c_{k+1} t_i^k") == ["holds"]


def test_lists():
    words = r"Let $x = (x_1, \dots, x_n)$ and $y = (y_1, y_2, \ldots, y_n)^\top$ be vectors."
    assert _statuses(words, r"x^\top y = \sum_{i=1}^n x_i y_i") == ["holds"]
    node = parse(r"\max(a_1, \dots, a_n)")
    assert canonical(node) == canonical(parse(r"\max_{t=1}^n a_t")).replace("[t]", "[·t]").replace(":t:", ":·t:")


@pytest.mark.parametrize(
    "latex",
    [r"\begin{bmatrix} a & \cdots & b \end{bmatrix}", r"(a, \dots, b)", r"\begin{bmatrix} x_1 \\ \vdots \end{bmatrix}"],
)
def test_no_pattern_stays_unread(latex):
    assert any(n.op == "dots" for n in walk(parse(latex)))
    assert _statuses(r"Let $a, b \in \mathbb{R}$.", f"{latex} = {latex}") == ["not-understood"]


def test_an_empty_entry_without_dots_is_zero():
    words = r"Let $a, b \in \mathbb{R}$."
    assert _statuses(
        words, r"\begin{bmatrix} a & \\ & b \end{bmatrix} = \begin{bmatrix} a & 0 \\ 0 & b \end{bmatrix}"
    ) == ["holds"]
