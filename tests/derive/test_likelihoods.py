"""A density without a formula gets one from the chain that names it; covariance matrices are symmetric."""

import pytest
from tests.derive.last import last_status

from glideslope.derive import check_document

EVIDENCES = r"""The log Bayes factor is a difference of two log evidences. For the alternative,

$$
\mathrm{LME}(m_1) = \log p(y \mid m_1) = \frac{n}{2} \log \tau + \frac{1}{2} \log \frac{\lambda_0}{\lambda_n} - \frac{1}{2} \tau y^\top y
$$

and for the null model

$$
\mathrm{LME}(m_0) = \log p(y \mid \mu = 0) = \frac{n}{2} \log \tau - \frac{1}{2} \tau y^\top y
$$

Their difference is"""

LINE = r"""With independent errors the likelihood is

$$
p(y \mid a, b, s^2) = \prod_{i=1}^n p(y_i \mid a, b, s^2) = \prod_{i=1}^n \frac{1}{\sqrt{2 \pi s^2}} \exp\left[ -\frac{(y_i - a - b x_i)^2}{2 s^2} \right]
$$

and the log-likelihood is"""


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (r"\mathrm{LBF}_{10} = \mathrm{LME}(m_1) - \mathrm{LME}(m_0) = \frac{1}{2} \log \frac{\lambda_0}{\lambda_n}", True),
        (r"\mathrm{LBF}_{10} = \mathrm{LME}(m_1) - \mathrm{LME}(m_0) = \frac{1}{2} \log \frac{\lambda_n}{\lambda_0}", False),
        (r"\mathrm{LBF}_{10} = \mathrm{LME}(m_1) - \mathrm{LME}(m_0) = \log \frac{\lambda_0}{\lambda_n}", False),
        (r"\mathrm{LBF}_{10} = \mathrm{LME}(m_0) - \mathrm{LME}(m_1) = \frac{1}{2} \log \frac{\lambda_0}{\lambda_n}", False),
        (r"\mathrm{LBF}_{10} = \mathrm{LME}(m_1) + \mathrm{LME}(m_0) = \frac{1}{2} \log \frac{\lambda_0}{\lambda_n}", False),
    ],
)  # fmt: skip
def test_evidences_of_two_models(claim: str, holds: bool) -> None:
    """Each model's evidence is what its own chain says."""
    status = last_status(EVIDENCES, claim)
    assert (status == "holds") is holds, status


@pytest.mark.parametrize(
    ("formula", "holds"),
    [
        (r"-\frac{n}{2} \log(2 \pi s^2) - \frac{1}{2 s^2} \sum_{i=1}^n (y_i - a - b x_i)^2", True),
        (r"-\frac{n}{2} \log(2 \pi s) - \frac{1}{2 s^2} \sum_{i=1}^n (y_i - a - b x_i)^2", False),
        (r"-\frac{n}{2} \log(2 \pi s^2) + \frac{1}{2 s^2} \sum_{i=1}^n (y_i - a - b x_i)^2", False),
        (r"-\frac{n}{2} \log(2 \pi s^2) - \frac{1}{2 s^2} \sum_{i=1}^n (y_i - a + b x_i)^2", False),
        (r"-\frac{1}{2} \log(2 \pi s^2) - \frac{1}{2 s^2} \sum_{i=1}^n (y_i - a - b x_i)^2", False),
    ],
)
def test_likelihood_as_a_product(formula: str, holds: bool) -> None:
    """The product over examples has its formula one member later."""
    status = last_status(LINE, r"\mathrm{LL}(a, b, s^2) = \log p(y \mid a, b, s^2) = " + formula)
    assert (status == "holds") is holds, status


def test_a_law_of_all_distributions_stays_a_claim() -> None:
    """What is true of every density needs no meaning, and what speaks of densities alone gives none."""
    rows = check_document(
        "$$\nh(\\theta) = \\log p(y \\mid \\theta) = \\log p(\\theta \\mid y) + \\log p(y) - \\log p(\\theta)\n$$\n"
    )
    assert [v.status for v in rows.verdicts] == ["definition", "holds"]
    rows = check_document(
        "$$\nh(\\theta) = \\log p(y \\mid \\theta) = \\log p(\\theta \\mid y) - \\log p(y) - \\log p(\\theta)\n$$\n"
    )
    assert [v.status for v in rows.verdicts] == ["definition", "error"]


def test_a_density_with_a_formula_keeps_it() -> None:
    """The second chain about one density is a claim about the first."""
    first = "The likelihood is $$ p(y \\mid a) = a e^{-a y} $$ and its logarithm "
    assert last_status(first, r"h(a) = \log p(y \mid a) = \log a - a y") == "holds"
    assert last_status(first, r"h(a) = \log p(y \mid a) = \log a + a y") != "holds"
    assert last_status(first, r"h(a) = \log p(y \mid a) = \log a + a y") != "definition"


