"""The derivation box in a notebook: an anywidget whose lines the kernel judges."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from glideslope.grade import derivation as room
from glideslope.grade.derivation import derivation

pytest.importorskip("anywidget")
pytestmark = pytest.mark.slow
NAME = "softmax-cross-entropy/derive-a-minus-y"
CHAIN_RULE = (
    r"\frac{\partial C}{\partial z_i} = \sum_j \frac{\partial C}{\partial a_j} \frac{\partial a_j}{\partial z_i}"
)


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, needs: Any) -> Path:
    """The built module; `GLIDESLOPE_ASSETS` names another folder of assets, while working on it."""
    path = Path(os.environ.get("GLIDESLOPE_ASSETS", room.MODULE.parent)) / "derivation-box.js"
    if not path.exists():
        needs("the derivation box needs the built pages: pip install . in the repository builds them")
    monkeypatch.setattr(room, "MODULE", path)
    return path


def test_what_is_typed_is_judged_in_the_kernel(module: Path) -> None:
    widget = derivation(NAME).widget()
    assert set(widget.task) == {"start", "goal", "given"}  # never a solution
    widget.asked = {"round": 1, "lines": [CHAIN_RULE]}
    assert widget.answer["round"] == 1
    assert [line["status"] for line in widget.answer["verdict"]["lines"]] == ["holds"]
    widget.asked = {"round": 2, "lines": [CHAIN_RULE, "= a_i + y_i"]}
    assert [line["status"] for line in widget.answer["verdict"]["lines"]] == ["holds", "error"]


def test_outside_a_kernel_it_is_text(module: Path) -> None:
    assert set(derivation(NAME)._repr_mimebundle_()) == {"text/html", "text/plain"}


def test_in_a_kernel_it_shows_a_widget_and_the_task_for_those_who_cannot(module: Path) -> None:
    manager_module = pytest.importorskip("jupyter_client.manager")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(["src", os.environ.get("PYTHONPATH", "")])}
    manager, client = manager_module.start_new_kernel(kernel_name="python3", env=environment)
    try:
        code = f"from pathlib import Path\nfrom glideslope.grade import derivation as room\nroom.MODULE = Path({str(module)!r})\nroom.derivation({NAME!r})"
        client.execute(code)
        while True:
            message = client.get_iopub_msg(timeout=60)
            if message["msg_type"] in ("execute_result", "error"):
                break
        shown = message["content"]["data"]
        assert set(shown) == {"application/vnd.jupyter.widget-view+json", "text/html", "text/plain"}
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


@pytest.fixture
def page(browser: Any, module: Path) -> Iterator[Any]:
    """The module in a bare page, with the kernel's half of the model in this process."""
    context = browser.new_context(viewport={"width": 600, "height": 700}, locale="en-GB")
    made, complaints = context.new_page(), []
    made.on("pageerror", lambda error: complaints.append(str(error)))
    widget = derivation(NAME).widget()

    def ask(asked: dict[str, Any]) -> dict[str, Any]:
        widget.asked = asked
        return widget.answer

    made.expose_function("ask", ask)
    made.route(
        "http://box.test/box.js",
        lambda route: route.fulfill(body=module.read_text("utf8"), content_type="text/javascript"),
    )
    made.route(
        "http://box.test/",
        lambda route: route.fulfill(
            body="<!doctype html><title>box</title><main id=el></main>", content_type="text/html"
        ),
    )
    made.goto("http://box.test/")
    made.evaluate(
        """async task => {
            const state = {task, asked: {}, answer: null}, calls = {};
            const model = {
                get: name => state[name],
                set: (name, value) => { state[name] = value; },
                save_changes: async () => { state.answer = await ask(state.asked); (calls["change:answer"] ?? []).forEach(call => call()); },
                on: (name, call) => (calls[name] ??= []).push(call),
                off: (name, call) => { calls[name] = calls[name].filter(other => other !== call); },
            };
            const { default: box } = await import("http://box.test/box.js");
            window.leave = box.render({model, el: document.querySelector("#el")});
            window.listeners = () => calls["change:answer"].length;
        }""",
        widget.task,
    )
    yield made
    context.close()
    assert complaints == []


def _type(page: Any, latex: str) -> None:
    page.get_by_label("Next line").fill(latex)
    page.keyboard.press("Enter")


@pytest.mark.xdist_group("e2e")
def test_in_a_browser_a_line_that_holds_stays_and_one_that_does_not_waits_in_the_field(page: Any) -> None:
    assert page.locator("dl math").count() >= 2
    _type(page, CHAIN_RULE)
    page.locator("li[data-sound] b", has_text="holds").wait_for()
    assert page.get_by_label("Next line").input_value() == ""
    _type(page, "= a_i + y_i")
    page.locator("li:not([data-sound]) b", has_text="does not hold").wait_for()
    assert page.get_by_label("Next line").input_value() == "= a_i + y_i"
    assert page.locator("li").count() == 2
    page.get_by_label("Next line").fill(r"= \sum_j")
    assert page.locator(".preview math").count() == 1
    page.get_by_label("Delete line 1").click()
    page.wait_for_function("document.querySelectorAll('li').length === 0")
    page.evaluate("leave()")
    assert page.locator("#el").inner_html() == ""
    assert page.evaluate("listeners()") == 0
