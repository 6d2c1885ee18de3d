"""Prove that an exercise's check can fail: run the solution, the starter, the typical mistakes and the mutants.

solution, alternatives   must pass, for three seeds
starter                  must fail politely: a sentence, no error
wrong/*                  must each receive exactly the message of its first line
mutants of the solution  must all fail, or be listed with a reason in equivalent.toml
"""

import argparse
import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from glideslope.errors import GlideslopeError, ParseError
from glideslope.exercise import Exercise, Text, list_exercises, list_lessons, read_exercise
from glideslope.grade.mutants import Mutant, mutants
from glideslope.grade.selfcheck import self_check
from glideslope.grade.verdict import Verdict

__all__ = ["Proof", "Trial", "main", "prove", "stated_message"]

SEEDS = ("first", "second", "third")


@dataclass(frozen=True)
class Trial:
    """One program put to the check: what it was, what had to happen, whether it did, and what came instead."""

    kind: str
    name: str
    right: bool
    detail: str = ""


@dataclass(frozen=True)
class Proof:
    """All trials of one exercise."""

    exercise: str
    trials: tuple[Trial, ...]

    @property
    def holds(self) -> bool:
        """Whether every trial went as it must."""
        return all(trial.right for trial in self.trials)

    def count(self, kind: str) -> int:
        """Return the number of trials of a kind."""
        return sum(trial.kind == kind for trial in self.trials)


def prove(exercise: Exercise) -> Proof:
    """Run all trials of an exercise of any kind."""
    if exercise.kind == "code":
        return Proof(exercise.name, tuple(_code_trials(exercise)))
    from glideslope.grade.prove_lines import line_trials

    return Proof(exercise.name, tuple(Trial(*trial) for trial in line_trials(exercise)))


def stated_message(path: Path) -> Text:
    """Return the message a wrong/*.py states in its first line: `# [en] … [zh] …`."""
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    found = re.fullmatch(r"# \[en\] (.+?) \[zh\] (.+)", first)
    if found is None:
        raise ParseError(f"{path}: expected the first line to read `# [en] message [zh] 消息` and got {first!r}.")
    return Text(found[1], found[2])


def main(argv: list[str]) -> int:
    """Run `glideslope check --prove [LESSON[/SLUG]…]`; return 0 when every check is proven able to fail."""
    parser = argparse.ArgumentParser(prog="glideslope check", description="Prove that the exercises' checks can fail.")
    parser.add_argument("names", nargs="*", help="lessons, or lesson/slug; default: all")
    parser.add_argument(
        "--prove", action="store_true", help="run solutions, starters, wrong answers and mutants (the default)"
    )
    options = parser.parse_args(argv)
    try:
        proofs = [_report(prove(exercise)) for exercise in _chosen(options.names)]
    except GlideslopeError as error:
        print(error)
        return 2
    bad = sum(not proof.holds for proof in proofs)
    print(f"{len(proofs)} exercises, {bad} not proven" if bad else f"{len(proofs)} exercises, all proven")
    return 1 if bad or not proofs else 0


def _chosen(names: list[str]) -> Iterator[Exercise]:
    for name in names or list_lessons():
        yield from [read_exercise(name)] if "/" in name else list_exercises(name)


def _report(proof: Proof) -> Proof:
    kinds = dict.fromkeys(trial.kind for trial in proof.trials)
    counts = ", ".join(f"{proof.count(kind)} {kind}" for kind in kinds)
    print(f"{'✓' if proof.holds else '✗'} {proof.exercise}: {counts}")
    failed = {trial.detail: trial for trial in reversed(proof.trials) if not trial.right}  # one line for three seeds
    for trial in reversed(failed.values()):
        print(f"    ✗ {trial.kind} {trial.name}: {trial.detail}")
    return proof


def _code_trials(exercise: Exercise) -> Iterator[Trial]:
    right = [("solution", exercise.solution_path), *(("alternative", path) for path in exercise.alternative_paths)]
    for kind, path in right:
        for seed in SEEDS:
            verdict = _verdict(exercise, path.read_text(encoding="utf-8"), str(path), seed)
            yield Trial(kind, f"{path.name} ({seed} seed)", verdict.passed, str(verdict))
    yield _starter(exercise)
    if not exercise.wrong_paths:
        yield Trial("wrong", "wrong/*.py", False, "there is no typical mistake in wrong/; write at least one")
    for path in exercise.wrong_paths:
        yield from _wrong(exercise, path)
    yield from _mutants(exercise)


def _starter(exercise: Exercise) -> Trial:
    verdict = _verdict(exercise, exercise.starter, "starter.py", SEEDS[0])
    return Trial("starter", "starter.py", verdict.status == "wrong", f"expected a polite refusal and got: {verdict}")


def _wrong(exercise: Exercise, path: Path) -> Iterator[Trial]:
    wanted = stated_message(path)
    for seed in SEEDS:
        verdict = _verdict(exercise, path.read_text(encoding="utf-8"), str(path), seed)
        got = verdict.message
        detail = (
            f"expected the message\n      {wanted.en}\n      {wanted.zh}\n    and got\n      {got.en}\n      {got.zh}"
        )
        yield Trial("wrong", f"{path.name} ({seed} seed)", not verdict.passed and got == wanted, detail)


def _mutants(exercise: Exercise) -> Iterator[Trial]:
    excused = _excused(exercise)
    used: set[str] = set()
    for mutant in mutants(exercise.solution_path.read_text(encoding="utf-8")):
        if mutant.after in excused:
            used.add(mutant.after)
            yield Trial(
                "equivalent mutant", mutant.after, _survives(exercise, mutant), "it is caught: delete its entry"
            )
            continue
        detail = f"a {mutant.kind} mutant passes: {mutant.before}  →  {mutant.after}"
        yield Trial("mutant", mutant.after, not _survives(exercise, mutant), detail)
    for after in excused:
        if after not in used:
            yield Trial("equivalent mutant", after, False, "no mutant reads like this; delete or correct its entry")


def _survives(exercise: Exercise, mutant: Mutant) -> bool:
    return _verdict(exercise, mutant.source, f"mutant of {exercise.solution_path}", SEEDS[0], patience_s=0.0).passed


def _excused(exercise: Exercise) -> dict[str, str]:
    """Read equivalent.toml: [[mutant]] after = "the changed statement", reason = "why it computes the same"."""
    path = exercise.folder / "equivalent.toml"
    if not path.is_file():
        return {}
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("mutant", [])
    for entry in entries:
        if not entry.get("after") or not entry.get("reason"):
            raise ParseError(f"{path}: every [[mutant]] needs the texts `after` and `reason`; got {sorted(entry)}.")
    return {ast.unparse(ast.parse(entry["after"].strip())): entry["reason"] for entry in entries}


def _verdict(exercise: Exercise, source: str, filename: str, seed: str, patience_s: float = 60.0) -> Verdict:
    answer = _function(source, filename, exercise.function)
    with redirect_stdout(StringIO()):
        return self_check(exercise, answer, seed=seed, patience_s=patience_s)


def _function(source: str, filename: str, name: str) -> Callable[..., Any] | None:
    names: dict[str, Any] = {"__name__": "answer"}
    exec(compile(source, filename, "exec"), names)  # the exercise's own files, never a learner's
    return names.get(name)
