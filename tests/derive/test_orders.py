"""An approximation holds to the order it states, and fails when a coefficient or the order is wrong."""

import pytest

from glideslope.derive import check_document

SMOOTH = r"Let $f: \mathbb{R} \to \mathbb{R}$ be smooth. $$%s$$"
NUMBERS = r"Let $x, q, h, a \in \mathbb{R}$. $$%s$$"
VECTORS = r"Let $f(x) = x^\top A x$ with $A \in \mathbb{R}^{n \times n}$ and $x, d \in \mathbb{R}^n$. $$%s$$"


def status(text: str) -> str:
    return check_document(text, path="notes.md").verdicts[-1].status


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (SMOOTH, r"f(x+h) = f(x) + h f'(x) + O(h^2)"),
        (SMOOTH, r"f(x+h) = f(x) + h f'(x) + \frac{h^2}{2} f''(x) + \mathcal{O}(h^3)"),
        (SMOOTH, r"\frac{f(x+h) - f(x)}{h} = f'(x) + O(h)"),
        (SMOOTH, r"\frac{f(x+h) - f(x-h)}{2 h} = f'(x) + O(h^2)"),
        (SMOOTH, r"\frac{f(x+h) - 2 f(x) + f(x-h)}{h^2} = f''(x) + O(h^2)"),
        (SMOOTH, r"f(x) = f(a) + f'(a) (x - a) + \frac{1}{2} f''(a) (x-a)^2 + \dots"),
        (NUMBERS, r"\cos x \approx 1 - \frac{x^2}{2} + \mathcal{O}(x^4)"),
        (NUMBERS, r"\sin x = x - \frac{x^3}{6} + \frac{x^5}{120} - \dots"),
        (NUMBERS, r"\sin x = x - \frac{x^3}{6} + \frac{x^5}{120} + \cdots"),
        (NUMBERS, r"\frac{1}{1-q} = 1 + q + q^2 + \dots"),
        (NUMBERS, r"\ln(1 + h) = h - \frac{h^2}{2} + \frac{h^3}{3} + \dots"),
        (VECTORS, r"f(x + d) = f(x) + x^\top (A + A^\top) d + O(\|d\|^2)"),
    ],
)
def test_the_stated_order_is_reached(text: str, claim: str) -> None:
    assert status(text % claim) == "holds"


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (SMOOTH, r"f(x+h) = f(x) + 2 h f'(x) + O(h^2)"),
        (SMOOTH, r"f(x+h) = f(x) - h f'(x) + O(h^2)"),
        (SMOOTH, r"f(x+h) = f(x) + h f'(x) + O(h^3)"),
        (SMOOTH, r"f(x+h) = f(x) + O(h^2)"),
        (SMOOTH, r"f(x+h) = f(x) + h f'(x) + h^2 f''(x) + \mathcal{O}(h^3)"),
        (SMOOTH, r"\frac{f(x+h) - f(x)}{h} = f'(x) + O(h^2)"),
        (SMOOTH, r"\frac{f(x+h) - f(x-h)}{h} = f'(x) + O(h^2)"),
        (SMOOTH, r"\frac{f(x+h) - 2 f(x) + f(x-h)}{h} = f''(x) + O(h^2)"),
        (SMOOTH, r"f(x) = f(a) + f'(a) (x - a) + f''(a) (x-a)^2 + \dots"),
        (NUMBERS, r"\cos x \approx 1 - \frac{x^2}{3} + \mathcal{O}(x^4)"),
        (NUMBERS, r"\cos x \approx 1 + \frac{x^2}{2} + \mathcal{O}(x^4)"),
        (NUMBERS, r"\sin x = x - \frac{x^3}{6} - \frac{x^5}{120} + \cdots"),
        (NUMBERS, r"\frac{1}{1-q} = 1 + q - q^2 + \dots"),
        (NUMBERS, r"\frac{1}{1-q} = 1 + q^2 + q^3 + \dots"),
        (NUMBERS, r"\frac{1}{1+q} = 1 + q + q^2 + \dots"),
        (NUMBERS, r"\ln(1 + h) = h - h^2 + \frac{h^3}{3} + \dots"),
        (VECTORS, r"f(x + d) = f(x) + 2 x^\top A d + O(\|d\|^2)"),
        (VECTORS, r"f(x + d) = f(x) + x^\top (A - A^\top) d + O(\|d\|^2)"),
    ],
)
def test_a_wrong_term_or_order_is_seen(text: str, claim: str) -> None:
    assert status(text % claim) in ("error", "not-confirmed")


def test_an_error_where_all_is_declared_and_the_power_in_words() -> None:
    verdict = check_document(NUMBERS % r"\cos x \approx 1 - \frac{x^2}{3} + O(x^4)", path="notes.md").verdicts[-1]
    assert verdict.status == "error"
    assert "power 2" in verdict.reason["en"]
    assert "4" in verdict.reason["zh"]


def test_a_model_with_a_remainder_is_no_claim() -> None:
    assert status(r"The cost is $T = a n + O(n^2)$. $$T = a n + O(n^2)$$") != "error"


@pytest.mark.parametrize(
    "claim", [r"s = 1 + \frac{1}{2} + \frac{1}{4} + \dots", r"x = x_1 + x_2 + \dots", r"n^2 = O(n^3)"]
)
def test_dots_and_orders_of_another_kind_are_left_alone(claim: str) -> None:
    assert status(NUMBERS % claim) not in ("holds", "error")
