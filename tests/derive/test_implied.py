"""An equation after an arrow: shown to follow, or left as it was; never an alarm for that."""

import pytest

from glideslope.derive import check_document

FOLLOWS = {
    "solved": (r"Let $a, b, x \in \mathbb{R}$ with $a > 0$.", r"a x - b = 0 \Rightarrow x = \frac{b}{a}"),
    "a matrix": (
        r"Let $X \in \mathbb{R}^{n \times d}$, $y \in \mathbb{R}^n$, $w \in \mathbb{R}^d$.",
        r"X^\top X w = X^\top y \implies w = (X^\top X)^{-1} X^\top y",
    ),
    "a hat": (r"Let $x \in \mathbb{R}^n$, $m \in \mathbb{R}$.", r"\sum_{i=1}^n (x_i - m) = 0 \Longrightarrow \hat m = \frac{1}{n} \sum_{i=1}^n x_i"),
    "a square": (
        r"Let $x \in \mathbb{R}^n$ and $s > 0$.",
        r"-\frac{n}{s} + \frac{1}{s^3} \sum_{i=1}^n x_i^2 = 0 \Rightarrow \hat s^2 = \frac{1}{n} \sum_{i=1}^n x_i^2",
    ),
    "divided": (r"Let $S \in \mathbb{R}^{n \times n}$, $u \in \mathbb{R}^n$, $\lambda \in \mathbb{R}$.", r"2 S u - 2 \lambda u = 0 \Rightarrow S u = \lambda u"),
    "two roots": (r"Let $s, z, \omega \in \mathbb{R}$ with $z > 1$.", r"s^2 + 2 z \omega s + \omega^2 = 0 \Rightarrow s = -z \omega \pm \omega \sqrt{z^2 - 1}"),
    "inserted": (r"Let $p, z \in \mathbb{R}$ with $0 < p < 1$.", r"z = \log \frac{p}{1-p} \Leftrightarrow e^z (1 - p) = p"),
    "next row": (r"Let $a, b, x \in \mathbb{R}$ with $a > 0$.", r"\begin{aligned} & a x = b \\ \Rightarrow\ & x = \frac{b}{a} \end{aligned}"),
}  # fmt: skip


def _verdicts(words: str, latex: str):
    return check_document(f"{words}\n\n$$\n{latex}\n$$\n").verdicts


@pytest.mark.parametrize("name", FOLLOWS)
def test_it_follows(name):
    last = _verdicts(*FOLLOWS[name])[-1]
    assert last.status == "holds"


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        (FOLLOWS["solved"][0], r"a x - b = 0 \Rightarrow x = \frac{a}{b}"),
        (FOLLOWS["a matrix"][0], r"X^\top X w = X^\top y \implies w = (X^\top X)^{-1} X^\top y + w_0"),
        (FOLLOWS["a hat"][0], r"\sum_{i=1}^n (x_i - m) = 0 \Rightarrow \hat m = \sum_{i=1}^n x_i"),
        (FOLLOWS["divided"][0], r"2 S u - 2 \lambda u = 0 \Rightarrow S u = 2 \lambda u"),
        (
            FOLLOWS["two roots"][0],
            r"s^2 + 2 z \omega s + \omega^2 = 0 \Rightarrow s = z \omega \pm \omega \sqrt{z^2 - 1}",
        ),
    ],
)
def test_what_does_not_follow_is_not_confirmed_and_no_alarm(words, latex):
    statuses = [v.status for v in _verdicts(words, latex)]
    assert statuses[-1] not in ("holds", "error", "ill-formed", "needs-assumption")


def test_nothing_follows_from_an_identity():
    words = r"Let $a, b \in \mathbb{R}$."
    statuses = [v.status for v in _verdicts(words, r"a + b = b + a \Rightarrow c = 7 a")]
    assert statuses == ["holds", "definition"]


def test_the_equation_before_is_to_be_solved():
    first = _verdicts(*FOLLOWS["divided"])[0]
    assert (first.status, first.reason["en"]) == ("skipped", "An equation to be solved, not an identity.")


def test_an_identity_after_an_arrow_is_judged_as_ever():
    words = r"Let $a, b \in \mathbb{R}$."
    assert [v.status for v in _verdicts(words, r"a + b = b + a \Rightarrow (a + b)^2 = a^2 + b^2")][-1] == "error"


def test_a_definition_may_be_solved_for_what_is_in_it():
    words = r"Let $a, h > 0$ with $a < 1$, and let $\tau = \frac{a h}{1 - a}$."
    assert _verdicts(words, r"\tau = \frac{a h}{1 - a} \Rightarrow a = \frac{\tau}{\tau + h}")[-1].status == "holds"
    assert _verdicts(words, r"\tau = \frac{a h}{1 - a} \Rightarrow a = \frac{\tau}{\tau - h}")[-1].status != "holds"


