"""Build the site: both languages, search, figures, notebooks; no kernel needed where outputs are kept.

`build_site` is what `glideslope build` runs and what the wheel's build hook runs; the reader's bundle must lie ready.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from glideslope.book.badges import Badges, check_lesson
from glideslope.book.browser import write_runtime
from glideslope.book.course import LANGUAGES, Course, read_course
from glideslope.book.execute import load_outputs, run_lesson, save_outputs
from glideslope.book.lesson import Lesson, read_lesson
from glideslope.book.mathematics import Mathematics
from glideslope.book.notebooks import write_notebook
from glideslope.book.pages import Pages
from glideslope.book.proof_page import proof_page
from glideslope.book.reference_pages import glossary_page, notation_page, references_page
from glideslope.book.words import HTML_LANGUAGE, WORDS
from glideslope.errors import GlideslopeError

__all__ = ["BUILT", "Site", "build_notebooks", "build_site"]

BUILT = Path(__file__).resolve().parents[1] / "_built"
# Before the first paint: the learner's choice of light or dark, so that nothing flashes.
THEME_SCRIPT = '!function(d){let t=null;try{t=localStorage.getItem("glideslope:theme")}catch{}d.dataset.theme=t==="light"||t==="dark"?t:matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light"}(document.documentElement)'


@dataclass
class Site:
    """What a build needs to know: where from, where to, and how to say what it does."""

    out: Path
    course: Course = field(default_factory=read_course)
    assets: Path = BUILT / "assets"
    mathematics: Mathematics = field(default_factory=lambda: Mathematics(BUILT / "math.json"))
    execute: bool = True
    say: Callable[[str], None] = print


def build_site(site: Site) -> Path:
    """Write the whole site to `site.out` and return it."""
    if not (site.assets / "reader.js").exists():
        raise GlideslopeError(f"expected the reader's bundle in {site.assets} and found none; run `pip install .` in the repository, which builds it.")
    lessons, outputs = _read_all(site)
    site.out.mkdir(parents=True, exist_ok=True)
    for part in (*LANGUAGES, "assets", "notebooks", "outputs", "pagefind"):
        shutil.rmtree(site.out / part, ignore_errors=True)
    for language in LANGUAGES:
        site.say(f"pages in {WORDS['en' if language == 'zh' else 'zh']['other']}")
        _write_pages(site, language, {slug: lesson for (slug, spoken), lesson in lessons.items() if spoken == language}, outputs)
    site.mathematics.close()
    shutil.copytree(site.assets, site.out / "assets", dirs_exist_ok=True)
    if not write_runtime(site.assets.parent / "site" / "runtime", site.out / "runtime", [waypoint.slug for waypoint in site.course.waypoints]):
        site.say("Python for the browser was not found beside the reader's bundle: the page `proof` and the exercises it judges stay silent")
    (site.out / "index.html").write_text(_DOOR, "utf8")
    _write_notebooks(site.out / "notebooks", lessons, outputs)
    _index(site)
    return site.out


def build_notebooks(site: Site) -> Path:
    """Write the executed notebooks alone to `site.out` and return it."""
    lessons, outputs = _read_all(site)
    _write_notebooks(site.out, lessons, outputs)
    return site.out


def _read_all(site: Site) -> tuple[dict[tuple[str, str], Lesson], dict[str, Any]]:
    lessons = {
        (waypoint.slug, language): read_lesson(waypoint.lesson_file(language))
        for waypoint in site.course.waypoints
        for language in LANGUAGES
    }
    return lessons, {waypoint.slug: _outputs(site, lessons[waypoint.slug, "en"]) for waypoint in site.course.waypoints}


def _outputs(site: Site, lesson: Lesson) -> dict[str, Any]:
    kept = load_outputs(lesson)
    if kept is not None:
        return kept
    if not site.execute:
        raise GlideslopeError(f"{lesson.path.parent / 'outputs.json'} does not belong to the cells of the lesson; run `glideslope build`, which runs the cells, and commit the file.")
    site.say(f"running the cells of {lesson.slug}")
    outputs = run_lesson(lesson)
    try:
        save_outputs(lesson, outputs)
    except OSError as refusal:
        site.say(f"outputs of {lesson.slug} are not kept: {refusal}")
    return outputs


def _write_pages(site: Site, language: str, lessons: dict[str, Lesson], outputs: dict[str, Any]) -> None:
    source = _stage(site, language, lessons)
    settings = _settings(site, language, lessons, outputs)
    out = site.out / language
    with patch_docutils(), docutils_namespace():
        app = Sphinx(str(source), None, str(out), str(source.parent / "doctrees"), "html", confoverrides=settings, freshenv=True, status=None, warningiserror=True)
        app.connect("html-page-context", lambda app, page, _template, context, _tree: context.update(_context(site, language, lessons, page, context)))
        app.build(force_all=True)
    if app.statuscode:
        raise GlideslopeError(f"the pages of '{language}' were not written; the lines above say why.")
    for leftover in ("_static", ".buildinfo", "objects.inv", "search.html", "genindex.html", "_sources"):
        path = out / leftover
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    shutil.rmtree(source.parent)


def _stage(site: Site, language: str, lessons: dict[str, Lesson]) -> Path:
    """Lay the language's files side by side, as Sphinx wants them."""
    source = site.out / ".source" / language
    shutil.rmtree(source.parent, ignore_errors=True)
    source.mkdir(parents=True)
    for slug, lesson in lessons.items():
        shutil.copy(lesson.path, source / f"{slug}.md")
        if (lesson.path.parent / "figures").is_dir():
            shutil.copytree(lesson.path.parent / "figures", source / "figures", dirs_exist_ok=True)
    shutil.copy(site.course.root / f"index.{language}.md", source / "index.md")
    shutil.copy(site.course.root / "refs.bib", source / "refs.bib")
    (source / "references.md").write_text(references_page(language), "utf8")
    (source / "glossary.md").write_text(glossary_page(site.course, language), "utf8")
    (source / "notation.md").write_text(notation_page(site.course, language), "utf8")
    (source / "proof.md").write_text(proof_page(language), "utf8")
    listing = "\n".join([*lessons, "proof", "glossary", "notation", "references"])
    with (source / "index.md").open("a", encoding="utf8") as page:
        page.write(f"\n\n```{{toctree}}\n:hidden:\n\n{listing}\n```\n")
    return source


