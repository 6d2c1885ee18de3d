"""The page itself: languages, search, colours, narrow screens, figures, trouble, and what axe says of it."""

from pathlib import Path

import pytest
from tests.e2e.course import LESSON

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = [f"en/{LESSON}.html", f"zh/{LESSON}.html", "en/index.html", "zh/index.html"]


def test_search_finds_a_chinese_word_and_the_keyboard_opens_the_hit(open_page):
    course = open_page("zh/index.html")
    course.page.keyboard.press("/")
    course.page.locator("dialog.search input").fill("交叉熵")
    hits = course.page.locator(".hit")
    hits.first.wait_for()
    assert any("交叉熵" in text for text in hits.all_inner_texts())
    assert course.page.locator(f'.hit[href*="/zh/{LESSON}.html"]').count() > 0
    course.page.keyboard.press("ArrowDown")
    target = course.page.locator(".hit[aria-selected=true]").get_attribute("href")
    course.page.keyboard.press("Enter")
    course.page.wait_for_url(lambda url: url.endswith(target))


def test_search_in_english_and_escape(open_page):
    course = open_page()
    course.page.keyboard.press("/")
    course.page.locator("dialog.search input").fill("overflow")
    course.page.locator(".hit").first.wait_for()
    assert "overflow" in course.page.locator("#search-results").inner_text().lower()
    course.page.keyboard.press("Escape")
    assert not course.page.locator("dialog.search").is_visible()


def test_the_other_language_opens_at_the_same_heading(open_page):
    course = open_page()
    heading = course.page.locator("main h2").nth(3)
    heading.scroll_into_view_if_needed()
    heading.evaluate("element => element.scrollIntoView()")
    section = heading.evaluate("element => element.id || element.closest('section[id]').id")
    course.page.locator(f'.outline a[href="#{section}"][aria-current]').wait_for()
    course.page.locator("a.language").click()
    course.page.wait_for_url(f"**/zh/{LESSON}.html*#{section}")
    course.ready()
    assert course.page.evaluate(f"Math.abs(document.getElementById('{section}').getBoundingClientRect().top) < 300")


def test_dark_is_remembered_without_a_flash(open_page):
    course = open_page()
    ground = "getComputedStyle(document.body).backgroundColor"
    light = course.page.evaluate(ground)
    button = course.page.locator("[data-theme-button]")
    while button.get_attribute("data-choice") != "dark":
        button.click()
    dark = course.page.evaluate(ground)
    assert dark != light
    course.page.add_init_script(
        "addEventListener('DOMContentLoaded', () => { window.first = document.documentElement.dataset.theme; });"
    )
    course.reload()
    assert course.page.evaluate("window.first") == "dark"
    assert course.page.evaluate(ground) == dark


def test_the_system_theme_is_followed(open_page):
    assert open_page(color_scheme="dark").page.evaluate("document.documentElement.dataset.theme") == "dark"


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_a_phone(open_page, path):
    course = open_page(path, width=390, height=844)
    course.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    widths = course.page.evaluate("[document.documentElement.scrollWidth, document.body.scrollWidth]")
    assert max(widths) <= 390


def test_a_figure_is_dragged_by_mouse_and_by_keyboard(open_page):
    course = open_page()
    figure = course.page.locator('figure[data-explorable="softmax-bars"]')
    figure.scroll_into_view_if_needed()
    handle = figure.locator(".handle").first
    handle.wait_for()
    value = "element => element.getAttribute('aria-valuenow')"
    before = float(handle.evaluate(value))
    box = handle.bounding_box()
    course.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    course.page.mouse.down()
    course.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 + 40, steps=5)
    course.page.mouse.up()
    dragged = float(handle.evaluate(value))
    assert dragged < before
    handle.focus()
    course.page.keyboard.press("ArrowUp")
    assert float(handle.evaluate(value)) > dragged


