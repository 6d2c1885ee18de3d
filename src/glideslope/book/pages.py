"""The Sphinx extension that writes our elements: cells, exercises, explorables, derivations with their badges.

What it writes is the contract of `docs/page.md`; how a thing looks is the reader's business, what it says is the lesson's.
"""

import ast
import html
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from docutils.statemachine import StringList
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from glideslope.book.badges import Badges, badge_html
from glideslope.book.changes import mark_changes
from glideslope.book.course import Course
from glideslope.book.formulas import Row, has_long_left, rows_of
from glideslope.book.map import map_html
from glideslope.book.mathematics import Mathematics, colour_symbols
from glideslope.book.outputs import outputs_html
from glideslope.book.words import WORDS
from glideslope.exercise import Exercise, list_exercises, read_exercise

__all__ = ["Pages", "setup"]


@dataclass
class Pages:
    """What the visitors need to know; it travels through Sphinx's configuration and is never pickled with it."""

    language: str
    course: Course
    outputs: dict[str, dict[str, list[dict[str, Any]]]]
    badges: dict[str, Badges]
    fronts: dict[str, dict[str, Any]]
    images: Path
    explorables: Path
    mathematics: Mathematics

    def __getstate__(self) -> dict[str, Any]:
        return {"language": self.language}


class cell(nodes.Element):  # noqa: N801 (docutils names its nodes in lower case)
    """A code cell."""


class exercise(nodes.Element):  # noqa: N801
    """An exercise around its cell."""


class explorable(nodes.Element):  # noqa: N801
    """A figure to grab."""


class CodeCell(SphinxDirective):
    """`{code-cell}`: a cell, an exercise or an explorable, by its tags."""

    has_content = True
    optional_arguments = 1
    option_spec = {"name": directives.unchanged_required, "tags": directives.unchanged, "alt": directives.unchanged}  # noqa: RUF012

    def run(self) -> list[nodes.Node]:
        """Make the node."""
        source = "\n".join(self.content).strip("\n")
        tags = [tag.strip() for tag in self.options.get("tags", "").strip("[]").split(",") if tag.strip()]
        if "explorable" in tags:
            return [_explorable_node(source)]
        node = cell(name=self.options["name"], tags=tags, source=source, alt=self.options.get("alt", ""))
        if "exercise" in tags or "derivation" in tags:
            return [self._exercise_node(node)]
        return [node]

    def _exercise_node(self, inner: cell) -> exercise:
        about = read_exercise(_literal_call(inner["source"])[1])
        language = self.env.config.glideslope_pages.language
        node = exercise(about=about)
        texts = [
            ("prompt", about.prompt),
            *((f"hint-{k + 1}", hint) for k, hint in enumerate(about.hints)),
            ("after", about.after),
        ]
        for part, text in texts:
            holder = nodes.container(part=part)
            self.state.nested_parse(
                StringList(getattr(text, language).splitlines(), source=f"{about.slug}/{part}"), 0, holder
            )
            node += holder
        node += inner
        return node


class CourseMap(Directive):
    """`{course-map}`: the route with its waypoints."""

    def run(self) -> list[nodes.Node]:
        """Make the node."""
        pages: Pages = self.state.document.settings.env.config.glideslope_pages
        return [nodes.raw("", map_html(pages.course, pages.language), format="html")]


def _explorable_node(source: str) -> explorable:
    _, slug, state = _literal_call(source)
    return explorable(slug=slug, state=state)


def _literal_call(source: str) -> tuple[str, str, dict[str, Any]]:
    """The call on a cell's last line, read without running it: its name, its first argument, its keywords."""
    call = ast.parse(source).body[-1]
    if not (isinstance(call, ast.Expr) and isinstance(call.value, ast.Call) and isinstance(call.value.func, ast.Name)):
        raise ValueError(
            f"expected the cell to end in explore(...), check(...) or derivation(...), got {source.splitlines()[-1]!r}"
        )
    state = {keyword.arg or "": ast.literal_eval(keyword.value) for keyword in call.value.keywords}
    return call.value.func.id, ast.literal_eval(call.value.args[0]), state


