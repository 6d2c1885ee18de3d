r"""Units beside numbers: $v = 70\,\mathrm{m/s}$ is 70 times a metre over a second.

The base units are odd numbers of their own, so that $2\,\mathrm{kg} \cdot 3\,\mathrm{m/s^2} = 6\,\mathrm{N}$ agrees and 6 J does not.
Where one side writes its units and the other leaves them out, the numbers are compared in SI units (`Context.plain_units`).
"""

from __future__ import annotations

import re

__all__ = ["UNIT_WORD", "unit_of"]

#: metre, second, kilogram, ampere, kelvin, mole: a system in which no two quantities of different kinds agree by chance
BASE = (1.618033988, 0.739085133, 2.236067977, 1.324717957, 0.567143290, 3.146264369)
Unit = tuple[float, tuple[int, ...]]


def _unit(factor: float, m: int = 0, s: int = 0, kg: int = 0, a: int = 0, k: int = 0, mol: int = 0) -> Unit:
    return factor, (m, s, kg, a, k, mol)


#: units that take a prefix
SI: dict[str, Unit] = {
    "m": _unit(1, m=1), "s": _unit(1, s=1), "g": _unit(1e-3, kg=1), "A": _unit(1, a=1), "K": _unit(1, k=1), "mol": _unit(1, mol=1),
    "N": _unit(1, 1, -2, 1), "J": _unit(1, 2, -2, 1), "W": _unit(1, 2, -3, 1), "Pa": _unit(1, -1, -2, 1), "Hz": _unit(1, s=-1),
    "V": _unit(1, 2, -3, 1, -1), "C": _unit(1, s=1, a=1), "F": _unit(1, -2, 4, -1, 2), "rad": _unit(1), "bar": _unit(1e5, -1, -2, 1),
    "L": _unit(1e-3, m=3), "eV": _unit(1.602176634e-19, 2, -2, 1), "T": _unit(1, 0, -2, 1, -1), "Wh": _unit(3600, 2, -2, 1),
}  # fmt: skip
OTHER: dict[str, Unit] = {
    "min": _unit(60, s=1), "h": _unit(3600, s=1), "hr": _unit(3600, s=1), "sec": _unit(1, s=1), "ft": _unit(0.3048, m=1),
    "mi": _unit(1609.344, m=1), "nmi": _unit(1852, m=1), "NM": _unit(1852, m=1),
    "kt": _unit(1852 / 3600, 1, -1), "kn": _unit(1852 / 3600, 1, -1), "kts": _unit(1852 / 3600, 1, -1),
    "knots": _unit(1852 / 3600, 1, -1), "mph": _unit(0.44704, 1, -1), "kph": _unit(1 / 3.6, 1, -1), "fpm": _unit(0.00508, 1, -1),
    "lb": _unit(0.45359237, kg=1), "lbf": _unit(4.4482216152605, 1, -2, 1), "psi": _unit(6894.757293168, -1, -2, 1),
    "atm": _unit(101325, -1, -2, 1), "deg": _unit(0.017453292519943295), "rpm": _unit(0.10471975511965977, s=-1),
}  # fmt: skip
PREFIX = {"k": 1e3, "M": 1e6, "G": 1e9, "m": 1e-3, "c": 1e-2, "n": 1e-9, "h": 1e2, "d": 1e-1, "\\mu": 1e-6, "μ": 1e-6, "µ": 1e-6}  # fmt: skip
#: upright letters that may be something else than a unit, where no other unit stands beside them
AMBIGUOUS = frozenset("TKCFVLA")
PIECE = re.compile(
    r"(?P<name>(?:\\mu\s*)?[A-Za-zμµ]+)(?:\^\{?(?P<power>-?\d)\}?|(?P<raised>[²³]))?|(?P<over>/)|(?P<open>\()|(?P<close>\))|(?P<gap>[\s~·*.]|\\cdot\b|\\[,;: ]|\\times\b)"
)
#: a word in an upright font, which no bracket and no index follows
UNIT_WORD = re.compile(
    r"\\(?:text|textrm|mathrm|mbox|textnormal|mathsf)\s*\{([^{}]*(?:\{-?\d\}[^{}]*)*)\}(?!\s*(?:\\left\s*)?[(\[_])"
)


def unit_of(text: str, spoken: bool = False) -> tuple[float, float] | None:
    r"""The value of a unit in the odd system and in SI units; None where the text is no unit. A word (`\text{ K}`) is spoken.

    Example:
        >>> unit_of("km/h")[1] * 3.6
        1.0
        >>> unit_of("cats") is None
        True
    """
    factor, dims, sign, depth, found = 1.0, [0] * len(BASE), 1, 0, 0
    position, text = 0, text.strip()
    once = False  # a slash turns over what follows it, or the bracket that does
    while position < len(text):
        piece = PIECE.match(text, position)
        if piece is None:
            return None
        position = piece.end()
        if piece.lastgroup == "over":
            sign, once = -1, True
        elif piece.lastgroup == "open":
            depth, once = depth + 1, False
        elif piece.lastgroup == "close":
            depth, sign = depth - 1, 1
        elif piece.group("name"):
            unit = _named(piece.group("name").replace(" ", ""))
            if unit is None:
                return None
            power = sign * (int(piece.group("power") or 0) or {"²": 2, "³": 3}.get(piece.group("raised") or "", 1))
            factor *= unit[0] ** power
            dims = [d + power * e for d, e in zip(dims, unit[1], strict=True)]
            found += 1
            sign, once = (1, False) if once else (sign if depth else 1, False)
    if not found or depth or once or (found == 1 and text in AMBIGUOUS and not spoken):
        return None
    odd = factor
    for base, power in zip(BASE, dims, strict=True):
        odd *= base**power
    return odd, factor


def _named(name: str) -> Unit | None:
    if name in OTHER:
        return OTHER[name]
    if name in SI:
        return SI[name]
    for prefix, times in PREFIX.items():
        if name.startswith(prefix) and (unit := SI.get(name[len(prefix) :])) is not None:
            return times * unit[0], unit[1]
    return None
