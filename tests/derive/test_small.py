"""Approximations in a small quantity hold to the highest power they write; nothing is said where that is not reached."""

import pytest
from tests.derive.last import last_status

from glideslope.derive import check_document

FREE = r"Let $f : \mathbb{R} \to \mathbb{R}$ be smooth and $x \in \mathbb{R}$."
VECTORS = r"Let $L(w) = w^\top A w$ with $A \in \mathbb{R}^{n \times n}$ and $w, \epsilon \in \mathbb{R}^n$."
ANGLE = r"Let $\theta \in \mathbb{R}$. For small angles $\theta$ we have"
STEP = r"Let $h, x \in \mathbb{R}$. As $h \to 0$"
PLACE = r"Let $f : \mathbb{R} \to \mathbb{R}$ be smooth and $x, a \in \mathbb{R}$. A Taylor expansion around a gives"
#: words, the claim, twins
STEPS = {
    "a slope": (FREE, r"f(x + \epsilon) \approx f(x) + \epsilon f'(x)", [r"f(x + \epsilon) \approx f(x) - \epsilon f'(x)", r"f(x + \epsilon) \approx f(x) + 2 \epsilon f'(x)", r"f(x + \epsilon) \approx f(x) + \epsilon f(x)", r"f(x + \epsilon) \approx f(x) + \epsilon"]),
    "a gradient": (VECTORS, r"L(w + \epsilon) \approx L(w) + \epsilon^\top \nabla L(w)", [r"L(w + \epsilon) \approx L(w) - \epsilon^\top \nabla L(w)", r"L(w + \epsilon) \approx L(w) + \epsilon^\top A w"]),
    "sine": (ANGLE, r"\sin \theta \approx \theta", [r"\sin \theta \approx 2 \theta", r"\sin \theta \approx \theta^2", r"\sin \theta \approx 1"]),
    "cosine": (ANGLE, r"\cos \theta \approx 1 - \frac{\theta^2}{2}", [r"\cos \theta \approx 1 + \frac{\theta^2}{2}", r"\cos \theta \approx 1 - \theta^2", r"\cos \theta \approx 1 - \theta"]),
    "cosine roughly": (ANGLE, r"\cos \theta \approx 1", [r"\cos \theta \approx 0"]),
    "a root": (STEP, r"\sqrt{1 + h} \approx 1 + \frac{h}{2}", [r"\sqrt{1 + h} \approx 1 + h", r"\sqrt{1 + h} \approx 1 - \frac{h}{2}"]),
    "an exponential": (STEP, r"e^{x h} \approx 1 + x h", [r"e^{x h} \approx 1 + h", r"e^{x h} \approx x h"]),
    "a place": (PLACE, r"f(x) \approx f(a) + f'(a) (x - a)", [r"f(x) \approx f(a) - f'(a) (x - a)", r"f(x) \approx f(a) + f'(a) x"]),
    "a place, squared": (PLACE, r"f(x) \approx f(a) + f'(a) (x - a) + \frac{1}{2} f''(a) (x - a)^2", [r"f(x) \approx f(a) + f'(a) (x - a) + f''(a) (x - a)^2", r"f(x) \approx f(a) + f'(a) (x - a) - \frac{1}{2} f''(a) (x - a)^2"]),
    "a product": (PLACE, r"f(x) \approx f(a) + f'(a) (x - a) + \frac{1}{2} (x - a) f''(a) (x - a)", [r"f(x) \approx f(a) + f'(a) (x - a) + (x - a) f''(a) (x - a)"]),
}  # fmt: skip


@pytest.mark.parametrize("name", STEPS)
def test_it_holds_to_the_power_written_and_its_twins_are_left_alone(name):
    words, right, twins = STEPS[name]
    assert last_status(words, right) == "holds"
    assert [last_status(words, wrong) for wrong in twins] == ["skipped"] * len(twins)


@pytest.mark.parametrize("words", [r"Let $\theta \in \mathbb{R}$.", r"Let $\theta \in \mathbb{R}$. The angle $\theta$ is not small, and yet"])  # fmt: skip
def test_without_the_words_nothing_is_small(words):
    assert last_status(words, r"\sin \theta \approx \theta") == "skipped"


def test_a_remainder_shrinks_with_a_quantity_that_had_a_value():
    words = r"Let $f : \mathbb{R} \to \mathbb{R}$ be smooth, $x, c \in \mathbb{R}$, and choose $\epsilon = c f'(x)$."
    assert last_status(words, r"f(x + \epsilon) = f(x) + \epsilon f'(x) + O(\epsilon^2)") == "holds"
    assert last_status(words, r"f(x + \epsilon) = f(x) + 2 \epsilon f'(x) + O(\epsilon^2)") == "not-understood"


def test_a_chain_of_approximations():
    rows = r"\begin{aligned} f(x + \epsilon) g(x + \epsilon) &\approx (f(x) + \epsilon f'(x)) (g(x) + \epsilon g'(x)) \\ &\approx f(x) g(x) + \epsilon (f(x) g'(x) + f'(x) g(x)) \end{aligned}"
    assert [v.status for v in check_document(f"$$\n{rows}\n$$\n").verdicts] == ["holds", "holds"]
