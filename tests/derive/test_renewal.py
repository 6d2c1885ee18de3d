"""A letter introduced anew: what was said of it before no longer counts."""

from __future__ import annotations

import pytest

from glideslope.derive import check_document

SQUARE = "# One\n\nDefine $f(x) = x^2$.\n\n$$f(3) = 9$$\n\n# Two\n\n"


def last(text: str) -> str:
    return check_document(text, path="notes.md").verdicts[-1].status


@pytest.mark.parametrize(
    "again",
    [
        "Define $f(x) = x^3$.",
        "Let $f(x) = x^3$.",
        "Now consider the function $f(x) = x^3$.",
        "设 $f(x) = x^3$。",
        "定义函数 $f(x) = x^3$。",
        "Define\n\n$$f(x) = x^3$$",
        "Let\n\n$$\\begin{aligned}f(x) = x^3\\end{aligned}$$",
    ],
)
def test_a_function_defined_anew(again: str) -> None:
    assert last(SQUARE + again + "\n\n$$f(2) = 8$$\n") == "holds"
    assert last(SQUARE + again + "\n\n$$f'(x) = 3 x^2$$\n") == "holds"
    assert last(SQUARE + again + "\n\n$$f(2) = 4$$\n") in ("error", "not-confirmed")
    assert last(SQUARE + again + "\n\n$$f'(x) = 2 x$$\n") in ("error", "not-confirmed")


def test_a_letter_defined_anew() -> None:
    text = "# 一\n\n设 $s = a + b$。\n\n# 二\n\n设 $s = a - b$。\n\n$$s^2 = %s$$\n"
    assert last(text % "a^2 - 2 a b + b^2") == "holds"
    assert last(text % "a^2 + 2 a b + b^2") == "error"


def test_without_words_the_old_meaning_ends_and_no_new_one_begins() -> None:
    for value in (4, 8):
        text = SQUARE + f"Here\n\n$$f(x) = x^3$$\n\n$$f(2) = {value}$$\n"
        found = [v.status for v in check_document(text, path="notes.md").verdicts]
        assert found == ["holds", "not-confirmed", "definition"]


def test_an_equation_to_solve_is_no_alarm() -> None:
    text = "Let $f(x) = x^2$ and $g(x) = 2 x + 3$. Consider $f(x) = g(x)$.\n\n$$f'(x) = 2 x$$\n"
    assert last(text) != "error"
    text = "Let $f(x) = x^2 - 1$. Let $f(x) = 0$.\n\n$$f(2) = 3$$\n"
    assert last(text) == "holds"


def test_the_same_meaning_again_changes_nothing() -> None:
    text = "Let $s = a + b$.\n\n# Two\n\nLet $s = a + b$.\n\n$$s^2 = %s$$\n"
    assert last(text % "a^2 + 2 a b + b^2") == "holds"
    assert last(text % "a^2 - 2 a b + b^2") == "error"


def test_a_letter_declared_anew_by_its_kind_is_free_in_its_section() -> None:
    text = "# One\n\nLet $u = x^2$ for a real $x$.\n\n$$u x = x^3$$\n\n%s$$\\frac{\\partial (u + x)}{\\partial x} = 1$$\n"
    assert last(text % "# Two\n\nLet $u, x \\in \\mathbb{R}$.\n\n") == "holds"
    assert last(text % "Let $u, x \\in \\mathbb{R}$.\n\n") == "error"
    wrong = text.replace("= 1$$", "= 2$$")
    assert last(wrong % "# Two\n\nLet $u, x \\in \\mathbb{R}$.\n\n") == "not-confirmed"


def test_two_letters_that_meet_in_passing_stay_free() -> None:
    text = "Let $0 < p < 1$ and $0 < r < 1$. %s $p = r$, and something is left.\n\n$$%s$$\n"
    everywhere, there = "p (1 - r) = p - p r", "p (1 - r) = r (1 - p)"
    assert last(text % ("Believe the right share,", everywhere)) == "holds"
    assert last(text % ("Believe the right share,", there)) == "not-confirmed"
    assert last(text % ("Now let", there)) == "holds"
    assert last(text % ("Now let", "p (1 - r) = r (1 + p)")) == "error"
