r"""Likelihoods and priors that a text names, $\mathcal{N}(w; m_0, (\tau L_0)^{-1})$, and the joint densities it makes of them."""

import pytest
from tests.derive.last import last_status

VECTORS = r"""Consider

$$
z = A w + e, \; e \sim \mathcal{N}(0, (\tau P)^{-1})
$$

with the $n \times 1$ vector $z$, the $n \times p$ matrix $A$ and the $n \times n$ precision matrix $P$. The prior is

$$
p(w, \tau) = \mathcal{N}(w; m_0, (\tau L_0)^{-1}) \cdot \mathrm{Gam}(\tau; a_0, b_0)
$$

and the likelihood

$$
p(z|w, \tau) = \mathcal{N}(z; A w, (\tau P)^{-1}) .
$$

Then

$$
p(z, w, \tau) = p(z|w, \tau) \, p(w, \tau)
$$

is"""
FRONT = r"p(z, w, \tau) = \sqrt{\frac{\tau^{n+p}}{(2 \pi)^{n+p}} |P| |L_0|} \, \frac{b_0^{a_0}}{\Gamma(a_0)} \, \tau^{a_0-1} \exp[-b_0 \tau] \exp\left[ -\frac{\tau}{2} \left( FORM \right) \right]"
FORM = r"(z - A w)^T P (z - A w) + (w - m_0)^T L_0 (w - m_0)"


@pytest.mark.parametrize(
    ("old", "new", "holds"),
    [
        ("", "", True),
        ("(z - A w)^T P", "(z + A w)^T P", False),
        ("L_0 (w - m_0)", "(w - m_0)", False),
        (r"-\frac{\tau}{2}", r"\frac{\tau}{2}", False),
        (r"\tau^{a_0-1}", r"\tau^{a_0}", False),
        (r"|P| |L_0|", r"|P|", False),
        (r"{(2 \pi)^{n+p}}", r"{(2 \pi)^{n}}", False),
    ],
)
def test_a_joint_density_of_vectors(old: str, new: str, holds: bool) -> None:
    claim = FRONT.replace("FORM", FORM)
    assert (last_status(VECTORS, claim.replace(old, new) if old else claim) == "holds") is holds


NUMBERS = r"""Data $y = \{ y_1, \ldots, y_n \}$ follow $y_i \sim \mathcal{N}(\theta, 1/\tau)$ with the prior

$$
p(\theta, \tau) = \mathcal{N}(\theta; \theta_0, (\tau c_0)^{-1}) \cdot \mathrm{Gam}(\tau; a_0, b_0)
$$

and the likelihood

$$
p(y|\theta, \tau) = \prod_{i=1}^n \mathcal{N}(y_i; \theta, \tau^{-1})
$$

so that

$$
p(y, \theta, \tau) = p(y|\theta, \tau) \, p(\theta, \tau)
$$

and therefore"""
JOINT = r"p(y, \theta, \tau) = \sqrt{\frac{\tau^{n+1} c_0}{(2 \pi)^{n+1}}} \frac{b_0^{a_0}}{\Gamma(a_0)} \tau^{a_0-1} \exp[-b_0 \tau] \exp\left[ -\frac{\tau}{2} \left( \sum_{i=1}^n (y_i - \theta)^2 + c_0 (\theta - \theta_0)^2 \right) \right]"


@pytest.mark.parametrize(
    ("old", "new", "holds"),
    [
        ("", "", True),
        (r"(\theta - \theta_0)^2", r"(\theta + \theta_0)^2", False),
        (r"(\theta - \theta_0)^2", r"\theta^2", False),
        (r"c_0 (\theta", r"(\theta", False),
        (r"\tau^{n+1}", r"\tau^{n}", False),
        (r"(y_i - \theta)^2", r"(y_i - \theta_0)^2", False),
        (r"(y_i - \theta)^2 +", r"(y_i - \theta)^2 -", False),
    ],
)
def test_a_mark_on_what_was_handed_over_is_another_quantity(old: str, new: str, holds: bool) -> None:
    assert (last_status(NUMBERS, JOINT.replace(old, new) if old else JOINT) == "holds") is holds


POSTERIOR = (
    VECTORS[: VECTORS.index("Then")]
    + r"""The posterior has

$$
L_n = A^T P A + L_0
$$

and

$$
m_n = L_n^{-1} (A^T P z + L_0 m_0)
$$

so that"""
)


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (r"L_n m_n - L_0 m_0 = A^T P z", True),
        (r"L_n m_n + L_0 m_0 = A^T P z", False),
        (
            r"(z - A w)^T P (z - A w) + (w - m_0)^T L_0 (w - m_0) = (w - m_n)^T L_n (w - m_n) + z^T P z + m_0^T L_0 m_0 - m_n^T L_n m_n",
            True,
        ),
        (
            r"(z - A w)^T P (z - A w) + (w - m_0)^T L_0 (w - m_0) = (w - m_n)^T L_n (w - m_n) + z^T P z + m_0^T L_0 m_0 + m_n^T L_n m_n",
            False,
        ),
        (r"m_0^T L_n z_0 = (L_n m_0)^T z_0", True),
        (r"L_n A^T = A^T L_n", False),
    ],
)
def test_a_posterior_from_its_prior(claim: str, holds: bool) -> None:
    assert (last_status(POSTERIOR, claim) == "holds") is holds
