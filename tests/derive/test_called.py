r"""What words call a matrix or a vector is one: of matrices the order of factors counts."""

import pytest
from tests.derive.last import last_status

PAIRS = [
    "Let $A$ and $B$ be symmetric matrices.",
    "Let $A$, $B$ be invertible matrices and $x$ a vector.",
    "For square matrices $A$ and $B$ we have",
    "The orthogonal matrices $A$, $B$ are given.",
    "Suppose that $A$ and $B$ are invertible.",
    "设 $A$、$B$ 为可逆矩阵。",
    "设 $A$ 和 $B$ 是对称矩阵。",
]
TRUE = [
    r"(A B)^{-1} = B^{-1} A^{-1}",
    r"\operatorname{tr}(A B) = \operatorname{tr}(B A)",
    r"(A + B)^2 = A^2 + A B + B A + B^2",
]
FALSE = [
    r"A B = B A",
    r"(A B)^{-1} = A^{-1} B^{-1}",
    r"\operatorname{tr}(A B) = \operatorname{tr}(A) \operatorname{tr}(B)",
    r"\det(A + B) = \det A + \det B",
    r"(A + B)^2 = A^2 + 2 A B + B^2",
]


@pytest.mark.parametrize("words", PAIRS)
def test_two_matrices_without_a_size(words: str) -> None:
    assert [last_status(words, claim) for claim in TRUE] == ["holds"] * len(TRUE)
    assert [last_status(words, claim) for claim in FALSE] == ["error"] * len(FALSE)


@pytest.mark.parametrize(
    ("words", "claim", "status"),
    [
        ("Let $A$ be a symmetric matrix and $x$ a vector.", r"\nabla_x (x^\top A x) = 2 A x", "holds"),
        ("Let $A$ be a square matrix and $x$ a vector.", r"\nabla_x (x^\top A x) = 2 A x", "needs-assumption"),
        ("Let $Q$ be an orthogonal matrix and $x$ a vector.", r"Q^\top Q x = x", "holds"),
        ("The matrix $A$ turns the vector $v$.", "A v = v A", "not-confirmed"),
        ("Let $A$ and $B$ be matrices.", "A B = B A", "not-confirmed"),  # perhaps of different sizes
    ],
)
def test_one_matrix_and_a_vector(words: str, claim: str, status: str) -> None:
    assert last_status(words, claim) == status


@pytest.mark.parametrize(
    "words",
    [
        "Let $N$ be the number of matrices and $T$ the number of vectors.",
        "Here $N$ is the size of the matrix and $T$ is the length of a vector.",
    ],
)
def test_what_is_said_of_a_matrix_is_no_matrix(words: str) -> None:
    assert last_status(words, r"\frac{(N + 1)^2 - 1}{N} = N + 2") == "holds"


def test_what_a_matrix_multiplies_is_a_vector() -> None:
    text = "$A$ is the transition matrix and $B$ the input matrix.\n$$x_k = A x_{k-1} + B u_{k-1}$$\n"
    assert last_status(text, "x_{k+1} = A^2 x_{k-1} + A B u_{k-1} + B u_k") == "holds"
    assert last_status(text, "x_{k+1} = A^2 x_{k-1} + B A u_{k-1} + B u_k") != "holds"


def test_a_noun_for_one_speaks_of_the_letter_beside_it() -> None:
    assert last_status("The invertible matrix $A$ and $B$ are given.", "A B = B A") != "error"


def test_a_letter_must_be_set_as_its_kind_is() -> None:
    assert last_status("Let $V$ be a vector of counts.", "V^2 - 1 = (V - 1) (V + 1)") == "holds"
    assert last_status("Let $v$ be a vector of counts.", "v^2 - 1 = (v - 1) (v + 1)") != "holds"


def test_members_of_a_family_may_differ_in_length() -> None:
    text = r"Let $f_1 \in \mathbb{R}^2$, $f_2 = A f_1 \in \mathbb{R}^3$ and $y = B f_2 \in \mathbb{R}^4$ with constant matrices $A$ and $B$."
    assert last_status(text, "y = B A f_1") == "holds"
    assert last_status(text, "y = A B f_1") != "holds"
    assert last_status(text, r"f_1^\top A^\top f_2 = \|f_2\|^2") == "holds"
    layout = r" Derivatives are laid out with the input along the rows, so $\frac{\partial f_2}{\partial f_1} = A^T$."
    chain = r"\frac{\partial y}{\partial f_1} = \frac{\partial %s}{\partial %s} \frac{\partial %s}{\partial %s}"
    assert last_status(text + layout, chain % ("f_2", "f_1", "y", "f_2")) == "holds"
    assert last_status(text + layout, chain % ("y", "f_2", "f_2", "f_1")) == "ill-formed"
