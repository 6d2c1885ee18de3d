"""Habits of notes that once were not read: rates with dots, variances as variables, logs of densities, rounded numbers, recurrences."""

import pytest

from glideslope.derive import check_document

GAUSS = r"Let $x \in \mathbb{R}^n$, $\mu \in \mathbb{R}$ and $\sigma > 0$. $$\ell(\mu, \sigma^2) = \sum_{i=1}^n \ln \frac{1}{\sqrt{2\pi\sigma^2}} e^{-\frac{(x_i - \mu)^2}{2\sigma^2}}$$"
WAVE = r"Let $A, \omega, t \in \mathbb{R}$ and $\theta(t) = A \cos(\omega t)$."
SMOOTH = r"Let $0 < \alpha < 1$ and $s_t = \alpha x_t + (1 - \alpha) s_{t-1}$ with data $x_t$."
TRUE = {
    "the log of a density": (GAUSS, r"\ell(\mu, \sigma^2) = -\frac{n}{2} \ln(2 \pi \sigma^2) - \frac{1}{2\sigma^2} \sum_{i=1}^n (x_i - \mu)^2"),
    "its slope": (GAUSS, r"\frac{\partial \ell}{\partial \mu} = \frac{1}{\sigma^2} \sum_{i=1}^n (x_i - \mu)"),
    "by a variance": (GAUSS, r"\frac{\partial \ell}{\partial \sigma^2} = -\frac{n}{2\sigma^2} + \frac{1}{2\sigma^4} \sum_{i=1}^n (x_i - \mu)^2"),
    "a rate": (WAVE, r"\dot\theta(t) = -A \omega \sin(\omega t)"),
    "a second rate": (WAVE, r"\ddot\theta(t) = -\omega^2 \theta(t)"),
    "a slope": (r"Let $f(x) = x^2 + 3x$.", r"f'(x) = 2x + 3"),
    "a second slope": (r"$$g_a(t) = \sin(a t)$$", r"g_a''(t) = -a^2 g_a(t)"),
    "a recurrence unrolled": (SMOOTH, r"s_t = \alpha x_t + \alpha (1-\alpha) x_{t-1} + (1-\alpha)^2 s_{t-2}"),
    "an event that does not happen": ("", r"P(B) = P(B \mid A) P(A) + P(B \mid \bar A) P(\bar A)"),
    "the same with a c": ("", r"P(A^c) = 1 - P(A)"),
    "a name with its parameter": (
        r"Let $x, w \in \mathbb{R}^d$ and $\lambda > 0$. $$L_\lambda(w) = x^\top w + \frac{\lambda}{2} \|w\|^2$$",
        r"\nabla L_\lambda(w) = x + \lambda w",
    ),
    "an undeclared vector beside a declared matrix": (
        r"Let $X \in \mathbb{R}^{n \times d}$ and $y \in \mathbb{R}^n$. $$L(w) = \frac{1}{2} \|X w - y\|^2$$",
        r"\nabla_w L = X^\top (X w - y)",
    ),
    "roots inside a definition": (r"Let $k, m, c \in \mathbb{R}$. $$z = \frac{c}{2 \sqrt{k m}}, \quad w = \sqrt{k / m}$$", r"2 z w = \frac{c}{m}"),
}  # fmt: skip


def _statuses(words: str, latex: str) -> list[str]:
    return [v.status for v in check_document(f"{words}\n\n$$\n{latex}\n$$\n").verdicts]


@pytest.mark.parametrize("name", TRUE)
def test_it_holds(name):
    assert _statuses(*TRUE[name])[-1] == "holds"


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        (
            GAUSS,
            r"\frac{\partial \ell}{\partial \sigma^2} = -\frac{n}{\sigma} + \frac{1}{\sigma^3} \sum_{i=1}^n (x_i - \mu)^2",
        ),
        (WAVE, r"\dot\theta(t) = A \omega \sin(\omega t)"),
        (WAVE, r"\ddot\theta(t) = -\omega \theta(t)"),
        (r"Let $f(x) = x^2 + 3x$.", r"f'(x) = 2x"),
        (SMOOTH, r"s_t = \alpha x_t + (1-\alpha) x_{t-1} + (1-\alpha)^2 s_{t-2}"),
        (TRUE["a name with its parameter"][0], r"\nabla L_\lambda(w) = x + 2 \lambda w"),
    ],
)
def test_a_slip_in_it_does_not(words, latex):
    assert _statuses(words, latex)[-1] not in ("holds", "definition", "skipped")


@pytest.mark.parametrize(
    ("latex", "status"),
    [
        (r"\frac{0.9 \cdot 0.01}{0.9 \cdot 0.01 + 0.05 \cdot 0.99} \approx 0.154", "holds"),
        (r"\frac{5 + \sqrt{5}}{2} \approx 3.62", "holds"),
        (r"\frac{5 + \sqrt{5}}{2} \approx 3.72", "skipped"),
        (r"\sin x \approx x", "skipped"),
        (r"x \approx 3.14", "skipped"),
    ],
)
def test_rounded_numbers_are_checked_and_other_approximations_left_alone(latex, status):
    assert _statuses(r"Let $x \in \mathbb{R}$.", latex) == [status]


def test_a_size_keeps_being_one_where_its_letter_meant_something_else_before():
    text = r"""# Lift

Let $L, W > 0$. The load factor is

$$ n = \frac{L}{W} $$

# Sums

Let $u, v \in \mathbb{R}^n$.

$$ u^\top v = \sum_{i=1}^n u_i v_i $$
"""
    assert [v.status for v in check_document(text).verdicts] == ["definition", "holds"]


def test_a_prime_may_name_another_function():
    text = "Let $f(x) = x^2 + 3x$ for $x \\in \\mathbb{R}$.\n\n$$\nf'(x) = f(x) + 1\n$$\n\n$$\nf'(2) = 11\n$$\n"
    assert [v.status for v in check_document(text).verdicts] == ["definition", "holds"]


def test_a_function_of_another_section_raises_no_alarm():
    text = "# One\n\nLet $f(x) = x^2$ for $x \\in \\mathbb{R}$.\n\n# Two\n\n$$\nf'(x) = 3 x^2\n$$\n"
    assert [v.status for v in check_document(text).verdicts] == ["not-confirmed"]
