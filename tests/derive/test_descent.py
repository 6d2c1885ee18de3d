"""Proofs about descent: losses with an index, sums in bounds, gradients that are transposed beside a last moment T."""

import pytest
from tests.derive.last import last_status

LOSSES = "Each loss $f_t$ is convex, and $g_t = \\nabla f_t(x_t)$."


@pytest.mark.parametrize(
    ("claim", "twin"),
    [
        (r"f_t(x_t) - f_t(u) \le g_t^T (x_t - u)", r"f_t(x_t) - f_t(u) \le g_t^T (u - x_t)"),
        (r"f_t(x_t) - f_t(u) \le \nabla f_t(x_t)^T (x_t - u)", r"f_t(x_t) - f_t(u) \le \frac{1}{2} \nabla f_t(x_t)^T (x_t - u)"),
        (r"\sum_{t=1}^T (f_t(x_t) - f_t(u)) \le \sum_{t=1}^T g_t^T (x_t - u)", r"\sum_{t=1}^T (f_t(x_t) - f_t(u)) \le \sum_{t=1}^{T-1} g_t^T (x_t - u)"),
        (r"\sum_{t=1}^T (f_t(x_t) - f_t(u)) \le \sum_{t=1}^T \langle g_t, x_t - u \rangle", r"\sum_{t=1}^T (f_t(x_t) - f_t(u)) \ge \sum_{t=1}^T \langle g_t, x_t - u \rangle"),
    ],
)  # fmt: skip
def test_losses_with_an_index_are_convex(claim: str, twin: str) -> None:
    """`$f_t$ is convex` speaks of each of them; T counts the rounds, and turns a gradient."""
    assert last_status(LOSSES, claim) == "holds"
    assert last_status(LOSSES, twin) != "holds"


@pytest.mark.parametrize(
    "words", ["By convexity of $f_i$:", "For a convex loss $f_i$,", "The convex cost function $f_i$ obeys"]
)
def test_words_about_a_convex_function(words: str) -> None:
    """The noun may come before the property, and a loss is a function."""
    claim = r"f_i(u) \ge f_i(w) + \nabla f_i(w)^\top (u - w)"
    assert last_status(words, claim) == "holds"
    assert last_status(words, claim.replace("\\ge", "\\le")) != "holds"


def test_each_of_them_is_smooth() -> None:
    """A constant beside a function with an index."""
    words = "Let each $f_i$ be convex. Each $f_i$ is $L$-smooth."
    claim = r"f_i(u) \le f_i(w) + \nabla f_i(w)^\top (u - w) + \frac{L}{2} \|u - w\|^2"
    assert last_status(words, claim) == "holds"
    assert last_status(words, claim.replace("{2}", "{3}")) != "holds"
    together = "Each $f_i$ is $L$-smooth and convex."
    assert last_status(together, r"f_i(u) \ge f_i(w) + \nabla f_i(w)^\top (u - w)") == "holds"
    assert last_status("Each $f_i$ is $L$-smooth.", r"f_i(u) \ge f_i(w) + \nabla f_i(w)^\top (u - w)") != "holds"


def test_a_bound_counts_with_whole_numbers() -> None:
    """What a sum in an inequality runs to is a whole number there as well."""
    assert last_status("", r"\left(\sum_{s=1}^N a_s\right)^2 \le N \sum_{s=1}^N a_s^2") == "holds"
    assert last_status("", r"\left(\sum_{s=1}^N a_s\right)^2 \le \sum_{s=1}^N a_s^2") != "holds"
    assert last_status("", r"0 \le \sum_{s=1}^N a_s^2 = \sum_{s=1}^{N-1} a_s^2 + a_N^2") == "holds"
    assert last_status("", r"0 \le \sum_{s=1}^N a_s^2 = \sum_{s=1}^{N-1} a_s^2 + a_1^2") != "holds"


def test_a_plain_letter_may_still_be_raised_to_the_last_moment() -> None:
    """Only gradients are never powers: the discount after T rounds is one."""
    words = "Let $\\gamma = 0.9$ be the discount of $T$ rounds."
    claim = r"\sum_{t=0}^{T-1} \gamma^t = \frac{1 - \gamma^T}{1 - \gamma}"
    assert last_status(words, claim) == "holds"
    assert last_status(words, claim.replace("1 - \\gamma^T", "1 - \\gamma^{T-1}")) != "holds"


