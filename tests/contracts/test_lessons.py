"""What is true of every lesson: two languages, one program, checked lines, known symbols, sources that exist."""

import re
import tomllib

import pytest

from glideslope.book import read_course, read_lesson
from glideslope.book.badges import check_lesson
from glideslope.book.course import LANGUAGES
from glideslope.book.execute import cells_hash, load_outputs, run_lesson
from glideslope.exercise import course_dir, list_exercises, read_exercise

COURSE = read_course()
SLUGS = [waypoint.slug for waypoint in COURSE.waypoints]
LESSONS = {(waypoint.slug, language): read_lesson(waypoint.lesson_file(language)) for waypoint in COURSE.waypoints for language in LANGUAGES}
EACH = pytest.mark.parametrize(("slug", "language"), LESSONS)
PAIRS = pytest.mark.parametrize("slug", SLUGS)


def _bare(latex: str) -> str:
    r"""A formula without the words in it: `\text{...}` may be told in either language."""
    return re.sub(r"\\text\{(?:[^{}]|\{[^{}]*\})*\}", "", re.sub(r"\s+", " ", latex)).strip()


def test_the_map_lists_at_least_the_flagship() -> None:
    assert "softmax-cross-entropy" in SLUGS


@EACH
def test_front_matter_is_complete(slug: str, language: str) -> None:
    front = LESSONS[slug, language].front
    assert {"title", "summary", "minutes", "objectives", "symbols", "jupytext", "kernelspec"} <= set(front)
    assert front["minutes"] == next(waypoint.minutes for waypoint in COURSE.waypoints if waypoint.slug == slug)


@PAIRS
def test_both_languages_hold_the_same_programs(slug: str) -> None:
    english, chinese = (LESSONS[slug, language] for language in LANGUAGES)
    assert [cell.name for cell in chinese.cells] == [cell.name for cell in english.cells]
    for ours, theirs in zip(english.cells, chinese.cells, strict=True):
        assert cells_hash([theirs]) == cells_hash([ours]), f"the cell '{ours.name}' is another program in Chinese"


@PAIRS
def test_both_languages_hold_the_same_equations_and_labels(slug: str) -> None:
    english, chinese = (LESSONS[slug, language] for language in LANGUAGES)
    assert [equation.label for equation in chinese.equations] == [equation.label for equation in english.equations]
    assert [_bare(equation.latex) for equation in chinese.equations] == [_bare(equation.latex) for equation in english.equations]
    assert [(h.level, h.label) for h in chinese.headings] == [(h.level, h.label) for h in english.headings]


@EACH
def test_every_section_has_an_address_that_languages_share(slug: str, language: str) -> None:
    missing = [heading.text for heading in LESSONS[slug, language].headings if heading.level == 2 and not heading.label]
    assert missing == []


@pytest.mark.slow
@EACH
def test_every_displayed_line_holds(slug: str, language: str) -> None:
    statuses = {verdict.status for verdict in check_lesson(LESSONS[slug, language]).verdicts}
    assert "holds" in statuses


@EACH
def test_a_planted_slip_stops_the_build(slug: str, language: str) -> None:
    """The check above can fail: a sign changed in the first line that holds is refused."""
    lesson = LESSONS[slug, language]
    holding = next(v for v in check_lesson(lesson).verdicts if v.status == "holds" and " - " in v.latex)
    text = lesson.text.replace(holding.latex, holding.latex.replace(" - ", " + ", 1), 1)
    assert text != lesson.text
    from dataclasses import replace

    from glideslope.errors import GlideslopeError

    with pytest.raises(GlideslopeError, match="do not hold"):
        check_lesson(replace(lesson, text=text))


@EACH
def test_colours_and_symbols_are_in_the_notation(slug: str, language: str) -> None:
    notation = tomllib.loads((course_dir() / "notation.toml").read_text("utf8"))
    entries = notation.get("symbols", notation)
    known = {entry["symbol"] for entry in entries} if isinstance(entries, list) else set(entries)
    assert set(LESSONS[slug, language].front["symbols"]) <= known


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_label_is_an_address_of_the_whole_course(language: str) -> None:
    lessons = [LESSONS[slug, language] for slug in SLUGS]
    labels = [part.label for lesson in lessons for part in (*lesson.headings, *lesson.equations) if part.label]
    assert sorted({label for label in labels if labels.count(label) > 1}) == []


