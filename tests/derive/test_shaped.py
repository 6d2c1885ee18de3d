r"""Shapes that words give: "an $n \times p$ matrix $X$", "$X$ is an $n \times p$ matrix", "$X$ of size $n \times p$"."""

import pytest
from tests.derive.last import last_status

WORDS = [
    r"Let $X$ be an $n \times p$ matrix and let $w$ be a $p \times 1$ vector.",
    r"The known $n \times p$ [design matrix](/D/x) $X$ meets the $p \times 1$ column vector $w$.",
    r"Here $X$ is a real $n \times p$ matrix, and the matrix $w$ is of size $p \times 1$.",
    r"Let $X$ and $Z$ be $n \times p$ matrices, $w$ is a $p \times 1$ vector.",
    r"设 $X$ 是一个 $n \times p$ 矩阵，$w$ 是 $p \times 1$ 向量。",
]


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize(
    ("claim", "status"),
    [
        (r"(X w)^\top = w^\top X^\top", "holds"),
        (r"(X w)^\top = X^\top w^\top", "ill-formed"),
        (r"w^\top X^\top X w = \|X w\|^2", "holds"),
        (r"w^\top X^\top X w = \|X w\|", "not holds"),
        (r"\mathrm{tr}(X^\top X) = \mathrm{tr}(X X^\top)", "holds"),
        (r"X^\top X = X X^\top", "ill-formed"),
    ],
)
def test_words_give_a_shape(words: str, claim: str, status: str) -> None:
    found = last_status(words, claim)
    assert found == status or (status == "not holds" and found != "holds")


def test_the_words_may_stand_below_the_formula() -> None:
    text = "$$\nu = X w\n$$\n\nwhere $X$ is an $n \\times p$ matrix and $w$ a vector. Then"
    assert last_status(text, r"u^\top u = w^\top X^\top X w") == "holds"
    assert last_status(text, r"u^\top u = w^\top X X^\top w") != "holds"


@pytest.mark.parametrize(
    "words",
    [
        r"The vectors $u$ and $v$ in $\mathbb{R}^3$ span a plane, and the $u \times v$ vector $w$ is normal to it.",
        r"We multiply $a \times b$ and get $X$.",
    ],
)
def test_a_product_of_vectors_is_no_shape(words: str) -> None:
    assert last_status(words, r"w X = X w") not in ("ill-formed", "error")


def test_a_letter_with_two_shapes_has_the_one_that_was_said_last() -> None:
    text = r"Let $A$ be an $m \times n$ matrix. Now let $A$ be an $n \times n$ matrix and $x$ an $n \times 1$ vector."
    assert last_status(text, r"x^\top A x = x^\top A^\top x") == "holds"
    assert last_status(text, r"x^\top A x = x^\top A x + 1") != "holds"
