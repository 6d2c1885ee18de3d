"""What the docstrings and lessons cite exists: every key is in course/refs.bib, and every lesson named is there to be read."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEY = r"[a-z]+\d{4}[a-z]?"
ENTRY = re.compile(r"^@\w+\{\s*([^,\s]+)", re.M)


def cited_in_docstrings() -> dict[str, list[str]]:
    """Key -> files whose `Source:` line names it in brackets, as in [kingma2015, algorithm 1]."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "src" / "glideslope").rglob("*.py")):
        for line in re.findall(r"^ *Source: (.*)$", path.read_text("utf8"), re.M):
            for key in re.findall(rf"\[({KEY})\b", line):
                found.setdefault(key, []).append(str(path.relative_to(ROOT)))
    return found


def cited_in_lessons() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "course").rglob("*.md")):
        for keys in re.findall(r"\{cite[a-z:]*\}`([^`]+)`", path.read_text("utf8")):
            for key in keys.split(","):
                found.setdefault(key.strip(), []).append(str(path.relative_to(ROOT)))
    return found


def entries() -> list[str]:
    return ENTRY.findall((ROOT / "course" / "refs.bib").read_text("utf8"))


def test_every_cited_key_is_in_the_bibliography() -> None:
    cited = cited_in_docstrings() | cited_in_lessons()
    assert len(cited) > 20  # the patterns still find what they look for
    assert {key: places for key, places in cited.items() if key not in entries()} == {}


def test_no_key_stands_twice() -> None:
    assert [key for key, count in Counter(entries()).items() if count > 1] == []


def test_every_entry_says_who_what_and_when() -> None:
    text = (ROOT / "course" / "refs.bib").read_text("utf8")
    for entry in re.split(r"^(?=@)", text, flags=re.M)[1:]:
        for field in ("author", "title", "year"):
            assert re.search(rf"^ *{field} *= *\{{.+\}},$", entry, re.M), f"{ENTRY.match(entry)[1]} has no {field}"  # type: ignore[index]


def test_every_lesson_named_in_a_docstring_exists() -> None:
    """`Lesson: slug` and `Source: … lesson slug` are promises to the reader of the reference: no slug before its lesson."""
    missing = {}
    for path in sorted((ROOT / "src" / "glideslope").rglob("*.py")):
        for slug in re.findall(r"^ *(?:Lesson:|Source:.*?\blesson) ([a-z0-9-]+)\.?$", path.read_text("utf8"), re.M):
            if not (ROOT / "course" / "lessons" / slug).is_dir():
                missing[slug] = str(path.relative_to(ROOT))
    assert missing == {}
