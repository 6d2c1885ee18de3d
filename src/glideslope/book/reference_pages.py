"""Pages made from tables: the notation, the glossary and the references, in each language.

The tables of symbols and terms are in `course/notation.toml`, the references are `course/refs.bib`; nobody writes these pages by hand.
"""

import tomllib

from glideslope.book.course import Course
from glideslope.book.words import HTML_LANGUAGE, WORDS

__all__ = ["glossary_page", "notation_page", "references_page"]


def references_page(language: str) -> str:
    """MyST source of the bibliography."""
    return f"# {WORDS[language]['references']}\n\n```{{bibliography}}\n```\n"


def notation_page(course: Course, language: str) -> str:
    """MyST source of the table of symbols: what each means, its shape, its unit, the lesson that brings it in."""
    words = WORDS[language]
    titles, table = _titles(course, language), _table(course)
    rows = [
        f"| ${_latex(entry)}$ | {entry[language]} | {_code(entry['shape'])} | {_code(entry['unit'])} | {_link(entry['first'], titles)} |"
        for entry in table["symbols"]
    ]
    heads = " | ".join(words[key] for key in ("symbol", "meaning", "shape", "unit", "first"))
    return "\n".join([f"# {words['notation']}", "", f"| {heads} |", "|---|---|---|---|---|", *rows, ""])


def glossary_page(course: Course, language: str) -> str:
    """MyST source of the glossary: every term of the finished lessons, with its name in the other language."""
    other = "zh" if language == "en" else "en"
    titles = _titles(course, language)
    terms = [entry for entry in _table(course).get("terms", []) if entry["first"] in titles]
    terms.sort(key=lambda entry: (entry["en"] if language == "en" else entry["sort"]).casefold())
    entries = [f"{entry[language]}{_other_name(entry, language, other)}\n: {entry[f'means_{language}']} {_link(entry['first'], titles)}" for entry in terms]
    return "\n\n".join([f"# {WORDS[language]['glossary']}", *entries, ""])


def _other_name(entry: dict[str, str], language: str, other: str) -> str:
    return "" if entry[other] == entry[language] else f" [{entry[other]}]{{.other-name lang={HTML_LANGUAGE[other]}}}"


def _titles(course: Course, language: str) -> dict[str, str]:
    return {waypoint.slug: waypoint.title[language] for waypoint in course.waypoints}


def _table(course: Course) -> dict[str, list[dict[str, str]]]:
    return tomllib.loads((course.root / "notation.toml").read_text("utf8"))


def _latex(entry: dict[str, str]) -> str:
    return entry.get("latex", entry["symbol"])


def _code(text: str) -> str:
    return f"`{text}`" if text and text != "1" else "–"


def _link(slug: str, titles: dict[str, str]) -> str:
    return f"[{titles[slug]}]({slug}.md)" if slug in titles else slug
