"""The built course itself: what only shows when all lessons stand side by side."""

import re
from pathlib import Path
from typing import Any

import pytest

import glideslope
from glideslope.book import read_course
from glideslope.book.course import LANGUAGES

SITE = Path(glideslope.__file__).parent / "_built" / "site"
NUMBER = re.compile(r'<a class="number" href="#([^"]+)">\((\d+)\)</a>')
REFERENCE = re.compile(r'href="#equation-([^"]+)"[^>]*>(?:<[^>]*>)*\(?(\d+)\)?<')


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", [waypoint.slug for waypoint in read_course().waypoints])
def test_an_equation_is_cited_by_the_number_it_carries(slug: str, language: str, needs: Any) -> None:
    page = SITE / language / f"{slug}.html"
    if not page.exists():
        needs(f"{page} is not built: pip install . in the repository builds it")
    text = page.read_text("utf8")
    carried = dict(NUMBER.findall(text))
    assert [int(n) for n in carried.values()] == list(range(1, len(carried) + 1))
    cited = REFERENCE.findall(text)
    assert cited
    by_anchor = {label.casefold(): number for label, number in carried.items()}
    assert [(anchor, number) for anchor, number in cited if by_anchor[anchor] != number] == []
    assert [anchor for anchor, _ in cited if f'id="equation-{anchor}"' not in text] == []
