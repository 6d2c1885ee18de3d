"""A course of one small lesson, built for real: pages in two languages, badges, figures, notebooks, search."""

import json
import re
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from glideslope.book.build import Site, build_notebooks, build_site
from glideslope.book.course import read_course
from glideslope.book.mathematics import Mathematics
from glideslope.errors import GlideslopeError

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("build")]

LESSON = """---
title: {title}
summary: {title}
minutes: 5
objectives: [{title}]
symbols: [z, a]
jupytext: {{text_representation: {{extension: .md, format_name: myst}}}}
kernelspec: {{display_name: Python 3, language: python, name: python3}}
---
# {title}

(sec-one)=
## {title}

{prose}
See {{eq}}`eq-softmax` and {{cite}}`someone2020`.

$$
a_i = \\frac{{e^{{z_i}}}}{{\\sum_k e^{{z_k}}}}
$$ (eq-softmax)

$$
\\begin{{aligned}}
\\frac{{\\partial a_i}}{{\\partial z_i}} &= a_i - a_i^2 && \\text{{{title}}} \\\\
&= a_i (1 - a_i) && \\text{{{title} $a_i$}}
\\end{{aligned}}
$$ (eq-slope)

```{{code-cell}} ipython3
:name: numbers
print("1 + 1 =", 1 + 1)
```

```{{code-cell}} ipython3
:name: figure
:tags: [remove-input, explorable]
from glideslope import explore
explore("bars", z=[1.0, 2.0])
```
"""
PROSE = {
    "en": "Let $z \\in \\mathbb{R}^K$ be the scores of $K$ classes.\nTheir softmax is $a \\in \\mathbb{R}^K$.",
    "zh": "设 $z \\in \\mathbb{R}^K$ 是 $K$ 个类别的分数。\n它的 softmax 记作 $a \\in \\mathbb{R}^K$。",
}
TITLES = {"en": "A small lesson", "zh": "一节小课"}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    course = tmp_path / "course"
    folder = course / "lessons" / "small"
    folder.mkdir(parents=True)
    for language in ("en", "zh"):
        (folder / f"lesson.{language}.md").write_text(LESSON.format(title=TITLES[language], prose=PROSE[language]), "utf8")
        (course / f"index.{language}.md").write_text("# Map\n\n```{course-map}\n```\n")
    (course / "toc.toml").write_text(
        '[[legs]]\ntitle = {en = "Leg", zh = "段"}\n[[legs.lessons]]\nslug = "small"\nminutes = 5\n'
        'title = {en = "A small lesson", zh = "一节小课"}\nsummary = {en = "s", zh = "s"}\n'
    )
    (course / "refs.bib").write_text("@book{someone2020, author={Some One}, title={A Title}, publisher={P}, year={2020}}")
    (course / "notation.toml").write_text('[[symbols]]\nsymbol = "z"\nen = "scores"\nzh = "分数"\nshape = "(K,)"\nunit = "1"\nfirst = "small"\n')
    assets = tmp_path / "assets"
    (assets / "explorables").mkdir(parents=True)
    (assets / "reader.js").write_text("")
    about = {"title": {"en": "Bars", "zh": "柱"}, "alt": {"en": "bars", "zh": "柱"}, "height": 300, "heightNarrow": 400}
    (assets / "explorables" / "bars.json").write_text(json.dumps(about))
    monkeypatch.setenv("GLIDESLOPE_COURSE_DIR", str(course))
    monkeypatch.setattr("glideslope.book.explore.explorables_dir", lambda: assets / "explorables")
    outputs = {"numbers": [{"output_type": "stream", "name": "stdout", "text": "1 + 1 = 2\n"}], "figure": []}
    monkeypatch.setattr("glideslope.book.build.run_lesson", lambda lesson: outputs)
    return Site(tmp_path / "site", read_course(course), assets, Mathematics(tmp_path / "math.json"), say=lambda _: None)


def _page(site: Site, name: str) -> str:
    return (site.out / name).read_text("utf8")


def test_the_pages_hold_what_the_contract_says(site: Site) -> None:
    build_site(site)
    for language, spoken in (("en", "en"), ("zh", "zh-Hans")):
        page = _page(site, f"{language}/small.html")
        assert f'<html lang="{spoken}" data-root=".." data-lesson="small" data-live="no">' in page
        assert '<section class="cell" data-cell="numbers" data-tags="">' in page
        assert '<pre class="stream" data-name="stdout">1 + 1 = 2\n</pre>' in page
        assert 'data-explorable="bars"' in page
        assert '<script type="application/json">{"z": [1.0, 2.0]}</script>' in page
        assert 'style="--height: 300px; --height-narrow: 400px"' in page
        assert re.findall(r'class="badge" data-status="([\w-]+)"', page) == ["definition", "holds", "holds"]
        assert re.findall(r'data-row="(\d)"', page) == ["1", "2"]
        assert '<span id="equation-eq-softmax"></span>' in page
        assert 'href="references.html#' in page
        assert 'id="sec-one"' in page
    assert 'href="../zh/small.html" hreflang="zh-Hans"' in _page(site, "en/small.html")
    assert (site.out / "pagefind" / "pagefind.js").exists()


def test_chinese_sentences_meet_without_blanks(site: Site) -> None:
    build_site(site)
    assert "个类别的分数。它的" in re.sub(r"<[^>]+>", "", _page(site, "zh/small.html"))
    assert "classes.\nTheir" in re.sub(r"<[^>]+>", "", _page(site, "en/small.html"))


def test_a_line_that_does_not_hold_stops_the_build(site: Site) -> None:
    path = site.course.waypoints[0].lesson_file("zh")
    path.write_text(path.read_text("utf8").replace("a_i (1 - a_i)", "a_i (1 + a_i)"), "utf8")
    with pytest.raises(GlideslopeError, match=r"1 displayed line\(s\) do not hold.*\n.*lesson\.zh\.md:\d+: error: a_i \(1 \+ a_i\)"):
        build_site(site)


def test_outputs_of_other_programs_are_not_shown(site: Site) -> None:
    folder = site.course.waypoints[0].folder
    (folder / "outputs.json").write_text(json.dumps({"hash": "of another program", "outputs": {"numbers": []}}))
    with pytest.raises(GlideslopeError, match=r"outputs\.json does not belong to the cells of the lesson"):
        build_site(replace(site, execute=False))
    build_site(site)
    assert json.loads((folder / "outputs.json").read_text())["hash"] != "of another program"


def test_an_unknown_citation_stops_the_build(site: Site) -> None:
    path = site.course.waypoints[0].lesson_file("en")
    path.write_text(path.read_text("utf8").replace("someone2020", "nobody1999"), "utf8")
    with pytest.raises(GlideslopeError, match="the pages of 'en' were not written"):
        build_site(site)


def test_notebooks_are_valid_and_plain(site: Site) -> None:
    build_notebooks(site)
    for language in ("en", "zh"):
        notebook = nbformat.read(site.out / f"small.{language}.ipynb", as_version=4)
        nbformat.validate(notebook)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert [cell.metadata["name"] for cell in code] == ["numbers", "figure"]
        assert code[0].outputs[0]["text"] == "1 + 1 = 2\n"
        prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
        assert "(eq-softmax)" not in prose.replace("eq-softmax and", "")
        assert "{eq}" not in prose
        assert "(sec-one)=" not in prose
        assert r"\begin{aligned}" in prose
