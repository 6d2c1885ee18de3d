"""Small letters with an index beside a matrix of data; definitions that nobody can work out; shapes declared twice."""

import pytest
from tests.derive.last import last_status

from glideslope.derive import check_document

DATA = "Let $X \\in \\mathbb{R}^{m \\times n}$ be the data, $w \\in \\mathbb{R}^n$ and $y \\in \\mathbb{R}^m$."


@pytest.mark.parametrize(
    ("claim", "twin"),
    [
        (r"X^\top X = \sum_{i=1}^m x_i x_i^\top", r"X^\top X = 2 \sum_{i=1}^m x_i x_i^\top"),
        (r"\|X w - y\|^2 = \sum_{i=1}^m (x_i^\top w - y_i)^2", r"\|X w - y\|^2 = \sum_{i=1}^m (x_i^\top w + y_i)^2"),
        (r"X^\top y = \sum_{i=1}^m y_i x_i", r"X^\top y = \sum_{i=1}^m x_i"),
        (r"X X^\top = \sum_{i=1}^n x_i x_i^\top", r"X X^\top = \sum_{i=1}^n x_i^\top x_i"),
    ],
)  # fmt: skip
def test_examples_are_lines_of_the_data(claim: str, twin: str) -> None:
    """A row of X in most texts, a column in some; a claim must hold with one of them."""
    assert last_status(DATA, claim) == "holds"
    assert last_status(DATA, twin) != "holds"


def test_what_was_a_row_stays_a_row() -> None:
    """The text has shown what it means: then the other way is a slip."""
    shown = f"{DATA}\n\n$$\nX^\\top X = \\sum_{{i=1}}^m x_i x_i^\\top\n$$\n"
    assert last_status(shown, r"X X^\top = \sum_{i=1}^m x_i x_i^\top") == "ill-formed"
    assert last_status(shown, r"X^\top y = \sum_{i=1}^m y_i x_i") == "holds"


def test_no_alarm_where_nobody_says_what_the_examples_are() -> None:
    """A claim about rows that fails may be about something else."""
    assert last_status(DATA, r"\|X w\|^2 = \sum_{i=1}^m (x_i^\top w - y_i)^2") == "not-confirmed"


def test_entries_of_the_matrix_are_no_lines() -> None:
    """Two digits are a row and a column."""
    words = "Let $A \\in \\mathbb{R}^{2 \\times 2}$ have the entries $a_{ij}$, and let $k \\in \\mathbb{R}$."
    claim = r"k A = \begin{bmatrix} k a_{11} & k a_{12} \\ k a_{21} & k a_{22} \end{bmatrix}"
    assert last_status(words, claim) == "holds"
    assert last_status(words, claim.replace("a_{12}", "a_{11}")) == "error"


def test_entries_of_a_vector_are_no_rows() -> None:
    """Where x is declared, x_i is its entry."""
    words = f"{DATA} Let $x \\in \\mathbb{{R}}^n$."
    assert last_status(words, r"X^\top X = \sum_{i=1}^n x_i x_i^\top") != "holds"
    assert last_status(words, r"x^\top x = \sum_{i=1}^n x_i^2") == "holds"


def test_a_definition_nobody_can_work_out() -> None:
    """The diameter of a set is a number, whatever the set is: a claim that holds for every number needs no more."""
    words = "Let $K$ be a set with diameter $D = \\max_{x, y \\in K} \\|x - y\\|$."
    assert (
        last_status(words, r"\frac{D^2}{2 a} + \frac{D^2}{2} \left(\frac{1}{b} - \frac{1}{a}\right) = \frac{D^2}{2 b}")
        == "holds"
    )
    assert (
        last_status(words, r"\frac{D^2}{2 a} + \frac{D^2}{2} \left(\frac{1}{b} - \frac{1}{a}\right) = \frac{D^2}{b}")
        != "holds"
    )
    both = f"{words} Let $\\eta = \\frac{{D}}{{G}}$."
    assert last_status(both, r"(\eta + D)^2 = \eta^2 + 2 \eta D + D^2") == "holds"
    assert last_status(both, r"(\eta + D)^2 = \eta^2 + D^2") != "holds"


def test_columns_between_strokes() -> None:
    """`[q_1 | … | q_d]` is a matrix with these columns."""
    words = "Let $Q = [\\mathbf{q}_1 \\mid \\cdots \\mid \\mathbf{q}_d]$."
    assert last_status(words, r"Q Q^\top = \sum_{i=1}^d \mathbf{q}_i \mathbf{q}_i^\top") == "holds"
    assert last_status(words, r"Q Q^\top = \sum_{i=1}^d \mathbf{q}_i^\top \mathbf{q}_i") != "holds"


def test_of_two_shapes_the_nearer_counts() -> None:
    """What a later section says of X says nothing of what stands before."""
    text = f"{DATA}\n\n$$\n\\nabla_w \\|X w - y\\|^2 = 2 X^\\top (X w - y)\n$$\n\nWith one feature, $X \\in \\mathbb{{R}}^{{m \\times 1}}$.\n"
    assert [v.status for v in check_document(text).verdicts] == ["holds"]
    wrong = text.replace("2 X^", "X^")
    assert [v.status for v in check_document(wrong).verdicts] == ["error"]
