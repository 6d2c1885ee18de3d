"""Prove that the judge of derivations and broken lines can fail, as `prove` does for code.

A derivation: its solution and alternatives reach the goal, its wrong rows are refused with the stated status.
A broken line: the repairs pass, the broken row itself, every other mark and a copied neighbour are refused.
"""

import re
from collections.abc import Iterator

from glideslope.exercise import Chain, Exercise
from glideslope.grade.broken_line import judge_repairs
from glideslope.grade.lines import judge_rows

__all__ = ["line_trials", "row_mutants"]

Row = tuple[str, str, bool, str]
"""kind, name, whether it went as it must, what came instead"""


def line_trials(exercise: Exercise) -> Iterator[Row]:
    """Yield the trials of a derivation or a broken-line exercise."""
    yield from _derivation(exercise) if exercise.kind == "derivation" else _broken_line(exercise)


def _derivation(exercise: Exercise) -> Iterator[Row]:
    assert exercise.derivation is not None
    task = exercise.derivation
    for place, rows in enumerate((task.solution, *task.alternatives)):
        verdict = judge_rows(exercise, rows)
        yield "alternative" if place else "solution", rows[0], verdict.passed, str(verdict)
    yield "starter", "no line", not judge_rows(exercise, []).passed, "an empty derivation passes"
    for wrong in task.wrong:
        verdict = judge_rows(exercise, wrong.rows)
        line = verdict.lines[wrong.row - 1]
        others = all(line.status == "holds" for line in verdict.lines[: wrong.row - 1])
        right = not verdict.passed and line.status == wrong.status and others
        yield "wrong", wrong.rows[-1], right, f"expected {wrong.status} in line {wrong.row} and got\n{verdict}"
    for length in range(1, len(task.solution)):
        verdict = judge_rows(exercise, task.solution[:length])
        yield "unfinished", task.solution[length - 1], not verdict.passed, "it passes before it has reached its goal"
    yield from _mutants(exercise, task.solution)


def _mutants(exercise: Exercise, rows: tuple[str, ...]) -> Iterator[Row]:
    for place, row in enumerate(rows):
        for mutant in row_mutants(row):
            verdict = judge_rows(exercise, [*rows[:place], mutant])
            right = verdict.lines[-1].status not in ("holds", "goal")
            yield "mutant", mutant, right, f"a mutant of line {place + 1} is accepted: {row}  →  {mutant}"


def row_mutants(row: str) -> list[str]:
    """Return a row with one sign flipped, or one sum dropped.

    Example:
        >>> row_mutants("= a_i - s")
        ['= a_i + s']
    """
    flipped = {"+": "-", "-": "+"}
    signs = [row[: at.start()] + flipped[at[0]] + row[at.end() :] for at in re.finditer(r"[+-]", row)]
    sums = [row[: at.start()] + row[at.end() :] for at in re.finditer(r"\\sum_(\w|{[^{}]*})\s*", row)]
    return signs + sums


def _broken_line(exercise: Exercise) -> Iterator[Row]:
    answers = [{"chain": chain.id, "row": chain.broken, "repair": chain.repair} for chain in exercise.chains]
    verdict = judge_repairs(exercise, answers)
    yield "solution", "all repairs", verdict.passed, str(verdict)
    yield "starter", "one repair", not judge_repairs(exercise, answers[:1]).passed, "one repair passes for all"
    for chain in exercise.chains:
        yield from _chain(exercise, chain)


def _chain(exercise: Exercise, chain: Chain) -> Iterator[Row]:
    for number in range(1, len(chain.rows) + 1):
        if number != chain.broken:
            status = _status(exercise, chain, number, chain.repair)
            yield "wrong", f"{chain.id}: line {number} marked", status == "error", f"got {status}"
    for number, row in enumerate(chain.rows, 1):
        status = _status(exercise, chain, chain.broken, row)
        yield "wrong", f"{chain.id}: line {number} copied", status != "holds", "a copied line passes as a repair"


def _status(exercise: Exercise, chain: Chain, row: int, repair: str) -> str:
    verdict = judge_repairs(exercise, [{"chain": chain.id, "row": row, "repair": repair}])
    return verdict.lines[0].status
