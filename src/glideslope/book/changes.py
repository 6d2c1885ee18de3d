r"""The part of a derivation's row that changed against the row above, marked so that the eye finds it.

Both rows are cut into atoms (a letter, a command with its arguments, a fence with what it holds), each with its scripts;
what a longest common subsequence of atoms leaves over has changed. Inside one changed atom of the same kind the search goes on.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

__all__ = ["mark_changes"]

_PIECE = re.compile(
    r"\\left\s*(?:\\[a-zA-Z]+|\\.|.)|\\right\s*(?:\\[a-zA-Z]+|\\.|.)|\\[a-zA-Z]+|\\.|[{}_^]|\s+|.", re.S
)
_ARGUMENTS = {r"\frac": 2, r"\tfrac": 2, r"\dfrac": 2, r"\binom": 2, r"\sqrt": 1}
_MARKED_WHOLE = re.compile(r"[\s=+\-]*\\htmlClass\{changed\}\{((?!\\htmlClass).)*\}[\s.,]*", re.S)
_ALIKE = 0.3  # below this share of common atoms a row is a new thought, and marking all of it would mark nothing


@dataclass(frozen=True)
class Atom:
    """`head` and `tail` enclose the parts in which a change may be looked for; round brackets do so without braces."""

    head: str
    parts: tuple[str, ...] = ()
    tail: str = ""

    def __str__(self) -> str:
        shape = "{}" if self.head == "(" else "{{{}}}"
        return self.head + "".join(shape.format(part) for part in self.parts) + self.tail


def mark_changes(before: str, after: str) -> str:
    r"""`after` with `\htmlClass{changed}{…}` around what `before` does not have.

    >>> mark_changes(r"= b + c", r"= b + d")
    '= b + \\htmlClass{changed}{d}'
    >>> mark_changes(r"= \frac{a b}{c}", r"= \frac{a d}{c}")
    '= \\frac{a \\htmlClass{changed}{d}}{c}'
    >>> mark_changes("= a", "= x y z")
    '= x y z'
    """
    old, new = _atoms(before), _atoms(after)
    if "".join(map(str, new)) != after:  # unbalanced: nothing to take apart
        return after
    marked = _mark(old, new) if old and new else after
    # A mark around all there is points nowhere.
    return after if _MARKED_WHOLE.fullmatch(marked) else marked


def _mark(old: Sequence[Atom], new: Sequence[Atom]) -> str:
    same = [[" ".join(str(atom).split()) for atom in atoms if str(atom).strip()] for atoms in (old, new)]
    places = [k for k, atom in enumerate(new) if str(atom).strip()]
    olds = [atom for atom in old if str(atom).strip()]
    match = SequenceMatcher(None, same[0], same[1], autojunk=False)
    twins = (
        len(olds) == len(places)
        and sum(_kin(a, new[k]) for a, k in zip(olds, places, strict=True)) / max(len(olds), 1) > 0.5
    )
    if match.ratio() < _ALIKE and not twins:
        return "".join(map(str, new))
    text, done = "", 0
    for kind, i, j, k, m in match.get_opcodes():
        if kind == "delete":
            continue
        start, stop = places[k], places[m - 1] + 1
        text += "".join(map(str, new[done:start]))
        piece, done = new[start:stop], stop
        if kind == "equal":
            text += "".join(map(str, piece))
        elif kind == "replace" and j - i == m - k == 1 and _kin(olds[i], piece[0]):
            text += _inside(olds[i], piece[0])
        else:
            text += _wrap("".join(map(str, piece)))
    return text + "".join(map(str, new[done:]))


def _inside(old: Atom, new: Atom) -> str:
    marked = Atom(new.head, tuple(mark_changes(a, b) for a, b in zip(old.parts, new.parts, strict=True)), new.tail)
    return str(marked) if str(marked) != str(new) else _wrap(str(new))


def _kin(old: Atom, new: Atom) -> bool:
    return bool(new.parts) and (old.head, len(old.parts), old.tail) == (new.head, len(new.parts), new.tail)


def _wrap(piece: str) -> str:
    # A relation or a rule of the environment keeps its own spacing; a mark around nothing but an operator says too little.
    return piece if re.fullmatch(r"[\s=+\-,.&{}]*", piece) else rf"\htmlClass{{changed}}{{{piece}}}"


def _atoms(latex: str) -> list[Atom]:
    """Cut at the top level; unbalanced text stays one atom."""
    pieces, atoms, k = _PIECE.findall(latex), [], 0
    while k < len(pieces):
        atom, k = _atom(pieces, k)
        atoms.append(atom)
    return atoms


def _atom(pieces: Sequence[str], k: int) -> tuple[Atom, int]:
    piece = pieces[k]
    if piece == "{":
        inner, k = _group(pieces, k)
        return _with_scripts(Atom("", (inner,)), pieces, k)
    if piece == "(" and (stop := _closing(pieces, k, "(", ")")) <= len(pieces) and pieces[stop - 1] == ")":
        scripts, end = _with_scripts(Atom(""), pieces, stop)
        return Atom("(", ("".join(pieces[k + 1 : stop - 1]),), ")" + scripts.tail), end
    if piece.startswith(r"\left") and not piece.startswith(r"\leftarrow"):
        stop = _closing(pieces, k, r"\left", r"\right")
        return _with_scripts(Atom("".join(pieces[k:stop])), pieces, stop)
    if piece == r"\begin":
        stop = _closing(pieces, k, r"\begin", r"\end")
        _, stop = _group(pieces, stop) if stop < len(pieces) and pieces[stop] == "{" else ("", stop)
        return Atom("".join(pieces[k:stop])), stop
    k += 1
    parts = []
    for _ in range(_ARGUMENTS.get(piece, 0)):
        if k < len(pieces) and pieces[k] == "{":
            part, k = _group(pieces, k)
            parts.append(part)
    if not parts and piece.startswith("\\"):
        # Other commands keep their arguments unopened: \mathrm{T}, \text{for } …
        while k < len(pieces) and pieces[k] == "{":
            part, k = _group(pieces, k)
            piece += f"{{{part}}}"
        if re.fullmatch(r"\\[a-zA-Z]+", piece) and k < len(pieces) and pieces[k].isspace():
            piece, k = piece + pieces[k], k + 1
    return _with_scripts(Atom(piece, tuple(parts)), pieces, k)


def _with_scripts(atom: Atom, pieces: Sequence[str], k: int) -> tuple[Atom, int]:
    tail = ""
    while k < len(pieces) and pieces[k] in "_^'" and pieces[k].strip():
        mark, k = pieces[k], k + 1
        script = ""
        if mark != "'" and k < len(pieces):
            if pieces[k] == "{":
                inner, k = _group(pieces, k)
                script = f"{{{inner}}}"
            else:
                script, k = pieces[k], k + 1
                # `x^\top y` needs its blank.
                if script.startswith("\\") and k < len(pieces) and pieces[k].isspace():
                    script, k = script + pieces[k], k + 1
        tail += mark + script
    return Atom(atom.head, atom.parts, tail), k


def _group(pieces: Sequence[str], k: int) -> tuple[str, int]:
    stop = _closing(pieces, k, "{", "}")
    return "".join(pieces[k + 1 : stop - 1]), stop


def _closing(pieces: Sequence[str], k: int, opening: str, closing: str) -> int:
    depth = 0
    for m in range(k, len(pieces)):
        depth += pieces[m].startswith(opening) - pieces[m].startswith(closing)
        if depth == 0:
            return m + 1
    return len(pieces)
