"""How authors write: commands kept in another file, two dollars among the words, braces and reasons beside a formula."""

import pytest
from tests.derive.last import last_status

from glideslope.derive import check_document


def _statuses(text: str) -> list[str]:
    return [v.status for v in check_document(text).verdicts]


REAL = r"Let $x \in \R^n$ and $A \in \RR^{n \times n}$."
COMMANDS = {
    "norm": (REAL, r"\norm{A x}^2 = x^\top A^\top A x", r"\norm{A x}^2 = x^\top A A^\top x"),
    "mean": ("Let $X$ be a random variable.", r"\E[(X - \E[X])^2] = \E[X^2] - \E[X]^2", r"\E[(X - \E[X])^2] = \E[X^2] + \E[X]^2"),
    "variance": ("Let $X$ be a random variable.", r"\Var(3 X) = 9 \Var(X)", r"\Var(3 X) = 3 \Var(X)"),
    "bold": (r"Let $\bx, \by \in \mathbb{R}^n$.", r"\bx^\top \by = \by^\top \bx", r"\bx^\top \by = - \by^\top \bx"),
    "gradient": (
        r"Let $f(x) = x^\top A x$ with $x \in \mathbb{R}^n$ and $A \in \mathbb{R}^{n \times n}$.",
        r"\nabla{f}(x) = (A + A^\top) x",
        r"\nabla{f}(x) = 2 (A + A^\top) x",
    ),
    "integral": (r"Let $a \in \mathbb{R}$.", r"\int_0^1{a t \, dt} = \frac{a}{2}", r"\int_0^1{a t \, dt} = a"),
    "slope": (r"Let $f(x) = x^3 + 2 x$.", r"\frac{df}{dx} = f' = 3 x^2 + 2", r"\frac{df}{dx} = f' = 3 x^2 + 2 x"),
}  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_what_another_file_defines_is_read_as_most_mean_it(name):
    words, right, wrong = COMMANDS[name]
    assert last_status(words, right) == "holds"
    assert last_status(words, wrong) != "holds"


def test_a_command_the_text_defines_keeps_its_meaning():
    words = r"$\newcommand{\E}{7}$ Let $x \in \mathbb{R}$."
    assert last_status(words, r"\E x + x = 8 x") == "holds"


KRAMDOWN = "For a number $$a > 0$$ and a vector $$v \\in \\mathbb{R}^n$$ we have\n\n$$\n%s\n$$\n\nso $$a$$ scales it.\n"


def test_two_dollars_among_words_are_no_display():
    assert _statuses(KRAMDOWN % r"\|a v\| = a \|v\|") == ["holds"]
    assert _statuses(KRAMDOWN % r"\|a v\| = a^2 \|v\|") == ["error"]


def test_two_dollars_are_a_display_where_one_dollar_is_used():
    text = "Let $a, b \\in \\mathbb{R}$. So $$(a + b)^2 = a^2 + b^2$$ is what we have.\n"
    assert _statuses(text) == ["error"]


def test_two_dollars_alone_on_a_line_are_a_display():
    text = (
        "The number $$a \\in \\mathbb{R}$$ is real, so is $$b \\in \\mathbb{R}$$ here.\n\n- $$(a + b)^2 = a^2 + b^2$$\n"
    )
    assert _statuses(text) == ["error"]


def test_a_reason_is_no_step():
    words = r"Let $z \in \mathbb{R}$."
    rows = r"\begin{aligned} \frac{e^z}{1 + e^z} &= \frac{1}{e^{-z} + 1} \quad \because e^z e^{-z} = 1 \\ \because \ln 1 &= 0 \\ &= \frac{1}{1 + %s} \end{aligned}"
    assert [v.status for v in check_document(f"{words}\n\n$$\n{rows % 'e^{-z}'}\n$$\n").verdicts] == ["holds", "holds"]
    assert last_status(words, rows % "e^{z}") != "holds"


def test_for_all_declares():
    words = "Let $f(u) = \\|u\\|^2$."
    claim = r"f(x - y) = f(x) - 2 x^\top y + %s \quad \forall x, y \in \mathbb{R}^d"
    assert _statuses(f"{words}\n\n$$\n{claim % 'f(y)'}\n$$\n")[0] == "holds"
    assert _statuses(f"{words}\n\n$$\n{claim % '2 f(y)'}\n$$\n")[0] != "holds"


def test_a_slope_that_vanishes_somewhere_is_no_slip():
    words = "Let $f(x) = x^2 - 4 x$. At its smallest value"
    assert last_status(words, r"\nabla f(x) = 0") == "not-confirmed"
    assert last_status(words, r"\nabla f(x) = 2 x - 4") == "holds"
