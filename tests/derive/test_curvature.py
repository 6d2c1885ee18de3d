"""Inequalities of optimisation: gradients with a Lipschitz constant, strong convexity, the place where a function is lowest."""

import pytest
from tests.derive.last import last_status

from glideslope.derive import check_document

SMOOTH = r"Let $f : \mathbb{R}^n \to \mathbb{R}$ be convex, and let its gradient be Lipschitz continuous with constant $L > 0$. Let $x, y \in \mathbb{R}^n$."
SHORT = r"Suppose that $f : \mathbb{R}^n \to \mathbb{R}$ is $L$-smooth with $L > 0$. Let $x, y \in \mathbb{R}^n$."
STRONG = r"Suppose that $f : \mathbb{R}^n \to \mathbb{R}$ is $\mu$-strongly convex with $\mu > 0$. Let $x, y \in \mathbb{R}^n$."
LOWEST = SMOOTH + r" Let $x^*$ be the minimiser of $f$."
STEP = SMOOTH + r" With a step size $t \leq \frac{1}{L}$ we move to $z = x - t \nabla f(x)$."
#: words, the claim, twins that are false of some such functions
BOUNDS = {
    "above": (SMOOTH, r"f(y) \leq f(x) + \nabla f(x)^\top (y - x) + \frac{L}{2} \|y - x\|^2", [r"f(y) \leq f(x) + \nabla f(x)^\top (y - x) + \frac{L}{3} \|y - x\|^2", r"f(y) \leq f(x) - \nabla f(x)^\top (y - x) + \frac{L}{2} \|y - x\|^2", r"f(y) \leq f(x) + \nabla f(x)^\top (y - x)"]),
    "gradients": (SMOOTH, r"\|\nabla f(x) - \nabla f(y)\| \leq L \|x - y\|", [r"\|\nabla f(x) - \nabla f(y)\| \leq \frac{L}{2} \|x - y\|", r"\|\nabla f(x) - \nabla f(y)\| \leq L \|x - y\|^2"]),
    "cocoercive": (SMOOTH, r"(\nabla f(x) - \nabla f(y))^\top (x - y) \geq \frac{1}{L} \|\nabla f(x) - \nabla f(y)\|^2", [r"(\nabla f(x) - \nabla f(y))^\top (x - y) \geq \frac{2}{L} \|\nabla f(x) - \nabla f(y)\|^2"]),
    "smooth only": (SHORT, r"f(y) \leq f(x) + \nabla f(x)^\top (y - x) + \frac{L}{2} \|y - x\|^2", [r"f(y) \geq f(x) + \nabla f(x)^\top (y - x)"]),
    "below": (STRONG, r"f(y) \geq f(x) + \nabla f(x)^\top (y - x) + \frac{\mu}{2} \|y - x\|^2", [r"f(y) \geq f(x) + \nabla f(x)^\top (y - x) + 2 \mu \|y - x\|^2"]),
    "lowest": (LOWEST, r"f(x) - f(x^*) \leq \nabla f(x)^\top (x - x^*)", [r"f(x) - f(x^*) \leq \frac{1}{2} \nabla f(x)^\top (x - x^*)", r"f(x) \leq f(x^*)"]),
    "a flat place": (LOWEST, r"\nabla f(x^*) = 0", [r"\nabla f(x) = 0"]),
    "a gap": (LOWEST, r"f(x) - f(x^*) \leq \frac{L}{2} \|x - x^*\|^2", [r"f(x) - f(x^*) \leq \frac{L}{4} \|x - x^*\|^2"]),
    "descent": (STEP, r"f(z) \leq f(x) - \frac{t}{2} \|\nabla f(x)\|^2", [r"f(z) \leq f(x) - t \|\nabla f(x)\|^2", r"f(z) \leq f(x) - \frac{t}{2} \|\nabla f(x)\|"]),
}  # fmt: skip


@pytest.mark.parametrize("name", BOUNDS)
def test_a_bound_holds_and_sharper_ones_do_not(name):
    words, right, twins = BOUNDS[name]
    assert last_status(words, right) == "holds"
    assert [last_status(words, wrong) == "holds" for wrong in twins] == [False] * len(twins)


def test_without_the_words_the_bound_is_not_confirmed():
    words = r"Let $f : \mathbb{R}^n \to \mathbb{R}$ be a function and $x, y \in \mathbb{R}^n$, $L > 0$."
    assert last_status(words, BOUNDS["above"][1]) == "not-confirmed"


def test_a_function_introduced_anew_is_no_longer_the_example():
    text = (
        "# An example\n\nThe line $f(x) = m x + b$ has a slope.\n\n# In general\n\nLet $f : \\mathbb{R} \\to \\mathbb{R}$ be a function.\n\n"
        "$$\nf(x) + f(y) = f(x + y) + f(0)\n$$\n"
    )
    assert check_document(text).verdicts[-1].status == "not-confirmed"


def test_a_variance_of_nothing_random_shows_nothing():
    assert last_status(r"Let $c, k \in \mathbb{R}$.", r"\mathrm{Var}(k c) = \mathrm{Var}(c)") == "not-confirmed"


def test_a_function_bends_across_the_axes():
    words = r"Let $x, v \in \mathbb{R}^n$ and let $f: \mathbb{R}^n \to \mathbb{R}$ be convex and $L$-smooth."
    assert last_status(words, r"v^\top \nabla^2 f(x) v \le L \|v\|^2") == "holds"
    assert last_status(words, r"\|\nabla^2 f(x) v\|_\infty \le L \|v\|_\infty") != "holds"
