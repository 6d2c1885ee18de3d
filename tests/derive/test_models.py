"""Models with an error term: what was observed stays as it is where something is differentiated."""

import pytest
from tests.derive.last import last_status

MATRIX = r"""Consider the model

$$
y = X \beta + \varepsilon, \; \varepsilon \sim \mathcal{N}(0, \sigma^2 V)
$$

with the $n \times 1$ vector $y$.
"""
LINE = r"""The heights are

$$
h_k = a + b t_k + \epsilon_k, \; \epsilon_k \sim \mathcal{N}(0, s^2), \; k = 1, \ldots, n
$$
"""
PLAIN = r"""Given the straight line

$$
h = a_0 + a_1 t + \epsilon, \; \epsilon_i \sim \mathcal{N}(0, s^2), \; i = 1, \ldots, n
$$

the sum of squares is

$$
\mathrm{SSQ}(a_0, a_1) = \sum_{i=1}^n \epsilon_i^2 = \sum_{i=1}^n (h_i - a_0 - a_1 t_i)^2
$$
"""


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (r"\frac{d}{d\beta} (y - X\beta)^T V^{-1} (y - X\beta) = -2 X^T V^{-1} (y - X \beta)", True),
        (r"\frac{d}{d\beta} (y - X\beta)^T V^{-1} (y - X\beta) = 2 X^T V^{-1} (y - X \beta)", False),
        (r"\frac{d}{d\beta} (y - X\beta)^T V^{-1} (y - X\beta) = 0", False),
        (r"\frac{d}{d\beta} (y - X\beta)^T V (y - X\beta) = -2 X^T V^{-1} (y - X \beta)", False),
        (r"\frac{d}{d\beta} \left( (y - X\beta)^T (y - X\beta) + \beta^T \beta \right) = 2 \beta", False),
        (
            r"\frac{d}{d\beta} \left( (y - X\beta)^T (y - X\beta) + \beta^T \beta \right) = 2 \beta - 2 X^T (y - X \beta)",
            True,
        ),
        (r"\frac{d}{d\beta} \varepsilon^T \varepsilon = -2 X^T \varepsilon", True),
        (r"\frac{d}{d\beta} \varepsilon^T \varepsilon = -X^T \varepsilon", False),
        (r"|\sigma^2 V| = (\sigma^2)^n |V|", True),
        (r"|\sigma^2 V| = \sigma^2 |V|", False),
        (r"X^T V^{-1} X \beta + X^T V^{-1} \varepsilon = X^T V^{-1} y", True),
        (r"X^T V^{-1} X \beta - X^T V^{-1} \varepsilon = X^T V^{-1} y", False),
    ],
)
def test_slopes_in_a_model_leave_the_data_alone(claim: str, holds: bool) -> None:
    assert (last_status(MATRIX, claim) == "holds") is holds


def test_no_alarm_where_the_data_would_have_to_move() -> None:
    assert last_status(MATRIX, r"\frac{dy}{d\beta} = X^T") not in ("error", "needs-assumption", "ill-formed")


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (r"\frac{d \mathrm{SSQ}(a_0, a_1)}{d a_1} = -2 \sum_{i=1}^n t_i (h_i - a_0 - a_1 t_i)", True),
        (r"\frac{d \mathrm{SSQ}(a_0, a_1)}{d a_1} = -2 \sum_{i=1}^n (h_i - a_0 - a_1 t_i)", False),
        (r"\frac{d \mathrm{SSQ}(a_0, a_1)}{d a_0} = -2 \sum_{i=1}^n (h_i - a_0 - a_1 t_i)", True),
        (r"\frac{d \mathrm{SSQ}(a_0, a_1)}{d a_0} = 2 \sum_{i=1}^n (h_i - a_0 - a_1 t_i)", False),
        (r"\mathrm{SSQ}(a_0, a_1) = \sum_{i=1}^n (h_i - a_0 + a_1 t_i)^2", False),
    ],
)
def test_a_model_said_of_all_observations_at_once(claim: str, holds: bool) -> None:
    assert (last_status(PLAIN, claim) == "holds") is holds


ESTIMATE = r"""
$$
y = X \beta + \varepsilon, \; \varepsilon \sim \mathcal{N}(0, \sigma^2 V)
$$

with the estimate

$$
\hat{\beta} = (X^T V^{-1} X)^{-1} X^T BETWEEN y
$$

and the loss

$$
L(\beta) = (y - X \beta)^T V^{-1} (y - X \beta)
$$
"""


@pytest.mark.parametrize(("between", "holds"), [("V^{-1}", True), ("V", False), ("", False)])
def test_a_slope_at_an_estimate_is_taken_there(between: str, holds: bool) -> None:
    words = ESTIMATE.replace("BETWEEN", between)
    assert (last_status(words, r"\frac{d L(\hat{\beta})}{d \beta} = 0") == "holds") is holds


MIXED = r"""Let there be an $n \times n$ matrix $W$ such that

$$
W V W = I_n .
$$

Let $V$ be symmetric and positive definite, so that

$$
V = W^{-1} W^{-1}, \quad W = V^{-1/2} .
$$
"""


@pytest.mark.parametrize(
    ("claim", "holds"), [("V^{-1} = W W", True), ("V^{-1} = W", False), ("V^{-1} W^{-1} = W", True)]
)
def test_what_is_made_of_a_matrix_does_not_define_it(claim: str, holds: bool) -> None:
    assert (last_status(MIXED, claim) == "holds") is holds
