r"""Rows and columns: introduced by words, cut out by a subscript, gathered in brackets."""

import pytest
from tests.derive.last import last_status

from glideslope.derive import check_document

DATA = r"Let $X \in \mathbb{R}^{n \times d}$ be the data matrix with rows $x_i^\top$ and let $y \in \mathbb{R}^n$, $w \in \mathbb{R}^d$."
WEIGHTS = r"Let $W \in \mathbb{R}^{k \times d}$ and let $w_j$ be the $j$-th row of $W$. Let $x \in \mathbb{R}^d$."
COLUMNS = r"Let $A \in \mathbb{R}^{m \times n}$ with columns $a_1, \dots, a_n$ and $x \in \mathbb{R}^n$."
NAMED = r"Let $A \in \mathbb{R}^{m \times n}$ and denote the $j$th column of $A$ by $a_j$. Let $x \in \mathbb{R}^n$."
TURNED = (
    r"Let $A \in \mathbb{R}^{m \times n}$, where $a_i^\top$ denotes the $i$-th row of $A$. Let $x \in \mathbb{R}^n$."
)
SAME = r"Let $V \in \mathbb{R}^{k \times d}$, with rows $V_1, \dots, V_k$, and $x \in \mathbb{R}^d$."
SAME_COLUMN = r"Let $W \in \mathbb{R}^{k \times d}$ and $x \in \mathbb{R}^d$. Here $W_j$ is the $j$-th column of $W$."
CHINESE = r"设 $W \in \mathbb{R}^{k \times d}$，记 $W$ 的第 $j$ 行为 $w_j$，$x \in \mathbb{R}^d$。"
PRODUCT = r"Let $A \in \mathbb{R}^{m \times n}$ and $X \in \mathbb{R}^{n \times p}$."
GATHERED = r"Let $X = [x_1, \dots, x_n]^\top$ with $x_i \in \mathbb{R}^d$."
BOLD = r"Let $\mathbf{X} = [\mathbf{x}_1, \ldots, \mathbf{x}_n]^\top \in \mathbb{R}^{n \times d}$, where $\mathbf{x}_i \in \mathbb{R}^d$."
BESIDE = r"Let $U = [u_1, \dots, u_k]$ with $u_i \in \mathbb{R}^d$ and $a \in \mathbb{R}^k$."
BARS = r"""Let

$$U = \begin{bmatrix} | & | & & | \\ u_1 & u_2 & \cdots & u_k \\ | & | & & | \end{bmatrix}$$

where $u_i \in \mathbb{R}^d$."""
DASHES = r"""Let

$$X = \begin{bmatrix} - x_1^\top - \\ \vdots \\ - x_n^\top - \end{bmatrix}$$

where $x_i \in \mathbb{R}^d$."""

