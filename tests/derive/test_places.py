r"""Where a formula stands in its display, and what that says: rows of their own, displays that go on, bounds behind an equation, names of moments."""

import pytest

from glideslope.derive import check_document


def statuses(text: str) -> list[str]:
    return [v.status for v in check_document(text, path="notes.md").verdicts]


NEGATIVE = r"""Rearranging gives:

$$
\begin{aligned}
e^{-s r} &= \frac{1}{3} \\
-s r &= RIGHT
\end{aligned}
$$
"""


def test_a_row_with_a_left_side_may_begin_with_a_minus():
    verdicts = check_document(NEGATIVE.replace("RIGHT", r"\ln \frac{1}{3}")).verdicts
    assert [(v.previous, v.status) for v in verdicts][-1] == ("-s r", "holds")


@pytest.mark.parametrize("right", [r"\ln 3", r"-\ln \frac{1}{3}", r"\ln \frac{1}{2}"])
def test_such_a_row_has_to_follow(right):
    assert statuses(NEGATIVE.replace("RIGHT", right))[-1] != "holds"


def test_a_row_without_a_left_side_still_goes_on():
    text = "$$\\begin{aligned} (a - b)^2 &= a^2 - 2 a b \\\\ & + b^2 \\\\ &= b^2 - 2 a b \\\\ & + a^2 \\end{aligned}$$"
    assert statuses(text) == ["holds", "holds"]


SQUARE = "$$(u + v)(u - v) = u^2 - v^2$$"


@pytest.mark.parametrize("between", ["\n\n", "\n\nThe middle terms cancel, and so we may also write\n\n"])
def test_a_display_that_begins_with_a_relation_goes_on(between):
    verdicts = check_document(SQUARE + between + "$$= (v + u)(u - v)$$").verdicts
    assert [v.status for v in verdicts] == ["holds", "holds"]
    assert verdicts[1].previous == "u^2 - v^2"


@pytest.mark.parametrize("wrong", ["= (v + u)(v - u)", "= (u - v)^2", r"\ge u^2", r"\le -v^2"])
@pytest.mark.parametrize("between", ["\n\n", "\n\nHence we have\n\n"])
def test_it_has_to_be_true(wrong, between):
    assert statuses(SQUARE + between + f"$${wrong}$$")[-1] != "holds"


def test_with_words_between_it_may_go_on_from_something_else():
    text = SQUARE + "\n\nWhere the first of them is three, another thing is true:\n\n$$= 9 - v^2 = (3 - v)(3 + v)$$"
    assert statuses(text) == ["holds", "holds"]


def test_a_heading_ends_what_a_display_goes_on_from():
    assert statuses(SQUARE + "\n\n## Next\n\n$$= u^2 - v^2$$")[-1] == "skipped"


@pytest.mark.parametrize(
    "text",
    [
        r"$$g(s) = 4 s^3, \quad 0 < s < 1$$",
        r"$$g(s, r) = k s r, \quad 0 \le s \le 1, \; 0 \le s + r \le 1$$",
    ],
)
def test_bounds_behind_an_equation_are_where_it_is_meant(text):
    assert {*statuses(text)} == {"definition", "skipped"}


def test_bounds_that_speak_of_no_letter_of_it_are_claims():
    assert statuses(r"$$g(s) = 4 s^3, \quad 3 < 2$$")[-1] not in ("skipped", "holds")


@pytest.mark.parametrize(
    "claim",
    [
        "Cov(U, W) = E(U W) - E(U) E(W)",
        "Var(3 U) = 9 Var(U)",
        r"Var\left(U + W\right) = Var(U) + Var(W) + 2 Cov(U, W)",
        r"Corr(U, W) = \frac{Cov(U, W)}{\sqrt{Var(U) Var(W)}}",
    ],
)
def test_names_of_moments_need_no_font(claim):
    assert statuses(f"$${claim}$$") == ["holds"]


@pytest.mark.parametrize(
    "claim",
    [
        "Cov(U, W) = E(U W) + E(U) E(W)",
        "Var(3 U) = 3 Var(U)",
        r"Var\left(U + W\right) = Var(U) + Var(W) + Cov(U, W)",
        r"Corr(U, W) = \frac{Cov(U, W)}{Var(U) Var(W)}",
    ],
)
def test_and_say_what_they_say(claim):
    assert "holds" not in statuses(f"$${claim}$$")
