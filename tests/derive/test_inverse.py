r"""Functions read backwards: $g^{-1}(y)$ is where g has the value y, and no quotient."""

import pytest

from .last import last_status

OPEN = "Let $g(x)$ be a strictly increasing function."
GIVEN = "Let $f(x) = e^{2 x}$."
SQUARE = "Let $f(x) = x^2$."

CLAIMS = [
    (OPEN, r"g(g^{-1}(y)) = y", [r"g(g^{-1}(y)) = g(y)"]),
    (OPEN, r"g^{-1}(g(x)) = x", [r"g^{-1}(g(x)) = \frac{1}{x}"]),
    (OPEN, r"\frac{\mathrm{d}}{\mathrm{d}y} g^{-1}(y) = \frac{1}{g'(g^{-1}(y))}", [r"\frac{\mathrm{d}}{\mathrm{d}y} g^{-1}(y) = \frac{1}{g'(y)}", r"\frac{\mathrm{d}}{\mathrm{d}y} g^{-1}(y) = g'(g^{-1}(y))"]),
    (GIVEN, r"f^{-1}(y) = \frac{1}{2} \ln y", [r"f^{-1}(y) = 2 \ln y", r"f^{-1}(y) = e^{-2 y}"]),
    ("", r"\mathrm{erf}(\mathrm{erf}^{-1}(p)) = p", [r"\mathrm{erf}^{-1}(p) = \frac{1}{\mathrm{erf}(p)}"]),
    ("", r"\mathrm{erf}^{-1}(0) = 0", [r"\mathrm{erf}^{-1}(0) = 1"]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "true"), [(words, true) for words, true, _ in CLAIMS])
def test_an_inverse_holds(words: str, true: str) -> None:
    assert last_status(words, true) == "holds"


@pytest.mark.parametrize(("words", "twin"), [(words, twin) for words, _, twins in CLAIMS for twin in twins])
def test_a_wrong_twin_does_not_hold(words: str, twin: str) -> None:
    assert last_status(words, twin) != "holds"


def test_what_takes_a_value_twice_has_no_inverse() -> None:
    assert last_status(SQUARE, r"f^{-1}(y) = \sqrt{y}") == "not-understood"


def test_a_number_to_the_power_minus_one_stays_a_quotient() -> None:
    said = "Let $\\sigma > 0$ and $\\mu$ be numbers."
    assert last_status(said, r"\sigma^{-1} (x - \mu) = \frac{x - \mu}{\sigma}") == "holds"
    assert (
        last_status("Let $A \\in \\mathbb{R}^{n \\times n}$ and $x \\in \\mathbb{R}^n$.", r"A A^{-1} (x) = x")
        == "holds"
    )
