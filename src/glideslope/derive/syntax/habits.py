r"""Commands every author defines in a file of their own: \E, \Var, \R, \argmin, \norm{x}, \bx.

Pages are often published without that file. A command that is used and nowhere defined is read as most authors mean it;
what a text defines is never touched, nor a command TeX itself knows.
"""

from __future__ import annotations

import re

__all__ = ["habitual"]

FONTS = {name: "\\mathbb{" + letter + "}" for name, letter in
         {"\\E": "E", "\\EE": "E", "\\R": "R", "\\RR": "R", "\\Reals": "R", "\\reals": "R", "\\PP": "P", "\\Prob": "P"}.items()}  # fmt: skip
WORDS = ("Var", "Cov", "Corr", "Bias", "MSE", "KL", "argmin", "argmax")
ONE = {"\\norm": "\\lVert #1 \\rVert", "\\abs": "\\lvert #1 \\rvert"}
BOLD = re.compile(r"\\(?:bf?|mathbf)([A-Zxyzuvwhg])(?![A-Za-z])")
COMMAND = re.compile(r"\\[A-Za-z]+")


def habitual(text: str, defined: set[str]) -> dict[str, tuple[int, str]]:
    r"""The meaning by habit of the commands a text uses and does not define.

    Example:
        >>> habitual("$\\E[\\bx]$", set())
        {'\\E': (0, '\\mathbb{E}'), '\\bx': (0, '\\mathbf{x}')}
    """
    found: dict[str, tuple[int, str]] = {}
    for name in sorted(set(COMMAND.findall(text)) - defined):
        if name in FONTS:
            found[name] = (0, FONTS[name])
        elif name[1:] in WORDS:
            found[name] = (0, "\\operatorname{" + name[1:] + "}")
        elif name in ONE and re.search(re.escape(name) + r"\s*\{", text):
            found[name] = (1, ONE[name])
        elif (bold := BOLD.fullmatch(name)) is not None:
            found[name] = (0, "\\mathbf{" + bold.group(1) + "}")
    return found
