r"""A display into chains: members, the relations between them, and the conditions they stand under.

`lhs &= e1 && \text{why} \\ &= e2` is one chain of three members in two rows; the words at the right are no mathematics.
Each member keeps its tokens, its span and its row, so that a verdict can be set beside the row it judges.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from glideslope.derive.source.extract import ALIGNED
from glideslope.derive.source.places import binds, has_own_left
from glideslope.derive.source.repeated import repeated
from glideslope.derive.syntax.cuts import without_reasons
from glideslope.derive.syntax.names import INDEX_LETTERS, RELATIONS
from glideslope.derive.syntax.tokens import Macros, Token, closing, tokenize
from glideslope.derive.syntax.words import AND, CONDITION, EQUALITY, FOLLOWS, GIVES, NEGATED, STATED

__all__ = ["Chain", "Member", "chains_of", "count_rows", "split_relations"]

OPERATORS = {"+", "-", "\\cdot", "\\times", "\\odot", "/", "\\otimes"}


@dataclass
class Member:
    """One side of a relation."""

    tokens: list[Token]
    row: int

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.tokens[-1].end


@dataclass
class Chain:
    """Members joined by relations; `relations[k]` stands before `members[k + 1]`."""

    members: list[Member]
    relations: list[str] = field(default_factory=list)
    conditions: list[list[Token]] = field(default_factory=list)
    implied: bool = False  # an arrow stands between it and the chain before
    named: bool = False  # a model or a hypothesis with a name of its own: stated, not claimed
    given: bool = False  # "where $B = …$": what it does not define it states
    led: str = ""  # the relation a display begins with
    joined: bool = False  # it goes on from the display before
    ranged: bool = False  # `f(x) = …, 0 < x < 1`: where the equation before it is meant
    conditional: bool = False  # the words after it opened a condition, which "and" goes on with


def chains_of(latex: str, macros: Macros | None = None, offset: int = 0) -> list[Chain]:
    """Cut a display into its chains."""
    tokens = tokenize(latex, macros, offset)
    tokens = without_reasons(tokens) if "\\because" in latex else tokens
    arrows = [t.start for t in tokens if t.text in ("\\Rightarrow", "\\Leftrightarrow")]
    rows = _rows(_plain(tokens))
    chains: list[Chain] = []
    for number, row in enumerate(rows):
        kept, shared = _without_words(row)
        fresh = has_own_left(row)
        for place, piece in enumerate(_pieces(kept)):
            _append(chains, piece, number, first=place == 0, fresh=fresh)
        if chains and shared:
            chains[-1].conditions.extend(shared)
    for chain in chains:
        _without_dots(chain)
    chains = [
        chain
        for chain in chains
        if chain.members and all(m.tokens for m in chain.members) and len(chain.relations) == len(chain.members) - 1
    ]
    for before, chain in itertools.pairwise(chains) if arrows else ():
        chain.implied |= any(before.members[-1].end <= arrow < chain.members[0].start for arrow in arrows)
    return chains


def _without_dots(chain: Chain) -> None:
    r"""`a_1 = a_2 = \dots = a_n`: the step leads across the dots."""
    for k in range(len(chain.members) - 1, 0, -1):
        if all(t.text in ("\\dots", ".") for t in chain.members[k].tokens) and len(chain.relations) >= k:
            del chain.members[k]
            del chain.relations[k - 1]


def count_rows(latex: str) -> int:
    """Number of rows a display shows."""
    return len(_rows(_plain(tokenize(latex))))


def _plain(tokens: list[Token]) -> list[Token]:
    """Replace relations with something written above them by the bare relation."""
    out: list[Token] = []
    here = 0
    while here < len(tokens):
        token = tokens[here]
        if token.text in ("\\stackrel", "\\overset", "\\underset", "\\underbrace", "\\overbrace") and here + 1 < len(
            tokens
        ):
            first = closing(tokens, here + 1)
            if token.text in ("\\underbrace", "\\overbrace"):
                held, here = tokens[here + 1 : first + 1], first + 1
                label: list[Token] = []
                if here + 1 < len(tokens) and tokens[here].text in ("_", "^"):
                    stop = closing(tokens, here + 1) + 1 if tokens[here + 1].kind == "open" else here + 2
                    label, here = tokens[here + 1 : stop], stop
                out.extend(repeated(held, label) or _plain(held))
                continue
            second = closing(tokens, first + 1) if first + 1 < len(tokens) else first
            inner = (
                tokens[first + 2 : second]
                if first + 1 < len(tokens) and tokens[first + 1].kind == "open"
                else tokens[first + 1 : first + 2]
            )
            out.extend(_marked(tokens[here + 1 : first + 1], inner))
            here = max(second, first + 1) + 1
            continue
        equals = here + 2 if here + 2 < len(tokens) and tokens[here + 1].kind == "amp" else here + 1
        if token.text == ":" and equals < len(tokens) and tokens[equals].text == "=":
            out.append(Token("cmd", ":=", token.start, tokens[equals].end))
            here = equals + 1
            continue
        if token.text == "\\not" and here + 1 < len(tokens):
            out.append(
                Token("cmd", "\\ne" if tokens[here + 1].text == "=" else "\\notin", token.start, tokens[here + 1].end)
            )
            here += 2
            continue
        out.append(token)
        here += 1
    return out


def _marked(above: list[Token], inner: list[Token]) -> list[Token]:
    """An equals sign with something above it: `def` defines, `!` asks for it, `?` wonders."""
    if [t.text for t in inner] != ["="]:
        return inner
    mark = "".join(t.text for t in above).strip("{}").lower()
    text = (
        ":="
        if re.search(r"\bdef|\\triangle|定义|rmdef|mathrm\{?def", mark)
        else "\\must"
        if mark in ("!", "?")
        else "="
    )
    return [Token("cmd", text, inner[0].start, inner[0].end)] if text != "=" else inner


def _rows(tokens: list[Token]) -> list[list[Token]]:
    rows: list[list[Token]] = [[]]
    depth = inner = 0
    here = 0
    while here < len(tokens):
        token = tokens[here]
        if token.text in ("\\begin", "\\end") and here + 1 < len(tokens):
            stop = closing(tokens, here + 1)
            name = "".join(t.text for t in tokens[here + 2 : stop]).rstrip("*")
            if name in ALIGNED and inner == 0 and depth == 0:
                here = stop + 1
                if name in ("alignat", "alignedat", "IEEEeqnarray") and here < len(tokens) and tokens[here].text == "{":
                    here = closing(tokens, here) + 1
                continue
            inner += 1 if token.text == "\\begin" else -1
            rows[-1].extend(tokens[here : stop + 1])
            here = stop + 1
            continue
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if token.kind == "break" and inner == 0:
            depth = max(0, depth) if depth < 0 else depth
            rows.append([])
            depth = 0
        else:
            rows[-1].append(token)
        here += 1
    return [row for row in rows if any(t.kind not in ("amp", "quad") for t in row)]


def _without_words(row: list[Token]) -> tuple[list[Token], list[list[Token]]]:
    """Drop the column of words at the right; keep the conditions they introduce."""
    cells: list[list[Token]] = [[]]
    depth = 0
    for token in row:
        depth += {"\\begin": 1, "\\end": -1}.get(token.text, 0)
        if token.kind == "amp" and depth == 0:
            cells.append([])
        else:
            cells[-1].append(token)
    kept: list[Token] = []
    conditions: list[list[Token]] = []
    empty = False
    for cell in cells:
        words = [t for t in cell if t.kind == "text"]
        if words and cell[0].kind == "text" and GIVES.match(words[0].text) and _states(cell):
            kept.extend(cell)
            continue
        if words and cell[0].kind == "text" and (empty or CONDITION.match(words[0].text)):
            conditions.extend(_condition_of(cell))
            continue
        empty = not cell and bool(kept)
        kept.extend(cell)
    return kept, conditions


def _condition_of(tokens: list[Token]) -> list[list[Token]]:
    text = next((t.text for t in tokens if t.kind == "text"), "")
    rest = [t for t in tokens if t.kind not in ("text", "quad")]
    if CONDITION.match(text) and not NEGATED.search(text) and any(t.text in RELATIONS for t in rest):
        return [rest]
    inner = re.findall(r"\$([^$]+)\$", text)
    if CONDITION.match(text) and not NEGATED.search(text):
        start = tokens[0].start
        return [
            tokenize(body, None, start)
            for body in inner
            if any(r in body for r in ("=", "\\n", "<", ">", "\\l", "\\g"))
        ]
    return []


def _pieces(tokens: list[Token]) -> list[list[Token]]:
    """Cut a row at wide spaces and at the commas between statements."""
    pieces: list[list[Token]] = [[]]
    depth = inner = 0
    for token in tokens:
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        inner += {"\\begin": 1, "\\end": -1}.get(token.text, 0)
        if (
            depth <= 0
            and inner == 0
            and not _labels(pieces[-1])
            and (
                token.kind in ("quad", "text")
                or token.text in (",", ";", "\\Rightarrow", "\\Leftrightarrow", "\\forall", "。", "，")
            )
        ):
            pieces.append([token] if token.kind == "text" else [])
            if token.kind != "quad" and token.kind != "text":
                pieces[-1] = []
            continue
        pieces[-1].append(token)
    merged: list[list[Token]] = []
    pending: list[Token] = []
    pieces = _with_dots(pieces)
    for piece in pieces:
        core = _wordless(piece)
        if not core:
            if piece and not pending:
                pending = piece
            continue
        word = piece if piece[0].kind == "text" else pending + piece
        pending = []
        while core and core[-1].text in (".", ",", ";"):
            core.pop()
        if not core:
            continue
        if (
            merged
            and not any(t.text in RELATIONS for t in merged[-1])
            and any(t.text in RELATIONS for t in core)
            and core[0].text not in RELATIONS
            and word[0].kind != "text"
        ) and any(t.text in ("\\in", "<", ">", "\\leq", "\\geq") for t in core):  # a, b, c ∈ ℝ
            while merged and not any(t.text in RELATIONS for t in merged[-1]):
                held = merged.pop()
                core = [*held, Token("char", ",", held[-1].end, held[-1].end), *core]
            merged.append(core)
            continue
        merged.append([t for t in word if t.kind == "text"][:1] + core)
    return merged


def _wordless(tokens: list[Token]) -> list[Token]:
    """Drop words, except those inside braces, where they are labels."""
    kept: list[Token] = []
    depth = 0
    for token in tokens:
        depth += {"open": 1, "close": -1}.get(token.kind, 0) + {"\\begin": 1, "\\end": -1}.get(token.text, 0)
        if token.kind != "text" or depth > 0 or _labels(kept):
            kept.append(token)
    return kept


def _labels(before: list[Token]) -> bool:
    """Whether the next token is a bare sub- or superscript, as in x_\\text{new}."""
    return bool(before) and before[-1].text in ("_", "^")


def _with_dots(pieces: list[list[Token]]) -> list[list[Token]]:
    """Join i = 1 , … , n again."""
    joined: list[list[Token]] = []
    for piece in pieces:
        if joined and piece and joined[-1] and (piece[0].text == "\\dots" or joined[-1][-1].text == "\\dots"):
            comma = Token("char", ",", joined[-1][-1].end, joined[-1][-1].end)
            joined[-1] = [*joined[-1], comma, *piece]
        else:
            joined.append(piece)
    return joined


def split_relations(tokens: list[Token]) -> tuple[list[list[Token]], list[str]]:
    """Cut at the relations outside groups."""
    parts: list[list[Token]] = [[]]
    relations: list[str] = []
    depth = inner = 0
    for token in tokens:
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        inner += {"\\begin": 1, "\\end": -1}.get(token.text, 0)
        if depth <= 0 and inner == 0 and token.text in RELATIONS:
            if not parts[-1] and relations:  # two relations in a row: the second one speaks
                relations[-1] = RELATIONS[token.text]
                continue
            parts.append([])
            relations.append(RELATIONS[token.text])
        else:
            parts[-1].append(token)
    return parts, relations


def _unnamed(piece: list[Token]) -> list[Token]:
    r"""`m_1: y = X b`, `H_0: \mu = 0`: what stands before the colon is a name."""
    depth = 0
    for place, token in enumerate(piece):
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if token.text in RELATIONS or (place and token.text == "\\begin"):
            break
        if depth == 0 and token.text == ":" and 0 < place < 8 and place + 1 < len(piece):
            return piece[place + 1 :]
    return piece


def _append(chains: list[Chain], piece: list[Token], row: int, first: bool, fresh: bool = False) -> None:
    named = _unnamed(piece)
    if named is not piece:
        before = len(chains)
        _append(chains, named, row, first=True) if not any(t.text == "\\to" for t in named) else None
        for chain in chains[before:]:
            chain.named = True
        if len(chains) > before:
            return
    core = _wordless(piece)
    parts, relations = split_relations(core)
    words = next((t.text for t in piece if t.kind == "text"), "")
    if words and chains and _takes_words(chains, piece, words, parts, relations, row, first):
        return
    if relations and not parts[0]:
        if not chains:
            chains.append(Chain([Member(core[:1], row)], []))
            chains[-1].members.clear()
        if not chains[-1].members:
            chains[-1].members = [Member(p, row) for p in parts[1:] if p]
            chains[-1].led, *chains[-1].relations = relations
            return
        _go_on(chains[-1], parts, relations, row)
        return
    if not first and chains and relations and _is_condition(core, chains[-1]):
        inside = core[1:-1] if core[0].text in ("(", "[") and closing(core, 0) == len(core) - 1 else core
        chains[-1].conditions.append(inside)
        return
    led = core[0].text in OPERATORS and not (fresh and core[0].text == "-")
    if chains and first and (led or _open(chains[-1].members[-1].tokens)):
        chains[-1].members[-1].tokens = [*chains[-1].members[-1].tokens, *parts[0]]
        _go_on(chains[-1], parts, relations, row)
        return
    if not relations and not first and chains and core[0].text in ("(", "["):
        inside = core[1:-1]
        if any(t.text in RELATIONS for t in inside):
            chains[-1].conditions.append(inside)
            return
    members = [Member(p, row) for p in parts if p]
    if members:
        ranged = not first and binds(chains, parts, relations)
        chains.append(Chain(members, relations[: len(members) - 1], ranged=ranged))


def _go_on(chain: Chain, parts: list[list[Token]], relations: list[str], row: int) -> None:
    """The chain goes on with the relations of this piece and what stands behind them."""
    for relation, part in zip(relations, parts[1:], strict=True):
        if part:
            chain.relations.append(relation)
            chain.members.append(Member(part, row))


def _takes_words(
    chains: list[Chain],
    piece: list[Token],
    word: str,
    parts: list[list[Token]],
    relations: list[str],
    row: int,
    first: bool,
) -> bool:
    """Whether words before the piece say what it is to the chain before it, so that it is no line of its own."""
    if not first and EQUALITY.search(word):
        return True
    full = bool(relations) and all(parts)
    if full and not chains[-1].conditional and _joins(chains, word, parts, relations, row):
        return True
    if first:
        return False
    if _gives(word, parts, relations, chains[-1]):
        members = [Member(p, row) for p in parts]
        given = not word.strip().lower().startswith("and")
        chains.insert(len(chains) - (given and not chains[-1].implied), Chain(members, relations, given=given))
        return True
    if CONDITION.match(word):
        chains[-1].conditions.extend(_condition_of(piece))
        chains[-1].conditional = True
        return True
    return False


def _joins(chains: list[Chain], word: str, parts: list[list[Token]], relations: list[str], row: int) -> bool:
    """A statement of its own after "and" or "hence", or one that something is subject to."""
    if not (AND.match(word) or FOLLOWS.match(word) or STATED.match(word)):
        return False
    chain = Chain([Member(p, row) for p in parts], relations)
    if AND.match(word) and _is_condition([t for p in parts for t in p], chains[-1]):
        return False
    chain.implied, chain.named = bool(FOLLOWS.match(word)), bool(STATED.match(word))
    chains.append(chain)
    return True


def _states(cell: list[Token]) -> bool:
    """Whether a cell of words and formulas says what something is."""
    first = next((k for k, t in enumerate(cell[1:], 1) if t.kind == "text"), len(cell))
    parts, relations = split_relations([t for t in cell[1:first] if t.kind != "quad"])
    return _gives(cell[0].text, parts, relations)


def _gives(word: str, parts: list[list[Token]], relations: list[str], chain: Chain | None = None) -> bool:
    """ "with $B = (X^\\top X)^{-1} X^\\top Y$" says what B is; "with $x = 0$" or "where $i = j$" speaks of a case."""
    if len(relations) != 1 or not GIVES.match(word) or not all(parts):
        return False
    if relations == ["in"]:
        return parts[1][0].text == "\\mathbb" and any(t.text == "^" for t in parts[1])
    if relations not in (["="], [":="]):
        return False
    left, right = parts
    letter = len(left) == 1 and left[0].text in (INDEX_LETTERS if chain is None else _subscripts(chain))
    number = all(t.kind == "num" or t.text in ("-", "/", ".", ",", "\\frac", "{", "}", "\\dots") for t in right)
    return left[0].kind in ("char", "cmd") and not (letter or number or len(left) + len(right) == 2 or _lists(right))


def _lists(tokens: list[Token]) -> bool:
    """i = 1, …, n."""
    return len(tokens) > 1 and tokens[1].text == "," and any(t.text == "\\dots" for t in tokens)


def _open(tokens: list[Token]) -> bool:
    """Tell whether a member waits for its continuation in the next row."""
    depth = sum({"open": 1, "close": -1}.get(t.kind, 0) for t in tokens)
    return depth > 0 or tokens[-1].text in OPERATORS


def _is_condition(core: list[Token], chain: Chain) -> bool:
    """A short relation after a chain that speaks about indices: `i ≠ j`, `(i = j)`, `t = 1, …, T`."""
    inside = core[1:-1] if core[0].text in ("(", "[") and closing(core, 0) == len(core) - 1 else core
    parts, relations = split_relations(inside)
    if not relations or len(inside) > 13:
        return False
    left = parts[0]
    single = len(left) == 1 and left[0].kind == "char" and left[0].text.isalpha()
    if not single:
        return False
    if core is not inside or relations[0] in ("!=", "<", ">", "<=", ">="):
        return True
    return left[0].text in _subscripts(chain)


def _subscripts(chain: Chain) -> set[str]:
    return {t.text for m in chain.members for k, t in enumerate(m.tokens) if k and _in_subscript(m.tokens, k)}


def _in_subscript(tokens: list[Token], k: int) -> bool:
    return tokens[k - 1].text in ("_", "^") or (
        k >= 2 and tokens[k - 2].text in ("_", "{") and tokens[k - 1].text != "}"
    )
