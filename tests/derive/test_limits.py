"""Limits are worked out by extrapolation, and slopes of functions the text only names."""

import pytest
from tests.derive.last import last_status

WORDS = r"Let $x, a, b \in \mathbb{R}$ with $a, b > 0$ and let $g(t) = t^3 - 2 t$."
#: the claim, and twins with a slip
LIMITS = {
    "quotient": (r"\lim_{h \to 0} \frac{g(x+h) - g(x)}{h} = 3 x^2 - 2", r"\lim_{h \to 0} \frac{g(x+h) - g(x)}{h} = 3 x^2"),
    "central": (r"\lim_{h \to 0} \frac{g(x+h) - g(x-h)}{2h} = g'(x)", r"\lim_{h \to 0} \frac{g(x+h) - g(x-h)}{h} = g'(x)"),
    "second": (r"\lim_{h \to 0} \frac{g(x+h) - 2 g(x) + g(x-h)}{h^2} = 6 x", r"\lim_{h \to 0} \frac{g(x+h) - 2 g(x) + g(x-h)}{h^2} = -6 x"),
    "euler": (r"\lim_{n \to \infty} \left(1 + \frac{x}{n}\right)^n = e^x", r"\lim_{n \to \infty} \left(1 - \frac{x}{n}\right)^n = e^x"),
    "a sum of areas": (r"\lim_{n \to \infty} \frac{1}{n} \sum_{k=1}^n \frac{k^2}{n^2} = \frac{1}{3}", r"\lim_{n \to \infty} \frac{1}{n} \sum_{k=1}^n \frac{k}{n} = \frac{1}{3}"),
    "a series": (r"\lim_{n \to \infty} \sum_{k=0}^n \frac{x^k}{k!} = e^x", r"\lim_{n \to \infty} \sum_{k=1}^n \frac{x^k}{k!} = e^x"),
    "one side": (r"\lim_{u \to 0^+} \frac{|u|}{u} = 1", r"\lim_{u \to 0^-} \frac{|u|}{u} = 1"),
    "a place": (r"\lim_{t \to a} \frac{t^2 - a^2}{t - a} = 2 a", r"\lim_{t \to a} \frac{t^2 - a^2}{t - a} = a"),
    "a logarithm": (r"\lim_{\lambda \to 0} \frac{a^\lambda - 1}{\lambda} = \ln a", r"\lim_{\lambda \to 0} \frac{a^\lambda - 1}{\lambda} = a"),
    "levels off": (r"\lim_{t \to \infty} (b - b e^{-a t}) = b", r"\lim_{t \to \infty} (b - b e^{-a t}) = 0"),
    "named only": (r"\frac{df}{dx} = \lim_{h \to 0} \frac{f(x+h) - f(x)}{h}", r"\frac{df}{dx} = \lim_{h \to 0} \frac{f(x+h) + f(x)}{h}"),
    "at a place": (r"\frac{df}{dx}(b) = \lim_{h \to 0} \frac{f(b+h) - f(b)}{h}", r"\frac{df}{dx}(b) = \lim_{h \to 0} \frac{f(b) - f(b+h)}{h}"),
    "chain": (r"\frac{d}{dx} F(g(x)) = \frac{dF}{dg}(g(x)) \cdot g'(x)", r"\frac{d}{dx} F(g(x)) = \frac{dF}{dg}(x) \cdot g'(x)"),
}  # fmt: skip


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_holds_and_its_twin_does_not(name):
    right, wrong = LIMITS[name]
    assert last_status(WORDS, right) == "holds"
    assert last_status(WORDS, wrong) != "holds"


@pytest.mark.parametrize("claim", [r"\lim_{u \to 0} \frac{|u|}{u} = 1", r"\lim_{u \to \infty} \frac{\ln u}{u} = 0", r"\lim_{u \to \infty} \sin u = 0"])  # fmt: skip
def test_what_does_not_settle_is_not_understood(claim):
    assert last_status(WORDS, claim) == "not-understood"


@pytest.mark.parametrize("claim", [r"\lim_{n \to \infty} (-1)^n x = x", r"\lim_{u \to \infty} \cos(2 \pi u) = 1", r"\lim_{u \to \infty} (u - \lfloor u \rfloor) = 0", r"\lim_{u \to 0} \sin(2 \pi / u) = 0", r"\lim_{n \to \infty} \cos(\pi n) = 1"])  # fmt: skip
def test_what_settles_at_powers_of_two_alone_does_not_settle(claim):
    assert last_status(WORDS, claim) != "holds"


def test_a_letter_that_others_rest_on_is_left_alone():
    assert last_status(r"Let $h \in \mathbb{R}$ and let $y = h + 1$.", r"\lim_{h \to 0} y = 1") == "not-understood"


def test_a_derivative_before_a_sum_in_brackets_is_a_factor():
    words = r"Let $f(x) = x^2$ and $x, u, v \in \mathbb{R}$."
    assert last_status(words, r"\frac{df}{dx} (u - v) = 2 x u - 2 x v") == "holds"
