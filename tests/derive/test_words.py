r"""Words inside displays: names stay in the formula, words between statements divide them, and no relation is lost on the way."""

import pytest

from glideslope.derive import Verdict, check_document
from glideslope.derive.source.chains import Chain, chains_of
from glideslope.derive.syntax.tokens import tokenize

WORDY = r"\text{net} = w_\text{wing} \cdot \text{wing} - w_{\text{tail}} \cdot \text{tail}"


def _read(latex: str) -> list[tuple[str, ...]]:
    """Every statement of a display as its sides and the relations between them."""

    def side(chain: Chain, k: int) -> str:
        return latex[chain.members[k].start : chain.members[k].end].strip()

    found = []
    for chain in chains_of(latex):
        row = [side(chain, 0)]
        for k, relation in enumerate(chain.relations, 1):
            row += [relation, side(chain, k)]
        found.append(tuple(row))
    return found


def _verdicts(text: str) -> list[Verdict]:
    return list(check_document(text, path="n.md").verdicts)


@pytest.mark.parametrize(
    "latex",
    [
        WORDY,
        r"\text{lift} = \text{weight}",
        r"\frac{\text{true positives}}{\text{all}} = r",
        r"x = y + \textrm{log}\, z",
        r"x - \text{sign}(y) = z",
        r"Q = \textrm{diag}^{-1}(A) A",
        r"s = \text{Cov}_{x \sim p}[x]",
        r"x_{\text{new}} = x_\text{old} - g^\text{old}",
        r"\textbf{y}^\top = \textbf{x}^\top A",
        r"\text{hit-rate} = \frac{h}{n}",
        r"a = \mathop{\mathrm{argmax}}_{x} f(x)",
        r"a = \operatorname*{argmin}_{x}~f(x)",
        r"a = \underset{x}{\mathrm{argmin}} \; f(x)",
    ],
)
def test_a_word_within_a_formula_cuts_nothing(latex: str) -> None:
    (statement,) = _read(latex)
    assert len(statement) == 3
    assert latex.startswith(statement[0])
    assert latex.endswith(statement[2])


@pytest.mark.parametrize(
    ("latex", "statements"),
    [
        (r"a = b + 1 \text{ and } c = d", [("a", "=", "b + 1"), ("c", "=", "d")]),
        (r"a = b \quad \text{and} \quad c \le d", [("a", "=", "b"), ("c", "<=", "d")]),
        (r"a = b \text{ and hence } c = d", [("a", "=", "b"), ("c", "=", "d")]),
        (r"a = b, \quad \text{i.e.} \quad c = d", [("a", "=", "b"), ("c", "=", "d")]),
        (r"a = b \text{ 且 } c = d", [("a", "=", "b"), ("c", "=", "d")]),
        (r"H \le \log k \text{ with equality if and only if } p = q", [("H", "<=", r"\log k")]),
        (r"a_1 = a_2 = \dots = a_n", [("a_1", "=", "a_2", "=", "a_n")]),
        (r"f : &= x + 1", [("f", ":=", "x + 1")]),
        (r"f \stackrel{\text{def}}{=} x + 1", [("f", ":=", "x + 1")]),
        (r"2 x - 4 \overset{!}{=} 0", [("2 x - 4", "must", "0")]),
        (r"a = b \text{ for all } i = 1, \dots, n \text{ and } j = 1, \dots, m", [("a", "=", "b")]),
        (r"a = b \text{ if } i = j \text{ and } k = l", [("a", "=", "b")]),
        (r"x = 1 \text{ const.}", [("x", "=", "1")]),
        (r"x = \begin{cases} 1 & \text{if } y > 0 \\ 0 & \text{otherwise} \end{cases}", None),
        (r"x &= y && \text{symmetry} \\ &= z && \text{linearity}", [("x", "=", "y", "=", "z")]),
    ],
)
def test_words_between_statements_divide_them(latex: str, statements: list[tuple[str, ...]] | None) -> None:
    found = _read(latex)
    assert found == statements if statements is not None else len(found) == 1


def test_a_word_below_a_symbol_is_a_label_whatever_it_says() -> None:
    found = tokenize(r"x_\text{max} = x_{\text{log}} + x^\text{exp}")
    assert [t.text for t in found if t.kind == "text"] == ["max", "log", "exp"]


