"""Bounds on probabilities, moments and information: true ones hold, those that are true of mild distributions only do not."""

from __future__ import annotations

import pytest

from glideslope.derive import check_chain, check_document

TRUE = [
    r"\mathrm{Cov}(X, Y)^2 \le \mathrm{Var}(X) \mathrm{Var}(Y)",
    r"\mathrm{Corr}(X, Y) \le 1",
    r"\mathrm{Corr}(X, Y) \ge -1",
    r"\mathrm{Var}(X + Y) \le 2 \mathrm{Var}(X) + 2 \mathrm{Var}(Y)",
    r"E[X Y]^2 \le E[X^2] E[Y^2]",
    r"I(X; Y) \le H(X)",
    r"H(X, Y) \ge H(X)",
    r"P(A, B) \le P(A)",
    r"D_{\mathrm{KL}}(p \| q) \ge 0",
    r"P(A) \le 1",
]
WRONG = [
    r"\mathrm{Cov}(X, Y)^2 \le \frac{1}{2} \mathrm{Var}(X) \mathrm{Var}(Y)",
    r"\mathrm{Corr}(X, Y) \le 0.9",
    r"\mathrm{Corr}(X, Y) \ge -0.9",
    r"\mathrm{Var}(X + Y) \le \frac{3}{2} \mathrm{Var}(X) + \frac{3}{2} \mathrm{Var}(Y)",
    r"E[X Y]^2 \le \frac{1}{2} E[X^2] E[Y^2]",
    r"I(X; Y) \le \frac{1}{2} H(X)",
    r"H(X, Y) \ge H(X) + \frac{1}{2} H(Y)",
    r"P(A, B) \le \frac{1}{2} P(A)",
    r"P(A \mid B) \le 2 P(A)",
    r"P(A) \le 0.9",
    r"P(A \mid B) \le 10 P(A)",
    r"D_{\mathrm{KL}}(P \| Q) \le 10",
    r"H(X \mid Y) \ge H(X) / 100",
    r"D_{\mathrm{KL}}(p \| q) \le 1",
    r"D_{\mathrm{KL}}(p(x) \| q(x)) \le 2",
    r"E[|X|] \le 0.95 \sqrt{E[X^2]}",
]


@pytest.mark.parametrize("claim", TRUE)
def test_a_bound_that_all_distributions_keep(claim: str) -> None:
    assert check_chain(claim)[-1].status == "holds"


@pytest.mark.parametrize("claim", WRONG)
def test_a_bound_that_some_distribution_breaks(claim: str) -> None:
    assert check_chain(claim)[-1].status != "holds"


@pytest.mark.parametrize(
    ("true", "wrong"),
    [
        (r"\mathrm{Corr}(X, Y) = \frac{\mathrm{Cov}(X, Y)}{\sigma_X \sigma_Y}", r"\mathrm{Corr}(X, Y) = \frac{\mathrm{Cov}(X, Y)}{\sigma_X^2 \sigma_Y}"),
        (r"E[(X - \mu_X)^2] = E[X^2] - \mu_X^2", r"E[(X - \mu_X)^2] = E[X^2] - 2 \mu_X^2"),
        (r"\mathrm{Cov}(X, Y) = E[X Y] - \mu_X \mu_Y", r"\mathrm{Cov}(X, Y) = E[X Y] - \mu_X \mu_X"),
    ],
)  # fmt: skip
def test_correlation_and_the_moments_named_after_a_variable(true: str, wrong: str) -> None:
    assert check_chain(true)[-1].status == "holds"
    assert check_chain(wrong)[-1].status != "holds"


def test_a_variable_beside_its_copies_is_a_number() -> None:
    copies = r"\mathrm{Var}(X_1 + X_2) = \mathrm{Var}(X_1) + \mathrm{Var}(X_2) + 2 \mathrm{Cov}(X_1, X_2)"
    assert (
        check_chain(r"\mathrm{Var}(X) = E[X^2] - E[X]^2", f"Let $X_i$ be copies.\n\n$${copies}$$")[-1].status == "holds"
    )
    assert (
        check_chain(r"\mathrm{Var}(X) = E[X^2] + E[X]^2", f"Let $X_i$ be copies.\n\n$${copies}$$")[-1].status != "holds"
    )


@pytest.mark.parametrize("claim", [r"P(A \mid B) \ge \frac{1}{10} P(A)", r"P(A \cap B) \ge \frac{1}{10} P(A) P(B)"])
def test_events_may_exclude_each_other(claim):
    words = r"Let $A, B$ be events with $P(B) > 0$."
    assert check_document(f"{words}\n\n$$\n{claim}\n$$\n").verdicts[-1].status != "holds"
