r"""I_n, 1_n, 0_{n,p}, unit vectors and Kronecker products: sizes that are said are kept, and wrong twins do not hold."""

import pytest
from tests.derive.last import last_status

from glideslope.derive.evaluation.values import Eye, Mat, Ones
from glideslope.derive.reading.sized import Zeros, filled, identity

DATA = r"Let $X \in \mathbb{R}^{n \times p}$ and $y \in \mathbb{R}^n$."
PRODUCTS = r"Let $A \in \mathbb{R}^{m \times n}$, $X \in \mathbb{R}^{n \times p}$ and $B \in \mathbb{R}^{p \times q}$."
BASIS = r"Let $e_i \in \mathbb{R}^n$ be the $i$-th standard basis vector, $y \in \mathbb{R}^n$ and $X \in \mathbb{R}^{n \times n}$."

TRUE = [
    (DATA, r"\operatorname{tr}(I_n) = n"),
    (DATA, r"\operatorname{tr}(I_n - X (X^\top X)^{-1} X^\top) = n - p"),
    (DATA, r"\|I_n\|_F^2 = n"),
    (DATA, r"\det(2 I_n) = 2^n"),
    (DATA, r"\log|I_n| = 0"),
    (DATA, r"1_n^\top 1_n = n"),
    (DATA, r"\mathbf{1}_n + y = y + \mathbf{1}_n"),
    (DATA, r"\mathbf{1}_n^\top y = \sum_i y_i"),
    (DATA, r"(I_n - \frac{1}{n} \mathbf{1}_n \mathbf{1}_n^\top)^2 = I_n - \frac{1}{n} \mathbf{1}_n \mathbf{1}_n^\top"),
    (DATA, r"X + 0_{n \times p} = X"),
    (DATA, r"(I_n + X X^\top)^{-1} = I_n - X (I_p + X^\top X)^{-1} X^\top"),
    (DATA, r"|I_n + X X^\top| = |I_p + X^\top X|"),
    (DATA, r"\operatorname{tr}(I_n \otimes X^\top X) = n \operatorname{tr}(X^\top X)"),
    (PRODUCTS, r"\operatorname{vec}(A X) = (I_p \otimes A) \operatorname{vec}(X)"),
    (PRODUCTS, r"\operatorname{vec}(X B) = (B^\top \otimes I_n) \operatorname{vec}(X)"),
    (BASIS, r"e_i^\top y = y_i"),
    (BASIS, r"e_i^\top X e_j = X_{ij}"),
    (BASIS, r"\sum_{i=1}^n e_i e_i^\top = I_n"),
]
WRONG = [
    (DATA, r"\operatorname{tr}(I_n) = p"),
    (DATA, r"\operatorname{tr}(I_n) = 1"),
    (DATA, r"\operatorname{tr}(I_n - X (X^\top X)^{-1} X^\top) = p - n"),
    (DATA, r"\|I_n\|_F = n"),
    (DATA, r"\det(2 I_n) = 2^p"),
    (DATA, r"1_n^\top 1_n = n^2"),
    (DATA, r"\mathbf{1}_p^\top y = \sum_i y_i"),
    (DATA, r"(I_n - \frac{2}{n} \mathbf{1}_n \mathbf{1}_n^\top)^2 = I_n - \frac{2}{n} \mathbf{1}_n \mathbf{1}_n^\top"),
    (DATA, r"(I_n - \mathbf{1}_n \mathbf{1}_n^\top) \mathbf{1}_n = 0"),
    (DATA, r"(I_n + X X^\top)^{-1} = I_n + X (I_p + X^\top X)^{-1} X^\top"),
    (DATA, r"|I_n + X X^\top| = |I_p - X^\top X|"),
    (DATA, r"I_p + X X^\top = X X^\top + I_p"),
    (DATA, r"I_n \otimes X = X \otimes I_n"),
    (DATA, r"\operatorname{tr}(I_n \otimes X^\top X) = p \operatorname{tr}(X^\top X)"),
    (PRODUCTS, r"\operatorname{vec}(A X) = (A \otimes I_p) \operatorname{vec}(X)"),
    (PRODUCTS, r"\operatorname{vec}(A X B) = (A \otimes B^\top) \operatorname{vec}(X)"),
    (PRODUCTS, r"(A \otimes B)^\top = B^\top \otimes A^\top"),
    (BASIS, r"e_i^\top y = y_j"),
    (BASIS, r"e_i^\top X e_j = X_{ji}"),
    (BASIS, r"\sum_{i=1}^n e_i e_i^\top = n I_n"),
]


@pytest.mark.parametrize(("words", "claim"), TRUE)
def test_a_true_claim_holds(words: str, claim: str) -> None:
    assert last_status(words, claim) == "holds"


@pytest.mark.parametrize(("words", "claim"), WRONG)
def test_its_wrong_twin_does_not(words: str, claim: str) -> None:
    assert last_status(words, claim) not in ("holds", "definition", "skipped")


def test_an_identity_without_a_size_is_no_number() -> None:
    for claim in (r"\operatorname{tr}(I) = 1", r"I \otimes X = X \otimes I", r"\operatorname{vec}(I) = 1"):
        assert last_status(DATA, claim) == "not-understood"


def test_an_e_with_an_index_is_not_eulers_number_and_raises_no_alarm() -> None:
    for claim in (r"e_i^\top y = y_i", r"e_i^\top X e_j = X_{ij}", r"X^\top \mathbf{1}_n = \sum_{i=1}^n X^\top e_i"):
        assert last_status(DATA, claim) == "not-confirmed"


def test_the_size_below_i_is_that_of_what_stands_beside_it() -> None:
    """Nothing is declared: the definition tells that X has n rows."""
    words = "$$R = I_n - X (X^\\top X)^{-1} X^\\top$$"
    assert last_status(words, r"R^2 = R") == "holds"
    assert last_status(words, r"\operatorname{tr}(R) = n - \operatorname{tr}((X^\top X)^{-1} X^\top X)") == "holds"
    assert last_status(words, r"R^2 = 2 R") != "holds"


def test_a_zero_of_any_shape_is_zero_but_a_block_of_its_size() -> None:
    assert last_status(DATA, r"y^\top X - y^\top X = 0_p") == "holds"
    assert last_status(DATA, r"y^\top X = 0_p") != "holds"
    zeros = filled(0.0, (2, 3))
    assert isinstance(zeros, Zeros)
    assert (zeros.rows, zeros.cols) == (2, 3)


def test_a_size_that_is_no_number_stays_open() -> None:
    assert isinstance(identity(("n",)), Eye)
    assert isinstance(identity(()), Eye)
    assert identity((2,)) == Mat(2, 2, [1.0, 0.0, 0.0, 1.0])
    assert isinstance(filled(1.0, ("A",)), Ones)
    assert filled(1.0, (2,)) == Mat(2, 1, [1.0, 1.0])
