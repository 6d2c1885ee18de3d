"""Answer what the page sends: the lines of a derivation, or a marked and repaired row.

`judge` never raises for what a learner wrote; it answers with the verdict of docs/page.md.
"""

from collections.abc import Mapping
from typing import Any

from glideslope.exercise import Text, read_exercise
from glideslope.grade.broken_line import judge_repairs
from glideslope.grade.lines import judge_rows
from glideslope.grade.verdict import Verdict

__all__ = ["judge"]


def judge(lesson: str, slug: str, answer: Any) -> dict[str, Any]:
    """Judge an answer typed on the page and return the verdict as JSON.

    Args:
        lesson: slug of the lesson.
        slug: slug of the exercise.
        answer: `{"lines": [latex…]}` for a derivation; `{"chain", "row", "repair"}`, or `{"answers": [those…]}`,
            for a broken line. A broken-line exercise passes when the answers together repair every chain.

    Raises:
        DataError: there is no such exercise.

    Example:
        >>> judge("softmax-cross-entropy", "derive-a-minus-y", {"lines": []})["passed"]
        False
    """
    exercise = read_exercise(f"{lesson}/{slug}")
    asked = answer if isinstance(answer, Mapping) else {}
    if exercise.kind == "derivation":
        rows = asked.get("lines")
        if isinstance(rows, list) and all(isinstance(row, str) for row in rows):
            return judge_rows(exercise, rows).json()
        return _malformed(exercise.name, '{"lines": […]}').json()
    if exercise.kind == "broken-line":
        answers = asked.get("answers", [answer])
        if isinstance(answers, list) and answers and all(isinstance(item, Mapping) for item in answers):
            return judge_repairs(exercise, answers).json()
        return _malformed(exercise.name, '{"chain", "row", "repair"}').json()
    said = Text("This exercise is answered in its cell: press Check there.", "这道题在单元格里作答：请在那里按“检查”。")
    return Verdict(exercise.name, "error", said).json()


def _malformed(name: str, wanted: str) -> Verdict:
    return Verdict(name, "error", Text(f"Expected an answer of the form {wanted}.", f"答案的形式应当是 {wanted}。"))
