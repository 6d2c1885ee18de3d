"""What a reader knows at a place in the text: declarations, definitions, constraints, ranges.

A name resolves to a definition whose head matches the indices asked for, else to a declared or free quantity.
The context only stores and finds; `declare` fills it from the text, `evaluate` uses it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from glideslope.derive.syntax.names import INDEX_LETTERS
from glideslope.derive.syntax.tree import Node, canonical, free_symbols, walk

if TYPE_CHECKING:
    from glideslope.derive.laws.lawful import ByLaw
    from glideslope.derive.laws.stated import Stated

__all__ = ["Context", "Declaration", "Definition", "Known", "match_indices"]


@dataclass(frozen=True)
class Declaration:
    """A shape given in the text: `head` are the indices written on the name, `dims` the sizes of the rest."""

    head: tuple[Node, ...]
    dims: tuple[Node, ...]


@dataclass(frozen=True)
class Definition:
    """An equation that gives a name its meaning."""

    name: str
    head: tuple[Node, ...]
    body: Node
    kind: str = "symbol"  # symbol, call, opaque, tuple
    section: int = 0
    order: int = 0
    conditions: tuple[Node, ...] = ()
    given: bool = True  # in words or within them; False for a display that no words introduce as a definition


@dataclass
class _Heads:
    """The definitions of one name by their heads, kept beside the list they were read from."""

    source: list[Definition]
    count: int = 0  # how many of the list have been read
    kinds: set[str] = field(default_factory=set)
    numbered: dict[tuple[str, ...], list[Definition]] = field(
        default_factory=dict
    )  # heads of numbers only: x_1, x_{1,2}
    others: list[Definition] = field(default_factory=list)

    def read(self) -> None:
        """Take in what has been appended to the list."""
        for definition in self.source[self.count :]:
            self.kinds.add(definition.kind)
            if definition.head and all(h.op == "num" for h in definition.head):
                self.numbered.setdefault(tuple(canonical(h) for h in definition.head), []).append(definition)
            else:
                self.others.append(definition)
        self.count = len(self.source)


@dataclass
class Known:
    """Facts about one name."""

    shapes: list[Declaration] = field(default_factory=list)
    rank: int | None = None
    family: int = 0
    low: float | None = None
    high: float | None = None
    choices: tuple[float, ...] = ()
    integer: bool = False
    declared: bool = False
    ahead: bool = False  # declared further on in the text only
    mentioned: bool = False
    given: bool = False  # mentioned as something given: "the angle $x$", "data $x_i$"
    called: bool = False  # words say it is a matrix or a vector
    assumed: bool = False  # its rank rests on one place where it is written
    structure: dict[str, object] = field(default_factory=dict)
    indexed: int = 0  # most indices seen at once
    lettered: int = 0  # … of which letters
    letters: set[str] = field(default_factory=set)  # those it carried alone, as in x_i
    bare: bool = False
    transposed_with: int = -1  # indices on it when seen transposed


class Context:
    """The state of knowledge; `fork` gives a copy that can be extended without touching the original."""

    def __init__(self) -> None:
        self.known: dict[str, Known] = {}
        self.definitions: dict[str, list[Definition]] = {}
        self.functions: set[str] = set()
        self.raised: set[str] = set()
        self.integers: set[str] = set()
        self.ranges: dict[str, tuple[Node, Node]] = {}
        self.orderings: list[Node] = []
        self.constraints: list[tuple[str, Node, Node]] = []
        self.numerator: str | None = None
        self.section = 0
        self.giving = True  # whether what is defined now is said to be: "let", "define", within a sentence
        self.headings: list[tuple[int, int]] = []  # (level, inequalities before it) of each heading above this place
        self.order = 0
        self.latest: Definition | None = None
        self.functions_of: dict[str, str] = {}
        self.products: dict[str, Node] = {}  # products the text defines itself, as of quaternions
        self.matrix = ""  # the matrix spoken of last
        self.inverses: dict[str, Node] = {}  # what symbols are, solved from the formulas they stand in
        self.random: set[str] = set()  # random variables, and what is distributed in some way
        self.independent: set[str] = set()  # variables said to be independent
        self.identical: set[str] = set()  # families whose members are distributed alike
        self.counts: set[str] = set()  # names whose members are sizes: n_0, n_1
        self.renewed: set[str] = set()  # letters whose meaning may have changed: nothing false of them is sure
        self.stated: set[tuple[str, str]] = set()  # (name, structure) that the text states somewhere
        self.large: set[int] = set()  # numbers declared as sizes that are too large to be tried as they are
        self.labels: dict[tuple[str, object], int] = {}  # (k, "x") -> 1 where the text writes k = (k_x, k_y, k_z)
        self.time = True  # whether the text may count with a letter T
        self.bound: set[str] = set()  # letters some sum runs over
        self.examples: set[str] = set()  # vectors of which there is one for each example: x_i is another, no entry
        self.properties: dict[str, str] = {}  # functions said to be convex, concave, increasing or a metric
        self.curved: dict[str, dict[str, str]] = {}  # how much a function bends, at most and at least: {f: {"most": L}}
        self.minimisers: dict[str, str] = {}  # x^* and the function it minimises
        self.exampled: set[str] = set()  # x of x^{(i)}: bare, it is any one of them
        self.small: set[str] = set()  # what the text calls small
        self.expanding = False  # whether the words before this display say that something is expanded about a place
        self.tall: set[str] = set()  # sizes that are drawn large, for a matrix must be tall
        self.labelled: set[tuple[str, int]] = set()  # (X, 1) where X_1 is a block with a name of its own
        self.sides: dict[str, str] = {}  # matrices whose W_j is a row or a column, as words say
        self.lying = False  # whether such rows are read the other way, and whether the text has shown which
        self.lain = False
        self.plain_units = False  # whether units count as in SI, for a side that leaves them out
        self.forms: dict[str, tuple[int, Node]] = {}  # (section, b) where the text says that a is proportional to b
        self.laws: dict[str, Stated] = {}  # the law the text gives a variable
        self.second: dict[str, Stated] = {}  # laws under a second measure: Q: X ~ …
        self.moments: dict[str, Stated] = {}  # what words say of a variable's mean and variance
        self.models: dict[str, tuple[Definition, Definition]] = {}  # what data are made of, and what their error is
        self.weighed: set[str] = set()  # letters of which the text names a density: τ of p(τ), p(μ, τ), p(τ | y)
        self.summed: dict[str, tuple[str, str]] = {}  # x: (i, n) where the text sums x_i from 1 to n
        self.observed = False  # whether observations are said to be independent
        self.uniform = ""  # which uniform law the text speaks of, discrete or continuous
        self.kind_of_law = ""  # which kind of law, where it speaks of one only
        self.by_law: ByLaw | None = None  # the reading in which laws count
        self.recalled: set[str] = set()  # entropies, means: the text has said what every reader knows of them
        self.whole: Context | None = None  # where definitions were dropped: the context that has them all
        self._heads: dict[str, _Heads] = {}

    def fork(self) -> Context:
        """Return a shallow copy: lists and sets are fresh, facts are shared until changed."""
        other = Context()
        other.__dict__.update(self.__dict__)
        for name, value in self.__dict__.items():
            if isinstance(value, dict | set | list):
                other.__dict__[name] = value.copy()
        other.definitions = {name: list(found) for name, found in self.definitions.items()}
        other.known = dict(self.known)
        return other

    def fact(self, name: str) -> Known:
        """The facts about a name, created when it is new."""
        found = self.known.get(name)
        if found is None:
            found = self.known[name] = Known()
        return found

    def resolve(self, name: str, indices: int = 0) -> str:
        """Follow the habits by which one quantity is written in several ways: x_i of **x**, w_ij of W."""
        if name in self.definitions:
            return name
        mine = self.known.get(name)
        if mine is not None and (mine.declared or mine.rank is not None):
            return name
        if not name.startswith("b:"):
            bold = "b:" + name
            if indices and self._is_array(bold):
                return bold
            if indices >= 2 and len(name) == 1 and name.islower():
                for upper in (name.upper(), "b:" + name.upper()):
                    if self._is_array(upper):
                        return upper
            if indices >= 1 and len(name) == 1 and name.isupper() and self._is_array("b:" + name):
                return "b:" + name
        elif name[2:] in self.definitions or (
            name[2:] in self.known and self.known[name[2:]].declared and not (mine is not None and mine.declared)
        ):
            return name[2:]
        elif (
            name not in self.definitions
            and (plain := self.known.get(name[2:])) is not None
            and plain.lettered
            and not plain.bare
            and not plain.declared
        ):
            return name
        return name

    def _is_array(self, name: str) -> bool:
        if any(d.kind == "symbol" for d in self.definitions.get(name, ())):
            return True
        found = self.known.get(name)
        return (
            found is not None
            and (found.declared or found.bare or found.rank is not None)
            and (self.rank(name) or 0) > 0
        )

    def rank(self, name: str) -> int | None:
        """Number of slots of the value itself (0 scalar, 1 vector, 2 matrix), None when nothing tells."""
        found = self.known.get(name)
        if found is not None and found.rank is not None:
            return found.rank
        if name.startswith("b:") or " b:" in name:
            letter = name.split("b:")[-1][:2].strip("\\")
            if letter[:1].isupper() and len(letter) and letter[:1].isalpha():
                return 2
            return 1
        if found is None:
            return None
        if found.transposed_with >= 0 and not found.shapes and found.transposed_with == found.indexed and found.indexed:
            return 1
        plain = name.split(" ")[-1]
        if found.lettered and not self.definitions.get(name):
            return found.lettered
        if found.indexed == 0 and found.transposed_with == 0:
            return 2 if plain[:1].isupper() and name not in self.definitions else 1
        return None

    def family(self, name: str) -> int:
        """Number of indices that select a member of a family before the value's own slots begin."""
        found = self.known.get(name)
        if found is None:
            return 0
        if found.shapes:
            return found.family
        if found.rank is None and found.transposed_with > 0 and found.transposed_with == found.indexed:
            return found.indexed
        return found.family

    def assumes_matrix(self, name: str) -> bool:
        """Whether a name is a matrix by one place where it is written, and by nothing the text says."""
        found = self.known.get(name)
        return found is not None and found.assumed and found.rank == 2 and not found.structure

    def define(self, definition: Definition) -> None:
        """Add a definition; a later one with the same head replaces the earlier."""
        self.order += 1
        if not self.giving:
            definition = replace(definition, given=False)
        self.latest = definition
        self.definitions.setdefault(definition.name, []).append(definition)
        if definition.kind == "call":
            self.functions.add(definition.name)

    def _by_head(self, name: str) -> _Heads:
        source = self.definitions.get(name, [])
        heads = self._heads.get(name)
        if heads is None or heads.source is not source or heads.count > len(source):
            heads = self._heads[name] = _Heads(source)
        heads.read()
        return heads

    def kinds(self, name: str) -> set[str]:
        """The kinds of definitions a name has."""
        return self._by_head(name).kinds

    def defined_at(self, name: str, indices: tuple[Node, ...]) -> Iterator[Definition]:
        """Definitions that may speak for these indices; of x_1, x_2, … no more than the one asked for."""
        heads = self._by_head(name)
        yield from heads.others
        key: tuple[str, ...] = ()
        for index in indices:
            key = (*key, canonical(index.args[0] if index.op == "group" else index))
            yield from heads.numbered.get(key, ())

    def indexes(self, letter: str) -> bool:
        """Whether a letter below a symbol is an index rather than a label."""
        return letter.rstrip("'") in INDEX_LETTERS or letter in self.bound

    def open_section(self, level: int) -> None:
        """A heading: what was assumed of whole formulas, as in f(x) ≤ b, ends with the sections it closes; so do examples."""
        self.section += 1
        while self.headings and self.headings[-1][0] >= level:
            first = self.headings.pop()[1]
            said = self.orderings[first:]
            self.orderings[first:] = [o for o in said if all(n.op in ("sym", "num", "neg") for n in o.args)]
        self.headings.append((level, len(self.orderings)))
        self._forget_examples()

    def forget(self, name: str) -> None:
        """What the text has said of a name ends here."""
        self.definitions.pop(name, None)
        self.known.pop(name, None)
        self.orderings = [o for o in self.orderings if not any(n.op == "sym" and n.value == name for n in walk(o))]
        self.headings = [(level, min(first, len(self.orderings))) for level, first in self.headings]

    def _forget_examples(self) -> None:
        """Numbers put into an example end with their section."""
        for name, found in list(self.definitions.items()):
            kept = [d for d in found if any(n.op in ("sym", "call", "opaque", "deriv", "big") for n in walk(d.body))]
            if len(kept) != len(found):
                self.definitions[name] = kept
                if not kept:
                    del self.definitions[name]

    def lookup(self, name: str, kind: str) -> Iterator[Definition]:
        """Definitions of a name, the latest first."""
        for definition in reversed(self.definitions.get(name, ())):
            if definition.kind == kind:
                yield definition

    def depends(self, name: str, on: str, seen: set[str] | None = None) -> bool:
        """Tell whether a name's value can change with another's."""
        if name == on or name == "b:" + on or on == "b:" + name:
            return True
        seen = seen if seen is not None else set()
        if name in seen:
            return False
        seen.add(name)
        for definition in self.definitions.get(name, ()):
            for used in free_symbols(definition.body):
                used = used[0] if isinstance(used, tuple) else used
                bare = used.rstrip("'")
                options = {used, bare, self.resolve(bare, 1), self.resolve(bare, 2)}
                if any(self.depends(option, on, seen) for option in options):
                    return True
        return False


