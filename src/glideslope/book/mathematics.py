"""Formulas as HTML: KaTeX at build time, so that a page reads well before any script runs.

One Node process renders line by line; what it rendered is kept, so that an installed course builds pages with no Node.
A formula nobody has rendered yet is left to the reader's own KaTeX.
"""

import hashlib
import html
import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from glideslope.errors import GlideslopeError

__all__ = ["Mathematics", "colour_symbols"]


class Mathematics:
    """Renders LaTeX, remembering what it has seen in `kept` (a JSON file)."""

    def __init__(self, kept: Path, node: Sequence[str] = (), script: Path | None = None) -> None:
        self.kept = kept
        self.node = tuple(node)
        self.script = script
        self._known: dict[str, str] = json.loads(kept.read_text("utf8")) if kept.exists() else {}
        self._process: subprocess.Popen[str] | None = None

    def render(self, latex: str, display: bool) -> str:
        """HTML of one formula."""
        key = hashlib.sha256(f"{display}{latex}".encode()).hexdigest()[:24]
        if key not in self._known:
            if not self.node:
                return f'<span class="math-raw" data-display="{str(display).lower()}">{html.escape(latex)}</span>'
            self._known[key] = self._ask(latex, display)
        return self._known[key]

    def close(self) -> None:
        """Stop Node and keep what was rendered."""
        if self._process is not None:
            self._process.communicate()
            self._process = None
        self.kept.parent.mkdir(parents=True, exist_ok=True)
        self.kept.write_text(json.dumps(self._known, ensure_ascii=False, sort_keys=True), "utf8")

    def _ask(self, latex: str, display: bool) -> str:
        if self._process is None:
            command = [*self.node, str(self.script)]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf8")
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"latex": latex, "display": display}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "error" in answer:
            raise GlideslopeError(f"KaTeX cannot set the formula {latex!r}: {answer['error']}")
        return answer["html"]


_TOKEN = re.compile(r"\\(?:text|mathrm|operatorname|begin|end|htmlClass|tag|label)\s*\*?\{[^{}]*\}|\\[a-zA-Z]+|\\.|[a-zA-Z]|.", re.S)


def colour_symbols(latex: str, symbols: Sequence[str]) -> str:
    r"""Mark the letters a lesson colours: `z_i` becomes `\htmlClass{sym sym-z}{z}_i`.

    >>> colour_symbols(r"\\ln a + \\text{a}", ["a"])
    '\\\\ln \\\\htmlClass{sym sym-a}{a} + \\\\text{a}'
    """
    parts, before = [], ""
    for match in _TOKEN.finditer(latex):
        token = match[0]
        if token in symbols and before != "\\htmlClass":
            parts.append(rf"{{\htmlClass{{sym sym-{token}}}{{{token}}}}}" if before in "_^" and before else rf"\htmlClass{{sym sym-{token}}}{{{token}}}")
        else:
            parts.append(token)
        before = token if token.strip() else before
    return "".join(parts)
