"""The course as a route chart: waypoints grouped in legs, a plain list underneath."""

import html

from glideslope.book.course import Course, Leg, Waypoint
from glideslope.book.words import WORDS
from glideslope.exercise import list_exercises

__all__ = ["map_html"]


def map_html(course: Course, language: str) -> str:
    """The `<ol class="route">` of `docs/page.md`."""
    titles = {waypoint.slug: waypoint.title[language] for waypoint in course.waypoints}
    return f'<ol class="route">{"".join(_leg(leg, titles, language) for leg in course.legs)}</ol>'


def _leg(leg: Leg, titles: dict[str, str], language: str) -> str:
    points = "".join(_waypoint(waypoint, titles, language) for waypoint in leg.waypoints)
    return f'<li class="leg"><h2>{html.escape(leg.title[language])}</h2><ol>{points}</ol></li>'


def _waypoint(waypoint: Waypoint, titles: dict[str, str], language: str) -> str:
    words = WORDS[language]
    count = len(list_exercises(waypoint.slug))
    facts = [words["minutes"].format(n=waypoint.minutes), words["exercises"].format(n=count)]
    known = [titles[slug] for slug in waypoint.prerequisites if slug in titles]
    if known:
        facts.append(words["after"].format(titles=", ".join(known)))
    return (
        f'<li class="waypoint" data-lesson="{waypoint.slug}" data-prerequisites="{" ".join(waypoint.prerequisites)}"'
        f' data-minutes="{waypoint.minutes}" data-exercises="{count}">'
        f'<a href="{waypoint.slug}.html">{html.escape(waypoint.title[language])}</a>'
        f'<p>{html.escape(waypoint.summary[language])}</p><p class="facts">{html.escape(" · ".join(facts))}</p></li>'
    )
