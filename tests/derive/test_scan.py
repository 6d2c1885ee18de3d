"""The scanner against the sentence it implements: the first opener whose closer follows, by the plainest search there is."""

import random
import re

import pytest

from glideslope.derive.source.extract import read_source, segments
from glideslope.derive.source.scan import Scanner
from glideslope.derive.syntax.tokens import find_macros

#: each kind of piece as one pattern, the order deciding between kinds that begin at the same place
PLAIN = re.compile(
    r"""(?P<note><!--.*?-->|^%[ \t]*proof:[^\n]*)
      |(?P<mathfence>^(?P<mf>`{3,}|:{3,})[ ]*\{math\}.*?^(?P=mf)[ \t]*$)
      |(?P<fence>^[ \t]*(?P<tick>`{3,}|~{3,})[^\n]*\n.*?^[ \t]*(?P=tick)[`~]*[ \t]*$)
      |(?P<verbatim>\\begin\{(?P<vname>verbatim|comment)\}.*?\\end\{(?P=vname)\})
      |(?P<code>(?<!`)(?P<ct>`+)(?!`).+?(?<!`)(?P=ct)(?!`))
      |(?P<dollars>(?<!\\)\$\$.*?(?<!\\)\$\$(?:[ \t]*\([-\w:.]+\))?)
      |(?P<bracket>\\\[.*?\\\])
      |(?P<env>\\begin\{(?P<ename>[A-Za-z]+)\*?\}.*?\\end\{(?P=ename)\*?\})
      |(?P<paren>\\\(.*?\\\))
      |(?P<inline>(?<![\\$])\$(?!\$)(?:[^$\\\n]|\\.|\n(?![ \t]*\n))+?\$(?!\d))
      |(?P<heading>^[ ]{0,3}\#{1,6}[ \t]+[^\n]*|\\(?:chapter|(?:sub)*section)\*?\{[^\n]*?\})""",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
KINDS = ("note", "mathfence", "fence", "verbatim", "code", "dollars", "bracket", "env", "paren", "inline", "heading")
PARTS = ["```", "````", "``", "`", "~~~", ":::", "{math}", "{note}", "\n", "\n", "\n\n", " ", "   ", "$", "$", "$$", "\\", "\\[", "\\]",
         "\\(", "\\)", "\\begin{align}", "\\end{align*}", "\\begin{foo}", "\\end{foo}", "\\begin{verbatim}", "\\end{verbatim}", "<!--",
         "-->", "%", "% proof: x", "# H", "\\section{", "}", "a", "1", " (l1)"]  # fmt: skip


def test_pieces_are_those_of_the_plain_search() -> None:
    for seed in range(800):
        rng = random.Random(seed)
        text = "".join(rng.choice(PARTS) for _ in range(rng.randrange(1, 50)))
        scanner, start = Scanner(text), 0
        while (plain := PLAIN.search(text, start)) is not None:
            found = scanner.next(start)
            assert found is not None, (text, plain)
            kind = next(k for k in KINDS if plain.group(k) is not None)
            assert (found.kind, found.start, found.end) == (kind, *plain.span()), text
            start = plain.end()
        assert scanner.next(start) is None, text


@pytest.mark.parametrize("opener", ["$$", "\\[", "\\(", "\\begin{align}", "<!--", "```python\n", "`", "\\section{"])
def test_an_opener_without_its_closer_is_prose(opener: str) -> None:
    found = segments(read_source(f"{opener} a\n\n$b$ c", "md"))
    assert [(s.kind, s.text) for s in found][-2:] == [("inline", "b"), ("prose", " c")]


def test_a_per_cent_sign_is_a_comment_in_tex_only() -> None:
    text = "5 % of $a$\n$b$"
    assert [s.text for s in segments(read_source(text, "md")) if s.kind == "inline"] == ["a", "b"]
    assert [s.text for s in segments(read_source(text, "tex"), tex=True) if s.kind == "inline"] == ["b"]


def test_macros_end_with_their_brace() -> None:
    text = r"\newcommand{\R}{\mathbb{R}} \renewcommand \v [1] {\mathbf{#1}} \def\d#1#2{#1\}#2} \DeclareMathOperator{\E}{E} \newcommand{\q}{x"
    assert find_macros(text) == {
        "\\R": (0, "\\mathbb{R}"),
        "\\v": (1, "\\mathbf{#1}"),
        "\\d": (2, "#1\\}#2"),
        "\\E": (0, "\\operatorname{E}"),
    }


ADMONITIONS = """Let $a, b \\in \\mathbb{R}$.

```{note}
$$ (a + b)^2 = a^2 + 2 a b + b^2 $$
```

Between them.

$$ (a - b)^2 = a^2 - 2 a b + b^2 $$

```{tip}
$$ a + b = b + a $$
```

$$ a b = b a $$

````{admonition} One in the other
```{note}
$$ 2 a = a + a $$
```
$$ 3 a = 2 a + a $$
````

$$ 4 a = 2 a + 2 a $$

```python
$$ no = maths $$
```

$$ 5 a = 4 a + a $$
"""


def test_text_between_admonitions_is_read():
    """The end of one was once taken for the opening of a fence that reached to the end of the next."""
    from glideslope.derive import check_document

    report = check_document(ADMONITIONS, path="notes.md")
    assert [(v.line, v.status) for v in report.verdicts] == [(k, "holds") for k in (4, 9, 12, 15, 19, 21, 24, 30)]
