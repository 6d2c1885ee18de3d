"""Bold letters with an index are vectors, as long as what they are multiplied with."""

import pytest
from tests.derive.last import last_status

LOSS = """The prediction is $\\hat{y}^{(i)} = \\mathbf{w}^\\top \\mathbf{x}^{(i)} + b$, and one example costs
$$
l^{(i)}(\\mathbf{w}, b) = \\frac{1}{2} (\\hat{y}^{(i)} - y^{(i)})^2
$$"""


@pytest.mark.parametrize(
    ("words", "claim", "twin"),
    [
        ("", r"\nabla_{\mathbf{w}} (\mathbf{w}^\top \mathbf{x}_i - y_i)^2 = 2 \mathbf{x}_i (\mathbf{w}^\top \mathbf{x}_i - y_i)", r"\nabla_{\mathbf{w}} (\mathbf{w}^\top \mathbf{x}_i - y_i)^2 = \mathbf{x}_i (\mathbf{w}^\top \mathbf{x}_i - y_i)"),
        ("", r"\nabla_{\mathbf{w}} \mathbf{w}^\top \mathbf{x}_i = \mathbf{x}_i", r"\nabla_{\mathbf{w}} \mathbf{w}^\top \mathbf{x}_i = \mathbf{w}"),
        (LOSS, r"\partial_{\mathbf{w}} l^{(i)}(\mathbf{w}, b) = \mathbf{x}^{(i)} (\mathbf{w}^\top \mathbf{x}^{(i)} + b - y^{(i)})", r"\partial_{\mathbf{w}} l^{(i)}(\mathbf{w}, b) = \mathbf{x}^{(i)} (\mathbf{w}^\top \mathbf{x}^{(i)} - y^{(i)})"),
        (LOSS, r"\frac{1}{|\mathcal{B}|} \sum_{i \in \mathcal{B}_t} \partial_{\mathbf{w}} l^{(i)}(\mathbf{w}, b) = \frac{1}{|\mathcal{B}|} \sum_{i \in \mathcal{B}_t} \mathbf{x}^{(i)} (\hat{y}^{(i)} - y^{(i)})", r"\frac{1}{|\mathcal{B}|} \sum_{i \in \mathcal{B}_t} \partial_{\mathbf{w}} l^{(i)}(\mathbf{w}, b) = \frac{1}{|\mathcal{B}|} \sum_{i \in \mathcal{B}_t} \mathbf{x}^{(i)} (\hat{y}^{(i)} + y^{(i)})"),
        (LOSS, r"\partial_b l^{(i)}(\mathbf{w}, b) = \mathbf{w}^\top \mathbf{x}^{(i)} + b - y^{(i)}", r"\partial_b l^{(i)}(\mathbf{w}, b) = b (\mathbf{w}^\top \mathbf{x}^{(i)} + b - y^{(i)})"),
        ("", r"\|\sum_{t=1}^T \mathbf{g}_t\|^2 = \sum_{t=1}^T \|\mathbf{g}_t\|^2 + 2 \sum_{t=1}^T \sum_{s=1}^{t-1} \mathbf{g}_t^\top \mathbf{g}_s", r"\|\sum_{t=1}^T \mathbf{g}_t\|^2 = \sum_{t=1}^T \|\mathbf{g}_t\|^2 + \sum_{t=1}^T \sum_{s=1}^{t-1} \mathbf{g}_t^\top \mathbf{g}_s"),
    ],
)  # fmt: skip
def test_bold_letters_with_an_index_are_vectors(words: str, claim: str, twin: str) -> None:
    """No text need say how long they are."""
    assert last_status(words, claim) == "holds"
    assert last_status(words, twin) != "holds"


def test_what_the_text_declares_comes_first() -> None:
    """Where **x** has a shape, **x**_i is as long."""
    words = (
        "Let $\\mathbf{x} \\in \\mathbb{R}^n$, $\\mathbf{w} \\in \\mathbb{R}^n$ and $A \\in \\mathbb{R}^{m \\times n}$."
    )
    assert last_status(words, r"(A \mathbf{x}_i)^\top A \mathbf{w} = \mathbf{x}_i^\top A^\top A \mathbf{w}") == "holds"
    assert last_status(words, r"(A \mathbf{x}_i)^\top A \mathbf{w} = \mathbf{x}_i^\top A A^\top \mathbf{w}") != "holds"


def test_a_bold_letter_is_no_number_of_an_earlier_section() -> None:
    """What is a number in one dimension is a vector in many: no alarm."""
    words = """# One

$$
z^\\star = -\\frac{q}{p}
$$

# Many

Let $P$ be an $n \\times n$ symmetric matrix and $\\mathbf{q}$ an $n$-dimensional vector. Then"""
    assert last_status(words, r"\mathbf{z}^\star = -P^{-1} \mathbf{q}") != "ill-formed"