@EACH
def test_the_glossary_knows_terms_that_the_lesson_uses(slug: str, language: str) -> None:
    """A term stands in the text of the lesson that brings it in, in both languages, and is explained once."""
    terms = tomllib.loads((course_dir() / "notation.toml").read_text("utf8"))["terms"]
    text = re.sub(r"\s+", " ", LESSONS[slug, language].text).casefold()
    mine = [entry for entry in terms if entry["first"] == slug]
    assert [entry[language] for entry in mine if entry[language].casefold() not in text] == []
    assert all(entry[key].strip() for entry in mine for key in ("en", "zh", "sort", "means_en", "means_zh"))
    assert len({entry[language] for entry in terms}) == len(terms)


@EACH
def test_every_citation_is_in_the_bibliography(slug: str, language: str) -> None:
    known = set(re.findall(r"^@\w+\{\s*([^,\s]+)", (course_dir() / "refs.bib").read_text("utf8"), re.M))
    cited = {key.strip() for group in re.findall(r"\{cite(?::\w+)?\}`([^`]+)`", LESSONS[slug, language].text) for key in group.split(",")}
    assert cited
    assert cited <= known


@EACH
def test_every_picture_has_words(slug: str, language: str) -> None:
    lesson = LESSONS[slug, language]
    outputs = load_outputs(LESSONS[slug, "en"])
    assert outputs is not None, f"outputs.json of {slug} does not belong to its cells: run `glideslope build` and commit it"
    drawn = {name for name, shown in outputs.items() for output in shown if any(mime.startswith("image/") for mime in output.get("data", {}))}
    silent = [cell.name for cell in lesson.cells if cell.name in drawn and len(cell.alt) < 20]
    assert silent == []
    assert re.findall(r"!\[\]\(", lesson.text) == []


@EACH
def test_cells_are_short(slug: str, language: str) -> None:
    long = {cell.name: lines for cell in LESSONS[slug, language].cells if (lines := len(cell.source.splitlines())) > 25 and "exercise" not in cell.tags}
    assert long == {}


@EACH
def test_exercise_cells_are_their_starters(slug: str, language: str) -> None:
    lesson = LESSONS[slug, language]
    shown = set()
    for cell in lesson.cells:
        call = re.search(r"""^(?:check|derivation)\(\s*["']([a-z0-9-]+/[a-z0-9-]+)["']""", cell.source, re.M)
        if call is None:
            continue
        exercise = read_exercise(call[1])
        shown.add(exercise.slug)
        assert cell.name == f"exercise-{exercise.slug}"
        if exercise.kind == "code":
            assert cell.source.strip() == exercise.cell.strip()
    assert shown == {exercise.slug for exercise in list_exercises(slug)}


def test_prerequisites_have_no_circle_and_come_before() -> None:
    seen: set[str] = set()
    for waypoint in COURSE.waypoints:
        assert set(waypoint.prerequisites) <= seen
        seen.add(waypoint.slug)


@pytest.mark.slow
@EACH
def test_a_lesson_runs_from_top_to_bottom(slug: str, language: str) -> None:
    """A fresh kernel runs every cell in time; what it prints is what the pages show."""
    lesson = LESSONS[slug, language]
    outputs = run_lesson(lesson)
    assert set(outputs) == {cell.name for cell in lesson.cells}
    if language == "en":
        kept = load_outputs(lesson)
        assert kept is not None
        assert _kinds(outputs) == _kinds(kept)


def _kinds(outputs: dict) -> dict[str, list[str]]:
    """Which cells show what kind of thing (streams merge as they come, times differ)."""
    return {name: sorted({output["output_type"] for output in shown}) for name, shown in outputs.items()}
