"""A page of the course as a learner meets it: open it, run cells, answer exercises."""

from typing import Any
from urllib.parse import urlsplit

LESSON = "softmax-cross-entropy"


class Course:
    """One open page; what is not here is Playwright's `page`."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.address = address

    def open(self, path: str) -> "Course":
        """Go to a page of the site and wait until the reader is ready."""
        parts = urlsplit(self.address)
        folder = parts.path.rsplit("/", 1)[0]
        path, _, fragment = path.partition("#")
        self.page.goto(
            f"{parts.scheme}://{parts.netloc}{folder}/{path}?{parts.query}" + (f"#{fragment}" if fragment else "")
        )
        return self.ready()

    def ready(self) -> "Course":
        """Wait for the reader."""
        self.page.wait_for_selector("html[data-ready=yes]")
        return self

    def reload(self) -> "Course":
        """Load the page again."""
        self.page.reload()
        return self.ready()

    def cell(self, name: str) -> Any:
        """A cell by its name."""
        return self.page.locator(f'[data-cell="{name}"]')

    def exercise(self, slug: str) -> Any:
        """An exercise by its slug."""
        return self.page.locator(f"#exercise-{slug}")

    def write(self, name: str, source: str) -> None:
        """Replace a cell's source, as typed."""
        cell = self.cell(name)
        cell.scroll_into_view_if_needed()
        if cell.locator("button.fold[aria-expanded=false]").count() > 0:
            cell.locator("button.fold").click()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        # Inserted and not typed: the editor would indent by itself.
        self.page.keyboard.insert_text(source)

    def run(self, name: str, state: str = "done") -> str:
        """Press the cell's button, wait for its end, return what it shows."""
        self.cell(name).locator("button.run").click()
        return self.await_cell(name, state)

    def await_cell(self, name: str, state: str = "done") -> str:
        """Wait until a cell is in a state; return its output."""
        try:
            self.page.wait_for_selector(f'[data-cell="{name}"][data-state={state}]', timeout=60_000)
        except Exception as error:
            raise AssertionError(f"cell {name} is not {state}: {self.situation(name)}") from error
        return self.cell(name).locator(".cell-output").inner_text().strip()

    def situation(self, name: str) -> dict[str, Any]:
        """What the page says of a cell, of Python and of troubles: for the message of a test that fails."""
        return {
            "cell": self.cell(name).get_attribute("data-state"),
            "Python": self.page.locator(".kernel-menu").get_attribute("data-state"),
            "notices": self.page.locator(".notice").all_inner_texts(),
            "source": self.cell(name).locator(".cm-content").inner_text(),
            "output": self.cell(name).locator(".cell-output").inner_text(),
        }

    def reset(self, name: str) -> None:
        """Put a cell back."""
        self.cell(name).locator("button.reset").click()
        self.page.wait_for_function(f"""() => document.querySelector('[data-cell="{name}"] button.reset').hidden""")

    def answered(self, part: str) -> Any:
        """Wait for the server's answer to a call whose address holds `part`."""
        return self.page.expect_response(lambda response: part in response.url and response.request.method != "GET")
