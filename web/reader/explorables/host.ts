// Draws an anywidget into an element: `export default { render({ model, el }) }` or a function that makes one.
// The page's explorables are imported when they come near the viewport; their room is reserved by the style sheet.

import { h, readJson, whenNear } from "../dom.ts";
import type { Reader } from "../reader.ts";
import { mathText } from "../math/text.ts";
import { Model } from "./model.ts";

type Cleanup = (() => unknown) | void;
interface Widget {
  initialize?: (context: { model: Model }) => Cleanup | Promise<Cleanup>;
  render: (context: { model: Model; el: HTMLElement }) => Cleanup | Promise<Cleanup>;
}

/** Draws a widget's module; resolves to its clean-up. */
export async function draw(module: unknown, model: Model, el: HTMLElement): Promise<() => Promise<void>> {
  const exported = (module as { default: Widget | (() => Widget | Promise<Widget>) }).default;
  const widget = typeof exported === "function" ? await exported() : exported;
  const cleanups = [await widget.initialize?.({ model }), await widget.render({ model, el })];
  return async () => {
    for (const cleanup of cleanups.reverse()) await cleanup?.();
    model.off();
  };
}

/** Every explorable of the page; `models` fills as they come to life. */
export class Explorables {
  readonly models = new Set<Model>();
  private readonly cleanups = new Map<Element, () => Promise<void>>();
  private readonly reader: Reader;
  constructor(reader: Reader) {
    this.reader = reader;
  }

  start(root: ParentNode): void {
    for (const figure of root.querySelectorAll<HTMLElement>("figure.explorable[data-explorable]")) {
      whenNear(figure, 600, () => void this.show(figure));
    }
    // A page kept by the browser's back-forward cache comes back as it was, so only a page that really goes is cleaned up.
    addEventListener("pagehide", (event) => event.persisted || void this.stop());
  }

  async stop(): Promise<void> {
    for (const cleanup of this.cleanups.values()) await cleanup();
    this.cleanups.clear();
    this.models.clear();
  }

  private async show(figure: HTMLElement): Promise<void> {
    const { page } = this.reader;
    const slug = figure.dataset["explorable"] ?? "";
    const state = { symbol: null, light: null, lights: {}, ...readJson(figure, {}), lang: page.lang };
    const model = new Model(state);
    const el = h("div", { class: "explorable-body" });
    figure.append(el);
    try {
      const module: unknown = await import(new URL(`assets/explorables/${encodeURIComponent(slug)}.js`, page.root).href);
      this.cleanups.set(figure, await draw(module, model, el));
      this.models.add(model);
      figure.dataset["drawn"] = "yes";
    } catch (error) {
      console.error(error);
      el.replaceChildren(h("p", { class: "failed" }, mathText(this.reader.t("explorableFailed"))));
    }
  }
}
