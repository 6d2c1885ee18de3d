"""What the page asks the server: progress, edits, the judge; see `docs/page.md`."""

import asyncio
import json
import sqlite3
from typing import Any

from jupyter_server.base.handlers import APIHandler
from jupyter_server.extension.handler import ExtensionHandlerMixin
from tornado import web

from glideslope import __version__
from glideslope.errors import GlideslopeError
from glideslope.grade import judge
from glideslope.serve.progress import Progress

__all__ = ["HANDLERS"]

LONGEST = 200_000


class Handler(ExtensionHandlerMixin, APIHandler):
    """Common ground: the store, the body, errors in both languages."""

    @property
    def progress(self) -> Progress:
        """The learner's progress."""
        return self.settings["glideslope_progress"]

    def body(self, *names: str) -> list[Any]:
        """The named fields of the JSON body."""
        try:
            content = json.loads(self.request.body or b"{}")
            return [content[name] for name in names]
        except (ValueError, KeyError, TypeError):
            raise web.HTTPError(400, f"expected a JSON object with {', '.join(names)}") from None

    def text(self, value: Any) -> str:
        """A string of bearable length."""
        if not isinstance(value, str) or len(value) > LONGEST:
            raise web.HTTPError(400, f"expected text of at most {LONGEST} characters")
        return value

    def write_error(self, status_code: int, **options: Any) -> None:
        """A sentence in both languages, never a traceback."""
        problem = options.get("exc_info", (None, None, None))[1]
        english = getattr(problem, "log_message", None) or str(problem or self._reason)
        chinese = f"请求未能完成：{english}"
        if isinstance(problem, sqlite3.OperationalError) and "full" in str(problem):
            english = "The disk is full: your work is safe in this page but is not stored; free some space and try again."
            chinese = "磁盘已满：内容还在本页，但没有存下；请腾出空间后再试。"
        self.finish(json.dumps({"message": {"en": english, "zh": chinese}}, ensure_ascii=False))


class StatusHandler(Handler):
    """`GET status`."""

    @web.authenticated
    def get(self) -> None:
        """Version and notices."""
        self.finish({"version": __version__, "writable": self.progress.writable, "notices": self.progress.notices, "lab": self.settings["glideslope_lab"]})


class OverviewHandler(Handler):
    """`GET progress`."""

    @web.authenticated
    def get(self) -> None:
        """Every lesson."""
        self.finish({"lessons": self.progress.overview(), "notices": self.progress.notices})


class LessonHandler(Handler):
    """`GET progress/<lesson>`."""

    @web.authenticated
    def get(self, lesson: str) -> None:
        """One lesson."""
        self.finish(self.progress.lesson(lesson))


class CellHandler(Handler):
    """`PUT` and `DELETE progress/<lesson>/cells/<name>`."""

    @web.authenticated
    def put(self, lesson: str, name: str) -> None:
        """Keep an edit."""
        (source,) = self.body("source")
        self.progress.keep_cell(lesson, name, self.text(source))
        self.set_status(204)

    @web.authenticated
    def delete(self, lesson: str, name: str) -> None:
        """Forget an edit."""
        self.progress.forget_cell(lesson, name)
        self.set_status(204)


class VisitHandler(Handler):
    """`POST progress/<lesson>/visited`."""

    @web.authenticated
    def post(self, lesson: str) -> None:
        """Remember the visit."""
        self.progress.visit(lesson)
        self.set_status(204)


class ExerciseHandler(Handler):
    """`POST progress/<lesson>/exercises/<slug>`."""

    @web.authenticated
    def post(self, lesson: str, slug: str) -> None:
        """Count a self-check."""
        (passed,) = self.body("passed")
        self.finish(self.progress.attempt(lesson, slug, passed is True))


class JudgeHandler(Handler):
    """`POST judge/<lesson>/<slug>`: derivations and broken lines, judged here (no learner's code runs).

    With `?keep=no` the answer is judged and nothing is stored: so a page shows again what was kept.
    """

    @web.authenticated
    async def post(self, lesson: str, slug: str) -> None:
        """Judge and keep the answer."""
        if len(self.request.body) > LONGEST:
            raise web.HTTPError(400, f"expected an answer of at most {LONGEST} bytes")
        try:
            answer = json.loads(self.request.body)
        except ValueError:
            raise web.HTTPError(400, "expected an answer in JSON") from None
        try:
            # In a thread: kernels' messages pass through the same event loop.
            verdict = await asyncio.get_running_loop().run_in_executor(None, judge, lesson, slug, answer)
        except GlideslopeError as refusal:
            raise web.HTTPError(400, str(refusal).replace("%", "%%")) from None
        if self.get_query_argument("keep", "yes") != "no":
            self.progress.keep_answer(lesson, slug, answer)
            self.progress.attempt(lesson, slug, bool(verdict["passed"]))
        self.finish(json.dumps(verdict, ensure_ascii=False))


_NAME = r"([a-z0-9][a-z0-9-]*)"

HANDLERS = [
    (r"learn/api/status", StatusHandler),
    (r"learn/api/progress", OverviewHandler),
    (rf"learn/api/progress/{_NAME}", LessonHandler),
    (rf"learn/api/progress/{_NAME}/cells/{_NAME}", CellHandler),
    (rf"learn/api/progress/{_NAME}/visited", VisitHandler),
    (rf"learn/api/progress/{_NAME}/exercises/{_NAME}", ExerciseHandler),
    (rf"learn/api/judge/{_NAME}/{_NAME}", JudgeHandler),
]
