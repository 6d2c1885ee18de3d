"""A lesson file, read: its front matter, cells, displayed equations and headings, each with its line.

The file is MyST Markdown; cells are `{code-cell}` fences with `:name:` and `:tags:` options.
Everything that compares languages, runs cells or checks equations starts from here.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin

from glideslope.errors import ParseError

__all__ = ["Cell", "Equation", "Heading", "Lesson", "read_lesson"]


@dataclass(frozen=True)
class Cell:
    """One code cell: a name that is the same in every language, tags, the program."""

    name: str
    tags: tuple[str, ...]
    source: str
    alt: str
    line: int


@dataclass(frozen=True)
class Equation:
    """One displayed equation with its label, or an empty label."""

    latex: str
    label: str
    line: int


@dataclass(frozen=True)
class Heading:
    """One heading with the label that stands before it, or an empty label."""

    level: int
    text: str
    label: str
    line: int


@dataclass(frozen=True)
class Lesson:
    """One lesson in one language."""

    path: Path
    slug: str
    language: str
    front: dict[str, Any]
    text: str
    cells: tuple[Cell, ...]
    equations: tuple[Equation, ...]
    headings: tuple[Heading, ...]


def read_lesson(path: Path) -> Lesson:
    """Read `course/lessons/<slug>/lesson.<language>.md`."""
    text = path.read_text("utf8")
    tokens = _parser().parse(text)
    front = yaml.safe_load(tokens[0].content) if tokens and tokens[0].type == "front_matter" else {}
    language = path.name.split(".")[1]
    cells = tuple(_read_cell(token, path) for token in tokens if _is_cell(token))
    _refuse_twice(cells, path)
    equations = tuple(
        Equation(token.content.strip(), token.info if token.type == "math_block_label" else "", _line(token))
        for token in tokens
        if token.type in ("math_block", "math_block_label")
    )
    return Lesson(path, path.parent.name, language, front, text, cells, equations, _headings(tokens))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.use(front_matter_plugin).use(myst_block_plugin)
    return parser.use(dollarmath_plugin, allow_labels=True, allow_space=True, double_inline=False)


def _is_cell(token: Token) -> bool:
    return token.type == "fence" and token.info.startswith("{code-cell}")


def _read_cell(token: Token, path: Path) -> Cell:
    options: dict[str, str] = {}
    lines = token.content.splitlines()
    while lines and lines[0].startswith(":"):
        key, _, value = lines.pop(0)[1:].partition(":")
        options[key] = value.strip()
    while lines and not lines[0].strip():
        lines.pop(0)
    if not options.get("name"):
        raise ParseError(f"{path}:{_line(token)}: a code cell needs a name that both languages share; add `:name: ...`.")
    tags = tuple(tag.strip() for tag in options.get("tags", "").strip("[]").split(",") if tag.strip())
    return Cell(options["name"], tags, "\n".join(lines).rstrip(), options.get("alt", ""), _line(token))


def _refuse_twice(cells: tuple[Cell, ...], path: Path) -> None:
    seen: dict[str, int] = {}
    for cell in cells:
        if cell.name in seen:
            raise ParseError(f"{path}:{cell.line}: the cell name '{cell.name}' stands already at line {seen[cell.name]}; choose another.")
        seen[cell.name] = cell.line


def _headings(tokens: list[Token]) -> tuple[Heading, ...]:
    headings, label = [], ""
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "myst_target":
            label = token.content.strip()
        elif token.type == "heading_open" and following is not None:
            headings.append(Heading(int(token.tag[1]), following.content, label, _line(token)))
            label = ""
        elif token.type in ("paragraph_open", "fence"):
            label = ""
    return tuple(headings)


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0
