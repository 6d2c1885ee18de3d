r"""Means, sample variances and covariances that a text uses without a word: $\bar x$, $s_x^2$, $s_{xy}$."""

import pytest
from tests.derive.last import last_status

SUMS = r"Compare $\sum_{k=1}^m u_k$ with $\sum_{k=1}^m v_k$."


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (r"\sum_{k=1}^m u_k v_k - \bar{u} \sum_{k=1}^m v_k = \sum_{k=1}^m (u_k - \bar{u}) (v_k - \bar{v})", True),
        (r"\sum_{k=1}^m u_k v_k + \bar{u} \sum_{k=1}^m v_k = \sum_{k=1}^m (u_k - \bar{u}) (v_k - \bar{v})", False),
        (r"\sum_{k=1}^m u_k^2 - m \bar{u}^2 = \sum_{k=1}^m (u_k - \bar{u})^2", True),
        (r"\sum_{k=1}^m u_k^2 - \bar{u}^2 = \sum_{k=1}^m (u_k - \bar{u})^2", False),
        (r"\sum_{k=1}^m u_k = m \bar{u}", True),
        (r"\sum_{k=1}^m u_k = m \bar{v}", False),
        (r"\sum_{k=1}^m (u_k - \bar{u})^2 = (m - 1) \, s_u^2", True),
        (r"\sum_{k=1}^m (u_k - \bar{u})^2 = m \, s_u^2", False),
        (r"\frac{s_{uv}}{s_u^2} = \frac{\sum_{k=1}^m (u_k - \bar{u}) v_k}{\sum_{k=1}^m (u_k - \bar{u}) u_k}", True),
        (r"\frac{s_{uv}}{s_v^2} = \frac{\sum_{k=1}^m (u_k - \bar{u}) v_k}{\sum_{k=1}^m (u_k - \bar{u}) u_k}", False),
    ],
)
def test_marks_every_reader_knows(claim: str, holds: bool) -> None:
    assert (last_status(SUMS, claim) == "holds") is holds


@pytest.mark.parametrize("claim", [r"\bar{u} = 3 u_1", r"\bar{w} \bar{u} = \bar{u}^2", r"u_1 - \bar{u} = 0"])
def test_a_reading_that_fails_is_no_slip(claim: str) -> None:
    assert last_status(SUMS, claim) not in ("holds", "error", "needs-assumption")


@pytest.mark.parametrize(
    ("claim", "holds"),
    [(r"\bar{u} \sum_{k=1}^m u_k = 2 u_1 \sum_{k=1}^m u_k", True), (r"\sum_{k=1}^m u_k = m \bar{u}", False)],
)
def test_what_the_text_says_of_a_mark_counts(claim: str, holds: bool) -> None:
    words = SUMS + " Here $\\bar{u} = 2 u_1$ is twice the first."
    assert (last_status(words, claim) == "holds") is holds


def test_a_product_from_zero_is_no_product_from_one() -> None:
    words = r"Let $y_i \sim \mathrm{Poiss}(\lambda x_i)$ for $i = 1, \ldots, n$."
    claim = r"\prod_{i=START}^n \frac{x_i^{y_i}}{y_i!} = \prod_{i=1}^n \frac{x_i^{y_i}}{y_i!}"
    assert last_status(words, claim.replace("START", "1")) == "holds"
    assert last_status(words, claim.replace("START", "0")) != "holds"
