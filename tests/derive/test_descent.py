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
