"""Whatever the text: a sound report, in time that grows with its length, and never an exception of ours."""

import contextlib
import io
import json
import random
import time
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.derive import fuzzing
from tests.derive.fuzzing import TOKENS, assert_sound, checked, clock, damage, passage, unsound

from glideslope.derive import check_document
from glideslope.derive.command import main
from glideslope.derive.report import Repair, Span
from glideslope.errors import ParseError

pytestmark = pytest.mark.slow
FEW = settings(max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
NOTES = "Let $a, b \\in \\mathbb{R}$ with $b > 0$.\n\n$$\n(a + b)^2 = a^2 + 2 a b + b^2\n$$\n\n设 $c = a$，则\n\n$$\\ln b^2 = \\ln b$$\n"


@FEW
@given(st.integers(0, 2**32))
def test_damaged_notes_give_a_sound_report(seed: int) -> None:
    rng = random.Random(seed)
    text = damage(passage(rng, most=500), rng)
    report, _ = checked(text)
    assert unsound(report, text) == []


@FEW
@given(st.lists(st.sampled_from(TOKENS), max_size=30), st.booleans())
def test_any_run_of_tokens_gives_a_sound_report(tokens: list[str], displayed: bool) -> None:
    text = " ".join(tokens)
    text = f"$$\n{text}\n$$" if displayed else text
    report, _ = checked(text)
    assert unsound(report, text) == []


@FEW
@given(st.integers(0, 2**32))
def test_a_text_gets_the_same_report_twice(seed: int) -> None:
    rng = random.Random(seed)
    text = damage(passage(rng, most=400), rng)
    assert checked(text)[0] == checked(text)[0]


def _statuses(data: bytes, tmp_path, monkeypatch, name: str = "notes.md") -> list[tuple[int, str]]:
    monkeypatch.setenv("GLIDESLOPE_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / name).write_bytes(data)
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert main([str(tmp_path / name), "--format", "json"]) in (0, 1)
    return [(v["line"], v["status"]) for v in json.loads(out.getvalue())["files"][0]["verdicts"]]


@pytest.mark.parametrize(
    "data",
    [
        NOTES.replace("\n", "\r\n").encode(),
        NOTES.replace("\n", "\r").encode(),
        NOTES.encode("utf-8-sig"),
        NOTES.encode("utf-16"),
        NOTES.encode("gb18030"),
        NOTES.encode("utf-8-sig").replace(b"\n", b"\r\n"),
    ],
    ids=["crlf", "cr", "bom", "utf-16", "gb18030", "bom and crlf"],
)
def test_encoding_and_line_ends_change_no_verdict(data: bytes, tmp_path, monkeypatch) -> None:
    assert _statuses(data, tmp_path, monkeypatch) == _statuses(NOTES.encode(), tmp_path, monkeypatch, "plain.md")


@settings(FEW, max_examples=25)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_a_file(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("bytes") / "notes.md"
    path.write_bytes(b"$$" + data + b"$$\n" + NOTES.encode())
    for form in ("text", "json", "sarif", "github", "junit"):
        with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()):
            assert main([str(path), "--format", form, "--no-cache"]) in (0, 1)
        if form in ("json", "sarif"):
            json.loads(out.getvalue())
        if form == "junit":
            ET.fromstring(out.getvalue().encode("utf8", "surrogatepass").decode("utf8", "replace"))


CELLS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.sampled_from(["$$1 = 2$$", "markdown", "\n", "\ud800"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["cells", "cell_type", "source", "worksheets"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@FEW
@given(st.lists(st.fixed_dictionaries({"cell_type": CELLS, "source": CELLS}) | CELLS, max_size=3))
def test_any_notebook_is_read_or_refused_with_a_sentence(cells: object) -> None:
    with contextlib.suppress(ParseError):
        check_document(json.dumps({"cells": cells}), path="x.ipynb", seconds=0.0)


@pytest.mark.parametrize("cells", [None, 1], ids=["null", "number"])
def test_cells_that_are_no_list_are_refused_with_a_sentence(cells: object) -> None:
    with pytest.raises(ParseError):
        check_document(json.dumps({"cells": cells}), path="x.ipynb")


BLOCK = (
    "Let $a, b \\in \\mathbb{R}$.\n\n$$\n(a + b)^2 = a^2 + 2 a b + b^2\n$$\n\n"
    + "Plain words, five to the line.\n" * 200
)
GROWING = {
    "prose": "Words, and 5 % more of them.\n",
    "one line": "Words and more of them, ",
    "displays": BLOCK,
    "dollars": "$",
    "braces": "{",
    "backslashes": "\\",
    "headings": "# H\n",
    "inline": "Let $x_i = 3$ and $y \\in \\mathbb{R}^n$. ",
    "ticks": "`` a ` ",
    "comments": "% a\n",
    "macros": "\\newcommand{\\a}{b}\n",
    "tildes": "~~~\nx\n\n",
    # openers without a closer, which must not each be searched for to the end of the text, and many definitions of one name
    "definitions": "Let $x_{%d} = %d$. ",
    "align": "\\begin{align} a &= b \\\\ ",
    "theorem": "\\begin{foo} a ",
    "bracket": "\\[ ",
    "paren": "\\( ",
    "note": "<!-- ",
    "fence": "```{note}\nx\n",
    "open macro": "\\newcommand{\\a}{",
    "section": "\\section{a ",
    "open let": "<!-- proof: let ",
    "code runs": "` `` ",
    "long ticks": "```````` x\n",
    "per cent": "Words, and 5 % more of them. ",
}


def _grown(piece: str, size: int) -> str:
    if "%d" in piece:
        return "".join(piece % (k, k) for k in range(size // len(piece)))
    return piece * (size // len(piece) + 1)


@pytest.mark.parametrize("name", GROWING)
def test_time_grows_with_the_length(name: str) -> None:
    def seconds(size: int) -> float:
        text, took = _grown(GROWING[name], size), []
        for _ in range(3):
            began = time.process_time()
            with clock(30):
                check_document(text, path="x.md", seconds=0.0)
            took.append(time.process_time() - began)
        return min(took)

    seconds(2_000)
    small, large = seconds(3_000), seconds(12_000)
    # Linear is 4 and quadratic 16; between them lies the noise of a shared machine. Under 0.1 s there is nothing to tell.
    assert large < 0.1 or large < 9 * small


@pytest.mark.parametrize("name", ["prose", "one line", "braces"])
def test_a_megabyte_is_read(name: str) -> None:
    """Ten of them are read in `make soak`."""
    report, _ = checked(f"{_grown(GROWING[name], 1_000_000)}\n\n{NOTES}")
    assert [v.status for v in report.verdicts][-2:] == ["holds", "error"]


HOSTILE = {
    "exponents": "x = 9^{9^{9^{9}}}",
    "negative": "x = 2^{-9^{9^{9}}}",
    "terms": r"\sum_{i=1}^{1000000000} i = 5",
    "product": r"\prod_{i=1}^{10^9} i = 5",
    "factorial": "(10^9)! = 7",
    "binomial": r"\binom{10^9}{5 \cdot 10^8} = 1",
    "braces": "{" * 100_000 + "x" + "}" * 100_000 + " = 1",
    "parentheses": "(" * 20_000 + "x" + ")" * 20_000 + " = x",
    "fractions": r"\frac{1}{" * 5_000 + "x" + "}" * 5_000 + " = 1",
    "macro": r"\newcommand{\q}{\q\q} \q = 1",
    "macros": "".join(rf"\newcommand{{\{a}}}{{\{b}\{b}\{b}\{b}}}" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + r"\a = 1",
    "relations": "x " + "= x " * 3_000,
    "derivatives": r"\frac{\partial}{\partial x}" * 200 + "x = 0",
    "matrix": r"\begin{bmatrix}" + " & ".join("x" * 1 for _ in range(300)) + r"\end{bmatrix} = A",
    "sums": "".join(rf"\sum_{{{a}=1}}^{{n}}" for a in "ijklmpqrstuv") + " 1 = n^{12}",
    "integrals": r"\int_0^1" * 6 + " x = 1",
    "no set": r"\mathrm{H}(X) = - \sum_{x \in ，，， .",
    "no letter": r"\sum_{\in A} x = \sum_{= 1}^3 x = \sum_{x \in \{1,,2\}} x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_formula_ends_in_a_verdict(name: str) -> None:
    latex = HOSTILE[name]
    report, _ = checked(f"Let $x \\in \\mathbb{{R}}$.\n\n$$\n{latex}\n$$\n\n{NOTES}")
    assert [v.status for v in report.verdicts][-2:] == ["holds", "error"]


#: what a damaged declaration made of the sizes
HUGE = {
    "the end of the declaration lost": "Let $A, B \\in \\mathbb{R}^{n \\times n}invertible and $\\in \\mathbb{R}^n$.\n\n$$\n"
    "(A B)^{-1} A B x = B^{-1} A^{-1} A B x = B^{-1} B x = x\n$$\n",
    "a brace lost": "Let $\\boldsymbol{A} \\in \\mathbb{R}^{2 \\times 2} have the{bbb{R}$.\n\n$$\nk \\boldsymbol{A} = \\begin{bbb{R}$.\n\n$$\n"
    "k \\}$.\nA} = \\begin{bbb{R}$.\n\n$$\nk \\boldsymbol{A} = \\begin{bmatrix} k a_{11} & k a_{21} \\\\ k a_{12} & k a_{22} \\end{bmatrix}\n$$\n",
    "a second derivative": "For $\\mathbf{o} \\in \\mathbb{R}^qput $g(\\mathbf{o}) = \\log \\sum_{k=1}^q e^{o_k}$ and $\\mathbf{p} ="
    " \\operatorname{softmax}(\\mathbf{o})$.\n\n$$\n\\nabla^2 g(\\mathbf{o}) = \\frac{\\partial \\mathbf{p}}{\\partial \\mathbf{o}}\n$$\n",
}


@pytest.mark.parametrize("name", HUGE)
def test_an_array_too_large_to_fill_is_not_understood(name: str) -> None:
    report, _ = checked(HUGE[name], cpu_s=5)
    assert report.verdicts[-1].status == "not-understood"
    assert report.verdicts[-1].reason["en"] == "Not read: budget."


#: sizes beyond all budgets in sound declarations: smaller ones are tried
LARGE = {
    "a matrix": "Let $A \\in \\mathbb{R}^{100000 \\times 100000}$.\n\n$$\nA A^{-1} A = A\n$$\n",
    "a sum of squares": "Let $x \\in \\mathbb{R}^{1000000000}$.\n\n$$\nx^\\top x = \\|x\\|^2\n$$\n",
}


@pytest.mark.parametrize("name", LARGE)
def test_a_large_array_is_tried_smaller(name: str) -> None:
    report, _ = checked(LARGE[name], cpu_s=5)
    assert [v.status for v in report.verdicts] == ["holds"]


def _verdicts(seeds: range) -> list[str]:
    found: list[str] = []
    for seed in seeds:
        rng = random.Random(seed)
        found += [v.status for v in checked(damage(passage(rng, most=500), rng))[0].verdicts]
    return found


def test_damaged_notes_still_give_verdicts() -> None:
    """A checker that reads nothing would pass every test above: damaged texts must be judged, in many ways."""
    found = _verdicts(range(120))
    assert len(found) > 60
    assert {"holds", "definition", "not-confirmed", "not-understood"} <= set(found)


REPORT = checked(NOTES)[0]
#: a report made wrong in one way each
WRONG = {
    "status": {"status": "fine"},
    "line before the text": {"line": 0},
    "line after the text": {"line": 10**6},
    "span": {"span": Span(0, 1, 1, 1, 1)},
    "latex": {"latex": "x"},
    "no English": {"reason": {"en": "", "zh": "x"}},
    "no Chinese": {"reason": {"en": "x", "zh": ""}},
    "own defect": {"reason": {"en": "Not read: the checker failed on it (KeyError).", "zh": "x"}},
    "repair": {"repairs": (Repair(0, 1, "not there", "x", "", "", "sign"),)},
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_report_is_seen(name: str) -> None:
    assert_sound(REPORT, NOTES)
    first, *others = REPORT.verdicts
    with pytest.raises(AssertionError):
        assert_sound(replace(REPORT, verdicts=(replace(first, **WRONG[name]), *others)), NOTES)  # type: ignore[arg-type]


def test_a_crash_and_a_hang_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzzing, "check_document", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        checked(NOTES)

    def hangs(*_: object, **__: object) -> None:
        while True:
            pass

    monkeypatch.setattr(fuzzing, "check_document", hangs)
    with pytest.raises(fuzzing.Hang):
        checked(NOTES, cpu_s=0.05)
