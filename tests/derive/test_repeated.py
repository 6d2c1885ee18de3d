"""A factor or a term written n times below a brace, powers of matrices, inner products in angle brackets."""

import pytest

from glideslope.derive import check_document

TURNED = r"Let $A = W S W^{-1}$ with $W, S \in \mathbb{R}^{m \times m}$. $$%s$$"


def statuses(text: str) -> list[str]:
    return [v.status for v in check_document(text, path="notes.md").verdicts]


@pytest.mark.parametrize(
    "chain",
    [
        r"A^n = \overbrace{A \cdots A}^{\text{$n$ times}} = \overbrace{(W S W^{-1}) \cdots (W S W^{-1})}^{\text{$n$ times}} = W S^n W^{-1}",
        r"\underbrace{A A \cdots A}_{n \text{ factors}} = W \underbrace{S \cdots S}_{n \text{ factors}} W^{-1}",
        r"\underbrace{A + A + \dots + A}_{n \text{ times}} = n A",
    ],
)
def test_what_stands_n_times_is_a_power_or_a_multiple(chain: str) -> None:
    assert set(statuses(TURNED % chain)) == {"holds"}


@pytest.mark.parametrize(
    "wrong",
    [
        r"\overbrace{A \cdots A}^{\text{$n$ times}} = W S^n W",
        r"\overbrace{A \cdots A}^{\text{$n$ times}} = W^n S^n W^{-1}",
        r"\overbrace{A \cdots A}^{\text{$n$ times}} = n A",
        r"\overbrace{A \cdots A}^{\text{$n$ times}} = W S^{n+1} W^{-1}",
        r"\underbrace{A + \dots + A}_{n \text{ times}} = A^n",
        r"(W S)^n = W^n S^n",
        r"\overbrace{A \cdots S}^{\text{$n$ times}} = A^n",
    ],
)
def test_a_wrong_power_does_not_hold(wrong: str) -> None:
    assert "holds" not in statuses(TURNED % wrong)


PAIRS = r"Let $\mathbf{v}_i \in \mathbb{R}^k$. $$\sum_{i=1}^d \sum_{j=i+1}^d \langle \mathbf{v}_i, \mathbf{v}_j \rangle x_i x_j = %s$$"


def test_two_things_in_angle_brackets_are_an_inner_product() -> None:
    right = r"\frac{1}{2} \sum_{l=1}^k \left( \left( \sum_{i=1}^d \mathbf{v}_{i, l} x_i \right)^2 - \sum_{i=1}^d \mathbf{v}_{i, l}^2 x_i^2 \right)"
    assert statuses(PAIRS % right) == ["holds"]
    for old, new in (
        (r"\frac{1}{2}", ""),
        ("- \\sum", "+ \\sum"),
        (r"\mathbf{v}_{i, l}^2 x_i^2", r"\mathbf{v}_{i, l}^2 x_i"),
        (r"\right)^2 -", r"\right) -"),
    ):
        assert "holds" not in statuses(PAIRS % right.replace(old, new, 1))