def _settings(site: Site, language: str, lessons: dict[str, Lesson], outputs: dict[str, Any]) -> dict[str, Any]:
    return {
        "project": "Glideslope",
        "language": {"en": "en", "zh": "zh_CN"}[language],
        "extensions": ["myst_parser", "sphinxcontrib.bibtex", "glideslope.book.pages"],
        "bibtex_bibfiles": ["refs.bib"],
        "myst_enable_extensions": ["dollarmath", "amsmath", "deflist", "attrs_inline", "attrs_block", "colon_fence"],
        "myst_dmath_double_inline": False,
        "myst_heading_anchors": 3,
        "html_theme": "theme",
        "html_theme_path": [str(Path(__file__).parent)],
        "html_math_renderer": "glideslope",
        "html_copy_source": False,
        "html_use_index": False,
        "html_permalinks": False,
        "numfig": True,
        # Equations are counted page by page, as they are numbered; numfig would count them through the whole course.
        "math_numfig": False,
        "smartquotes": False,
        "suppress_warnings": ["myst.header"],
        "glideslope_pages": Pages(
            language=language,
            course=site.course,
            outputs=outputs,
            badges={slug: Badges(lesson, check_lesson(lesson)) for slug, lesson in lessons.items()},
            fronts={slug: lesson.front for slug, lesson in lessons.items()},
            images=site.out / "outputs",
            explorables=site.assets / "explorables",
            mathematics=site.mathematics,
        ),
    }


# Docutils puts a section's id on the section; search results point at headings.
_SECTION_ID = re.compile(r'<section((?: class="[^"]*")?) id="([^"]+)">((?:\s*<span id="[^"]+"></span>)*)\s*<(h[1-6])>')


def _context(site: Site, language: str, lessons: dict[str, Lesson], page: str, context: dict[str, Any]) -> dict[str, Any]:
    other = "zh" if language == "en" else "en"
    order = list(lessons)
    place = order.index(page) if page in lessons else -1
    return {
        "body": _SECTION_ID.sub(r'<section\1>\3<\4 id="\2">', context.get("body", "")),
        "html_lang": HTML_LANGUAGE[language],
        "other_lang": HTML_LANGUAGE[other],
        "other_href": f"../{other}/{page}.html",
        "lesson_slug": page if page in lessons else "",
        "description": lessons[page].front.get("summary", "") if page in lessons else "",
        "notebook": f"../notebooks/{page}.{language}.ipynb" if page in lessons else "",
        "words": WORDS[language],
        "theme_script": THEME_SCRIPT,
        "before": _neighbour(site, language, order[place - 1]) if place > 0 else None,
        "after": _neighbour(site, language, order[place + 1]) if 0 <= place < len(order) - 1 else None,
    }


def _neighbour(site: Site, language: str, slug: str) -> dict[str, str]:
    return next({"slug": slug, "title": waypoint.title[language]} for waypoint in site.course.waypoints if waypoint.slug == slug)


def _write_notebooks(folder: Path, lessons: dict[tuple[str, str], Lesson], outputs: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for (slug, language), lesson in lessons.items():
        write_notebook(lesson, outputs[slug], folder / f"{slug}.{language}.ipynb")


def _index(site: Site) -> None:
    """Let Pagefind read the pages; its index is local and knows both languages."""
    command = [sys.executable, "-m", "pagefind", "--site", str(site.out), "--output-subdir", "pagefind", "--silent", "--exclude-selectors", ".katex-html, annotation, .cell-source, script"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise GlideslopeError(f"Pagefind could not index {site.out}: {done.stderr.strip() or done.stdout.strip()}")


_DOOR = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Glideslope</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<script>location.replace(((navigator.language || "en").toLowerCase().startsWith("zh") ? "zh" : "en") + "/index.html" + location.hash)</script>
</head><body><p><a href="en/index.html">English</a> · <a href="zh/index.html" lang="zh-Hans">中文</a></p></body></html>
"""
