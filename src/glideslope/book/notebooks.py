"""Lessons as executed notebooks, one a language, for plain Jupyter.

Prose stays Markdown, cells keep their names and outputs, an exercise brings its prompt and hints with it.
MyST roles that Jupyter would show raw (citations, references) become plain words.
"""

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from glideslope.book.lesson import Lesson
from glideslope.exercise import course_dir, read_exercise

__all__ = ["write_notebook"]

_CALL = re.compile(r"""^(?:check|derivation)\(\s*["']([a-z0-9-]+/[a-z0-9-]+)["']""", re.M)


def write_notebook(lesson: Lesson, outputs: dict[str, Any], path: Path) -> Path:
    """Write `.ipynb` (nbformat 4) with the outputs of the kept run."""
    import nbformat

    notebook = nbformat.v4.new_notebook(
        metadata={
            "title": lesson.front.get("title", lesson.slug),
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python"},
        }
    )
    numbers = {
        label: k for k, label in enumerate((equation.label for equation in lesson.equations if equation.label), 1)
    }
    lines = lesson.text.splitlines()
    start = _after_front_matter(lines)
    for count, cell in enumerate(lesson.cells, 1):
        _add_prose(notebook, lines[start : cell.line - 1], numbers)
        prompt = _prompt(cell.source, lesson.language)
        if prompt:
            notebook.cells.append(nbformat.v4.new_markdown_cell(prompt))
        kept = [_output(output, count) for output in outputs.get(cell.name, [])]
        metadata = {"name": cell.name, "tags": list(cell.tags)}
        notebook.cells.append(
            nbformat.v4.new_code_cell(cell.source, outputs=kept, execution_count=count, metadata=metadata)
        )
        start = _closing_fence(lines, cell.line) + 1
    _add_prose(notebook, lines[start:], numbers)
    for k, made in enumerate(notebook.cells):
        made.id = hashlib.sha256(f"{lesson.slug}{k}".encode()).hexdigest()[:8]
    nbformat.validate(notebook)
    nbformat.write(notebook, path)
    return path


def _output(output: dict[str, Any], count: int) -> Any:
    import nbformat

    numbered = {"execution_count": count} if output["output_type"] == "execute_result" else {}
    return nbformat.from_dict({**output, **numbered})


def _after_front_matter(lines: list[str]) -> int:
    return lines.index("---", 1) + 1 if lines and lines[0] == "---" else 0


def _closing_fence(lines: list[str], opening: int) -> int:
    """Index of the line that closes the fence opened at the 1-based line `opening`."""
    fence = re.match(r"`+", lines[opening - 1])
    assert fence is not None
    return next(k for k in range(opening, len(lines)) if lines[k].strip() == fence[0])


def _add_prose(notebook: Any, lines: list[str], numbers: Mapping[str, int]) -> None:
    import nbformat

    text = _plain("\n".join(lines), numbers).strip()
    if text:
        notebook.cells.append(nbformat.v4.new_markdown_cell(text))


def _prompt(source: str, language: str) -> str:
    call = _CALL.search(source)
    if call is None:
        return ""
    exercise = read_exercise(call[1])
    return f"#### {getattr(exercise.title, language)}\n\n{getattr(exercise.prompt, language)}"


def _plain(text: str, numbers: Mapping[str, int]) -> str:
    text = re.sub(r"^\(([\w-]+)\)=\s*$", "", text, flags=re.M)
    # One sentence a line in the source must not leave blanks between Chinese sentences.
    text = re.sub(r"(?<=[。！？；：，])\n(?=[^\s|*#>`$:(\-])", "", text)
    text = re.sub(r"\s*\$\$\s*\(([\w-]+)\)", lambda m: f"\n\\tag{{{numbers[m[1]]}}}\n$$", text)
    text = re.sub(r"\{eq\}`([^`]*)`", lambda m: f"({numbers.get(m[1], m[1])})", text)
    text = re.sub(
        r"\{cite(?::\w+)?\}`([^`]*)`", lambda m: ", ".join(_source(key.strip()) for key in m[1].split(",")), text
    )
    text = re.sub(r"\{(?:ref|numref|doc)\}`(?:([^`<]*?)\s*<[^`]*>|([^`]*))`", lambda m: m[1] or m[2], text)
    text = re.sub(r"^```\{bibliography\}.*?^```\s*$", "", text, flags=re.M | re.S)
    return re.sub(r"^<!--.*?-->\s*$", "", text, flags=re.M | re.S)


def _source(key: str) -> str:
    """Who and when, with the way to it where there is one."""
    entry = _bibliography(course_dir() / "refs.bib")[key]
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [" ".join(person.last_names) for person in people]
    who = names[0] + (" et al." if len(names) > 2 else f" and {names[1]}" if len(names) == 2 else "") if names else key
    told = f"{who} {entry.fields['year']}"
    way = f"https://doi.org/{entry.fields['doi']}" if "doi" in entry.fields else entry.fields.get("url", "")
    return f"[{told}]({way})" if way else f"({told})"


@cache
def _bibliography(path: Path) -> Mapping[str, Any]:
    from pybtex.database import parse_file

    return parse_file(str(path), "bibtex").entries
