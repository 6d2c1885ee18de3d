"""Judge a repair: is the marked row the broken one, does the new row follow from its neighbours?

Rows that are true say so when they are marked: they equal the start of the chain, so the slip is elsewhere.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from glideslope.exercise import Chain, Exercise, Text
from glideslope.grade.latex import plain_latex, split_equation, tokens_of
from glideslope.grade.lines import MAX_CHARACTERS, check_row
from glideslope.grade.verdict import Line, Verdict

__all__ = ["judge_repairs"]


def judge_repairs(exercise: Exercise, answers: Sequence[Mapping[str, Any]]) -> Verdict:
    """Return the verdict on one or more answers `{chain, row, repair}`; it passes when every chain is repaired."""
    chains = {chain.id: chain for chain in exercise.chains}
    lines: list[Line] = []
    repaired: set[str] = set()
    for answer in answers:
        chain = chains.get(str(answer.get("chain")))
        if chain is None:
            known = ", ".join(chains)
            return Verdict(
                exercise.name,
                "error",
                Text(
                    f"Expected a chain out of {known} and got {answer.get('chain')!r}.",
                    f"没有这条推导：{answer.get('chain')!r}；有 {known}。",
                ),
            )
        line = _judge(exercise, chain, answer)
        lines.append(line)
        repaired |= {chain.id} if line.status == "holds" else set()
    return _verdict(exercise, tuple(lines), len(repaired))


def _verdict(exercise: Exercise, lines: tuple[Line, ...], repaired: int) -> Verdict:
    bad = next((line for line in lines if line.status != "holds"), None)
    if bad is not None:
        return Verdict(exercise.name, "wrong", bad.message, lines=lines)
    count = len(exercise.chains)
    if repaired < count:
        message = Text(
            f"Repaired. {count - repaired} of {count} to go.", f"改对了。{count} 条中还剩 {count - repaired} 条。"
        )
        return Verdict(exercise.name, "wrong", message, lines=lines)
    return Verdict(
        exercise.name, "ok", Text("All chains are repaired.", "每一条都改对了。"), lines=lines, after=exercise.after
    )


def _judge(exercise: Exercise, chain: Chain, answer: Mapping[str, Any]) -> Line:
    row, repair = answer.get("row"), answer.get("repair")
    if type(row) is not int or not 1 <= row <= len(chain.rows):
        said = Text(f"Mark a line between 2 and {len(chain.rows)}.", f"请标出第 2 到第 {len(chain.rows)} 行中的一行。")
        return Line("", "not-understood", said)
    if row != chain.broken:
        return Line(chain.rows[row - 1], "error", _true_row(row))
    if type(repair) is not str or not repair.strip() or len(repair) > MAX_CHARACTERS:
        return Line(chain.rows[row - 1], "not-understood", _WRITE_IT)
    return _judge_repair(exercise, chain, plain_latex(repair))


def _judge_repair(exercise: Exercise, chain: Chain, repair: str) -> Line:
    place = chain.broken - 1
    side = [part for part in split_equation(repair) if part][-1:]
    if not side:
        return Line(repair, "not-understood", _WRITE_IT)
    same = {" ".join(tokens_of(_side(row))): number for number, row in enumerate(chain.rows, 1)}
    number = same.get(" ".join(tokens_of(side[0])))
    if number is not None:
        return Line(repair, "error", _REPEATS_BROKEN if number == chain.broken else _repeats(number))
    context = exercise.context + "".join(f"\n\n$$\n{given}\n$$" for given in exercise.given)
    neighbours = [(_side(chain.rows[place - 1]), side[0])]
    if place + 1 < len(chain.rows):
        neighbours.append((side[0], _side(chain.rows[place + 1])))
    for sides in neighbours:
        line = check_row(sides, context)
        if line.status != "holds":
            return Line(
                repair, line.status if line.status != "definition" else "error", line.message, line.counterexample
            )
    return Line(repair, "holds", chain.reason)


_WRITE_IT = Text("This is the line. Write it as it should read.", "就是这一行。请把它写成应有的样子。")
_REPEATS_BROKEN = Text("This is the broken line as it was.", "这就是原来那一行，没有改动。")


def _repeats(number: int) -> Text:
    return Text(
        f"True, but it repeats line {number}: write the step that stood here.",
        f"成立，但这是重复第 {number} 行：请写出这里原本的一步。",
    )


def _true_row(row: int) -> Text:
    if row == 1:
        return Text("Line 1 is where the chain starts.", "第 1 行是推导的起点。")
    return Text(
        f"Line {row} is true: it equals line 1. Which line does not?",
        f"第 {row} 行是对的：它等于第 1 行。哪一行不等于第 1 行？",
    )


def _side(row: str) -> str:
    return row.strip().removeprefix("=").strip()
