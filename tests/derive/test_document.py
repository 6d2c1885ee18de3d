"""How a text is read: formats, rows, conditions, annotations, layouts."""

import json

import pytest

from glideslope.derive import check_chain, check_document, check_line
from glideslope.derive.source.extract import read_source, segments

SOFTMAX = "Let $z \\in \\mathbb{R}^n$ and $y \\in \\mathbb{R}^n$.\n$$a_i = \\frac{e^{z_i}}{\\sum_k e^{z_k}}$$\n"


def statuses(latex, context=""):
    return [v.status for v in check_chain(latex, context)]


def test_every_row_keeps_its_place_and_words_are_no_mathematics():
    text = SOFTMAX + (
        "\n$$\n\\begin{aligned}\n\\frac{\\partial a_i}{\\partial z_i} &= a_i - a_i^2 && \\text{quotient rule} \\\\\n"
        "&= a_i (1 - a_i) && \\text{factor out } a_i \\\\\n&= a_i (1 + a_i)\n\\end{aligned}\n$$ (eq-x)\n"
    )
    report = check_document(text, path="x.md")
    assert {row: v.status for row, v in report.rows(1).items()} == {0: "holds", 1: "holds", 2: "error"}
    assert {v.label for v in report.block(1)} == {"eq-x"}
    assert [v.line for v in report.block(1)] == [6, 7, 8]
    assert all(text[v.span.start : v.span.end] == v.latex for v in report.verdicts)


@pytest.mark.parametrize(
    "display",
    [
        "$$\n{}\n$$", "$$ {} $$", "\\[ {} \\]", "\\begin{{equation}}\n{}\n\\end{{equation}}", "\\begin{{align*}}\n{}\n\\end{{align*}}",
        "\\begin{{eqnarray}}\n{}\n\\end{{eqnarray}}", "```{{math}}\n:label: eq-a\n{}\n```", "* item\n\n  $$\n  {}\n  $$",
    ],
)  # fmt: skip
def test_each_kind_of_display_is_found(display):
    report = check_document(
        "Let $a, b \\in \\mathbb{R}$.\n\n" + display.format("(a + b)^2 = a^2 + 2 a b + b^2"), path="x.md"
    )
    assert [v.status for v in report.verdicts] == ["holds"]


def test_code_and_front_matter_are_left_alone():
    text = "---\ntitle: $$a = 2a$$\n---\n```python\n# $$a = 2a$$\n```\nand `$$a = 2a$$` too.\n"
    assert check_document(text, path="x.md").displays == 0


def test_tex_with_macros_and_comments():
    text = (
        "\\documentclass{article}\\newcommand{\\R}{\\mathbb{R}}\\newcommand{\\sq}[1]{{#1}^2}\\begin{document}\n% $$ broken\n"
        "Let $a, b \\in \\R$.\n\\begin{align}\n\\sq{(a-b)} &= \\sq{a} - 2ab + \\sq{b} \\\\\n &= \\sq{a} + \\sq{b}\n\\end{align}\\end{document}"
    )
    assert [v.status for v in check_document(text, path="x.tex").verdicts] == ["holds", "error"]


def test_a_notebook_names_cell_and_line():
    cells = [
        {"cell_type": "code", "source": ["x = 1\n"]},
        {"cell_type": "markdown", "source": ["Let $a \\in \\mathbb{R}$.\n", "$$2 a = a + a + 1$$\n"]},
    ]
    text = json.dumps({"cells": cells}, indent=1)
    (verdict,) = check_document(text, path="x.ipynb").verdicts
    assert (verdict.status, verdict.span.cell) == ("error", 1)
    assert "a + a + 1" in text.splitlines()[verdict.line - 1]


@pytest.mark.parametrize(
    ("before", "right"),
    [("If $i = j$:", "a_i (1 - a_i)"), ("当 $i \\ne j$ 时：", "-a_i a_j"), ("若 $i = j$，", "a_i - a_i^2")],
)
def test_a_condition_in_words_holds_for_the_next_display_only(before, right):
    display = f"\n$$\\frac{{\\partial a_j}}{{\\partial z_i}} = {right}$$\n"
    report = check_document(
        SOFTMAX + before + display + "Some words in between, and no condition." + display, path="x.md"
    )
    assert [v.status for v in report.verdicts] == ["definition", "holds", "error"]


def test_shapes_come_from_the_words():
    context = r"Let $A \in \mathbb{R}^{m \times n}$, $B \in \mathbb{R}^{n \times m}$ and $x \in \mathbb{R}^n$."
    assert statuses(r"(A B)^\top = B^\top A^\top", context) == ["holds"]
    assert statuses(r"(A B)^\top = A^\top B^\top", context) == ["ill-formed"]
    assert statuses(r"x^\top A^\top A x = \lVert A x \rVert^2", context) == ["holds"]


def test_a_stated_structure_is_used():
    assert statuses(
        r"x^\top Q = (Q x)^\top", r"Let $Q \in \mathbb{R}^{n \times n}$ be symmetric, $x \in \mathbb{R}^n$."
    ) == ["holds"]
    verdict = check_chain(r"x^\top Q = (Q x)^\top", r"Let $Q \in \mathbb{R}^{n \times n}$, $x \in \mathbb{R}^n$.")[0]
    assert (verdict.status, verdict.assumption) == ("needs-assumption", r"Q = Q^\top")


def test_what_is_undeclared_is_not_confirmed():
    assert statuses(r"\alpha = \beta + \rho = 2 \beta + \omega")[-1] == "not-confirmed"


def test_a_line_is_checked_against_the_one_before():
    assert check_line(r"\ln(a b)", r"\ln a + \ln b", r"Let $a, b > 0$.").status == "holds"
    assert check_line(r"\ln(a + b)", r"\ln a + \ln b", r"Let $a, b > 0$.").status == "error"


def test_a_narrower_domain_is_named():
    assert check_chain(r"\sqrt{x^2} = x", r"Let $x$ be given.")[0].domain == "positive"


def test_dots_become_a_sum():
    assert statuses(r"1 + 2 + \dots + n = \frac{n (n + 1)}{2}", "Let $n$ be an integer.") == ["holds"]


def test_annotations_speak_where_the_prose_does_not():
    text = "<!-- proof: let $a \\in \\mathbb{R}$ -->\n$$a + a = 3 a$$\n% proof: expect-fail shown as a mistake\n$$a + a = 3 a$$\n<!-- proof: skip later -->\n$$a = 4 a$$\n"
    assert [v.status for v in check_document(text, path="x.md").verdicts] == ["error", "skipped", "skipped"]


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (
            "shapes x",
            "line 1: unknown annotation 'shapes'; known are skip, skip-section, check, expect-fail, let, assume, layout, function, forget, layers",
        ),
        ("layout sideways", "line 1: layout must be one of mixed, numerator, denominator, got 'sideways'"),
        ("skip a; expect-fail b", "line 1: skip and expect-fail contradict each other; keep one"),
    ],
)
def test_a_faulty_annotation_is_a_problem_with_its_line(note, said):
    assert check_document(f"<!-- proof: {note} -->\n$$a = a$$", path="x.md").notes == (said,)


def test_the_same_text_gives_the_same_report():
    text = SOFTMAX + "$$\\sum_i a_i = 2$$"
    assert check_document(text, path="x.md") == check_document(text, path="x.md")


def test_segments_cover_the_text_in_order():
    source = read_source("# H\ntext $x$ more $$y = z$$ end")
    found = segments(source)
    assert [s.kind for s in found] == ["heading", "prose", "inline", "prose", "display", "prose"]
    assert all(source.text[s.start : s.end] == s.text for s in found)
