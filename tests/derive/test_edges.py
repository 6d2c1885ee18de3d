"""Inequalities are tried where they may fail: numbers alike, close to a bound, far from it; < is not ≤."""

from __future__ import annotations

import pytest

from glideslope.derive import check_document

REAL = "Let $a, b \\in \\mathbb{R}$.\n\n$$%s$$\n"
POSITIVE = "Let $a, b > 0$.\n\n$$%s$$\n"
WHOLE = "Let $n \\ge 1$ be an integer.\n\n$$%s$$\n"


def status(text: str) -> str:
    return check_document(text, path="notes.md").verdicts[-1].status


@pytest.mark.parametrize(
    ("text", "true", "false"),
    [
        (REAL, r"|a + b| \le |a| + |b|", r"|a + b| < |a| + |b|"),
        (REAL, r"a^2 + b^2 \ge 2 a b", r"a^2 + b^2 > 2 a b"),
        (REAL, r"a^2 \ge 0", r"a^2 > 0.001"),
        (REAL, r"|\sin a| \le 1", r"|\sin a| \le 0.999"),
        (REAL, r"a \le a + 1", r"a \le 10"),
        (POSITIVE, r"\sqrt{a b} \le \frac{a + b}{2}", r"\sqrt{a b} < \frac{a + b}{2}"),
        (POSITIVE, r"\ln a \le a - 1", r"\ln a < a - 1"),
        (POSITIVE, r"a + \frac{1}{a} \ge 2", r"a + \frac{1}{a} > 2"),
        (POSITIVE, r"a + \frac{1}{a} > 1.99", r"a + \frac{1}{a} > 2.01"),
        (POSITIVE, r"a + 1 > 1", r"a > 10^{-3}"),
        (POSITIVE, r"\frac{a}{a + 1} < 1", r"a < 100"),
        (WHOLE, r"2^n \ge n + 1", r"2^n > n + 1"),
        (WHOLE, r"n! \le n^n", r"n! \le n^4"),
        (WHOLE, r"n^2 \ge n", r"n^2 \ge 2 n"),
    ],
)
def test_an_inequality_false_at_one_end(text: str, true: str, false: str) -> None:
    assert status(text % true) == "holds"
    assert status(text % false) in ("not-confirmed", "error")


def test_a_mean_is_not_above_itself() -> None:
    text = "Let $X \\sim \\mathcal{N}(\\mu, \\sigma^2)$.\n\n$$%s$$\n"
    assert status(text % r"\mathbb{E}[X^2] \ge \mu^2") == "holds"
    assert status(text % r"\mathbb{E}[X^2] > \mu^2 + \sigma^2") != "holds"


def test_a_gram_matrix_may_be_singular() -> None:
    text = "Let $A \\in \\mathbb{R}^{n \\times n}$.\n\n$$%s$$\n"
    assert status(text % r"A^\top A \succeq 0") == "holds"
    assert status(text % r"A^\top A \succ 0") != "holds"
    assert status(text % r"A^\top A + I \succ 0") == "holds"


def test_sizes_do_not_hide_a_sign() -> None:
    """That a size equals its number is no identity that holds on positive numbers."""
    text = "Let $X$ and $Y$ be random variables.\n\n$$%s$$\n"
    assert status(text % r"\mathbb{E}[|X|] = |\mathbb{E}[X]|") != "holds"
    assert status("Let $x \\in \\mathbb{R}$.\n\n$$|x| = x$$\n") != "holds"
    assert status("Let $x > 0$.\n\n$$|x| = x$$\n") == "holds"
    assert status("Let $w \\in \\mathbb{R}^n$.\n\n$$\\|w\\|_1 = \\sum_i w_i$$\n") != "holds"
    assert status("Let $w \\in \\mathbb{R}^n$.\n\n$$\\|w\\|_1 = \\sum_i |w_i|$$\n") == "holds"


@pytest.mark.parametrize(
    ("text", "true", "false"),
    [
        ("Let $X$ and $Y$ be random variables.", r"H(X \mid Y) \le H(X)", r"H(X \mid Y) < H(X)"),
        ("Let $X$ and $Y$ be random variables.", r"I(X; Y) \ge 0", r"I(X; Y) > 0"),
        (
            "Let $f$ be a convex function and $x \\in \\mathbb{R}$.",
            r"f(x) + f(-x) \ge 2 f(0)",
            r"f(x) + f(-x) > 2 f(0)",
        ),
    ],
)
def test_independent_variables_and_straight_lines(text: str, true: str, false: str) -> None:
    assert status(f"{text}\n\n$${true}$$\n") == "holds"
    assert status(f"{text}\n\n$${false}$$\n") == "not-confirmed"


def test_an_inverse_is_definite_too() -> None:
    text = "Let $A \\in \\mathbb{R}^{n \\times n}$ be symmetric positive definite.\n\n$$%s$$\n"
    assert status(text % r"A^{-1} \succ 0") == "holds"
    assert status(text % r"A^{-1} - I \succ 0") != "holds"
