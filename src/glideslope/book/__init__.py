"""Lessons as data: read them, run them, check them, build the pages and the notebooks.

A lesson is a MyST text notebook, one file a language.
`read_lesson` turns it into cells, equations and headings; `build_site` writes the pages; `write_notebooks` writes `.ipynb`.
"""

from glideslope.book.course import Course, Leg, Waypoint, read_course
from glideslope.book.lesson import Cell, Equation, Heading, Lesson, read_lesson

__all__ = ["Cell", "Course", "Equation", "Heading", "Leg", "Lesson", "Waypoint", "read_course", "read_lesson"]
