r"""Correlations, and inequalities between variables that depend on each other as strongly as they can."""

import pytest

from .last import last_status

TWO = "Let $X$ and $Y$ be random variables."

CLAIMS = [
    (r"\mathrm{Corr}(X,Y) = \frac{\mathrm{Cov}(X,Y)}{\sqrt{\mathrm{Var}(X) \mathrm{Var}(Y)}}", [r"\mathrm{Corr}(X,Y) = \frac{\mathrm{Cov}(X,Y)}{\mathrm{Var}(X) \mathrm{Var}(Y)}"]),
    (r"\mathrm{Corr}(X,-Y) = -\mathrm{Corr}(X,Y)", [r"\mathrm{Corr}(X,-Y) = \mathrm{Corr}(X,Y)", r"\mathrm{Corr}(a X,Y) = a \mathrm{Corr}(X,Y)"]),
    (r"\mathrm{Corr}(X,Y) \leq 1", [r"\mathrm{Corr}(X,Y) \leq \frac{1}{2}", r"\mathrm{Corr}(X,Y) \leq \frac{9}{10}"]),
    (r"\mathrm{Corr}(X,Y) \geq -1", [r"\mathrm{Corr}(X,Y) \geq -\frac{1}{2}", r"\mathrm{Corr}(X,Y) \geq 0"]),
    (r"\mathrm{Cov}(X,Y)^2 \leq \mathrm{Var}(X) \mathrm{Var}(Y)", [r"\mathrm{Cov}(X,Y)^2 \leq \frac{1}{2} \mathrm{Var}(X) \mathrm{Var}(Y)", r"\mathrm{Cov}(X,Y)^2 \geq \mathrm{Var}(X) \mathrm{Var}(Y)"]),
    (r"I(X;Y) \le H(X)", [r"I(X;Y) \le \frac{1}{2} H(X)"]),
    (r"H(X \mid Y) \le H(X)", [r"H(X \mid Y) \ge \frac{1}{2} H(X)", r"H(X \mid Y) \ge H(X)"]),
    (r"H(X,Y) \ge H(X)", [r"H(X,Y) \ge \frac{3}{2} H(X)"]),
]  # fmt: skip


@pytest.mark.parametrize("true", [true for true, _ in CLAIMS])
def test_what_is_true_of_all_variables_holds(true: str) -> None:
    assert last_status(TWO, true) == "holds"


@pytest.mark.parametrize("twin", [twin for _, twins in CLAIMS for twin in twins])
def test_a_wrong_twin_does_not_hold(twin: str) -> None:
    assert last_status(TWO, twin) in ("definition", "not-confirmed", "error")
