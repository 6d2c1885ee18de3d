"""A theorem's line is a claim that its proof shows: in other words, and only when both agree."""

import pytest

from glideslope.derive import check_document

THEOREM = r"""
**Theorem:** Let $x \in \mathbb{{R}}^n$ with mean $m = \frac{{1}}{{n}} \sum_{{i=1}}^n x_i$. Then the spread of $x$ is

$$ S(x) = {stated} $$

**Proof:** By definition,

$$ S(x) = \sum_{{i=1}}^n (x_i - m)^2 . $$

{after}
"""
RIGHT = r"\sum_{i=1}^n x_i^2 - n m^2 ."
WRONG = (r"\sum_{i=1}^n x_i^2 + n m^2 .", r"\sum_{i=1}^n x_i^2 - m^2 .", r"\sum_{i=1}^n x_i - n m^2 .")


def first(text: str) -> tuple[str, str]:
    verdict = next(v for v in check_document(text).verdicts if v.previous.strip() in ("S(x)", "S"))
    return verdict.status, verdict.reason["en"]


def test_what_the_proof_shows_in_other_words_holds() -> None:
    assert first(THEOREM.format(stated=RIGHT, after="")) == (
        "holds",
        "What is stated here agrees with what line 8 derives.",
    )


@pytest.mark.parametrize("stated", WRONG)
def test_a_wrong_theorem_never_holds(stated: str) -> None:
    assert first(THEOREM.format(stated=stated, after=""))[0] != "holds"


@pytest.mark.parametrize("stated", WRONG)
def test_a_proof_that_repeats_a_wrong_theorem_shows_nothing(stated: str) -> None:
    assert first(THEOREM.format(stated=stated, after=rf"Hence $$ S(x) = {stated} $$"))[0] != "holds"
    again = THEOREM.format(stated=stated, after="").replace(r"\sum_{i=1}^n (x_i - m)^2 .", rf" {stated[:-1]} \; .")
    assert first(again)[0] == "definition"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("**Theorem:**", "The text goes on."),  # nothing says that it is a claim
        ("**Proof:**", "We use this later. "),
        ("**Proof:**", "**Proof:** Later. $\\blacksquare$\n\nRemark: "),  # the proof is over
        ("**Proof:**", "**Proof:** Later.\n\n## Another section\n\n"),
        ("**Proof:**", "**Theorem 2.** Another one.\n\n**Proof:**"),  # the proof of another theorem
    ],
)
def test_only_a_theorem_is_shown_and_only_by_its_own_proof(old: str, new: str) -> None:
    assert first(THEOREM.format(stated=RIGHT, after="").replace(old, new))[0] == "definition"


@pytest.mark.parametrize(
    ("states", "proves"),
    [
        ("### Lemma 3\n\n", "### Proof\n\n"),
        ("\\begin{proposition} ", "\\end{proposition}\n\\begin{proof} "),
        (":::{prf:theorem} Spread\n", ":::\n\n:::{prf:proof}\n"),
        ("**定理** ", "**证明** "),
    ],
)
def test_the_ways_to_write_a_theorem(states: str, proves: str) -> None:
    text = THEOREM.format(stated=RIGHT, after="").replace("**Theorem:** ", states).replace("**Proof:** ", proves)
    assert first(text)[0] == "holds"


def test_a_symbol_the_theorem_only_explains_stays_a_definition() -> None:
    text = THEOREM.format(stated="q - n m^2 $$ where $$ q = \\sum_{i=1}^n x_i^2 .", after="$$ S(x) = q - n m^2 $$")
    statuses = [(v.previous.strip(), v.status) for v in check_document(text).verdicts]
    assert statuses == [("S(x)", "holds"), ("q", "definition"), ("S(x)", "holds"), ("S(x)", "holds")]
