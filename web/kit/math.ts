// Short formulas without a typesetter: "∂C/∂z_i = a_i − y_i" becomes italic letters with small subscripts.
// A letter that a lesson colours (z, a, y, C) carries its class, in HTML and in SVG alike.
import { html, svg, type Attributes } from "./dom.ts";

/** A piece of a formula with one look. */
export interface Run {
  text: string;
  italic: boolean;
  shift: -1 | 0 | 1; // subscript, line, superscript
  maybeSymbol: string | null;
}

const COLOURED = new Set(["z", "a", "y", "C"]);
const TOKEN = /([_^])(?:\{([^}]*)\}|(.))|"([^"]*)"|([A-Za-z]{2,})|([A-Za-zη])|([^_^"A-Za-zη]+)/gu;

/** Splits a formula: `_x`, `_{12}` lower, `^x` raises, single Latin letters lean, "quoted words" stand upright. */
export function runs(formula: string): Run[] {
  const result: Run[] = [];
  let maybeOwner: string | null = null;
  for (const [, mark, group, single, quoted, word, letter, rest] of formula.matchAll(TOKEN)) {
    const text = group ?? single ?? quoted ?? word ?? letter ?? rest ?? "";
    const shift = mark === "_" ? -1 : mark === "^" ? 1 : 0;
    if (shift === 0) maybeOwner = letter !== undefined && COLOURED.has(letter) ? letter : null;
    const italic = letter !== undefined || (shift !== 0 && /^[A-Za-z]{1,2}$/.test(text));
    result.push({ text, italic, shift, maybeSymbol: maybeOwner });
  }
  return result;
}

/** The formula as a span for HTML. */
export function mathHtml(formula: string, attributes: Attributes = {}): HTMLSpanElement {
  const parts = runs(formula).map((run) =>
    html(run.shift === 0 ? (run.italic ? "i" : "span") : run.shift < 0 ? "sub" : "sup", { class: classes(run) }, run.text),
  );
  return html("span", { ...attributes, class: `math ${attributes.class ?? ""}`.trim() }, ...parts);
}

/** The formula as a `<text>` for SVG. */
export function mathSvg(formula: string, attributes: Attributes = {}): SVGTextElement {
  const node = svg("text", { ...attributes, class: `math ${attributes.class ?? ""}`.trim() });
  writeSvg(node, formula);
  return node;
}

/** Writes a formula into an existing SVG text. */
function writeSvg(node: SVGTextElement, formula: string): void {
  let height = 0;
  const parts = runs(formula).map((run) => {
    const wanted = run.shift === 0 ? 0 : run.shift < 0 ? 0.28 : -0.38;
    const part = svg("tspan", { class: classes(run), dy: wanted === height ? null : `${(wanted - height).toFixed(2)}em` }, run.text);
    height = wanted;
    return part;
  });
  node.replaceChildren(...parts);
}

function classes(run: Run): string | null {
  const names = [run.italic ? "var" : "", run.shift === 0 ? "" : "small", run.maybeSymbol === null ? "" : `sym sym-${run.maybeSymbol}`];
  return names.filter(Boolean).join(" ") || null;
}
