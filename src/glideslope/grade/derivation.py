"""The derivation box of a lesson, as a value: it shows the task in Jupyter and judges lines.

On the page the box is an editor; in plain Jupyter and in a terminal, `box.check(line, line, …)` does the same.
"""

import html
from typing import Any

from glideslope.errors import GlideslopeError
from glideslope.exercise import Exercise, read_exercise
from glideslope.grade.lines import judge_rows
from glideslope.grade.verdict import Verdict

__all__ = ["Box", "derivation"]


class Box:
    """A derivation to write; `check` judges the lines so far."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise

    def check(self, *lines: str) -> Verdict:
        r"""Judge lines of LaTeX, such as `r"= a_i - y_i"`."""
        return judge_rows(self.exercise, lines)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {"text/html": self.html(), "text/plain": str(self)}

    def html(self) -> str:
        """Return the task in both languages; Jupyter typesets the formulas."""
        box, exercise = self.exercise.box, self.exercise
        given = "".join(f"<li>{html.escape(f'${formula}$')}</li>" for formula in box["given"])
        shown = html.escape(f"${box['start']} \\;=\\; \\dots \\;=\\; {box['goal']}$")
        prompts = "".join(
            f'<p lang="{language}">{html.escape(text)}</p>'
            for language, text in (("en", exercise.prompt.en), ("zh-Hans", exercise.prompt.zh))
        )
        return f'<div class="glideslope-derivation" data-exercise="{exercise.name}">{prompts}<p>{shown}</p><ul>{given}</ul></div>'

    def __str__(self) -> str:
        box = self.exercise.box
        return "\n".join(
            [f"from  {box['start']}", f"to    {box['goal']}", *(f"given {formula}" for formula in box["given"])]
        )

    __repr__ = __str__


def derivation(name: str) -> Box:
    """Return the derivation box of the exercise `lesson/slug`.

    Raises:
        GlideslopeError: there is no such exercise, or it is no derivation.

    Example:
        >>> derivation("softmax-cross-entropy/derive-a-minus-y").check(r"= a_i - y_i").lines[0].status
        'jump'
    """
    exercise = read_exercise(name)
    if exercise.kind != "derivation":
        raise GlideslopeError(
            f"expected an exercise of kind derivation and got {name} of kind {exercise.kind}; use check for code."
        )
    return Box(exercise)