@pytest.mark.parametrize(
    ("claim", "twin"),
    [
        (r"\nabla_w \left(\frac{1}{|B|} \sum_{i \in B} \ell_i(w)\right) = \frac{1}{|B|} \sum_{i \in B} \nabla_w \ell_i(w)", r"\nabla_w \left(\frac{1}{|B|} \sum_{i \in B} \ell_i(w)\right) = \sum_{i \in B} \nabla_w \ell_i(w)"),
        (r"\partial_w \frac{1}{|\mathcal{B}_t|} \sum_{i \in \mathcal{B}_t} f(x_i, w) = \frac{1}{|\mathcal{B}_t|} \sum_{i \in \mathcal{B}_t} \partial_w f(x_i, w)", r"\partial_w \frac{1}{|\mathcal{B}_t|} \sum_{i \in \mathcal{B}_t} f(x_i, w) = \sum_{i \in \mathcal{B}_t} \partial_w f(x_i, w)"),
        (r"\nabla_w \frac{1}{n} \sum_{i=1}^n \ell_i(w) = \frac{1}{n} \sum_{i=1}^n \nabla_w \ell_i(w)", r"\nabla_w \frac{1}{n} \sum_{i=1}^n \ell_i(w) = \frac{1}{n} \sum_{i=1}^{n-1} \nabla_w \ell_i(w)"),
        (r"\sum_j a_j g_j(x) = \sum_j g_j(x) a_j", r"\sum_j a_j g_j(x) = \sum_j g_j(x)"),
    ],
)  # fmt: skip
def test_sums_over_functions_with_an_index(claim: str, twin: str) -> None:
    """The letter numbers functions and no values; a slope of a mean is the mean of the slopes."""
    assert last_status("A minibatch takes some of the examples:", claim) == "holds"
    assert last_status("A minibatch takes some of the examples:", twin) != "holds"


def test_a_constant_before_what_is_differentiated() -> None:
    """∇ before a number or a fraction of counts acts on the product; what follows a bracket or a letter is a factor."""
    words = "Let $A \\in \\mathbb{R}^{n \\times n}$ be symmetric and $x \\in \\mathbb{R}^n$."
    assert last_status(words, r"\nabla_x \frac{1}{2} x^\top A x = A x") == "holds"
    assert last_status(words, r"\nabla_x \frac{1}{2} x^\top A x = 2 A x") == "error"
    assert last_status("Let $f(x) = x^2$ and $c \\in \\mathbb{R}$.", r"\nabla f(x) c = 2 c x") == "holds"


def test_an_array_whose_size_changes_with_a_letter() -> None:
    """A vector of size C_l belongs to the layer a claim speaks of: no alarm where sums run over all layers."""
    words = "Let $F^l \\in \\mathbb{R}^{C_l \\times M_l}$ be the map of layer $l$, $\\mathcal{S} = \\sum_{l=0}^L w_l \\|F^l\\|_F^2$ and $v \\in \\mathbb{R}^{C_l}$."
    claim = r"v^\top F^l (F^l)^\top v = \|(F^l)^\top v\|_2^2"
    assert last_status(words, claim) == "holds"
    assert last_status(words, claim.replace("_2^2", "_2")) != "holds"
    assert last_status(words, r"v^\top F^l (F^l)^\top v = \|(F^l)^\top v\|_2^2 \ge 0") == "holds"


DRAWN = "The loss is $f(x) = \\frac{1}{n} \\sum_{i=1}^n f_i(x)$, and $i$ is drawn uniformly at random."


@pytest.mark.parametrize(
    ("claim", "twin"),
    [
        (r"\mathbb{E}_i [\nabla f_i(x)] = \nabla f(x)", r"\mathbb{E}_i [\nabla f_i(x)] = n \nabla f(x)"),
        (r"\mathbb{E}_i \nabla f_i(x) = \frac{1}{n} \sum_{i=1}^n \nabla f_i(x)", r"\mathbb{E}_i \nabla f_i(x) = \sum_{i=1}^n \nabla f_i(x)"),
        (r"\mathbb{E}_i [\|\nabla f_i(x) - \nabla f(x)\|^2] = \mathbb{E}_i [\|\nabla f_i(x)\|^2] - \|\nabla f(x)\|^2", r"\mathbb{E}_i [\|\nabla f_i(x) - \nabla f(x)\|^2] = \mathbb{E}_i [\|\nabla f_i(x)\|^2] + \|\nabla f(x)\|^2"),
    ],
)  # fmt: skip
def test_an_example_drawn_at_random(claim: str, twin: str) -> None:
    """E_i is the mean over all i; that is a guess, and no alarm rests on it."""
    assert last_status(DRAWN, claim) == "holds"
    assert last_status(DRAWN, twin) == "not-confirmed"


def test_a_bound_on_what_the_text_defines_needs_the_definition() -> None:
    """Left free, the regret would lie below any bound that is large; and what minimises the sum minimises no member."""
    words = """Let each $f_t$ be convex, and let $x^*$ minimise $\\sum_{t=1}^T f_t(x)$. The regret is
$$
R = \\sum_{t=1}^T f_t(x_t) - \\sum_{t=1}^T f_t(x^*)
$$
We shall see that $R \\le c \\sqrt{T}$. With $\\eta > 0$,"""
    assert last_status(words, r"R \le \frac{\eta}{2} \sum_{t=1}^T \|g_t\|^2 + \frac{2}{\eta} \|x^*\|^2") != "holds"
    assert last_status(words, r"R \le \sum_{t=1}^T \nabla f_t(x_t)^T (x_t - x^*)") == "holds"
    assert last_status(words, r"f_t(x_t) - f_t(x^*) \ge 0") != "holds"
