"""Cells on a real kernel: run, edit, keep, interrupt, restart."""

import re

FAILING = "def f():\n    return 1 / 0\n\nf()"


def _source(course, name: str) -> str:
    course.cell(name).scroll_into_view_if_needed()
    course.cell(name).locator(".cm-content").wait_for()
    return course.cell(name).locator(".cm-content").inner_text().strip()


def test_a_cell_runs_and_shows_its_output_and_count(open_page):
    course = open_page()
    course.write("setup", "print('lift', 3 * 14)")
    assert course.run("setup") == "lift 42"
    assert re.fullmatch(r"\[\d+\]", course.cell("setup").locator(".cell-count").inner_text())
    assert course.page.locator(".kernel-menu").get_attribute("data-state") == "idle"
    course.reset("setup")


def test_an_edit_survives_a_reload_and_reset_brings_the_lesson_back(open_page):
    course = open_page()
    original = _source(course, "hardmax")
    with course.answered("/cells/hardmax"):
        course.write("hardmax", "print('mine')")
    course.reload()
    assert _source(course, "hardmax") == "print('mine')"
    with course.answered("/cells/hardmax"):
        course.reset("hardmax")
    course.reload()
    assert _source(course, "hardmax") == original


def test_an_edit_made_at_the_last_moment_is_kept(open_page):
    course = open_page()
    course.write("hardmax", "print('last words')")
    course.reload()
    assert _source(course, "hardmax") == "print('last words')"
    course.reset("hardmax")


def test_variables_survive_a_reload(open_page):
    course = open_page()
    course.write("setup", "altitude_m = 1200")
    course.run("setup")
    course.reload()
    course.write("setup", "print(altitude_m)")
    assert course.run("setup") == "1200"
    course.reset("setup")


def test_an_error_is_one_line_with_its_place_and_opens_to_the_traceback(open_page):
    course = open_page()
    course.write("setup", FAILING)
    shown = course.run("setup", "failed")
    assert "ZeroDivisionError: division by zero" in shown
    assert "line 4" in shown
    traceback = course.cell("setup").locator(".traceback pre")
    assert not traceback.is_visible()
    course.cell("setup").locator(".traceback summary").click()
    assert "return 1 / 0" in traceback.inner_text()
    course.reset("setup")


def test_shift_enter_runs_and_goes_on_and_escape_lets_tab_leave(open_page):
    course = open_page()
    course.write("setup", "print('by keyboard')")
    course.page.keyboard.press("Shift+Enter")
    assert course.await_cell("setup") == "by keyboard"
    inside = "document.activeElement.closest('[data-cell]')?.dataset.cell"
    course.page.wait_for_function(f"{inside} === 'load'")
    course.page.keyboard.press("Escape")
    course.page.keyboard.press("Tab")
    assert course.page.evaluate("document.activeElement.className") == "run"
    course.reset("setup")


def test_rich_outputs_are_drawn_and_the_newest_carriage_return_wins(open_page):
    course = open_page()
    course.write(
        "setup",
        "from IPython.display import HTML, Latex, SVG, display\n"
        "display(HTML('<b id=bold>bold</b><script>window.scriptRan = true</script>'))\n"
        "display(Latex(r'$\\frac{1}{2}$'))\n"
        'display(SVG(\'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>\'))\n'
        "print('10 %', end='\\r'); print('100 %')",
    )
    course.run("setup")
    output = course.cell("setup").locator(".cell-output")
    assert output.locator("#bold").inner_text() == "bold"
    assert course.page.evaluate("window.scriptRan") is True
    output.locator(".katex .mfrac").first.wait_for()
    assert output.locator("img").evaluate("image => image.naturalWidth") == 9
    assert output.locator(".stream").inner_text().strip() == "100 %"
    course.reset("setup")


def test_an_explorable_made_by_a_cell_comes_alive(open_page):
    course = open_page()
    course.write("setup", "from glideslope import explore\nexplore('softmax-bars', z=[2.0, 0.0, -1.0], y=1)")
    course.run("setup")
    stage = course.cell("setup").locator(".cell-output .stage")
    stage.wait_for()
    assert stage.get_attribute("aria-label")
    course.reset("setup")


def test_an_endless_loop_is_interrupted(open_page):
    course = open_page()
    course.write("setup", "import itertools\nfor k in itertools.count():\n    print(k)")
    course.cell("setup").locator("button.run").click()
    course.page.wait_for_selector(".kernel-menu[data-state=busy]")
    course.page.wait_for_function("document.querySelector('[data-cell=setup] .stream')?.textContent.length > 100")
    assert course.cell("setup").locator(".cell-count").inner_text() == "[*]"
    assert "Interrupted" in course.run("setup", "failed")
    course.write("setup", "print('alive')")
    assert course.run("setup") == "alive"
    course.reset("setup")


def test_run_to_here_runs_what_stands_before_and_no_exercise(open_page):
    course = open_page()
    for name in ("setup", "load", "one-second", "one-flight", "hardmax"):
        if name != "hardmax":
            course.write(name, f"trail = {'[]' if name == 'setup' else 'trail'} + ['{name}']")
    course.write("hardmax", "print(*trail)")
    course.cell("hardmax").locator("button.to-here").click()
    assert course.await_cell("hardmax") == "setup load one-second one-flight"
    for name in ("setup", "load", "one-second", "one-flight", "hardmax"):
        course.reset(name)


def test_a_dead_kernel_is_said_in_one_sentence_and_a_new_one_answers(open_page):
    course = open_page()
    course.write("setup", "import os\nos._exit(1)")
    course.cell("setup").locator("button.run").click()
    course.page.wait_for_selector(".notice:not([hidden])", timeout=60_000)
    assert "Python stopped" in course.page.locator(".notice").inner_text()
    course.write("setup", "print('back')")
    assert course.run("setup") == "back"
    course.reset("setup")


def test_restart_forgets_the_variables(open_page):
    course = open_page()
    course.write("setup", "pressure_Pa = 101325")
    course.run("setup")
    course.page.locator(".kernel-menu summary").click()
    course.page.locator('.kernel-menu [data-act="restart"]').click()
    course.page.wait_for_selector(".kernel-menu[data-state=idle]")
    assert "restarted" in course.page.locator(".notice").inner_text()
    course.write("setup", "print('pressure_Pa' in globals())")
    assert course.run("setup") == "False"
    course.reset("setup")


def test_an_answer_that_was_lost_is_asked_for_again(open_page):
    """The first connection hears nothing, as when the server's channels to a starting kernel join too late."""
    course = open_page()
    opened = []

    def deaf_at_first(socket):
        opened.append(socket)
        server = socket.connect_to_server()
        if len(opened) == 1:
            server.on_message(lambda _: None)

    course.page.route_web_socket(re.compile("/channels"), deaf_at_first)
    course.write("setup", "print('heard')")
    assert course.run("setup") == "heard"
    assert len(opened) == 2
    course.reset("setup")
