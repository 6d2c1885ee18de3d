"""The derivation box of a lesson, as a value: it shows the task in Jupyter and judges lines.

On the page the box is an editor, and so it is in JupyterLab, VS Code and Colab, where this kernel judges each line;
in a terminal `box.check(line, line, …)` does the same, and `box.repair(chain, row, line)` answers a chain with a broken line.
"""

import html
import sys
from pathlib import Path
from typing import Any

from glideslope.errors import GlideslopeError, MissingExtraError
from glideslope.exercise import Exercise, read_exercise
from glideslope.grade.broken_line import judge_repairs
from glideslope.grade.lines import judge_rows
from glideslope.grade.verdict import Verdict

__all__ = ["Box", "derivation"]

MODULE = Path(__file__).resolve().parents[1] / "_built" / "assets" / "derivation-box.js"


class Box:
    """A derivation to write; `check` judges the lines so far."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise

    def check(self, *lines: str) -> Verdict:
        r"""Judge lines of LaTeX, such as `r"= a_i - y_i"`."""
        return judge_rows(self.exercise, lines)

    def repair(self, chain: str, row: int, line: str) -> Verdict:
        r"""Judge one repair: the chain's name, the broken row counted from 1, the row as it should read."""
        return judge_repairs(self.exercise, [{"chain": chain, "row": row, "repair": line}])

    def widget(self) -> Any:
        """The anywidget with the box: what is typed in the notebook is judged here, line by line.

        Raises:
            MissingExtraError: anywidget is not installed.
        """
        try:
            import anywidget
            import traitlets
        except ImportError:
            raise MissingExtraError(
                'a derivation box in a notebook needs anywidget: pip install "glideslope[course]".'
            ) from None
        traits = {
            "task": traitlets.Dict(self.exercise.box).tag(sync=True),
            "asked": traitlets.Dict({}).tag(sync=True),
            "answer": traitlets.Dict(None, allow_none=True).tag(sync=True),
        }
        made = type("DerivationWidget", (anywidget.AnyWidget,), {"_esm": MODULE.read_text("utf8"), **traits})()
        made.observe(self._answer, names="asked")
        return made

    def _answer(self, change: Any) -> None:
        asked = change["new"]
        verdict = self.check(*(str(line) for line in asked.get("lines", ()))).json()
        change["owner"].answer = {"round": asked.get("round", 0), "verdict": verdict}

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        shown = {"text/html": self.html(), "text/plain": str(self)}
        if self.exercise.kind != "derivation" or not MODULE.exists() or not _in_kernel():
            return shown
        try:
            bundle = self.widget()._repr_mimebundle_()
        except MissingExtraError:
            return shown
        return {**bundle[0], **shown}

    def html(self) -> str:
        """Return the task in both languages; Jupyter typesets the formulas."""
        prompts = "".join(
            f'<p lang="{language}">{html.escape(text)}</p>'
            for language, text in (("en", self.exercise.prompt.en), ("zh-Hans", self.exercise.prompt.zh))
        )
        task = "".join(f"<li>{html.escape(line)}</li>" for line in self._task(mark="$"))
        return f'<div class="glideslope-derivation" data-exercise="{self.exercise.name}">{prompts}<ul>{task}</ul></div>'

    def __str__(self) -> str:
        return "\n".join(self._task(mark=""))

    __repr__ = __str__

    def _task(self, mark: str) -> list[str]:
        box = self.exercise.box
        if "chains" in box:
            return [
                f"{chain['id']} {k}: {mark}{row}{mark}"
                for chain in box["chains"]
                for k, row in enumerate(chain["rows"], 1)
            ]
        given = [f"given {mark}{formula}{mark}" for formula in box["given"]]
        return [f"from {mark}{box['start']}{mark}", f"to {mark}{box['goal']}{mark}", *given]


def _in_kernel() -> bool:
    """Whether a kernel runs this: only there can a widget answer."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return getattr(shell, "kernel", None) is not None


def derivation(name: str) -> Box:
    """Return the derivation box of the exercise `lesson/slug`.

    Raises:
        GlideslopeError: there is no such exercise, or it asks for code.

    Example:
        >>> derivation("softmax-cross-entropy/derive-a-minus-y").check(r"= a_i - y_i").lines[0].status
        'jump'
    """
    exercise = read_exercise(name)
    if exercise.kind == "code":
        raise GlideslopeError(
            f"expected a derivation or a broken line and got {name} of kind code; use check for code."
        )
    return Box(exercise)
