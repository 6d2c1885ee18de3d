"""The number of an example in brackets above a letter, and the letter bare: x is any one of the x^{(i)}."""

import pytest

from glideslope.derive import check_document

MODEL = "The prediction for an input $x$ is $h(x) = \\theta^\\top x$.\n\n$$\nJ(\\theta) = \\frac{1}{2} \\sum_{i=1}^{m} (\\theta^\\top x^{(i)} - y^{(i)})^2\n$$\n\nIts slope is\n\n$$\n%s\n$$\n"


@pytest.mark.parametrize(
    ("claim", "status"),
    [
        (r"\frac{\partial J}{\partial \theta_j} = \sum_{i=1}^{m} (\theta^\top x^{(i)} - y^{(i)}) x_j^{(i)}", "holds"),
        (r"\frac{\partial J}{\partial \theta_j} = -\sum_{i=1}^{m} (\theta^\top x^{(i)} - y^{(i)}) x_j^{(i)}", "error"),
        (
            r"\frac{\partial J}{\partial \theta_j} = 2 \sum_{i=1}^{m} (\theta^\top x^{(i)} - y^{(i)}) x_j^{(i)}",
            "not holds",
        ),
        (
            r"\frac{\partial J}{\partial \theta_j} = \sum_{i=1}^{m} (\theta^\top x^{(i)} - y^{(i)}) x_i^{(j)}",
            "not holds",
        ),
    ],
)
def test_the_bare_letter_does_not_make_its_members_numbers(claim, status):
    found = check_document(MODEL % claim).verdicts[-1].status
    assert found == status or (status == "not holds" and found != "holds")


def test_a_letter_with_entries_of_its_own_is_left_alone():
    words = "The output is $z = \\sum_j w_j x_j$ for an input $x$, and $x^{(i)}$ is an example.\n\n"
    claim = "$$\n\\frac{\\partial z}{\\partial w_k} = x_k\n$$\n"
    assert check_document(words + claim).verdicts[-1].status == "holds"
