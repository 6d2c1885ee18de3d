r"""Capitals of which a text says nothing: no step holds of them only because numbers commute."""

import pytest
from tests.derive.last import last_status


@pytest.mark.parametrize(
    "claim",
    [
        "A B = B A",
        "(A B)^{-1} = A^{-1} B^{-1}",
        "(A + B) (A - B) = A^2 - B^2",
        "X^{-1} Y X = Y",
        "e^{A + B} = e^A e^B",
        r"\operatorname{tr}(A B) = \operatorname{tr}(A) \operatorname{tr}(B)",
        r"\det(2 A) = 2 \det(A)",
        r"\|A B\| = \|A\| \|B\|",
        r"\|A x\| = \|A\| \|x\|",
        r"\nabla_x x^\top A x = A x",
        r"\nabla_x (x^\top A x) = 2 A x",
    ],
)
def test_what_only_numbers_do_is_not_confirmed(claim: str) -> None:
    assert last_status("", claim) == "not-confirmed"


@pytest.mark.parametrize(
    "claim",
    [
        "(A B)^{-1} = B^{-1} A^{-1}",
        "(A + B)^2 = A^2 + A B + B A + B^2",
        r"\frac{1}{A B} = \frac{1}{A} \frac{1}{B}",
        r"E[X Y] = E[Y X]",
        r"\nabla_x x^\top x = 2 x",
        r"\nabla_x x^\top A x = (A + A^\top) x",
        r"\nabla_x a^\top x = a",
        r"\operatorname{tr}(A B) = \operatorname{tr}(B A)",
        r"\|A x\|^2 = x^\top A^\top A x",
    ],
)
def test_what_matrices_do_too_holds(claim: str) -> None:
    assert last_status("", claim) == "holds"


@pytest.mark.parametrize(("gain", "status"), [("(y - H x)", "holds"), ("(H x - y)", "not-confirmed")])
def test_what_cannot_be_of_numbers_is_tried_with_matrices(gain: str, status: str) -> None:
    text = r"Let $x \in \mathbb{R}^n$, $y \in \mathbb{R}^m$ and $H \in \mathbb{R}^{m \times n}$." + "\n"
    assert last_status(text, f"x + G {gain} = (I - G H) x + G y") == status


def test_a_matrix_by_its_use_alone_gives_no_alarm() -> None:
    """That V is p by p stands in words that are not read."""
    text = (
        "The matrix $X$ with the $n \\times p$ mean $M$, the $n \\times n$ row covariance $U$ and the $p \\times p$ covariance of columns $V$ has\n"
        "$$f(X; M, U, V) = \\frac{1}{|V|^n |U|^p} \\exp\\left[-\\operatorname{tr}\\left( V^{-1} (X - M)^\\top U^{-1} (X - M) \\right) \\right]$$\n"
    )
    claim = r"f(X; M, U, V) = \frac{1}{|V \otimes U|} \exp\left[-\operatorname{tr}\left( V^{-1} (X - M)^\top U^{-1} (X - M) \right) \right]"
    assert last_status(text, claim) == "not-confirmed"


def test_nor_does_one_that_a_repair_would_mend() -> None:
    text = "$U$ and $V$ are given.\n$$t = \\operatorname{tr}(U + V)$$\n"
    assert last_status(text, "(U V)^{-1} = U^{-1} V^{-1}") == "not-confirmed"
