"""Numbers and moments above a letter: what a text differentiates by is no power."""

import pytest
from tests.derive.last import last_status

LAYERS = "Let $X \\in \\mathbb{R}^{N \\times d}$, $W^1 \\in \\mathbb{R}^{d \\times h}$, $W^2 \\in \\mathbb{R}^{h \\times k}$, $H^1 = X W^1$ and $Z = H^1 W^2$. The loss is $L$, and $\\frac{\\partial L}{\\partial W^1}$ comes last."
CELL = "The cell computes $h^t = \\tanh(w h^{t-1} + u x^t)$, and $\\ell^t = \\frac{1}{2} (h^t - y^t)^2$."


@pytest.mark.parametrize(
    ("claim", "twin"),
    [
        (r"\frac{\partial L}{\partial H^1} = \frac{\partial L}{\partial Z} {W^2}^\top", r"\frac{\partial L}{\partial H^1} = {W^2}^\top \frac{\partial L}{\partial Z}"),
        (r"\frac{\partial L}{\partial W^2} = {H^1}^\top \frac{\partial L}{\partial Z}", r"\frac{\partial L}{\partial W^2} = \frac{\partial L}{\partial Z} {H^1}^\top"),
        (r"\frac{\partial L}{\partial W^1} = X^\top \frac{\partial L}{\partial Z} {W^2}^\top", r"\frac{\partial L}{\partial W^1} = X^\top \frac{\partial L}{\partial Z} W^2"),
    ],
)  # fmt: skip
def test_numbers_above_are_layers(claim: str, twin: str) -> None:
    """W^2 beside ∂L/∂W^1 is the second matrix: with powers, factors in the wrong order held."""
    assert last_status(LAYERS, claim) == "holds"
    assert last_status(LAYERS, twin) != "holds"


@pytest.mark.parametrize(
    ("claim", "twin"),
    [
        (r"\frac{\partial h^t}{\partial h^{t-1}} = (1 - (h^t)^2) w", r"\frac{\partial h^t}{\partial h^{t-1}} = (1 - h^t) w"),
        (r"\frac{\partial \ell^t}{\partial h^t} = h^t - y^t", r"\frac{\partial \ell^t}{\partial h^t} = y^t - h^t"),
    ],
)  # fmt: skip
def test_letters_above_are_moments(claim: str, twin: str) -> None:
    """A cell that runs in time."""
    assert last_status(CELL, claim) == "holds"
    assert last_status(CELL, twin) == "error"


def test_powers_stay_powers() -> None:
    """Second derivatives, variances and discounts have a number or a letter above and are differentiated all the same."""
    assert last_status("Let $f(x) = x^4$.", r"\frac{\partial^2 f}{\partial x^2} = 12 x^2") == "holds"
    assert last_status("Let $f(x) = x^4$.", r"\frac{\partial^2 f}{\partial x^2} = 4 x^2") != "holds"
    words = "Let $\\ell = -\\frac{n}{2} \\ln \\sigma^2 - \\frac{s}{2 \\sigma^2}$."
    assert last_status(words, r"\frac{\partial \ell}{\partial \sigma^2} = -\frac{n}{2 \sigma^2} + \frac{s}{2 \sigma^4}") == "holds"
    decay = f"{CELL} The weight is $\\gamma^t$, and\n$$\n\\frac{{\\partial \\ell^t}}{{\\partial h^t}} = h^t - y^t\n$$\n"
    assert last_status(decay, r"\gamma^t \gamma = \gamma^{t+1}") == "holds"
    assert last_status(decay, r"\gamma^t \gamma = \gamma^{t+2}") != "holds"
