"""Bars inside an expectation: an absolute value, a norm, or what is given."""

from __future__ import annotations

import pytest

from glideslope.derive import check_document

NORMAL = "Let $X \\sim \\mathcal{N}(\\mu, \\sigma^2)$.\n\n$$%s$$\n"
FREE = "Let $X$ and $Y$ be random variables.\n\n$$%s$$\n"


def status(text: str) -> str:
    return check_document(text, path="notes.md").verdicts[-1].status


@pytest.mark.parametrize(
    "claim",
    [
        r"\mathbb{E}[|X|] = \mu",
        r"\mathbb{E}[|X|] = |\mu|",
        r"\mathbb{E}\left[\left|X\right|\right] = \mu",
        r"\operatorname{Var}(|X|) = \sigma^2",
    ],
)
def test_the_mean_of_a_size_is_no_mean(claim: str) -> None:
    """E|X| was once read as E X."""
    assert status(NORMAL % claim) == "not-confirmed"


@pytest.mark.parametrize(
    "claim",
    [
        r"\mathbb{E}[|X|^2] = \mu^2 + \sigma^2",
        r"\mathbb{E}[|X - \mu|^2] = \sigma^2",
    ],
)
def test_a_size_squared_is_a_square(claim: str) -> None:
    assert status(NORMAL % claim) == "holds"


def test_bars_that_enclose_and_a_bar_that_separates() -> None:
    assert status(FREE % r"\mathbb{E}\big[\mathbb{E}[|X| \mid Y]\big] = \mathbb{E}[|X|]") == "holds"
    assert status(FREE % r"\mathbb{E}\big[\mathbb{E}[|X| \mid Y]\big] = |\mathbb{E}[X]|") != "holds"
    assert status(FREE % r"\mathbb{E}[a |X|] = a \mathbb{E}[|X|]") == "holds"
    assert status(FREE % r"\mathbb{E}[X \mid Y] = \sum_x x\, p(x \mid Y)") != "error"
