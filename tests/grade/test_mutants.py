"""Mutants: each differs from the original in one place, is valid Python, and leaves the rest alone."""

import ast

import pytest

from glideslope.grade.mutants import mutants

SOURCE = '''
"""Not a number 1."""
import numpy as np


def f(Z, W):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return -(E @ W.T).sum(axis=0) / 2
'''


@pytest.mark.parametrize(
    ("kind", "after"),
    [
        ("sign", "E = np.exp(Z + Z.max(axis=1, keepdims=True))"),
        ("dropped term", "E = np.exp(Z)"),
        ("axis", "E = np.exp(Z - Z.max(axis=0, keepdims=True))"),
        ("axis", "E = np.exp(Z - Z.max(axis=None, keepdims=True))"),
        ("axis", "E = np.exp(Z - Z.max(axis=1, keepdims=False))"),
        ("dropped function", "E = Z - Z.max(axis=1, keepdims=True)"),
        ("sign", "return (E @ W.T).sum(axis=0) / 2"),
        ("factor", "return -(E @ W.T).sum(axis=0) * 2"),
        ("off by one", "return -(E @ W.T).sum(axis=0) / 3"),
        ("transposed", "return -(E @ W).sum(axis=0) / 2"),
        ("transposed", "return -(E.T @ W.T).sum(axis=0) / 2"),
        ("dropped sum", "return -(E @ W.T) / 2"),
    ],
)
def test_each_kind_of_mutant_is_made(kind: str, after: str) -> None:
    assert (kind, after) in [(mutant.kind, mutant.after) for mutant in mutants(SOURCE)]


def test_every_mutant_is_a_different_valid_program() -> None:
    made = mutants(SOURCE)
    sources = [mutant.source for mutant in made]
    assert len(set(sources)) == len(sources)
    assert ast.unparse(ast.parse(SOURCE)) not in sources
    for mutant in made:
        ast.parse(mutant.source)
        assert mutant.before != mutant.after


def test_docstrings_and_defaults_are_left_alone() -> None:
    assert mutants('def f(x, n=3):\n    """Return 1."""\n    return x\n') == []