def test_when_an_inequality_is_tight_is_no_condition_on_it() -> None:
    (chain,) = chains_of(r"H \le \log k \text{ with equality if and only if } p = q")
    assert chain.conditions == []


def test_words_in_a_fraction_are_quantities() -> None:
    text = r"Let $\text{hits} > 0$. $$r = \frac{\text{hits}}{\text{tries}}$$ $$r \cdot \text{tries} = %s$$"
    assert _verdicts(text % r"\text{hits}")[-1].status == "holds"
    assert _verdicts(text % r"\text{tries}")[-1].status != "holds"


def test_what_follows_where_is_known_before_the_line_it_stands_in() -> None:
    text = r"Let $a, b > 0$. $$\frac{s}{a} = b \quad \text{where } s = %s$$"
    assert [v.status for v in _verdicts(text % "a b")] == ["holds", "definition"]
    assert [v.status for v in _verdicts(text % "a + b")] == ["error", "definition"]


def test_both_statements_beside_an_and_are_judged() -> None:
    text = r"Let $x \in \mathbb{R}$. $$(x + 1)^2 = x^2 + 2 x + 1 \text{ and } (x - 1)^2 = x^2 %s 2 x + 1$$"
    assert [v.status for v in _verdicts(text % "-")] == ["holds", "holds"]
    assert [v.status for v in _verdicts(text % "+")] == ["holds", "error"]


def test_the_function_in_upright_letters_is_the_function() -> None:
    text = r"Let $a, b > 0$. $$\textrm{log}(a b) = \text{log}\, a %s \textrm{log}\, b$$"
    assert [v.status for v in _verdicts(text % "+")] == ["holds"]
    assert [v.status for v in _verdicts(text % "-")] == ["error"]


def test_names_in_upright_letters_are_quantities() -> None:
    given = r"Let $\text{wing} > 0$, $w_\text{wing} > 0$, $\text{tail} > 0$ and $w_\text{tail} > 0$."
    text = f"{given} $${WORDY}$$ $$\\text{{net}} + w_{{\\text{{tail}}}} \\cdot \\text{{tail}} = %s$$"
    assert _verdicts(text % r"w_\text{wing} \cdot \text{wing}")[-1].status == "holds"
    assert _verdicts(text % r"w_\text{tail} \cdot \text{wing}")[-1].status == "not-confirmed"
    assert _verdicts(text % r"w_\text{wing} \cdot \text{tail}")[-1].status == "not-confirmed"


def test_the_step_across_dots_is_judged() -> None:
    text = r"Let $c \in \mathbb{R}$. For all $i$ let $x_i = 2 c$. $$x_1 = x_2 = \dots = x_n = %s$$"
    assert _verdicts(text % "2 c")[-1].status == "holds"
    assert _verdicts(text % "3 c")[-1].status != "holds"


@pytest.mark.parametrize(
    "latex",
    [
        r"f'(x) = 2 x - 4 \overset{!}{=} 0",
        r"f'(x) = 2 x - 4 \stackrel{?}{=} 0",
        r"\min_x f(x) \quad \text{subject to} \quad x^2 - 4 \le 0",
    ],
)
def test_what_is_asked_for_or_wondered_at_is_no_claim(latex: str) -> None:
    found = _verdicts(f"Let $f(x) = x^2 - 4 x$ with $x \\in \\mathbb{{R}}$. $${latex}$$")
    assert found[-1].status == "skipped"
    assert {v.status for v in found} <= {"holds", "skipped", "definition"}


@pytest.mark.parametrize(("factor", "holds"), [("2", True), ("3", False)])
def test_a_name_may_stand_behind_the_label_of_its_formula(factor: str, holds: bool) -> None:
    words = "Let $a, b > 0$. $$ \\label{eq:gain} \\text{Gain}_{12} = \\frac{a}{b} $$ Then"
    claim = rf"\label{{eq:twice}} \text{{Gain}}_{{12}} + \text{{Gain}}_{{12}} = {factor} \frac{{a}}{{b}}"
    assert (check_document(f"{words}\n\n$$ {claim} $$", path="n.md").verdicts[-1].status == "holds") is holds
