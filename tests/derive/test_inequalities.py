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


ANY = r"Let $x, a, b \in \mathbb{R}$ and $0 < \lambda < 1$. Let $f: \mathbb{R} \to \mathbb{R}$ be a function. $$%s$$"
CONVEX = r"Let $f(x) = \frac{1}{2} |x|^2$ and $0 < \lambda < 1$ with $a, b \in \mathbb{R}$. $$%s$$"


def test_a_false_inequality_is_not_excused_by_the_interval_where_it_is_true() -> None:
    assert _status(ANY % r"|x|^2 \leq |x|") == "error"
    assert _status(ANY % r"|x| \geq x") == "holds"


@pytest.mark.slow
def test_an_inequality_means_the_function_of_the_text_and_not_any_function() -> None:
    sides = r"\lambda f(b) + (1 - \lambda) f(a) %s f((1 - \lambda) a + \lambda b)"
    assert _status(CONVEX % (sides % r"\geq")) == "holds"
    assert _status(CONVEX % (sides % r"\leq")) != "holds"


@pytest.mark.slow
@pytest.mark.parametrize(
    "claim",
    [
        r"|f(a)| \leq |f(b)|",
        r"f(|a|) \geq 0",
        r"f(|a| + 1) \geq f(|a|)",
        r"f(|a|) + f(|b|) \geq f(|a| + |b|)",
        r"f(\lambda |a| + (1 - \lambda) |b|) \geq \lambda f(|a|) + (1 - \lambda) f(|b|)",
    ],
)
def test_no_inequality_holds_of_every_function(claim: str) -> None:
    assert _status(ANY % claim) != "holds"


@pytest.mark.slow
def test_conditions_that_are_rarely_met_are_waited_for() -> None:
    text = r"""
Let $\gamma > 0$, $M > 0$, $R > 0$ and $w, u \in \mathbb{R}^n$ with $\lVert w \rVert^2 \leq M R^2$ and $M \gamma \leq u^\top w$.

$$%s$$
"""
    assert _status(text % r"\lVert w \rVert^2 \leq M R^2 + \gamma") == "holds"
    assert _status(text % r"\lVert w \rVert^2 \leq \frac{1}{2} M R^2") != "holds"
