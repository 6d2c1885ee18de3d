"""Gradients at places that are more than a letter, of functions with an index; means in bold."""

import pytest
from tests.derive.last import last_status

FORM = r"Let $f(u) = u^\top A u$ with $u \in \mathbb{R}^n$ and $A \in \mathbb{R}^{n \times n}$. Let $x, d \in \mathbb{R}^n$, $t \in \mathbb{R}$."
MEAN = r"Let $F(\theta) = \frac{1}{N} \sum_{i=1}^N \ell_i(\theta)$ with $\theta \in \mathbb{R}^n$."
OPEN = r"Let $f : \mathbb{R}^n \to \mathbb{R}$ be smooth and $x, y \in \mathbb{R}^n$."
CLAIMS = {
    "elsewhere": (FORM, r"\nabla f(x - t d) = (A + A^\top)(x - t d)", r"\nabla f(x - t d) = (A + A^\top)(x + t d)"),
    "along": (FORM, r"\frac{d}{dt} f(x + t d) = d^\top \nabla f(x + t d)", r"\frac{d}{dt} f(x + t d) = d^\top \nabla f(x - t d)"),
    "the way between": (OPEN, r"f(x) - f(y) = \int_0^1 (x - y)^\top \nabla f(y + t (x - y)) \, dt", r"f(x) - f(y) = \int_0^1 (x - y)^\top \nabla f(y - t (x - y)) \, dt"),
    "a bound with kinks": (r"Let $x, y \in \mathbb{R}$ with $0 < y < x$.", r"\left| \int_0^1 (t x - y) \, dt \right| \leq \int_0^1 | t x - y | \, dt", r"\int_0^1 (t x + y) \, dt \leq \int_0^1 | t x - y | \, dt"),
    "a kink": ("Let $x, y > 0$.", r"\int_{-x}^{y} |u| \, du = \frac{x^2 + y^2}{2}", r"\int_{-x}^{y} |u| \, du = \frac{y^2 - x^2}{2}"),
    "second": (FORM, r"\nabla^2 f(x + d) = A + A^\top", r"\nabla^2 f(x + d) = A - A^\top"),
    "a sum": (MEAN, r"\nabla F(\theta) = \frac{1}{N} \sum_{i=1}^N \nabla \ell_i(\theta)", r"\nabla F(\theta) = \sum_{i=1}^N \nabla \ell_i(\theta)"),
    "factor": (FORM, r"\nabla f(x)^\top (x - d) = x^\top (A + A^\top) (x - d)", r"\nabla f(x)^\top (x - d) = x^\top (A - A^\top) (x - d)"),
    "bold mean": ("Let $X$ be a random variable.", r"\mathbf{Var}[X] = \mathbf{E}[X^2] - \mathbf{E}[X]^2", r"\mathbf{Var}[X] = \mathbf{E}[X^2] + \mathbf{E}[X]^2"),
    "a bold vector": (r"Let $\mathbf{E}, \mathbf{x} \in \mathbb{R}^n$.", r"\mathbf{E}^\top [\mathbf{x} + \mathbf{x}] = 2 \mathbf{E}^\top \mathbf{x}", r"\mathbf{E}^\top [\mathbf{x} + \mathbf{x}] = \mathbf{E}^\top \mathbf{x}"),
}  # fmt: skip


@pytest.mark.parametrize("name", CLAIMS)
def test_it_holds_and_its_twin_does_not(name):
    words, right, wrong = CLAIMS[name]
    assert last_status(words, right) == "holds"
    assert last_status(words, wrong) != "holds"
