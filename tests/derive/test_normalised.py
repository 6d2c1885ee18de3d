r"""The size of a covariance by the density it stands in: $(2\pi)^n |\Sigma|$."""

import pytest
from tests.derive.last import last_status

DENSITY = r"""Let $z \sim \mathcal{N}(\mu, \Sigma)$. Its density is

$$
q = \frac{1}{\sqrt{(2\pi)^n |\Sigma|}} \exp\left[ -\frac{1}{2} (z - \mu)^T \Sigma^{-1} (z - \mu) \right]
$$

and therefore"""
LOGARITHM = r"""Let $z \sim \mathcal{N}(\mu, \Sigma)$. Its entropy is

$$
h = \frac{n}{2} \ln(2\pi) + \frac{1}{2} \ln |\Sigma| + \frac{n}{2}
$$

and"""


@pytest.mark.parametrize("words", [DENSITY, LOGARITHM])
@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (r"\mathrm{tr}(\Sigma^{-1} \Sigma) = n", True),
        (r"\mathrm{tr}(\Sigma^{-1} \Sigma) = n + 1", False),
        (r"|2 \Sigma| = 2^n |\Sigma|", True),
        (r"|2 \Sigma| = 2 |\Sigma|", False),
        (r"\mathrm{tr}(I_n) = \mathrm{tr}(\Sigma \Sigma^{-1})", True),
    ],
)
def test_a_density_tells_the_size_of_its_covariance(words: str, claim: str, holds: bool) -> None:
    assert (last_status(words, claim) == "holds") is holds


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (
            r"\ln q = -\frac{n}{2} \ln(2\pi) - \frac{1}{2} \ln |\Sigma| - \frac{1}{2} (z-\mu)^T \Sigma^{-1} (z-\mu)",
            True,
        ),
        (
            r"\ln q = -\frac{n}{2} \ln(2\pi) + \frac{1}{2} \ln |\Sigma| - \frac{1}{2} (z-\mu)^T \Sigma^{-1} (z-\mu)",
            False,
        ),
        (r"\ln q = -\frac{n}{2} \ln(2\pi) - \frac{1}{2} \ln |\Sigma| - (z-\mu)^T \Sigma^{-1} (z-\mu)", False),
        (
            r"\ln q = -\frac{p}{2} \ln(2\pi) - \frac{1}{2} \ln |\Sigma| - \frac{1}{2} (z-\mu)^T \Sigma^{-1} (z-\mu)",
            False,
        ),
    ],
)
def test_its_logarithm(claim: str, holds: bool) -> None:
    assert (last_status(DENSITY, claim) == "holds") is holds


@pytest.mark.parametrize(
    "claim", [r"\mathrm{tr}(A) = n", r"|2 A| = 2^m |A|", r"\frac{n}{2} \ln(2\pi) + \ln |A| + \ln |B| = n"]
)
def test_nothing_is_tied_without_a_density(claim: str) -> None:
    assert last_status(r"Let $A$ and $B$ be symmetric.", claim) != "holds"
