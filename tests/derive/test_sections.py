"""What a section says by itself counts where the whole text leaves a step undecided; a false step holds in neither."""

import pytest

from glideslope.derive import check_document

SOFTMAX = r"""
## Margins

Scores are $s_j$ and the loss of example $i$ is
$$L_i = \sum_j s_j^2$$

## Entropy

Here the loss of example $i$ has the form
$$L_i = -\log \left( \frac{e^{f_i}}{\sum_j e^{f_j}} \right)$$
which is the same as
$$L_i = RIGHT$$
"""


def statuses(text):
    return [v.status for v in check_document(text, path="notes.md").verdicts]


def test_a_letter_used_again_in_another_section_has_the_meaning_given_there():
    assert statuses(SOFTMAX.replace("RIGHT", r"-f_i + \log \sum_j e^{f_j}"))[-1] == "holds"


@pytest.mark.parametrize(
    "wrong",
    [
        r"f_i + \log \sum_j e^{f_j}",
        r"-f_i - \log \sum_j e^{f_j}",
        r"-2 f_i + \log \sum_j e^{f_j}",
        r"-f_i + \log \sum_j e^{2 f_j}",
        r"\log \sum_j e^{f_j}",
    ],
)
def test_a_false_step_holds_neither_in_the_text_nor_in_its_section(wrong):
    assert statuses(SOFTMAX.replace("RIGHT", wrong))[-1] in ("not-confirmed", "error")


def test_a_matrix_of_the_text_is_no_number_in_a_section_that_does_not_say_what_it_is():
    text = r"""
# Notes

Let $A \in \mathbb{R}^{n \times n}$ and $B \in \mathbb{R}^{n \times n}$, and $k = 3$.

## Products

$$k A B = k B A$$
"""
    assert statuses(text)[-1] != "holds"


def test_a_section_does_not_take_an_alarm_back():
    text = r"""
Let $x \in \mathbb{R}^n$ and $c = x^\top x$.

## Again

$$c = 2 x^\top x$$
$$c = 2 x^\top x$$
"""
    assert statuses(text).count("holds") == 0


def test_an_inequality_between_formulas_ends_with_its_section():
    text = r"""
## One

Let $a, b \in \mathbb{R}$ with $a^2 + b^2 \leq a - 3$.

## Two

$$(a - b)^2 RELATION a^2 + b^2 - 2 a b$$
"""
    assert statuses(text.replace("RELATION", "="))[-1] == "holds"
    assert statuses(text.replace("RELATION", r"= 2 b^2 +"))[-1] == "error"


def test_what_is_forgotten_takes_its_inequalities_along():
    text = r"""
Let $a, b \in \mathbb{R}$ with $a^2 + b^2 \leq a - 3$.
<!-- proof: forget a, b -->
Let $a, b \in \mathbb{R}$.

$$(a - b)^2 = a^2 + b^2 + 2 a b$$
"""
    assert statuses(text) == ["error"]
