"""Pages made from tables: the notation and the references, in each language.

The table of symbols is `course/notation.toml`, the references are `course/refs.bib`; nobody writes these pages by hand.
"""

import tomllib

from glideslope.book.course import Course
from glideslope.book.words import WORDS

__all__ = ["notation_page", "references_page"]


def references_page(language: str) -> str:
    """MyST source of the bibliography."""
    return f"# {WORDS[language]['references']}\n\n```{{bibliography}}\n```\n"


def notation_page(course: Course, language: str) -> str:
    """MyST source of the table of symbols: what each means, its shape, its unit, the lesson that brings it in."""
    words = WORDS[language]
    titles = {waypoint.slug: waypoint.title[language] for waypoint in course.waypoints}
    table = tomllib.loads((course.root / "notation.toml").read_text("utf8"))
    rows = [
        f"| ${_latex(entry)}$ | {entry[language]} | {_code(entry['shape'])} | {_code(entry['unit'])} | {_link(entry['first'], titles)} |"
        for entry in table["symbols"]
    ]
    heads = " | ".join(words[key] for key in ("symbol", "meaning", "shape", "unit", "first"))
    return "\n".join([f"# {words['notation']}", "", f"| {heads} |", "|---|---|---|---|---|", *rows, ""])


def _latex(entry: dict[str, str]) -> str:
    return entry.get("latex", entry["symbol"])


def _code(text: str) -> str:
    return f"`{text}`" if text and text != "1" else "–"


def _link(slug: str, titles: dict[str, str]) -> str:
    return f"[{titles[slug]}]({slug}.md)" if slug in titles else slug
