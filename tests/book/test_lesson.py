"""A lesson file is read with lines, names, labels; what is wrong in it is named."""

from pathlib import Path

import pytest

from glideslope.book.execute import cells_hash
from glideslope.book.lesson import Cell, read_lesson
from glideslope.errors import ParseError

TEXT = """---
title: A lesson
---
(sec-one)=
# One

$$
a = b
$$ (eq-one)

```{code-cell} ipython3
:name: first
:tags: [remove-input, explorable]
:alt: a line that rises

x = 1  # one
print("in English")
```

$$ c = d $$
"""


def _lesson(folder: Path, text: str = TEXT):
    path = folder / "slug" / "lesson.en.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf8")
    return read_lesson(path)


def test_everything_has_its_line(tmp_path: Path) -> None:
    lesson = _lesson(tmp_path)
    lines = TEXT.splitlines()
    assert (lesson.slug, lesson.language, lesson.front["title"]) == ("slug", "en", "A lesson")
    assert lines[lesson.cells[0].line - 1].startswith("```{code-cell}")
    assert lines[lesson.equations[0].line - 1] == "$$"
    assert [(e.latex, e.label) for e in lesson.equations] == [("a = b", "eq-one"), ("c = d", "")]
    assert [(h.level, h.text, h.label) for h in lesson.headings] == [(1, "One", "sec-one")]


def test_a_cell_brings_name_tags_alt_and_source(tmp_path: Path) -> None:
    (cell,) = _lesson(tmp_path).cells
    assert (cell.name, cell.tags, cell.alt) == ("first", ("remove-input", "explorable"), "a line that rises")
    assert cell.source == 'x = 1  # one\nprint("in English")'


def test_a_cell_without_a_name_is_named_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match=r"lesson\.en\.md:11: a code cell needs a name that both languages share; add `:name: \.\.\.`\."):
        _lesson(tmp_path, TEXT.replace(":name: first\n", ""))


def test_a_name_used_twice_is_refused(tmp_path: Path) -> None:
    again = TEXT + "\n```{code-cell} ipython3\n:name: first\ny = 2\n```\n"
    with pytest.raises(ParseError, match="the cell name 'first' stands already at line 11"):
        _lesson(tmp_path, again)


def test_words_may_differ_programs_may_not() -> None:
    english = Cell("c", (), 'x = 1  # one\nprint(f"loss {x}")', "", 1)
    chinese = Cell("c", (), 'x = 1  # 一\nprint(f"损失 {x}")', "", 9)
    other = Cell("c", (), 'x = 2  # one\nprint(f"loss {x}")', "", 1)
    assert cells_hash([english]) == cells_hash([chinese])
    assert cells_hash([english]) != cells_hash([other])
