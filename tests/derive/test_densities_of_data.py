"""Densities of data: p(y | θ) by a formula in the y_i, parameters that are left out, what is integrated out; r_xy."""

import pytest
from tests.derive.last import last_status

LIKELIHOOD = r"""The prior and the likelihood are

$$
p(\mu) = \mathcal{N}(\mu; m, v) \; ,
$$

$$
p(y \mid \mu, \tau) = \prod_{i=1}^n \sqrt{\frac{\tau}{2 \pi}} \exp\left[ -\frac{\tau}{2} (y_i - \mu)^2 \right] \; .
$$

Then"""


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (r"\log p(y \mid \mu, \tau) = \frac{n}{2} \log \frac{\tau}{2 \pi} - \frac{\tau}{2} \sum_{i=1}^n (y_i - \mu)^2", True),
        (r"\log p(y \mid \mu, \tau) = \frac{n}{2} \log \frac{\tau}{2 \pi} - \tau \sum_{i=1}^n (y_i - \mu)^2", False),
        (r"\log p(y \mid \mu, \tau) = n \log \frac{\tau}{2 \pi} - \frac{\tau}{2} \sum_{i=1}^n (y_i - \mu)^2", False),
        (r"\log p(y \mid \mu) = \frac{n}{2} \log \frac{\tau}{2 \pi} - \frac{\tau}{2} \sum_{i=1}^n (y_i - \mu)^2", True),
        (r"\log p(y \mid \mu) = \frac{n}{2} \log \frac{\tau}{2 \pi} + \frac{\tau}{2} \sum_{i=1}^n (y_i - \mu)^2", False),
        (r"\log \left[ p(y \mid \mu) p(\mu) \right] = \frac{n}{2} \log \frac{\tau}{2 \pi} - \frac{\tau}{2} \sum_{i=1}^n (y_i - \mu)^2 - \frac{1}{2} \log (2 \pi v) - \frac{(\mu - m)^2}{2 v}", True),
        (r"\log \left[ p(y \mid \mu) p(\mu) \right] = \frac{n}{2} \log \frac{\tau}{2 \pi} - \frac{\tau}{2} \sum_{i=1}^n (y_i - \mu)^2 - \frac{1}{2} \log (2 \pi v) + \frac{(\mu - m)^2}{2 v}", False),
    ],
)  # fmt: skip
def test_a_likelihood_is_used(claim: str, holds: bool) -> None:
    """The data need not be known as a whole, and a known parameter may be left out."""
    status = last_status(LIKELIHOOD, claim)
    assert (status == "holds") is holds, status


def test_a_parameter_with_a_density_is_not_left_out() -> None:
    """Where τ has a prior, p(y | μ) is an average over it."""
    words = LIKELIHOOD.replace("Then", r"The precision has the prior $$ p(\tau) = b e^{-b \tau} \; . $$ Then")
    claim = r"\log p(y \mid \mu) = \frac{n}{2} \log \frac{\tau}{2 \pi} - \frac{\tau}{2} \sum_{i=1}^n (y_i - \mu)^2"
    assert last_status(words, claim) != "holds"


JOINT = r"""The joint density is

$$
p(y, \mu) = c \exp\left[ -\frac{1}{2} \lambda (\mu - m)^2 \right] \; ,
$$

with $\lambda > 0$. Then"""


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (r"\int p(y, \mu) \, \mathrm{d}\mu = c \sqrt{\frac{2 \pi}{\lambda}}", True),
        (r"\int p(y, \mu) \, \mathrm{d}\mu = c \sqrt{\frac{\lambda}{2 \pi}}", False),
        (r"\int p(y, \mu) \, \mathrm{d}\mu = -c \sqrt{\frac{2 \pi}{\lambda}}", False),
        (r"\int p(y, \mu) \, \mathrm{d}\mu = c", False),
    ],
)
def test_what_is_integrated_out(claim: str, holds: bool) -> None:
    """A density with a formula is integrated over all values of its letter."""
    status = last_status(JOINT, claim)
    assert (status == "holds") is holds, status


def test_other_integrals_without_limits_stay_open() -> None:
    """An antiderivative is no integral over the line."""
    assert last_status("Let $a > 0$.", r"\int e^{-a x^2} \, dx = \sqrt{\frac{\pi}{a}}") == "not-understood"


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (r"\frac{\sum_{i=1}^n (x_i - \bar{x})(y_i - \bar{y})}{\sum_{i=1}^n (x_i - \bar{x})^2} = r_{xy} \frac{s_y}{s_x}", True),
        (r"\frac{\sum_{i=1}^n (x_i - \bar{x})(y_i - \bar{y})}{\sum_{i=1}^n (x_i - \bar{x})^2} = r_{xy} \frac{s_x}{s_y}", False),
        (r"\frac{\sum_{i=1}^n (x_i - \bar{x})(y_i - \bar{y})}{\sum_{i=1}^n (x_i - \bar{x})^2} = -r_{xy} \frac{s_y}{s_x}", False),
        (r"\frac{\sum_{i=1}^n (x_i - \bar{x})(y_i - \bar{y})}{\sum_{i=1}^n (x_i - \bar{x})^2} = r_{xy}^2 \frac{s_y}{s_x}", False),
    ],
)  # fmt: skip
def test_the_sample_correlation(claim: str, holds: bool) -> None:
    """What every reader knows of r_xy beside the data."""
    assert (last_status("For data $(x_i, y_i)$ we have", claim) == "holds") is holds


def test_other_parameters_are_no_slip() -> None:
    """A density by its precision beside the one by its variance: another function, and a sign is no slip."""
    words = r"""Let $$ y_i \sim \mathcal{N}(\mu, \sigma^2), \quad i = 1, \ldots, n \; . $$ The likelihood is

$$
p(y \mid \mu, \sigma^2) = \prod_{i=1}^n \mathcal{N}(y_i; \mu, \sigma^2)
$$

or"""
    assert last_status(words, r"p(y \mid \mu, \tau) = \prod_{i=1}^n \mathcal{N}(y_i; \mu, \tau^{-1})") == "definition"
