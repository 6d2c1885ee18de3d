"""The site's files, behind the server's token; pages learn here that they are live."""

from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import AuthenticatedFileHandler, JupyterHandler
from tornado import web

__all__ = ["DoorHandler", "PageHandler"]


class PageHandler(AuthenticatedFileHandler):
    """Serves the built site; HTML is told that a server answers."""

    @property
    def content_security_policy(self) -> str:
        """Pages run scripts, unlike the files Jupyter serves with this handler."""
        return JupyterHandler.content_security_policy.fget(self)  # type: ignore[attr-defined]

    @web.authenticated
    def head(self, path: str) -> Any:  # type: ignore[override]
        """Headers alone."""
        return self.get(path, include_body=False)

    @web.authenticated
    async def get(self, path: str, include_body: bool = True) -> None:  # type: ignore[override]
        """One file of the site."""
        self.xsrf_token  # noqa: B018 (reading it sets the cookie the page needs)
        file = Path(self.root) / path
        if path.endswith(".html") and file.is_file() and Path(self.root).resolve() in file.resolve().parents:
            self.set_header("Content-Type", "text/html; charset=UTF-8")
            self.set_header("Cache-Control", "no-cache")
            page = file.read_text("utf8").replace('data-live="no"', 'data-live="yes"', 1)
            self.finish(page if include_body else None)
            return
        await web.StaticFileHandler.get(self, path, include_body)

    def set_extra_headers(self, path: str) -> None:
        """Browsers ask again each time: an upgrade of the course shows at once."""
        self.set_header("Cache-Control", "no-cache")

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:  # type: ignore[override]
        """Jupyter's own rule refuses hidden files; the rest is Tornado's."""
        return web.StaticFileHandler.validate_absolute_path(self, root, absolute_path)


class DoorHandler(JupyterHandler):
    """`/learn` and `/learn/` lead to the map."""

    @web.authenticated
    def get(self) -> None:
        """Redirect to the site's door."""
        self.redirect(self.base_url + "learn/index.html")
