r"""Judge a derivation row by row: each row must follow from the one above, none may jump, the last is the goal.

The mathematics is `glideslope.derive`'s. Here stand the rules of the exercise: a row that begins with `=` continues,
any other equation is a side result; a row without derivatives must have passed every waypoint on its way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from glideslope.derive import check_chain
from glideslope.exercise import Derivation, Exercise, Text
from glideslope.grade.latex import plain_latex, same_terms, split_equation, tokens_match, tokens_of
from glideslope.grade.verdict import Line, Verdict

__all__ = ["check_row", "judge_rows"]

MAX_ROWS = 60
MAX_CHARACTERS = 2000
REACHED = Text("Derived: every line holds, and the last one is the goal.", "推导完成：每一行都成立，最后一行就是目标。")


def judge_rows(exercise: Exercise, rows: Sequence[str]) -> Verdict:
    """Return the verdict on the rows written so far, one line each."""
    assert exercise.derivation is not None
    task = exercise.derivation
    refused = _refusal(rows)
    if refused is not None:
        return Verdict(exercise.name, "error", refused)
    written = [plain_latex(row) for row in rows if row.strip()]
    lines = _judge(task, written)
    bad = next((place for place, line in enumerate(lines) if line.status not in ("holds", "goal")), None)
    if bad is not None:
        message = lines[bad].message
        said = Text(f"Line {bad + 1}: {message.en}", f"第 {bad + 1} 行：{message.zh}")
        return Verdict(exercise.name, "wrong", said, lines=lines)
    if lines and lines[-1].status == "goal":
        return Verdict(exercise.name, "ok", REACHED, lines=lines, after=exercise.after)
    return Verdict(exercise.name, "wrong", _onwards(task, len(lines)), lines=lines)


def check_row(sides: Sequence[str], context: str) -> Line:
    """Return the checker's word on `sides[0] = sides[1] = …`; in an exercise all is declared, so a difference is an error."""
    status, en, zh, counterexample, repair = _checked(" = ".join(sides), context)
    return Line(sides[-1], status, Text(en, zh), counterexample, repair)


@lru_cache(maxsize=4096)
def _checked(latex: str, context: str) -> tuple[str, str, str, str, str]:
    verdicts = check_chain(latex, context)
    if not verdicts:
        return "not-understood", _UNREAD.en, _UNREAD.zh, "", ""
    verdict = max(verdicts, key=lambda verdict: _GRAVITY.get(verdict.status, 3))
    status, reason = verdict.status, Text(verdict.reason["en"], verdict.reason["zh"])
    counterexample = str(verdict.counterexample) if verdict.counterexample else ""
    if status == "not-confirmed":
        status, reason = ("error", _DIFFER) if counterexample else ("not-understood", _UNDECIDED)
    if status == "skipped":
        status, reason = "not-understood", _UNDECIDED
    if status in ("holds", "not-understood"):
        return status, reason.en, reason.zh, "", ""
    return status, reason.en, reason.zh, counterexample, ""  # a repair would be the answer: hints are for that


_GRAVITY = {
    "holds": 0,
    "definition": 1,
    "skipped": 2,
    "not-confirmed": 4,
    "needs-assumption": 5,
    "ill-formed": 6,
    "error": 7,
    "not-understood": 8,
}
_DIFFER = Text("The two sides differ.", "两边不相等。")
_UNREAD = Text("This line holds no equation that can be read.", "这一行里没有能读懂的等式。")
_UNDECIDED = Text(
    "This line could not be decided; write it with the given symbols, one step at a time.",
    "这一行无法判断；请用已知的符号，一次只写一步。",
)
_UNKNOWN_SYMBOL = Text(
    "This line uses a symbol that has not been given a meaning.", "这一行用到了还没有给出含义的符号。"
)
_FOLLOWS = Text("This line holds.", "这一行成立。")


@dataclass
class _State:
    """Where a derivation stands: the last expression that was right, on the main chain or beside it."""

    context: str
    main: str
    last: str
    on_main: bool = True


def _judge(task: Derivation, rows: list[str]) -> tuple[Line, ...]:
    state = _State(_context(task), task.start, task.start)
    lines: list[Line] = []
    for place, row in enumerate(rows):
        lines.append(_judge_row(task, state, row, rows[: place + 1]))
    return tuple(lines)


def _judge_row(task: Derivation, state: _State, row: str, so_far: list[str]) -> Line:
    sides = split_equation(row)
    continues = len(sides) == 1 or not sides[0]
    if continues:
        sides = [state.last, *(side for side in sides if side)]
    else:
        state.on_main = _starts(task, sides[0])
    if len(sides) < 2:
        return Line(row, "not-understood", _UNREAD)
    line = check_row(sides, state.context)
    line = Line(row, line.status, line.message, line.counterexample)
    if line.status == "definition":
        if state.on_main:
            return Line(row, "not-understood", _UNKNOWN_SYMBOL)
        state.context += f"\n\n$$\n{row}\n$$"
        line = Line(row, "holds", line.message)
    if line.status != "holds":
        return line
    jumped = _jump(task, sides[-1], so_far) if state.on_main else None
    if jumped is not None:
        return Line(row, "jump", jumped)
    state.last = sides[-1]
    if state.on_main and _is_goal(task, sides[-1]):
        return Line(row, "goal", Text("This is the goal.", "到达目标。"))
    return line


def _context(task: Derivation) -> str:
    return task.context + "".join(f"\n\n$$\n{given}\n$$" for given in task.given)


def _starts(task: Derivation, left: str) -> bool:
    return same_terms(task.start, left) or tokens_of(_bare(task.start)) == tokens_of(left)


def _is_goal(task: Derivation, right: str) -> bool:
    return same_terms(task.goal, right) or same_terms(_bare(task.goal), right)


def _bare(latex: str) -> str:
    """Return a formula in its vector form: without single-letter indices."""
    tokens = tokens_of(latex)
    kept = [token for place, token in enumerate(tokens) if token != "_" and (place == 0 or tokens[place - 1] != "_")]
    return " ".join(kept)


def _jump(task: Derivation, right: str, so_far: list[str]) -> Text | None:
    """Return what is missing when a row has left the derivatives behind without passing a waypoint."""
    if r"\partial" in right:
        return None
    for waypoint in task.waypoints:
        if not any(tokens_match(pattern, row) for pattern in waypoint.any for row in so_far):
            return waypoint.message
    return None


def _onwards(task: Derivation, count: int) -> Text:
    if not count:
        return Text(f"Begin with ${task.start} = \\dots$", f"从 ${task.start} = \\dots$ 开始写。")
    return Text(f"All lines hold so far. The goal is ${task.goal}$.", f"到这里每一行都成立。目标是 ${task.goal}$。")


def _refusal(rows: Sequence[str]) -> Text | None:
    if len(rows) > MAX_ROWS:
        return Text(
            f"Expected at most {MAX_ROWS} lines and got {len(rows)}.", f"最多 {MAX_ROWS} 行，现在有 {len(rows)} 行。"
        )
    if any(len(row) > MAX_CHARACTERS for row in rows):
        return Text(f"Expected lines of at most {MAX_CHARACTERS} characters.", f"每行最多 {MAX_CHARACTERS} 个字符。")
    return None