TRUE = [
    (DATA, r"X^\top X = \sum_{i=1}^n x_i x_i^\top"),
    (DATA, r"\|y - X w\|^2 = \sum_{i=1}^n (y_i - x_i^\top w)^2"),
    (WEIGHTS, r"(W x)_j = w_j^\top x"),
    (WEIGHTS, r"(W x)_j = w_j x"),
    (WEIGHTS, r"\|W\|_F^2 = \sum_{j=1}^k \|w_j\|^2"),
    (WEIGHTS, r"W^\top W = \sum_j w_j w_j^\top"),
    (COLUMNS, r"A x = \sum_{j=1}^n x_j a_j"),
    (COLUMNS, r"A A^\top = \sum_{j=1}^n a_j a_j^\top"),
    (NAMED, r"A x = \sum_{j=1}^n x_j a_j"),
    (TURNED, r"(A x)_i = a_i^\top x"),
    (TURNED, r"A^\top A = \sum_{i=1}^m a_i a_i^\top"),
    (SAME, r"(V x)_j = V_j x"),
    (SAME, r"(V x)_j = V_j^\top x"),
    (SAME_COLUMN, r"W x = \sum_{j=1}^d W_j x_j"),
    (CHINESE, r"(W x)_j = w_j^\top x"),
    (PRODUCT, r"(AX)_{i,:} = A_{i,:} X"),
    (PRODUCT, r"(AX)_{:,j} = A X_{:,j}"),
    (PRODUCT, r"A X = \sum_{k=1}^n A_{:,k} X_{k,:}"),
    (PRODUCT, r"(AX)_{i\cdot} = A_{i\cdot} X"),
    (PRODUCT, r"(AX)_{*j} = A X_{*j}"),
    (GATHERED, r"X^\top X = \sum_{i=1}^n x_i x_i^\top"),
    (GATHERED, r"(X X^\top)_{ij} = x_i^\top x_j"),
    (BOLD, r"\mathbf{X}^\top \mathbf{X} = \sum_{i=1}^n \mathbf{x}_i \mathbf{x}_i^\top"),
    (BESIDE, r"U a = \sum_{i=1}^k a_i u_i"),
    (BESIDE, r"(U^\top U)_{ij} = u_i^\top u_j"),
    (BARS, r"U U^\top = \sum_{i=1}^k u_i u_i^\top"),
    (DASHES, r"X^\top X = \sum_{i=1}^n x_i x_i^\top"),
]
WRONG = [
    (DATA, r"X^\top X = \sum_{i=1}^n x_i^\top x_i"),
    (DATA, r"\|y - X w\|^2 = \sum_{i=1}^n (y_i + x_i^\top w)^2"),
    (WEIGHTS, r"(W x)_j = w_k^\top x"),
    (WEIGHTS, r"\|W\|_F^2 = \sum_{j=1}^d \|w_j\|^2"),
    (WEIGHTS, r"W W^\top = \sum_j w_j w_j^\top"),
    (COLUMNS, r"A^\top A = \sum_{j=1}^n a_j a_j^\top"),
    (NAMED, r"A x = \sum_{j=1}^m x_j a_j"),
    (TURNED, r"A A^\top = \sum_{i=1}^m a_i a_i^\top"),
    (TURNED, r"(A x)_i = a_j^\top x"),
    (SAME, r"\|V\|_F^2 = \sum_{j=1}^k \|V_j\|"),
    (SAME_COLUMN, r"W x = \sum_{j=1}^d W_j^\top x_j"),
    (SAME_COLUMN, r"W^\top x = \sum_{j=1}^d W_j x_j"),
    (CHINESE, r"W^\top x = \sum_j w_j x_j"),
    (PRODUCT, r"(AX)_{i,:} = A_{:,i} X"),
    (PRODUCT, r"(AX)_{:,j} = A X_{j,:}"),
    (PRODUCT, r"A X = \sum_{k=1}^m A_{:,k} X_{k,:}"),
    (PRODUCT, r"(AX)_{i\cdot} = 2 A_{i\cdot} X"),
    (GATHERED, r"X X^\top = \sum_{i=1}^n x_i x_i^\top"),
    (GATHERED, r"(X X^\top)_{ij} = x_i^\top x_i"),
    (BOLD, r"\mathbf{X} \mathbf{X}^\top = \sum_{i=1}^n \mathbf{x}_i \mathbf{x}_i^\top"),
    (BESIDE, r"U a = \sum_{i=1}^k a_i u_1"),
    (BESIDE, r"U^\top U = \sum_{i=1}^k u_i u_i^\top"),
    (BARS, r"U^\top U = \sum_{i=1}^k u_i u_i^\top"),
    (DASHES, r"X X^\top = \sum_{i=1}^n x_i x_i^\top"),
]


@pytest.mark.parametrize(("words", "claim"), TRUE)
def test_a_true_claim_holds(words: str, claim: str) -> None:
    assert last_status(words, claim) == "holds"


@pytest.mark.parametrize(("words", "claim"), WRONG)
def test_its_wrong_twin_does_not(words: str, claim: str) -> None:
    assert last_status(words, claim) not in ("holds", "definition", "skipped")


def test_a_text_is_held_to_the_first_way_it_lays_a_row() -> None:
    displays = (r"(W x)_j = w_j x", r"(W x)_j = w_j^\top x")
    report = check_document(WEIGHTS + "".join(f"\n\n$$\n{d}\n$$\n" for d in displays))
    statuses = [v.status for v in report.verdicts]
    assert statuses[0] == "holds"
    assert statuses[1] != "holds"


def test_a_dot_may_be_a_sum_and_never_makes_an_alarm() -> None:
    words = r"Let $X \in \mathbb{R}^{m \times n}$."
    assert last_status(words, r"\sum_j X_{ij} = X_{i\cdot}") not in ("error", "ill-formed")
    assert last_status(words, r"X_{i\cdot} X_{i\cdot}^\top = 2 X_{i\cdot} X_{i\cdot}^\top") == "not-confirmed"
    assert last_status(words, r"X_{i,:} X_{i,:}^\top = 2 X_{i,:} X_{i,:}^\top") == "error"


def test_words_about_other_rows_define_nothing() -> None:
    words = (
        r"Let $W \in \mathbb{R}^{k \times d}$ and $w \in \mathbb{R}^k$. The rows are shuffled, where $w_j$ is a weight."
    )
    assert last_status(words, r"\sum_j w_j^2 = \|w\|^2") == "holds"
    assert last_status(words, r"(W W^\top)_{jj} = w_j^\top w_j") != "holds"


@pytest.mark.parametrize("claim", [r"X^\top X = \sum_{i=1}^n x_i x_i^\top", r"X^\top \mathbf{1}_n = \sum_{i=1}^n x_i"])
def test_a_small_letter_beside_its_matrix_may_be_a_row(claim: str) -> None:
    """No shape is at odds where the text has not said what x_i is."""
    text = "Let $X \\in \\mathbb{R}^{n \\times p}$.\n\n$$%s$$\n"
    assert check_document(text % claim, path="notes.md").verdicts[-1].status in ("holds", "not-confirmed")