FAMILY = r"""Here $Y$ is an $n \times v$ matrix, $X$ an $n \times p$ matrix, $B$ a $p \times v$ matrix and $V$ is an $n \times n$ covariance matrix across observations.

$$
p(Y \mid B) = \mathcal{MN}(Y; X B, V, S) = c \exp\left[ -\frac{1}{2} \operatorname{tr}\left( (Y - X B)^\top V^{-1} (Y - X B) \right) \right]
$$
"""


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (r"\log p(Y \mid B) = \log c - \frac{1}{2} \operatorname{tr}\left( (Y - X B)^\top V^{-1} (Y - X B) \right)", True),
        (r"\log p(Y \mid B) = \log c + \frac{1}{2} \operatorname{tr}\left( (Y - X B)^\top V^{-1} (Y - X B) \right)", False),
        (r"(Y^\top V^{-1} X)^\top = X^\top V^{-1} Y", True),
        (r"(Y^\top V^{-1} X)^\top = X^\top V Y", False),
    ],
)  # fmt: skip
def test_families_without_a_formula(claim: str, holds: bool) -> None:
    """The density of a law that is not in the list is what the text says next."""
    status = last_status(FAMILY, claim)
    assert (status == "holds") is holds, status


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        (r"Let $C \in \mathbb{R}^{n \times n}$. Here $C$ is the covariance matrix of the noise and $a, b \in \mathbb{R}^n$.", True),
        (r"Let $C \in \mathbb{R}^{n \times n}$ and $a, b \in \mathbb{R}^n$, with the covariance matrix $C$.", True),
        (r"设 $C \in \mathbb{R}^{n \times n}$，$a, b \in \mathbb{R}^n$，其中协方差矩阵 $C$ 已知。", True),
        (r"Let $C \in \mathbb{R}^{n \times n}$ and $a, b \in \mathbb{R}^n$, with the cross-covariance matrix $C$.", False),
        (r"Let $C \in \mathbb{R}^{n \times n}$ and $a, b \in \mathbb{R}^n$. $C$ is not a covariance matrix.", False),
        (r"Let $C \in \mathbb{R}^{n \times n}$ and $a, b \in \mathbb{R}^n$. The covariance matrix is not $C$.", False),
    ],
)  # fmt: skip
def test_covariance_matrices_are_symmetric(words: str, holds: bool) -> None:
    """What the words call a covariance matrix equals its transpose."""
    assert (last_status(words, r"a^\top C b = b^\top C a") == "holds") is holds


MATRIX_NORMAL = r"""Given a general linear model

$$
Y = X B + E, \; E \sim \mathcal{MN}(0, V, \Sigma) \; ,
$$

where $Y$ is an $n \times v$ matrix and $X$ is an $n \times p$ matrix,"""


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (r"X^\top V^{-1} Y \Sigma^{-1} = (\Sigma^{-1} Y^\top V^{-1} X)^\top", True),
        (r"X^\top V^{-1} Y \Sigma^{-1} = (\Sigma Y^\top V^{-1} X)^\top", False),
        (r"X^\top V^{-1} Y \Sigma^{-1} = (Y^\top V^{-1} X)^\top", False),
        (r"X^\top V^{-1} Y \Sigma^{-1} = -(\Sigma^{-1} Y^\top V^{-1} X)^\top", False),
    ],
)
def test_both_covariances_of_a_matrix_normal_law(claim: str, holds: bool) -> None:
    """Rows and columns each have a covariance of their own size."""
    assert (last_status(MATRIX_NORMAL, claim) == "holds") is holds


@pytest.mark.parametrize(
    ("words", "claim", "holds"),
    [
        (r"Substituting $V^{-1}$ by the precision matrix $P$, we have", r"\log |P| = -\log |V|", True),
        (r"Substituting $V^{-1}$ by the precision matrix $P$, we have", r"\log |P| = \log |V|", False),
        (r"Replacing the term $x^2 + 1$ by $z$, we have", r"(x + 1)^2 = z + 2 x", True),
        (r"Replacing the term $x^2 + 1$ by $z$, we have", r"(x + 1)^2 = z + x", False),
        (r"We denote $a + b$ by $s$.", r"a^2 - b^2 = s (a - b)", True),
        (r"We denote $a + b$ by $s$.", r"a^2 + b^2 = s (a - b)", False),
        (r"Replacing $a$ by $s$, we have", r"a^2 = s^2", False),
        (r"Multiplying $a + b$ by $s$, we have", r"a^2 - b^2 = s (a - b)", False),
    ],
)
def test_a_letter_put_for_a_formula(words: str, claim: str, holds: bool) -> None:
    """The words say what the letter is short for; one letter put for another says nothing."""
    given = r"Let $V \in \mathbb{R}^{n \times n}$ be positive definite. "
    assert (last_status(given + words if "V" in words else words, claim) == "holds") is holds
