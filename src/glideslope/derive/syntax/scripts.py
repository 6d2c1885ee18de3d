"""What stands above a symbol: an index, a label or a power."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glideslope.derive.syntax.names import is_index_word
from glideslope.derive.syntax.tokens import Token, closing

if TYPE_CHECKING:
    from glideslope.derive.syntax.parser import Parser

__all__ = ["is_number_squared", "superscript"]


def superscript(p: Parser, name: str, tokens: list[Token]) -> tuple[str, str]:
    """Tell what a superscript is: an index, a label or a power."""
    texts = [t.text for t in tokens]
    if not texts:
        raise p.error("empty superscript")
    if texts[0] in ("(", "[") and closing(tokens, 0) == len(tokens) - 1:
        return "index", ""
    if tokens[0].kind == "text":
        return "label", "^" + tokens[0].text
    if texts in (["*"], ["\\star"], ["\\dagger"], ["+"], ["-"], ["\\odot"], ["\\#"]):
        return "label", "^" + texts[0]
    if texts[0] in ("\\mathrm", "\\rm", "\\operatorname") and "".join(texts[1:]).strip("{}") not in ("T", "d"):
        return "label", "^" + "".join(texts[1:]).strip("{}")
    word = "".join(texts)
    if texts[0] == "\\pi" and (name.split(":")[-1][:1].isupper() or name in ("v", "q")):
        return "label", "^" + word  # the value of a policy: nobody raises V to the power π
    if len(word) >= 3 and word.isalpha() and not is_index_word(word):
        return "label", "^" + word
    if word.isdigit() and name + "^" in p.hints.raised:
        return "label", "^" + word
    if name in p.hints.raised and texts not in (["T"], ["\\top"]) and (not word.isdigit() or word in ("0", "1")):
        return "index", ""
    return "power", ""


def is_number_squared(p: Parser, name: str, power: list[Token]) -> bool:
    r"""`\sigma^2 (1 - \rho)`: a power of a Greek letter that nothing makes a function, times a sum; `\sigma^2(x)` may be a function."""
    if name in p.hints.functions or name in ("\\phi", "\\psi", "\\Phi", "\\varphi") or name[:1] != "\\":
        return False
    if p.peek() != "(" or [t.kind for t in power if t.kind not in ("open", "close")] != ["num"]:
        return False
    depth = 0
    for t in p.tokens[p.i + 1 : closing(p.tokens, p.i)]:
        depth += {"open": 1, "close": -1}.get(t.kind, 0)
        if depth == 0 and t.text in ("+", "-"):
            return True
    return False