def visit_cell(self: HTML5Translator, node: cell) -> None:
    """Source and kept outputs."""
    pages, page = _pages(self), self.builder.current_docname
    code = highlight(node["source"], PythonLexer(stripnl=False, ensurenl=False), HtmlFormatter(nowrap=True))
    outputs = pages.outputs.get(page, {}).get(node["name"], [])
    shown = outputs_html(outputs, node["alt"], pages.images / page, f"../outputs/{page}")
    if "exercise" in node["tags"]:
        shown = ""
    self.body.append(
        f'<section class="cell" data-cell="{node["name"]}" data-tags="{" ".join(node["tags"])}">'
        f'<pre class="cell-source" tabindex="0"><code class="language-python">{code}</code></pre>'
        f'<div class="cell-output">{shown}</div></section>'
    )
    raise nodes.SkipNode


def visit_explorable(self: HTML5Translator, node: explorable) -> None:
    """A place kept for the figure, and its state."""
    about = json.loads((_pages(self).explorables / f"{node['slug']}.json").read_text("utf8"))
    language = _pages(self).language
    self.body.append(
        f'<figure class="explorable" data-explorable="{node["slug"]}" aria-label="{html.escape(about["title"][language], quote=True)}"'
        f' style="--height: {about["height"]}px; --height-narrow: {about["heightNarrow"]}px">'
        f'<script type="application/json">{_json(node["state"])}</script>'
        f"<noscript><p>{html.escape(about['alt'][language])}</p></noscript></figure>"
    )
    raise nodes.SkipNode


def visit_exercise(self: HTML5Translator, node: exercise) -> None:
    """Title and prompt, the place to answer, hints and what comes after."""
    about: Exercise = node["about"]
    language = _pages(self).language
    words = WORDS[language]
    parts = {child.get("part", "answer"): child for child in node.children}
    points = words["points"].format(n=about.points)
    self.body.append(
        f'<section class="exercise" id="exercise-{about.slug}" data-exercise="{about.slug}" data-kind="{about.kind}" data-points="{about.points}">'
        f'<header><p class="kicker">{words["exercise"]} · {points}</p><h3>{html.escape(getattr(about.title, language))}</h3></header><div class="prompt">'
    )
    _walk(self, parts["prompt"])
    self.body.append("</div>")
    if about.kind == "code":
        parts["answer"].walkabout(self)
    else:
        self.body.append(_answer_place(about))
    self.body.append('<div class="verdict" role="status" aria-live="polite"></div><div class="hints">')
    for k in range(len(about.hints)):
        self.body.append(f"<details><summary>{words['hint'].format(n=k + 1)}</summary>")
        _walk(self, parts[f"hint-{k + 1}"])
        self.body.append("</details>")
    self.body.append('</div><div class="after" hidden>')
    _walk(self, parts["after"])
    self.body.append("</div></section>")
    raise nodes.SkipNode


def _answer_place(about: Exercise) -> str:
    css = "derivation-box" if about.kind == "derivation" else "broken-line"
    return f'<div class="{css}"><script type="application/json">{_json(about.box)}</script></div>'


def _walk(translator: HTML5Translator, holder: nodes.Node) -> None:
    for child in holder.children:
        child.walkabout(translator)


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """Inline mathematics."""
    self.body.append(f'<span class="math-inline">{_katex(self, node.astext(), display=False)}</span>')
    raise nodes.SkipNode


def visit_displayed_math(self: HTML5Translator, node: nodes.math_block) -> None:
    """A formula or a derivation, with a badge a line."""
    latex, label = node.astext().strip(), node.get("label") or ""
    pages = _pages(self)
    badges = pages.badges.get(self.builder.current_docname)
    words = pages.language
    # Prompts and hints have line numbers of their own files: no badge is looked up for them.
    inside = any(isinstance(parent, exercise) for parent in _ancestors(node))
    verdicts = badges.take(latex) if badges is not None and not inside else {}
    number = f'<a class="number" href="#{label}">({node["number"]})</a>' if node.get("number") else ""
    identity = f' id="{label}"' if label else ""
    # Sphinx's own references to an equation point here.
    anchor = f'<span id="{nodes.make_id(f"equation-{label}")}"></span>' if label else ""
    rows = rows_of(latex)
    if rows:
        self.body.append(f'<div class="derivation{" long-left" if has_long_left(rows) else ""}"{identity}>{anchor}')
        befores = ["", *(row.right for row in rows[:-1])]
        for k, (before, row) in enumerate(zip(befores, rows, strict=True)):
            self.body.append(_row_html(self, before, row, k + 1, badge_html(verdicts.get(k, ()), words)))
        self.body.append(f"{number}</div>")
    else:
        every = [verdict for line in sorted(verdicts) for verdict in verdicts[line]]
        self.body.append(
            f'<div class="equation"{identity}>{anchor}<div class="math">{_katex(self, latex, display=True)}</div>{number}{badge_html(every, words)}</div>'
        )
    raise nodes.SkipNode


