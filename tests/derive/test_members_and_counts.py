r"""Formulas given at a member of a family, times in the limits of sums, and counts that are written as capitals."""

import pytest
from tests.derive.last import last_status

DENSITY = (
    r"Let $s > 0$. Each target has the density $$p(u_i) = \frac{1}{\sqrt{2 \pi s^2}} e^{-\frac{(u_i - v_i)^2}{2 s^2}}$$"
)


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (r"\sum_{i=1}^m \log p(u_i) = -\frac{m}{2} \log(2 \pi s^2) - \sum_{i=1}^m \frac{(u_i - v_i)^2}{2 s^2}", True),
        (r"\sum_{i=1}^m \log p(u_i) = -\frac{m}{2} \log(2 \pi s^2) + \sum_{i=1}^m \frac{(u_i - v_i)^2}{2 s^2}", False),
        (r"\sum_{i=1}^m \log p(u_i) = -\frac{1}{2} \log(2 \pi s^2) - \sum_{i=1}^m \frac{(u_i - v_i)^2}{2 s^2}", False),
        (r"\log p(u_j) = -\frac{1}{2} \log(2 \pi s^2) - \frac{(u_j - v_j)^2}{2 s^2}", True),
        (r"\log p(u_j) = -\frac{1}{2} \log(2 \pi s^2) - \frac{(u_j - v_j)^2}{s^2}", False),
    ],
)
def test_a_formula_at_a_member_is_one_for_all(claim: str, holds: bool) -> None:
    assert (last_status(DENSITY, claim) == "holds") is holds


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (r"\sum_{k=0}^{T} r_k = \sum_{k=0}^{t-1} r_k + \sum_{k=t}^{T} r_k", True),
        (r"\sum_{k=0}^{T} r_k = \sum_{k=0}^{t-1} r_k + \sum_{k=t+1}^{T} r_k", False),
        (r"\sum_{k=0}^{T} r_k = \sum_{k=0}^{t} r_k + \sum_{k=t}^{T} r_k", False),
    ],
)
def test_a_time_that_stands_in_limits_only(claim: str, holds: bool) -> None:
    assert (last_status(r"Let $r_0, \dots, r_T$ be the rewards and $0 < t < T$.", claim) == "holds") is holds


@pytest.mark.parametrize("count", ["N", "T", "n"])
def test_a_number_of_trials_may_be_a_capital(count: str) -> None:
    words = rf"Let $X \sim \mathrm{{Bin}}({count}, p)$."
    mass = rf"P(X = k) = \binom{{{count}}}{{k}} p^k (1 - p)^{{{count} - k}}"
    assert last_status(words, mass) == "holds"
    assert last_status(words, mass.replace("p^k (1 - p)", "(1 - p)^k p")) != "holds"
    assert last_status(words, rf"\mathrm{{E}}(X) = {count} p") == "holds"
    assert last_status(words, rf"\mathrm{{E}}(X) = -{count} p") == "error"


def test_a_new_function_of_a_numbered_vector() -> None:
    words = r"Let $S \in \mathbb{R}^{d \times d}$ be symmetric and $w_1 \in \mathbb{R}^d$. Minimise $$\tilde L(w_1) = c - w_1^\top S w_1$$"
    assert last_status(words, r"\nabla_{w_1} \tilde L(w_1) = -2 S w_1") == "holds"
    assert last_status(words, r"\nabla_{w_1} \tilde L(w_1) = 2 S w_1") == "error"


def test_an_identity_matrix_is_no_guess() -> None:
    words = r"Let $P \in \mathbb{R}^{n \times n}$, $H \in \mathbb{R}^{m \times n}$ and $K \in \mathbb{R}^{n \times m}$."
    assert last_status(words, r"(I - K H) P = P - K H P") == "holds"
    assert last_status(words, r"(I - K H) P = P - K P") == "ill-formed"
