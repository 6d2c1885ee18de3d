"""± and ∓: two lines in one."""

import pytest

from glideslope.derive import check_document


def _statuses(latex: str, words: str = r"Let $a, b, u, v, p, q \in \mathbb{R}$.") -> list[str]:
    return [v.status for v in check_document(f"{words}\n\n$$\n{latex}\n$$\n").verdicts]


@pytest.mark.parametrize(
    "latex",
    [
        r"(a \pm b)^2 = a^2 \pm 2ab + b^2",
        r"\cos(u \pm v) = \cos u \cos v \mp \sin u \sin v",
        r"-(a \pm b) = -a \mp b",
        r"-(a \pm b) = -a \pm b",  # the same two numbers
        r"\frac{2p \pm \sqrt{4p^2 + 4 q^2}}{2} = p \pm \sqrt{p^2 + q^2}",
    ],
)
def test_both_signs_hold(latex):
    assert _statuses(latex) == ["holds"]


@pytest.mark.parametrize(
    "latex",
    [
        r"(a \pm b)^2 = a^2 \pm ab + b^2",
        r"(a \pm b)^2 = a^2 \mp 2ab + b^2 \pm 1",
        r"\sin(u \pm v) = \sin u \cos v \mp \cos u \cos v",
    ],
)
def test_a_slip_behind_a_sign_is_found(latex):
    assert _statuses(latex) == ["error"]


def test_one_sided_signs_claim_nothing():
    report = check_document(
        r"Let $a, b, c \in \mathbb{R}$ and let $x$ solve it."
        "\n\n$$\nx = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}\n$$\n"
    )
    assert [v.status for v in report.verdicts] == ["skipped"]
    assert report.verdicts[0].reason["zh"]


def test_names_that_carry_a_sign_are_two_names():
    words = r"Let $p, q > 0$. $$r_\pm = p \pm q$$"
    assert _statuses(r"r_+ + r_- = 2 p", words)[-1] == "holds"
    assert _statuses(r"r_+ r_- = p^2 + q^2", words)[-1] in ("error", "not-confirmed")