def _row_html(translator: HTML5Translator, before: str, row: Row, number: int, badge: str) -> str:
    left = _katex(translator, rf"\displaystyle {row.left}", display=False) if row.left else ""
    # A row with a left side of its own begins anew.
    shown = row.right if row.left else mark_changes(before, row.right)
    right = _katex(translator, rf"\displaystyle {{}}{shown}", display=False)
    return (
        f'<div class="row" data-row="{number}" tabindex="0"><div class="lhs">{left}</div><div class="math">{right}</div>'
        f'<div class="rule">{_words_html(translator, row.rule)}</div>{badge}</div>'
    )


def _words_html(translator: HTML5Translator, rule: str) -> str:
    pieces = rule.split("$")
    return "".join(
        _katex(translator, piece, display=False) if k % 2 else html.escape(piece) for k, piece in enumerate(pieces)
    )


def _katex(translator: HTML5Translator, latex: str, *, display: bool) -> str:
    pages = _pages(translator)
    symbols = pages.fronts.get(translator.builder.current_docname, {}).get("symbols", ())
    return pages.mathematics.render(colour_symbols(latex, symbols), display)


def _pages(translator: HTML5Translator) -> Pages:
    return translator.builder.config.glideslope_pages


def _ancestors(node: nodes.Node) -> list[nodes.Node]:
    found = []
    while node.parent is not None:
        node = node.parent
        found.append(node)
    return found


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("</", "<\\/")


def _add_lead(app: Sphinx, doctree: nodes.document) -> None:
    """What a lesson is about, how long it takes and what it teaches, right under its title."""
    pages: Pages = app.config.glideslope_pages
    front = pages.fronts.get(app.env.current_document.docname)
    if front is None:
        return
    words = WORDS[pages.language]
    facts = [
        words["minutes"].format(n=front["minutes"]),
        words["exercises"].format(n=len(list_exercises(app.env.current_document.docname))),
    ]
    aims = "".join(f"<li>{html.escape(aim)}</li>" for aim in front["objectives"])
    lead = (
        f'<div class="lead"><p class="summary">{html.escape(front["summary"])}</p><p class="facts">{" · ".join(facts)}</p>'
        f'<p class="aims">{words["objectives"]}</p><ul class="aims">{aims}</ul></div>'
    )
    title = next(iter(doctree.findall(nodes.title)))
    title.parent.insert(title.parent.index(title) + 1, nodes.raw("", lead, format="html"))


_WIDE = "\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’…—"
_SOFT_BREAK = re.compile(rf"(?<=[{_WIDE}])\n|\n(?=[{_WIDE}])|^\n|\n$")


def _join_chinese_lines(app: Sphinx, doctree: nodes.document) -> None:
    """One sentence a line in the source must not leave blanks between Chinese sentences."""
    if app.config.glideslope_pages.language != "zh":
        return
    for text in list(doctree.findall(nodes.Text)):
        if "\n" in text and not isinstance(
            text.parent, nodes.literal | nodes.literal_block | nodes.math | nodes.math_block | nodes.raw
        ):
            text.parent.replace(text, nodes.Text(_SOFT_BREAK.sub("", text.astext())))


def _without_search(app: Sphinx) -> None:
    # Pagefind searches; Sphinx's own Chinese stemmer fails in 9.0.
    app.builder.search = False  # type: ignore[attr-defined]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything with Sphinx."""
    app.add_config_value("glideslope_pages", None, "", Any)
    app.add_node(cell, html=(visit_cell, None))
    app.add_node(exercise, html=(visit_exercise, None))
    app.add_node(explorable, html=(visit_explorable, None))
    app.add_directive("code-cell", CodeCell)
    app.add_directive("course-map", CourseMap)
    app.add_html_math_renderer("glideslope", (visit_math, None), (visit_displayed_math, None))
    app.connect("builder-inited", _without_search)
    app.connect("doctree-read", _join_chinese_lines)
    app.connect("doctree-read", _add_lead)
    return {"parallel_read_safe": False, "parallel_write_safe": False}
