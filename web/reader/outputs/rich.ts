// One displayed value: the richest form of it that the page can show.

import { h } from "../dom.ts";
import { MIME_VERDICT, type Verdict } from "../exercises/verdict.ts";
import { verdictElement } from "../exercises/verdict-panel.ts";
import { renderLatex } from "../math/katex.ts";
import type { Reader } from "../reader.ts";
import { ansiNodes } from "./error.ts";
import { insertHtml, svgImage } from "./html.ts";

export type Bundle = Record<string, unknown>;
/** Draws the widget with this id into an element; resolves to false when there is none. What it started ends with the output. */
export type DrawWidget = (id: string, element: HTMLElement) => Promise<boolean>;
type Draw = (value: unknown, data: Bundle, reader: Reader, drawWidget: DrawWidget) => HTMLElement;

export const MIME_WIDGET = "application/vnd.jupyter.widget-view+json";

/** Draws a mime bundle. The order of the table is the order of preference. */
export function richElement(data: Bundle, reader: Reader, drawWidget: DrawWidget): HTMLElement {
  for (const [mime, draw] of DRAWERS) {
    if (data[mime] !== undefined) return draw(data[mime], data, reader, drawWidget);
  }
  return plain(data["text/plain"]);
}

const DRAWERS: [string, Draw][] = [
  [MIME_VERDICT, (value, _, reader) => verdictElement(value as Verdict, reader)],
  [MIME_WIDGET, widget],
  ["text/html", (value) => html(joined(value))],
  ["image/svg+xml", (value, data) => h("div", { class: "rich picture" }, svgImage(joined(value), alt(data)))],
  ["image/png", (value, data) => image("image/png", value, data)],
  ["image/jpeg", (value, data) => image("image/jpeg", value, data)],
  ["text/latex", (value) => latex(joined(value))],
  ["text/plain", (value) => plain(value)],
];

function html(source: string): HTMLElement {
  const element = h("div", { class: "rich" });
  insertHtml(element, source);
  return element;
}

function image(type: string, value: unknown, data: Bundle): HTMLElement {
  const picture = new Image();
  picture.alt = alt(data);
  picture.src = `data:${type};base64,${joined(value).trim()}`;
  return h("div", { class: "rich picture" }, picture);
}

function latex(source: string): HTMLElement {
  const element = h("div", { class: "rich math" });
  const bare = source.trim().replace(/^\$\$?|\$\$?$/g, "").replace(/^\\displaystyle/, "");
  void renderLatex(element, bare, true);
  return element;
}

function plain(value: unknown): HTMLElement {
  const element = h("pre", { class: "plain" });
  element.append(...ansiNodes(joined(value)));
  return element;
}

function widget(value: unknown, data: Bundle, reader: Reader, drawWidget: DrawWidget): HTMLElement {
  const element = h("div", { class: "rich widget" });
  const id = String((value as { model_id?: unknown }).model_id ?? "");
  drawWidget(id, element)
    .then((drawn) => {
      if (!drawn) element.replaceChildren(data["text/html"] === undefined ? plain(data["text/plain"]) : html(joined(data["text/html"])));
    })
    .catch((error: unknown) => {
      console.error(error);
      element.replaceChildren(h("p", { class: "failed" }, reader.t("explorableFailed")));
    });
  return element;
}

/** Jupyter sends text whole or as a list of lines. */
function joined(value: unknown): string {
  return Array.isArray(value) ? value.join("") : String(value ?? "");
}

function alt(data: Bundle): string {
  const text = joined(data["text/plain"]);
  return text.startsWith("<") ? "" : text;
}
