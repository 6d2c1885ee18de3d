r"""Words around a list of letters speak of all of them, and some words say that a letter is free."""

import pytest
from tests.derive.last import last_status

from glideslope.derive.meaning.listed import ends_of_list
from glideslope.derive.source.extract import read_source, segments


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


LIKELY = r"$$\ell = -\frac{n}{2} \log(2 \pi s^2) - \frac{1}{2 s^2} \sum_{i=1}^n (u_i - m)^2$$ with $s > 0$."


@pytest.mark.parametrize(
    "said", ["Let $u_1, \\dots, u_n$ be the heights. ", "The samples $u_1, \\dots, u_n$ are given. "]
)
def test_a_list_introduces_free_members(said: str) -> None:
    right = r"\frac{d \ell}{d m} = \frac{1}{s^2} \left( \sum_{i=1}^n u_i - n m \right)"
    assert last_status(said + LIKELY, right) == "holds"
    assert last_status(said + LIKELY, right.replace(r"\frac{1}{s^2}", r"\frac{n}{s^2}")) == "error"
    assert last_status(said + LIKELY, right.replace("- n m", "+ n m")) == "error"


def test_members_that_belong_to_something_else_are_not_free() -> None:
    said = r"Let $u_1, \dots, u_n$ be the eigenvalues of a graph. "
    assert last_status(said + LIKELY, r"\frac{d \ell}{d m} = -\frac{n m}{s^2}") == "not-confirmed"


@pytest.mark.parametrize(
    ("law", "mean", "spread"),
    [(r"\mathrm{Bern}(p)", "p", "p (1 - p)"), (r"\mathrm{Poiss}(r)", "r", "r"), (r"\mathcal{N}(m, v)", "m", "v")],
)
def test_a_list_of_variables_with_one_law(law: str, mean: str, spread: str) -> None:
    words = rf"Let $U_1, \dots, U_n \sim {law}$ be independent and $$\bar U = \frac{{1}}{{n}} \sum_{{i=1}}^n U_i$$"
    assert last_status(words, rf"\mathrm{{E}}(\bar U) = {mean}") == "holds"
    assert last_status(words, rf"\mathrm{{Var}}(\bar U) = \frac{{{spread}}}{{n}}") == "holds"
    assert last_status(words, rf"\mathrm{{Var}}(\bar U) = {spread}") != "holds"
    assert (
        last_status(words.replace("be independent", "be flights"), rf"\mathrm{{Var}}(\bar U) = \frac{{{spread}}}{{n}}")
        != "holds"
    )


def test_words_before_a_letter_of_another_list() -> None:
    """In "random variables and $a, b \\in \\mathbb{R}$" the numbers vary by no chance."""
    words = r"Let $U$ and $V$ be random variables and $a, b \in \mathbb{R}$."
    assert last_status(words, r"\mathrm{Var}(a U + b) = a^2 \mathrm{Var}(U)") == "holds"
    assert last_status(words, r"\mathrm{Var}(a U + b) = a \mathrm{Var}(U)") != "holds"


def test_means_and_deviations_by_their_letters() -> None:
    words = r"Let $U$ and $V$ be independent random variables and $a, b \in \mathbb{R}$."
    assert last_status(words, r"\mathrm{Var}(a U + b V) = a^2 \sigma_U^2 + b^2 \sigma_V^2") == "holds"
    assert last_status(words, r"\mathrm{Var}(a U - b V) = a^2 \sigma_U^2 - b^2 \sigma_V^2") not in (
        "holds",
        "definition",
    )


def test_a_split_is_no_update() -> None:
    words = r"Let $A \in \mathbb{R}^{m \times n}$, $x \in \mathbb{R}^n$ and $b \in \mathbb{R}^m$."
    assert last_status(words, "b = A x + (b - A x)") == "holds"
    assert last_status(words, "b = A x - (b - A x)") == "error"
    assert last_status(words + r" Let $\eta > 0$.", r"x = x - \eta A^\top (A x - b)") == "skipped"


def test_a_long_list_is_followed_a_little_way_only() -> None:
    """Else each of its letters would cost as much as all of them."""
    letters = ", ".join("$a$" for _ in range(50))
    pieces = segments(read_source(f"Let {letters} be numbers.", "md"))
    inline = [k for k, piece in enumerate(pieces) if piece.kind == "inline"]
    assert ends_of_list(pieces, inline[0]) == (inline[0], inline[6])
    assert ends_of_list(pieces, inline[49]) == (inline[43], inline[49])