def test_a_derivation_line_lights_up_and_tells_the_figures(open_page):
    course = open_page()
    course.page.evaluate("document.addEventListener('glideslope:light', event => { window.lit = event.detail; })")
    row = course.page.locator(".derivation .row").nth(1)
    row.focus()
    course.page.keyboard.press("Enter")
    derivation = row.evaluate("element => element.closest('.derivation').id")
    assert course.page.evaluate("window.lit") == {"equation": derivation, "row": 2}
    assert "lit" in row.get_attribute("class")


def test_the_letters_of_a_row_light_by_keyboard(open_page):
    course = open_page()
    course.page.evaluate("window.symbols = []; document.addEventListener('glideslope:symbol', event => window.symbols.push(event.detail.symbol))")
    row = course.page.locator("#eq-a-minus-y .row").last
    row.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "Escape"):
        course.page.keyboard.press(key)
    first, second, *rest = course.page.evaluate("window.symbols")
    assert {first, second} == {"a", "y"}
    assert rest == [first, None]


def test_a_badge_opens_without_moving_anything(open_page):
    page = open_page().page
    badge = page.locator("main .derivation .badge").first
    badge.scroll_into_view_if_needed()
    derivation = badge.locator("xpath=ancestor::*[contains(@class, 'derivation')]")
    height = derivation.bounding_box()["height"]
    badge.locator("summary").click()
    assert badge.locator("> :not(summary)").is_visible()
    assert derivation.bounding_box()["height"] == height


def test_a_cell_does_not_change_its_height_when_it_becomes_an_editor(open_page):
    course = open_page(java_script_enabled=True)
    measure = (
        "[...document.querySelectorAll('.cell > .cell-source')].slice(0, 3).map(e => e.getBoundingClientRect().height)"
    )
    course.page.locator("[data-cell=setup] .cm-content").wait_for()
    alive = course.page.evaluate(measure)
    still = open_page(java_script_enabled=True)
    still.page.route("**/chunks/editor-*.js", lambda route: None)
    still.reload()
    assert still.page.evaluate(measure)[0] == pytest.approx(alive[0], abs=1)


def test_the_question_mark_lists_the_keys(open_page):
    page = open_page().page
    page.keyboard.press("?")
    assert "Shift" in page.locator("dialog.help").inner_text()
    page.keyboard.press("Escape")
    assert not page.locator("dialog.help").is_visible()


def test_a_lost_server_and_a_lost_token_are_said_in_a_sentence(open_page):
    open_page.meant += ["net::ERR_FAILED", "403 (Forbidden)"]
    course = open_page("zh/index.html")
    course.page.route("**/learn/api/**", lambda route: route.abort())
    course.page.evaluate("location.reload()")
    course.page.wait_for_selector(".notice:not([hidden])")
    assert "没有回应" in course.page.locator(".notice").inner_text()
    course.page.unroute("**/learn/api/**")
    course.page.route("**/learn/api/**", lambda route: route.fulfill(status=403, json={"message": "Forbidden"}))
    course.page.evaluate("location.reload()")
    course.page.wait_for_selector(".notice:has-text('令牌')")


def test_without_its_token_nothing_is_served(browser, server):
    context = browser.new_context()
    answer = context.request.get(f"{server.split('/learn/')[0]}/learn/api/status", max_redirects=0)
    page = context.request.get(f"{server.split('/learn/')[0]}/learn/en/{LESSON}.html", max_redirects=0)
    context.close()
    assert answer.status == 403
    assert (page.status, "/login" in page.headers["location"]) == (302, True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_serious_violation(open_page, path, scheme):
    page = open_page(path, color_scheme=scheme).page
    # Formulas are read from their MathML; the boxes that KaTeX draws are hidden from assistive technology.
    page.evaluate("document.querySelectorAll('.katex-html').forEach(box => box.remove())")
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(result => result.violations)")
    serious = [
        (one["id"], one["nodes"][0]["html"][:160], len(one["nodes"]))
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []
