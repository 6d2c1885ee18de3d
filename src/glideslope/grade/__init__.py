"""Exercises and their judge: what check.py files are written with, and who answers an exercise.

One engine, two uses: self-check in the page (`glideslope.check`, worth nothing) and the grading of a class.
The words a check.py needs stand here: `question`, `inputs`, `equal`, `law`, `mistake` and the kinds of inputs.
`judge(lesson, slug, answer)` answers derivations and broken lines.
"""

import importlib
from typing import Any

from glideslope.grade.close import close
from glideslope.grade.inputs import floats, inputs, labels, number, one_hot, probabilities
from glideslope.grade.question import equal, law, mistake, question

__all__ = ["close", "equal", "floats", "inputs", "judge", "labels", "law", "mistake", "number", "one_hot", "probabilities", "question"]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name == "judge":  # loads the derivation checker, which a code exercise does not need
        return importlib.import_module("glideslope.grade.judging").judge
    raise AttributeError(f"module 'glideslope.grade' has no attribute '{name}'; it has {', '.join(__all__)}")
