"""Functions of letters with numbers below: J(w_0, w_1) at other values of them, one of them at a time too."""

import pytest
from tests.derive.last import last_status

LOSS = r"""The loss of a line is

$$
J(w_0, w_1) = \sum_{i=1}^n (y_i - w_0 - w_1 x_i)^2 \; .
$$

Then"""


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (r"J(\hat{w}_0, \hat{w}_1) = \sum_{i=1}^n (y_i - \hat{w}_0 - \hat{w}_1 x_i)^2", True),
        (r"J(\hat{w}_0, \hat{w}_1) = \sum_{i=1}^n (y_i - \hat{w}_1 - \hat{w}_0 x_i)^2", False),
        (r"J(\hat{w}_0, w_1) = \sum_{i=1}^n (y_i - \hat{w}_0 - w_1 x_i)^2", True),
        (r"J(\hat{w}_0, w_1) = \sum_{i=1}^n (y_i - w_0 - w_1 x_i)^2", False),
        (r"J(0, w_1) = \sum_{i=1}^n (y_i - w_1 x_i)^2", True),
        (r"J(0, w_1) = \sum_{i=1}^n (y_i + w_1 x_i)^2", False),
        (r"J(w_1, w_0) = \sum_{i=1}^n (y_i - w_1 - w_0 x_i)^2", True),
        (r"J(w_1, w_0) = \sum_{i=1}^n (y_i - w_0 - w_1 x_i)^2", False),
        (r"\frac{\partial J(\hat{w}_0, w_1)}{\partial w_1} = -2 \sum_{i=1}^n x_i (y_i - \hat{w}_0 - w_1 x_i)", True),
        (r"\frac{\partial J(\hat{w}_0, w_1)}{\partial w_1} = -2 \sum_{i=1}^n x_i (y_i - w_0 - w_1 x_i)", False),
        (r"\frac{\partial J(\hat{w}_0, w_1)}{\partial w_1} = -2 \sum_{i=1}^n (y_i - \hat{w}_0 - w_1 x_i)", False),
    ],
)
def test_at_other_values(claim: str, holds: bool) -> None:
    """What stands for a letter stands for it everywhere in the formula."""
    status = last_status(LOSS, claim)
    assert (status == "holds") is holds, status


SPREAD = r"""The log-likelihood is

$$
\ell(\mu, \sigma^2) = -\frac{n}{2} \log \sigma^2 - \frac{1}{2 \sigma^2} \sum_{i=1}^n (x_i - \mu)^2 \; .
$$

Then"""


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (r"\ell(0, \hat{\sigma}^2) = -\frac{n}{2} \log \hat{\sigma}^2 - \frac{1}{2 \hat{\sigma}^2} \sum_{i=1}^n x_i^2", True),
        (r"\ell(0, \hat{\sigma}^2) = -\frac{n}{2} \log \hat{\sigma} - \frac{1}{2 \hat{\sigma}^2} \sum_{i=1}^n x_i^2", False),
        (r"\ell(\mu, \hat{\sigma}^2) - \ell(0, \hat{\sigma}^2) = \frac{1}{2 \hat{\sigma}^2} \left( \sum_{i=1}^n x_i^2 - \sum_{i=1}^n (x_i - \mu)^2 \right)", True),
        (r"\ell(\mu, \hat{\sigma}^2) - \ell(0, \hat{\sigma}^2) = \frac{1}{2 \hat{\sigma}^2} \left( \sum_{i=1}^n x_i^2 + \sum_{i=1}^n (x_i - \mu)^2 \right)", False),
    ],
)  # fmt: skip
def test_a_variance_as_an_argument(claim: str, holds: bool) -> None:
    """An argument that is written as a square gives its root a value."""
    assert (last_status(SPREAD, claim) == "holds") is holds


def test_what_rests_on_the_letter_elsewhere_is_left_alone() -> None:
    """Where the fit is made of the letters in another line, the loss at other values is not worked out from one line alone."""
    words = r"""The fit is $$ g_i = w_0 + w_1 x_i $$ and the loss is

$$
J(w_0, w_1) = \sum_{i=1}^n (y_i - g_i)^2 + w_0^2 + w_1^2
$$

Then"""
    assert (
        last_status(words, r"J(\hat{w}_0, \hat{w}_1) = \sum_{i=1}^n (y_i - g_i)^2 + \hat{w}_0^2 + \hat{w}_1^2")
        != "holds"
    )


@pytest.mark.parametrize("claim", [r"k(x_1, x_3) = 0.2", r"k(x_2, x_3) = 0.7"])
def test_values_at_places_are_no_formula(claim: str) -> None:
    """A function that is given by its values stays given by its values."""
    assert last_status(r"We have $$ k(x_1, x_2) = 0.5 $$ and", claim) == "definition"