ODDS = r"Let $p, z \in \mathbb{R}$ with $0 < p < 1$."
ROWS = {
    "times what varies": r"e^z &= \frac{p}{1-p} \\ e^z (1 - p) &= p",
    "row by row": r"e^z &= \frac{p}{1-p} \\ e^z (1 - p) &= p \\ e^z &= p + p e^z \\ p &= \frac{e^z}{1 + e^z}",
    "inverted": r"e^z &= \frac{p}{1-p} \\ 1 + e^{-z} &= \frac{1}{p}",
}
BROKEN = {
    "a sign": r"e^z &= \frac{p}{1-p} \\ e^z (1 + p) &= p",
    "a term": r"e^z &= \frac{p}{1-p} \\ e^z (1 - p) &= p \\ e^z &= p \\ p &= \frac{e^z}{1 + e^z}",
    "upside down": r"e^z &= \frac{p}{1-p} \\ 1 + e^{z} &= \frac{1}{p}",
}


@pytest.mark.parametrize("name", ROWS)
def test_the_next_row_is_true_where_the_one_before_is(name):
    found = _verdicts(ODDS, f"\\begin{{aligned}} {ROWS[name]} \\end{{aligned}}")
    assert {v.status for v in found[1:]} == {"holds"}
    assert found[0].status != "holds"


@pytest.mark.parametrize("name", BROKEN)
def test_a_row_that_is_false_there_is_not_confirmed(name):
    found = [v.status for v in _verdicts(ODDS, f"\\begin{{aligned}} {BROKEN[name]} \\end{{aligned}}")]
    assert "not-confirmed" in found[1:] or "error" in found[1:]


SHAPES = r"Let $A \in \mathbb{R}^{n \times n}$, $b, v \in \mathbb{R}^n$."


@pytest.mark.parametrize(
    ("words", "claim", "holds"),
    [
        ("Rearranging gives", r"A v = b", True),
        ("Rearranging gives", r"A v = - b", False),
        ("Multiplying by $v$ we get", r"v^\top b = v^\top A v", True),
        ("Multiplying by $v$ we get", r"v^\top b = v^\top A^2 v", False),
        ("Solving for $v$ yields", r"v = A^{-1} b", True),
        ("Here we note another equation:", r"v^\top b = v^\top A v", False),
    ],
)
def test_the_next_display_follows_where_the_words_say_so(words, claim, holds):
    text = f"{SHAPES}\n\n$$\nb - A v = 0\n$$\n\n{words}\n\n$$\n{claim}\n$$\n"
    assert (check_document(text).verdicts[-1].status == "holds") == holds


def test_a_false_line_is_no_premise():
    words = r"Let $a, b \in \mathbb{R}$."
    rows = r"\begin{aligned} (a + b)^2 &= a^2 + b^2 \\ 2 (a + b)^2 &= 2 a^2 + 2 b^2 \end{aligned}"
    assert [v.status for v in _verdicts(words, rows)] == ["error", "error"]


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        (
            "Let $a, b, c, x \\in \\mathbb{R}$.",
            r"a x^2 + b x + c = 0 \Rightarrow x = \frac{-b + \sqrt{b^2 - 4 a c}}{2 a}",
        ),
        ("Let $a, b, x \\in \\mathbb{R}$.", r"(x - a)^2 = (x - b)^2 \Rightarrow a = b"),
        ("Let $a, b \\in \\mathbb{R}$.", r"(a - 1)(b - 2) = 0 \Rightarrow a = 1"),
        ("Let $x, y \\in \\mathbb{R}$.", r"|x| = |y| \Rightarrow x = y"),
        ("Let $A \\in \\mathbb{R}^{m \\times n}$ and $x, y \\in \\mathbb{R}^n$.", r"A x = A y \Rightarrow x = y"),
        ("Let $w, x \\in \\mathbb{R}^n$.", r"w^\top x = b \Rightarrow x = \frac{b w}{w^\top w}"),
        ("Let $s, t \\in \\mathbb{R}$.", r"\sin s = \sin t \Rightarrow s = t"),
    ],
)
def test_one_solution_of_several_does_not_follow(words, latex):
    assert _verdicts(words, latex)[-1].status not in ("holds", "error", "ill-formed")


def test_zero_is_a_solution_too():
    text = "Let $x, a \\in \\mathbb{R}$.\n\n$$x^3 = x$$\n\nso\n\n$$x^2 = 1$$\n"
    assert check_document(text, path="notes.md").verdicts[-1].status != "holds"
