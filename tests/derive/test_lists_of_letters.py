r"""Words around a list of letters speak of all of them, and some words say that a letter is free."""

import pytest
from tests.derive.last import last_status


@pytest.mark.parametrize(
    ("words", "claim", "status"),
    [
        (r"Let $S$ and $T$ be symmetric matrices with $S \in \mathbb{R}^{n \times n}$ and $T \in \mathbb{R}^{n \times n}$.", r"(S T)^\top = T S", "holds"),
        (r"Let $S$ and $T$ be matrices with $S \in \mathbb{R}^{n \times n}$ and $T \in \mathbb{R}^{n \times n}$.", r"(S T)^\top = T S", "error"),
        (r"Let $U$ and $V$ be two random variables.", r"\mathrm{E}(U + V) = \mathrm{E}(U) + \mathrm{E}(V)", "holds"),
        (r"Let $h = w^\top x + b$ where $w, x \in \mathbb{R}^d$ and $b$ is the bias unit.", r"h = \sum_{j=1}^d w_j x_j + b", "holds"),
        (r"Let $h = w^\top x + b$ where $w, x \in \mathbb{R}^d$ and $b$ is the bias unit.", r"h = \sum_{j=1}^d w_j x_j + 3 b", "error"),
        (r"Let $G$ be a symmetric positive definite $n \times n$ matrix and $v$ an $n \times 1$ vector.", r"(G v)^\top = v^\top G", "holds"),
        (r"Let $G$ be a square $n \times n$ matrix and $v$ an $n \times 1$ vector.", r"(G v)^\top = v^\top G", "needs-assumption"),
    ],
)  # fmt: skip
def test_words_speak_of_the_whole_list(words: str, claim: str, status: str) -> None:
    assert last_status(words, claim) == status


@pytest.mark.parametrize(
    "claim",
    [
        r"\mathrm{E}(U + V) = U + \mathrm{E}(V)",
        r"\mathrm{Var}(U + V) = U \mathrm{Var}(U) + \mathrm{Var}(V)",
        r"\mathrm{Var}(c U + V) = c^2 \mathrm{Var}(U) + U \mathrm{Var}(V) + 2 c \mathrm{Cov}(U, V)",
        r"\mathrm{Cov}(U, V) = U V - \mathrm{E}(U) \mathrm{E}(V)",
    ],
)
def test_a_variable_does_not_stand_still(claim: str) -> None:
    """What a text calls a variable, and what a claim takes the mean of, varies in all of it: U was a number, and these held."""
    assert last_status(r"Let $U$ and $V$ be two random variables.", claim) != "holds"
    assert last_status(r"Let $c \in \mathbb{R}$.", claim + r" + \mathrm{E}(U) - \mathrm{E}(U)") != "holds"
