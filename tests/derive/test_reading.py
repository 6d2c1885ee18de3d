"""Habits of notes: frames, bars, named operators, names before a colon, sets, integrals; and what must stay silent."""

import pytest

from glideslope.derive import check_chain, check_document

READ = [
    ("", r"\boxed{(a + b)^2 = a^2 + 2 a b + b^2}"),
    ("", r"||x||^2 = x^\top x"),
    ("", r"|x||y| = |x y|"),
    ("", r"{n \choose k} = \frac{n!}{k! (n - k)!}"),
    ("", r"\Gamma(x + 1) = x \Gamma(x)"),
    ("", r"\sum_{i \in \mathcal{B}_t} (x_i + y_i) = \sum_{i \in \mathcal{B}_t} x_i + \sum_{i \in \mathcal{B}_t} y_i"),
    ("", r"\prod_{i=1}^n a_i \cdot \prod_{i=1}^n b_i = \prod_{i=1}^n a_i b_i"),
    (r"Let $A \in \mathbb{R}^{n \times n}$ and $B \in \mathbb{R}^{m \times m}$.",
     r"\begin{bmatrix} A & 0 \\ 0 & B \end{bmatrix}^{-1} = \begin{bmatrix} A^{-1} & 0 \\ 0 & B^{-1} \end{bmatrix}"),
    (r"Let $\sigma > 0$ and $\mu \in \mathbb{R}$.",
     r"\int_{-\infty}^{\infty} \frac{1}{\sqrt{2 \pi} \sigma} e^{-\frac{(x - \mu)^2}{2 \sigma^2}} dx = 1"),
    ("", r"\int_0^1 \int_0^x y \, dy \, dx = \frac{1}{6}"),
    (r"Rotate about the unit vector $k = [k_x, k_y, k_z]^T$.", r"k_x^2 + k_y^2 + k_z^2 = 1"),
    (r"Let $K$ be a matrix and take the vector $k = [k_x, k_y, k_z]^T$ and the vector $v$.",
     r"k \times v = \begin{bmatrix} 0 & -k_z & k_y \\ k_z & 0 & -k_x \\ -k_y & k_x & 0 \end{bmatrix} v"),
]  # fmt: skip


@pytest.mark.parametrize(("context", "latex"), READ)
def test_habits_of_notes_are_read(context: str, latex: str) -> None:
    assert [v.status for v in check_chain(latex, context)] == ["holds"]


@pytest.mark.parametrize(
    ("context", "latex"),
    [
        ("", r"\sum_{i \in \mathcal{B}_t} x_i = \sum_i x_i"),  # a part is not the whole
        ("", r"\int_{-\infty}^{\infty} \frac{x}{1 + x^2} dx = 0"),  # has no value
        ("", r"\int_0^1 \frac{1}{x} dx = 1"),
        ("The table gives the data $X_i$.", r"\sum_{i=1}^n (X_i - 2)^2 = 1 + 0 + 1"),  # data put in
        ("", r"m_1: \; y = a + b x"),  # a model with a name
        ("", r"0 = a x + b"),  # an equation to be solved
    ],
)
def test_what_is_no_identity_gives_no_alarm_and_is_not_confirmed(context: str, latex: str) -> None:
    found = {v.status for v in check_chain(latex, context)}
    assert found <= {"not-confirmed", "not-understood", "skipped", "definition"}


def test_a_slip_beside_a_name_defined_in_a_heading_of_another_section_is_no_clash() -> None:
    text = (
        "## Show that $A = z z^T$ is symmetric\n\n$$(z z^T)^T = z z^T$$\n\n"
        "## Now let $B \\in \\mathbb{R}^{m \\times n}$ and $A$ be symmetric\n\nFor $x \\in \\mathbb{R}^m$ let $y = B^T x$.\n\n"
        "$$x^T (B A B^T) x = y^T A y$$\n"
    )
    assert {v.status for v in check_document(text, path="n.md").verdicts} <= {"holds", "not-confirmed"}


def test_an_inequality_of_the_text_that_no_sample_meets_does_not_silence_the_rest() -> None:
    context = r"The bound is $P \ge 1 + Q$ and $Q \ge 1 + P$."
    assert check_chain(r"(a + b)^2 = a^2 + 2 a b + b^2", context)[0].status == "holds"


def test_a_failure_in_a_reading_without_definitions_is_no_error_where_the_definitions_are_not_understood() -> None:
    context = r"Let $x \in \mathbb{R}$. $$g = \limsup_{n \to \infty} x^n$$ $$f = g + \limsup_{n \to \infty} \frac{x}{n}$$"
    assert check_chain("f = g", context)[0].status in ("not-understood", "not-confirmed", "definition")


def test_a_structure_the_text_states_later_is_not_missing() -> None:
    context = r"Let $a \in \mathbb{R}^K$ and $y \in \mathbb{R}^K$. "
    claim = r"a_i \sum_j y_j - y_i = a_i - y_i"
    late = check_document(f"{context}\n\n$$\n{claim}\n$$\n\nRecall that $\\sum_j y_j = 1$.", path="n.md")
    never = check_document(f"{context}\n\n$$\n{claim}\n$$\n", path="n.md")
    assert late.verdicts[-1].status == "not-confirmed"
    assert never.verdicts[-1].status == "needs-assumption"


def test_the_best_of_a_kind_is_called_like_the_others() -> None:
    text = "Let $f^*(y) = y^2 + 1$.\n\n$$f^*(3) = %s$$\n"
    assert [check_document(text % value, path="notes.md").verdicts[-1].status for value in (10, 8)] == ["holds", "error"]
    (verdict,) = check_chain(r"2 \pi^\star(a \mid s) = \pi^\star(a \mid s) + \pi^\star(a \mid s)")
    assert verdict.status == "holds"
    (verdict,) = check_chain(r"w^* (1 + x) = w^* + w^* x")
    assert verdict.status == "holds"
