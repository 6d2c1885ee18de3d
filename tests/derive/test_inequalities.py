"""An inequality that is true at a few samples and false at others must not be said to hold."""

import pytest

from glideslope.derive import check_document

LENGTHS = r"""
For $M > 0$, $R > 0$ and $w \in \mathbb{R}^D$ with $\lVert w \rVert^2 \le M R^2$:

$$
\begin{aligned}
\lVert w \rVert^2 &\le %s
\end{aligned}
$$
"""
TANGENT = r"""
Let $u > 0$.

$$
\begin{aligned}
\ln u &\le %s
\end{aligned}
$$
"""


def _status(text: str) -> str:
    (verdict,) = check_document(text).verdicts
    return verdict.status


@pytest.mark.parametrize(
    ("text", "right"), [(LENGTHS, "M R^2"), (LENGTHS, "2 M R^2"), (TANGENT, "u - 1"), (TANGENT, "u")]
)
def test_a_true_inequality_holds_and_says_so(text: str, right: str) -> None:
    (verdict,) = check_document(text % right).verdicts
    assert verdict.status == "holds"
    assert "inequality is true" in verdict.reason["en"]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (LENGTHS, "R^2"),
        (LENGTHS, "M R"),
        (LENGTHS, "M"),
        (TANGENT, "u - 2"),
        (TANGENT, r"\frac{u}{3}"),
        (TANGENT, "2 u - 2"),
    ],
)
def test_one_that_is_true_now_and_then_does_not_hold(text: str, right: str) -> None:
    assert _status(text % right) in ("error", "needs-assumption", "not-confirmed")
