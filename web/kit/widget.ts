// The frame around every explorable: anywidget's contract, a shadow root with its own style, language, theme, width,
// symbols and lights of the lesson, and one signal that ends everything the explorable has started.
import { html } from "./dom.ts";
import { kitStyle } from "./style.ts";
import { languageOf, type Language } from "./text.ts";
import { watchTheme } from "./theme.ts";

/** The part of anywidget's model that explorables use. */
export interface WidgetModel {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  on(event: string, callback: () => void): void;
  off(event: string, callback: () => void): void;
  save_changes(): void;
}

/** What `render` of an anywidget module receives. */
export interface RenderContext {
  model: WidgetModel;
  el: HTMLElement;
}

/** What an explorable builds on. */
export interface Stage {
  /** Put everything here. */
  readonly body: HTMLElement;
  readonly lang: Language;
  /** Aborted when the explorable goes; give it to every listener. */
  readonly signal: AbortSignal;
  /** Does the reader ask for reduced motion? */
  still(): boolean;
  /** Draws for a width in px, at once and whenever it changes. */
  onWidth(draw: (width: number) => void): void;
  /** Called when light turns dark or back: canvases must be drawn again. */
  onTheme(redraw: () => void): void;
  /** Called before and after printing, to show the whole story on paper. */
  onPrint(before: () => void, after: () => void): void;
  /** Reads a value of the model, or the fallback when it is missing or of the wrong kind. */
  read<T>(name: string, is: (value: unknown) => value is T, fallback: T): T;
  /** Tells the model; with `commit` the kernel hears of it, too. */
  write(values: Record<string, unknown>, commit: boolean): void;
  /** Called when someone else changes a value of the model. */
  onModel(name: string, callback: () => void): void;
  /** The name a lesson gave to the row that is lit now, through the model's `lights`, or null. */
  light(): string | null;
}

/** What makes an explorable. */
export interface WidgetOptions {
  /** Title and alternative text, from `meta.json`. */
  meta: { title: Record<Language, string>; alt: Record<Language, string> };
  /** Style beyond the kit's. */
  style: string;
  build(stage: Stage): void;
}

/** Makes the default export of an explorable: `export default widget({ meta, style, build })`. */
export function widget(options: WidgetOptions): { render(context: RenderContext): () => void } {
  return { render: (context) => render(options, context) };
}

function render(options: WidgetOptions, { model, el }: RenderContext): () => void {
  const host = html("div");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(kitStyle + options.style);
  root.adoptedStyleSheets = [sheet];
  el.append(host);
  let life = new AbortController();
  const build = (): void => {
    life.abort();
    life = new AbortController();
    const lang = languageOf(model.get("lang"), el);
    const alt = html("p", { class: "hidden" }, options.meta.alt[lang]);
    const body = html("div", { class: "stage", role: "group", "aria-label": options.meta.title[lang], lang: lang === "zh" ? "zh-Hans" : "en" }, alt);
    root.replaceChildren(body);
    options.build(makeStage(model, body, lang, life.signal));
  };
  build();
  model.on("change:lang", build);
  return () => {
    model.off("change:lang", build);
    life.abort();
    host.remove();
  };
}

function makeStage(model: WidgetModel, body: HTMLElement, lang: Language, signal: AbortSignal): Stage {
  const redraws: (() => void)[] = [];
  const reduced = matchMedia("(prefers-reduced-motion: reduce)");
  let writing = false;
  const onModel = (name: string, callback: () => void): void => {
    const heard = (): void => { if (!writing) callback(); };
    model.on(`change:${name}`, heard);
    signal.addEventListener("abort", () => model.off(`change:${name}`, heard), { once: true });
  };
  const stage: Stage = {
    body, lang, signal, onModel,
    still: () => reduced.matches,
    onWidth: (draw) => watchWidth(body, signal, draw),
    onTheme: (redraw) => void redraws.push(redraw),
    onPrint: (before, after) => {
      window.addEventListener("beforeprint", before, { signal });
      window.addEventListener("afterprint", after, { signal });
    },
    read: (name, is, fallback) => {
      const value = model.get(name);
      return is(value) ? value : fallback;
    },
    write: (values, commit) => {
      writing = true;
      for (const [name, value] of Object.entries(values)) model.set(name, value);
      writing = false;
      if (commit) model.save_changes();
    },
    light: () => {
      const names = model.get("lights");
      const row = model.get("light");
      if (typeof row !== "string" || typeof names !== "object" || names === null) return null;
      const name = (names as Record<string, unknown>)[row];
      return typeof name === "string" ? name : null;
    },
  };
  watchTheme(body, signal, (dark) => {
    body.toggleAttribute("data-dark", dark);
    for (const redraw of redraws) redraw();
  });
  watchSymbols(stage, model);
  return stage;
}

function watchWidth(body: HTMLElement, signal: AbortSignal, draw: (width: number) => void): void {
  let last = -1;
  const look = (): void => {
    const width = Math.floor(body.getBoundingClientRect().width);
    if (width > 0 && width !== last) draw((last = width));
  };
  const observer = new ResizeObserver(look);
  observer.observe(body);
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  look();
}

/** A symbol under the pointer lights up here and in the page, and the other way round. */
function watchSymbols(stage: Stage, model: WidgetModel): void {
  const { body, signal } = stage;
  const show = (maybeSymbol: unknown): void => {
    if (typeof maybeSymbol === "string") body.dataset.symbol = maybeSymbol;
    else delete body.dataset.symbol;
  };
  const tell = (symbol: string | null): void => {
    if ((body.dataset.symbol ?? null) === symbol) return;
    show(symbol);
    document.dispatchEvent(new CustomEvent("glideslope:symbol", { detail: { symbol } }));
  };
  body.addEventListener("pointerover", (event) => {
    const maybeNode = (event.target as Element).closest("[class*=sym-]");
    tell(/sym-(\w+)/.exec(maybeNode?.getAttribute("class") ?? "")?.[1] ?? null);
  }, { signal });
  body.addEventListener("pointerleave", () => tell(null), { signal });
  stage.onModel("symbol", () => show(model.get("symbol")));
  show(model.get("symbol"));
}

/** Is it a list of finite numbers? */
export function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => Number.isFinite(item));
}

/** Is it a finite number? */
export function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** Is it a text? */
export function isText(value: unknown): value is string {
  return typeof value === "string";
}
