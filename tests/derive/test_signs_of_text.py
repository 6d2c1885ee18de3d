"""Formulas written with characters instead of commands, functions set as text, indicators below a 1, a raised bracket after a logarithm."""

import pytest

from glideslope.derive import check_document

REAL = r"Let $x, \alpha \in \mathbb{R}$ with $\alpha > 0$ and $0 < a < 1$, $y \in \mathbb{R}$. $$%s$$"
UNICODE = "Let $x ∈ ℝ$ and $α ≥ 0$. $$%s$$"


def status(text: str) -> str:
    return check_document(text, path="notes.md").verdicts[-1].status


@pytest.mark.parametrize(
    ("given", "claim"),
    [
        (UNICODE, "(x + α)² = x² + 2 α x + α²"),
        (UNICODE, "√(x² + α²) ≤ |x| + α"),
        (UNICODE, "x₁ + x₂ = x_1 + x_2"),
        (REAL, r"\textrm{log}(a^2) = 2 \text{log}(a)"),
        (REAL, r"\frac{d}{d x} \textrm{sin}(x) = \textrm{cos}(x)"),
        (REAL, r"\mathbf{1}_{x > 0} + \mathbf{1}_{x \leq 0} = 1"),
        (REAL, r"\mathbb{1}_{x > 0} x = \max(0, x)"),
        (REAL, r"-\ln a^y - \ln(1-a)^{1-y} = -y \ln a - (1-y) \ln(1-a)"),
        (REAL, r"\ln(a)^2 = (\ln a)^2"),
        (REAL, r"c - x_1 - x_2 - \dots - x_n = c - \sum_{i=1}^n x_i"),
        (REAL, r"-\ln e^{x_1} - \ln e^{x_2} \cdots - \ln e^{x_n} = -\sum_{i=1}^n x_i"),
    ],
)
def test_what_is_true_holds(given: str, claim: str) -> None:
    assert status(given % claim) == "holds"


@pytest.mark.parametrize(
    ("given", "claim"),
    [
        (UNICODE, "(x + α)² = x² + α x + α²"),
        (UNICODE, "(x + α)² = x² + 2 α x + α³"),
        (UNICODE, "√(x² + α²) ≥ |x| + α"),
        (UNICODE, "x₁ + x₂ = x_1 + x_3"),
        (REAL, r"\textrm{log}(a^2) = 3 \text{log}(a)"),
        (REAL, r"\frac{d}{d x} \textrm{sin}(x) = -\textrm{cos}(x)"),
        (REAL, r"\mathbf{1}_{x > 0} + \mathbf{1}_{x \leq 1} = 1"),
        (REAL, r"\mathbf{1}_{x > 0} - \mathbf{1}_{x \leq 0} = 1"),
        (REAL, r"\max(0, x) = \max(-\frac{1}{4}, x)"),
        (REAL, r"-\ln a^y - \ln(1-a)^{1-y} = -y \ln a - (1-y) \ln(1+a)"),
        (REAL, r"-\ln a^y + \ln(1-a)^{1-y} = -y \ln a - (1-y) \ln(1-a)"),
        (REAL, r"\ln(a)^2 = 2 \ln a"),
        (REAL, r"c - x_1 - x_2 - \dots - x_n = c + \sum_{i=1}^n x_i"),
        (REAL, r"c - x_1 - x_2 - \dots - x_n = c - \sum_{i=2}^n x_i"),
        (REAL, r"x_1 - x_2 + \dots - x_n = \sum_{i=1}^n x_i"),
        (REAL, r"-\ln e^{x_1} - \ln e^{x_2} \cdots - \ln e^{x_n} = \sum_{i=1}^n x_i"),
    ],
)
def test_what_is_false_does_not(given: str, claim: str) -> None:
    assert status(given % claim) != "holds"
