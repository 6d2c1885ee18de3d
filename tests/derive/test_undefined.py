"""Dropping a definition must not turn an array into a number; a rule recalled in words must not become a definition."""

import pytest

from glideslope.derive import check_document

MATRICES = (
    r"Let $A = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$ and $B = \begin{pmatrix} 0 & 1 \\ 5 & 4 \end{pmatrix}$."
)
PRODUCTS = r"Let $P = X Y$ and $Q = Y X$ with $X, Y \in \mathbb{R}^{n \times n}$."
RULES = r"""
For random variables $A$ and $B$ we have $P(A, B) = P(B \mid A) P(A)$ and $P(A, B) = P(A \mid B) P(B)$.
They are independent if $P(A, B) = P(A) P(B)$. The value of the variable may be $A = a$.

$$%s$$
"""


def statuses(text: str) -> list[str]:
    return [v.status for v in check_document(text, path="notes.md").verdicts]


@pytest.mark.parametrize(
    ("given", "claim"), [(MATRICES, "A B = B A"), (PRODUCTS, "P Q = Q P"), (MATRICES, r"A B A = A^2 B")]
)
def test_matrices_that_a_formula_defines_do_not_commute(given: str, claim: str) -> None:
    assert statuses(f"{given} $${claim}$$") == ["error"]


@pytest.mark.parametrize(
    ("given", "claim"), [(MATRICES, r"(A B)^\top = B^\top A^\top"), (PRODUCTS, r"(P + Q)^2 = P^2 + P Q + Q P + Q^2")]
)
def test_what_holds_of_all_matrices_holds(given: str, claim: str) -> None:
    assert statuses(f"{given} $${claim}$$") == ["holds"]


def test_an_equation_for_an_optimum_does_not_hold_because_its_slope_is_not_known() -> None:
    text = r"The likelihood is $P(X \mid \theta) = \theta^3 (1 - \theta)^2$. $$0 = \frac{d}{d\theta} P(X \mid \theta)$$"
    assert statuses(text) != ["holds"]


@pytest.mark.parametrize(
    "rule",
    [
        r"P(A \mid B) = \frac{P(B \mid A) P(A)}{P(B)}",
        r"P(A \mid B) = \frac{P(B \mid A) P(A)}{\sum_a P(B \mid A = a) P(A = a)}",
        r"\sum_a P(B \mid A = a) P(A = a) = P(B)",
        r"P(A = a, B = b) \leq P(A = a)",
    ],
)
def test_rules_recalled_in_words_are_no_definitions(rule: str) -> None:
    assert statuses(RULES % rule) == ["holds"]


@pytest.mark.parametrize(
    "wrong",
    [
        r"P(A \mid B) = \frac{P(B \mid A) P(B)}{P(A)}",
        r"P(A \mid B) = P(B \mid A) P(A)",
        r"\sum_a P(B \mid A = a) P(A = a) = P(A)",
        r"P(A, B) = P(A) P(B)",
        r"P(A = a, B = b) \geq P(A = a)",
    ],
)
def test_a_wrong_rule_does_not_hold(wrong: str) -> None:
    assert "holds" not in statuses(RULES % wrong)


def test_a_model_that_is_assumed_is_kept() -> None:
    text = r"Assume $p(x, y) = p(x) p(y)$. $$p(x \mid y) = p(x)$$"
    assert statuses(text)[0] in ("holds", "definition")


@pytest.mark.parametrize(
    ("words", "wrong", "right"),
    [
        (r"$$u = x^2$$", r"\frac{d}{d x} (u + x) = 1", r"\frac{d}{d x} (u + x) = 2 x + 1"),
        (r"$$u = x^2 + 1$$", r"\frac{d}{d x} (u x) = u", r"\frac{d}{d x} (u x) = u + 2 x^2"),
        (
            r"Let $W \in \mathbb{R}^{m \times n}$, $b \in \mathbb{R}^n$. $$z_i = \sum_j W_{ij} b_j$$",
            r"\frac{\partial}{\partial b_k} (z_i + b_k) = 1",
            r"\frac{\partial}{\partial b_k} (z_i + b_k) = W_{ik} + 1",
        ),
    ],
)
def test_a_definition_left_aside_still_says_what_changes_with_what(words: str, wrong: str, right: str) -> None:
    """Without u = x² a free u would stand still, and every slope through u would be missing."""
    text = rf"Let $x \in \mathbb{{R}}$. {words} Then $$%s$$"
    assert check_document(text % right).verdicts[-1].status == "holds"
    assert check_document(text % wrong).verdicts[-1].status in ("error", "not-confirmed")
