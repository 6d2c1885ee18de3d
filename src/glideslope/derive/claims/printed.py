r"""Numbers as they are printed: $\ln 2 = 0.693\ldots$, $1/3 = 33\,\%$, $100\,\mathrm{kt} \approx 51.4\,\mathrm{m/s}$.

A printed number agrees with a value that rounds to it, or that begins with its digits where dots follow. Values in units are compared
in one system; where only one side writes its units, in SI units. A value that does not agree in units is no alarm: a factor may be left out.
"""

from __future__ import annotations

from dataclasses import replace

from glideslope.derive.evaluation.numbers import real
from glideslope.derive.evaluation.values import Eye, Mat, Ones
from glideslope.derive.judging.compare import Outcome, Question, compare
from glideslope.derive.judging.evidence import Desk
from glideslope.derive.judging.finding import Finding
from glideslope.derive.judging.reasons import say
from glideslope.derive.meaning.context import Context
from glideslope.derive.reading.contents import reached
from glideslope.derive.source.chains import Member
from glideslope.derive.syntax.tokens import Token
from glideslope.errors import ParseError

__all__ = ["agrees", "decimals", "has_units", "is_printed"]

#: so many digits below the decimal point that any two numbers agree: the values alone are asked for
NO_DIGITS = -300


def is_printed(member: Member) -> bool:
    """Whether a side is one decimal number, with a percent sign, a unit or dots after it."""
    tokens = [t for t in member.tokens if t.text not in (".", ",", ";") and t.kind != "quad"]
    numbers = [t for t in tokens if t.kind == "num"]
    if not numbers or any(t.kind == "char" and t.text.isalpha() for t in tokens):
        return False
    rest = [t for t in tokens if t is not numbers[0] and t.kind not in ("unit", "open", "close")]
    return len(tokens) < 24 and all(t.kind == "num" or t.text in ("-", "\\dots", "\\%", "\\cdot", "\\times", "^", "/", "\\frac", "\\odot") for t in rest)  # fmt: skip


def agrees(left: Member, right: Member, relation: str, desk: Desk) -> Finding | bool:
    """The verdict on `left = 51.4 m/s` where it holds; else whether both sides are exact numbers, which then differ."""
    exact = not any(t.kind == "num" and "." in t.text for t in left.tokens)
    marked = any(t.kind == "unit" or t.text in ("\\%", "\\dots", "\\odot") for t in right.tokens)
    if not (exact or marked) or (relation == "=" and not marked and not any("." in t.text for t in right.tokens)):
        return False
    decided = False
    for turned in (left, _common(left)) if relation == "~" else (left,):
        try:
            question = Question(desk.read(turned), desk.read(right), "=", (), NO_DIGITS)
        except (ParseError, RecursionError):
            return False
        for context in _systems(question, desk.context):
            outcome = compare(question, context, desk.dimensions, worlds=2, points=1)
            decided = decided or (exact and _decided(outcome))
            if _decided(outcome) and _rounds(outcome, right.tokens, relation):
                return Finding(right, left, relation, "holds", say("rounded"), outcome, grounded=True)
    return decided


def has_units(question: Question, context: Context) -> bool:
    """Whether units stand in a step, or in what it rests on."""
    return any(n.op == "unit" for n in reached((question.left, question.right), context))


def _systems(question: Question, context: Context) -> list[Context]:
    """The odd units; SI units too where one side writes none."""
    marks = [any(n.op == "unit" for n in reached((side,), context)) for side in (question.left, question.right)]
    if marks[0] == marks[1]:
        return [context]
    plain = context.fork()
    plain.plain_units = True
    return [context, plain]


def _common(member: Member) -> Member:
    r"""`\log` to the base ten."""
    tokens = [replace(t, text="\\lg") if t.text == "\\log" else t for t in member.tokens]
    return Member(tokens, member.row)


def _decided(outcome: Outcome) -> bool:
    """Whether both sides are numbers for which nothing was drawn."""
    sides = (outcome.left, outcome.right)
    if outcome.kind != "equal" or outcome.unknown or outcome.guessed or outcome.bind or outcome.world is None:
        return False
    return not outcome.world.leaves and not any(isinstance(x, Mat | Eye | Ones) for x in sides)


def _rounds(outcome: Outcome, tokens: list[Token], relation: str) -> bool:
    value, printed = real(outcome.left), real(outcome.right)
    first = next(t.text.replace(",", "") for t in tokens if t.kind == "num")
    mantissa = float(first)
    if mantissa == 0 or printed == 0:
        return value == printed
    decimals = len(first.partition(".")[2])
    last = abs(printed / mantissa) * 10.0**-decimals  # what one of the last digit printed counts
    slack = 1e-9 * abs(printed)
    if relation == "=" and not decimals and not any(t.text in ("\\%", "\\dots") for t in tokens):
        return abs(value - printed) <= slack
    begins = 0 <= (value - printed) * (1 if printed > 0 else -1) < last
    dotted = any(t.text == "\\dots" for t in tokens)
    if dotted or (begins and relation == "=" and decimals > 0):
        return begins
    return abs(value - printed) <= last / 2 + slack


def decimals(member: Member) -> int | None:
    """Decimals printed, when the side is made of rounded numbers."""
    if any(t.kind in ("char", "cmd") and t.text not in ("-", "+", ",", "|") and t.text.strip("\\").isalpha() and t.text not in ("\\begin", "\\end")
           for t in _outside_names(member.tokens)):  # fmt: skip
        return None
    if any(t.kind == "unit" or t.text == "\\%" for t in member.tokens):
        return None
    places = [len(t.text.split(".")[1]) for t in member.tokens if t.kind == "num" and "." in t.text]
    return min(places) if places else None


def _outside_names(tokens: list[Token]) -> list[Token]:
    """Tokens without the names of environments."""
    kept: list[Token] = []
    skip = 0
    for token in tokens:
        if token.text in ("\\begin", "\\end"):
            skip = 1
        elif skip and token.text == "}":
            skip = 0
        elif not skip:
            kept.append(token)
    return kept
