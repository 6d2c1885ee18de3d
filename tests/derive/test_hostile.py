"""No text crashes the checker or keeps it busy."""

import contextlib
import random
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glideslope.derive import check_chain, check_document
from glideslope.derive.syntax.parser import parse
from glideslope.errors import ParseError

HOSTILE = [
    r"x = 9^{9^{9^{9}}}",
    r"\sum_{i=1}^{1000000000} i = 5",
    r"\sum_{i=1}^{n} \sum_{j=1}^{n} \sum_{k=1}^{n} \sum_{l=1}^{n} \sum_{m=1}^{n} \sum_{p=1}^{n} \sum_{q=1}^{n} x_i x_j = 0",
    "{" * 3000 + "x" + "}" * 3000 + " = 1",
    "(" * 3000 + "x = 1",
    r"\frac" * 500 + " = 1",
    r"x^{" * 500 + "2" + "}" * 500 + " = 1",
    r"\begin{aligned} a &= b",
    r"\begin{bmatrix} 1 & 2 \\ 3 \end{bmatrix} = A",
    r"100000! = 7",
    r"\left( \left[ x \right) = ]",
    r"= = = =",
    "& & \\\\ & \\\\",
    r"f(f(f(f(f(f(x)))))) = f(x)",
    r"\int_0^1 \int_0^1 \int_0^1 \int_0^1 x\,dx\,dy\,dz\,dw = 1",
    "\x00\x01\ufffe = \u202e",
    r"a_{a_{a_{a_a}}} = a^{a^{a^a}}",
    r"\sum_{k=1}^\infty \frac{1}{k} = 3",
]


@pytest.mark.parametrize("latex", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.slow
def test_hostile_formulas_end_in_a_verdict(latex):
    start = time.perf_counter()
    for verdict in check_chain(latex, r"Let $x \in \mathbb{R}^n$."):
        assert verdict.status
    assert time.perf_counter() - start < 30  # a machine under load is ten times slower than a quiet one


PIECES = st.sampled_from(
    ["\\frac", "{", "}", "x", "_i", "^2", "\\sum_j", "=", "+", "-", "(", ")", "\\left", "\\right", "|", "\\partial", "a_j", "&", "\\\\", "\\begin{aligned}",
     "\\end{aligned}", "\\text{if}", "$", "$$", "\n", "# A\n", "\\nabla", "'", "\\log", "1", "0.5", "\\in", "\\mathbb{R}^n", "^\\top", "\\dots", ",", "\\int", "d",
     "_", "^", "\\cdot", "\\odot", "\\mathbf{W}", "<!-- proof: skip -->", "\\%", "[", "]", "\\max_k", "!", "y", "\u4e2d"]
)  # fmt: skip


@settings(
    max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(st.lists(PIECES, max_size=24))
@pytest.mark.slow
def test_any_run_of_pieces_gives_a_report(pieces):
    check_document("$$" + " ".join(pieces) + "$$", path="x.md", seconds=0.0)


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.text(max_size=40))
@pytest.mark.slow
def test_the_parser_raises_nothing_but_its_own_error(text):
    with contextlib.suppress(ParseError):
        parse(text)


@pytest.mark.slow
def test_damaged_notes_give_a_report():
    text = (Path(__file__).parents[1] / "cases" / "derivations" / "softmax-cross-entropy.en.md").read_text(
        encoding="utf-8"
    )
    rng = random.Random(7)
    for _ in range(6):
        characters = list(text)
        for _ in range(25):
            place = rng.randrange(len(characters))
            characters[place] = rng.choice(
                ["", "{", "}", "$", "\\", "_", "=", "&", characters[rng.randrange(len(characters))]]
            )
        check_document("".join(characters), path="damaged.md", seconds=0.0)


@pytest.mark.slow
def test_time_grows_with_the_length_of_the_text():
    block = "Text.\n\n$$\n(a + b)^2 = a^2 + 2 a b + b^2\n$$\n\n"
    prose = "Words and $x$ and more words.\n" * 20

    def calls(n):
        """How much is done, counted in calls, so that a busy machine makes no difference."""
        count = 0

        def note(_frame, event, _argument):
            nonlocal count
            count += event in ("call", "c_call")

        before = sys.getprofile()
        sys.setprofile(note)
        try:
            check_document((block + prose) * n, path="x.md")
        finally:
            sys.setprofile(before)
        return count

    def seconds(n):
        times = []
        for _ in range(3):
            start = time.process_time()
            check_document((block + prose) * n, path="x.md")
            times.append(time.process_time() - start)
        return min(times)

    calls(2)
    assert calls(20) < 4.4 * calls(5)  # linear is 4
    # Calls do not see a regular expression that runs over the text again and again; time does.
    seconds(5)
    assert seconds(80) < 6 * seconds(20)  # linear is 4; the rest is the noise of a busy machine


@pytest.mark.parametrize(
    "text", ["", "\ufeff$$a = a$$", "$$a\r\n= a$$\r\n", "$$", "\\begin{align} a = b", "---\ntitle: x\n---\n$$a=a$$"]
)
def test_odd_files_are_read(text):
    check_document(text, path="x.md")


def test_a_notebook_that_is_none_is_refused_with_a_sentence():
    with pytest.raises(ParseError) as error:
        check_document("{}", path="x.ipynb")
    assert str(error.value) == "expected a Jupyter notebook (JSON with a list of cells), found something else"
