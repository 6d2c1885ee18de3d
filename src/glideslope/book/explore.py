"""A figure to grab, in a notebook: `explore("softmax-bars", z=[3.0, 1.0, -3.0])`.

The page hydrates the same module with no kernel at all; in JupyterLab, VS Code and Colab it is an anywidget.
In a terminal it says in one line what it would show.
"""

import json
from pathlib import Path
from typing import Any

from glideslope.errors import GlideslopeError, MissingExtraError

__all__ = ["Explorable", "explore"]


def explore(slug: str, **state: Any) -> "Explorable":
    """Show an explorable.

    Args:
        slug: its name, as in `web/explorables/<slug>`.
        state: where it starts; plain numbers, strings and lists.

    Raises:
        GlideslopeError: no explorable has this name.
    """
    return Explorable(slug, state)


class Explorable:
    """An explorable with its starting state; it shows itself."""

    def __init__(self, slug: str, state: dict[str, Any]) -> None:
        self.slug = slug
        self.state = state
        self._module = explorables_dir() / f"{slug}.js"
        if not self._module.exists():
            known = ", ".join(json.loads((explorables_dir() / "index.json").read_text("utf8")))
            raise GlideslopeError(f"expected the name of an explorable, got {slug!r}; there are {known}.")

    def __repr__(self) -> str:
        about = json.loads(self._module.with_suffix(".json").read_text("utf8"))
        return f"<figure to grab '{self.slug}': {about['title']['en']}; open the lesson in a browser or in JupyterLab>"

    def widget(self) -> Any:
        """The anywidget that draws it."""
        try:
            import anywidget
            import traitlets
        except ImportError:
            raise MissingExtraError('figures to grab in a notebook need anywidget: pip install "glideslope[course]".') from None
        state = {**self.state, "lang": self.state.get("lang", "en"), "symbol": None, "light": None}
        traits = {name: traitlets.Any(value).tag(sync=True) for name, value in state.items()}
        return type("ExplorableWidget", (anywidget.AnyWidget,), {"_esm": self._module.read_text("utf8"), **traits})()

    def _repr_mimebundle_(self, **options: Any) -> Any:
        try:
            return self.widget()._repr_mimebundle_(**options)
        except MissingExtraError:
            return {"text/plain": repr(self)}


def explorables_dir() -> Path:
    """Where the built explorables lie."""
    return Path(__file__).resolve().parents[1] / "_built" / "assets" / "explorables"