def match_indices(
    head: tuple[Node, ...],
    values: tuple[object, ...],
    integer: dict[str, int],
    letters: frozenset[str] | set[str] = frozenset(),
) -> dict[str, object] | None:
    """Match a definition's head against index values; return the letters bound, or None.

    A head index may be a letter, a number, a fixed integer symbol such as T, or a letter with a shift.
    """
    bound: dict[str, object] = {}
    for node, value in zip(head, values, strict=False):
        if node.op == "num":
            if node.value != value:
                return None
        elif node.op == "group":
            inner = match_indices(node.args, (value,), integer, letters)
            if inner is None:
                return None
            bound.update(inner)
        elif node.op == "sym" and not node.args:
            letter = str(node.value)
            if letter in bound:
                if bound[letter] != value:
                    return None
            elif isinstance(value, str) or (
                letter not in INDEX_LETTERS and letter not in letters and not letter.isupper()
            ):
                if value != letter:
                    return None
            elif letter in integer and letter.isupper():
                if integer[letter] != value:
                    return None
            else:
                bound[letter] = value
        elif (
            node.op == "add"
            and len(node.args) == 2
            and node.args[0].op == "sym"
            and node.args[1].op == "num"
            and isinstance(value, int)
        ):
            letter = str(node.args[0].value)
            shift = node.value[1] * int(node.args[1].value)
            if letter in integer and letter.isupper():
                if integer[letter] + shift != value:
                    return None
            else:
                bound[letter] = value - shift
        else:
            return None
    return bound
