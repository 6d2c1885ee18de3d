"""Finite probability spaces: identities that hold for every distribution are accepted, the others are not."""

import pytest

from glideslope.derive import check_chain

TRUE = [
    r"\mathrm{Var}(X) = \mathrm{E}(X^2) - \mathrm{E}(X)^2",
    r"p(x \mid y) = \frac{p(y \mid x) p(x)}{p(y)}",
    r"p(x) = \sum_y p(x, y) = \int p(x, y) \, dy",
    r"\mathbb{E}[a X + b] = a \mathbb{E}[X] + b",
    r"\mathrm{Var}(X + Y) = \mathrm{Var}(X) + \mathrm{Var}(Y) + 2 \mathrm{Cov}(X, Y)",
    r"\text{Cov}(a X + b Y, Z) = a \text{Cov}(X, Z) + b \text{Cov}(Y, Z)",
    r"\mathbb{E}[X] = \mathbb{E}[\mathbb{E}[X | Y]]",
    r"\mathrm{Var}(X) = \mathbb{E}[\mathrm{Var}(X|Y)] + \mathrm{Var}(\mathbb{E}[X|Y])",
    r"H(X, Y) = H(X) + H(Y \mid X)",
    r"I(X; Y) = H(X) + H(Y) - H(X, Y)",
    r"\mathbb{E}_{x \sim p}[f(x)] = \mathbb{E}_{x \sim q}\left[\frac{p(x)}{q(x)} f(x)\right]",
    r"\log p(x) = \mathbb{E}_{q(z|x)}\left[\log \frac{p(x,z)}{q(z|x)}\right] + D_{KL}(q(z|x) \,\|\, p(z|x))",
    r"\nabla_\theta \mathbb{E}_{x \sim p_\theta}[f(x)] = \mathbb{E}_{x \sim p_\theta}[f(x) \nabla_\theta \log p_\theta(x)]",
    r"E[X] = \sum_{i=1}^n x_i P(X = x_i)",
    r"p(m_i | y) = \frac{p(y | m_i) p(m_i)}{\sum_{j=1}^{M} p(y | m_j) p(m_j)}",
    r"P(H=1|D=1) = \frac{P(D=1|H=1) P(H=1)}{P(D=1|H=1) P(H=1) + P(D=1|H=0) P(H=0)}",
    r"P(|X - \mathrm{E}(X)| \ge c) \le \frac{\mathrm{Var}(X)}{c^2}",
    r"\sum_a \pi(a | s) = 1",
    r"\mathbb{E}[\mathbf{x}^\top A \mathbf{x}] = \operatorname{tr}(A \mathbb{E}[\mathbf{x}\mathbf{x}^\top])",
]
#: true of some distributions only: never "holds", and, as nothing says which one is meant, never an alarm
OPEN = [
    r"p(x, y) = p(x) p(y)",
    r"\mathbb{E}[X Y] = \mathbb{E}[X] \mathbb{E}[Y]",
    r"p(x | z) = \frac{p(x)}{p(z)}",
    r"\mathbb{E}_{x \sim p}[f(x)] = \mathbb{E}_{x \sim q}\left[\frac{q(x)}{p(x)} f(x)\right]",
    r"H(X | Y) = H(X, Y) - H(X)",
    r"P(X = a) = P(X = b)",
    r"\sum_x p(x | y) = \sum_y p(x | y)",
    r"\mathbb{E}[X | Y] = \mathbb{E}[X]",
]


@pytest.mark.parametrize("latex", TRUE)
def test_what_every_distribution_obeys_holds(latex: str) -> None:
    assert {v.status for v in check_chain(latex)} == {"holds"}


@pytest.mark.parametrize("latex", OPEN)
def test_what_only_some_distributions_obey_is_neither_confirmed_nor_an_alarm(latex: str) -> None:
    assert {v.status for v in check_chain(latex)} <= {"definition", "not-confirmed", "not-understood"}


def test_what_no_distribution_obeys_is_an_alarm() -> None:
    assert check_chain(r"\mathrm{Var}(X) = \mathrm{E}(X)^2 - \mathrm{E}(X^2)")[-1].status == "error"


@pytest.mark.parametrize(
    "latex",
    [r"\mathrm{E}(X Y) = \mathrm{E}(X) \mathrm{E}(Y)", r"\mathrm{Var}(X + Y) = \mathrm{Var}(X) + \mathrm{Var}(Y)"],
)
def test_independence_counts_where_the_text_says_it(latex: str) -> None:
    said = "Let $X$ and $Y$ be independent random variables."
    denied = "Here $X$ and $Y$ are not independent."
    assert check_chain(latex, said)[-1].status == "holds"
    assert check_chain(latex, denied)[-1].status != "holds"


def test_a_definition_in_the_text_comes_before_the_general_meaning() -> None:
    context = r"The density is $$p(x) = \lambda e^{-\lambda x}$$ with $\lambda > 0$."
    assert check_chain(r"\log p(x) = \log \lambda - \lambda x", context)[-1].status == "holds"
    assert check_chain(r"\log p(x) = \log \lambda + \lambda x", context)[-1].status != "holds"
