// Builds HTML and SVG elements from data. Text becomes text nodes and attributes become attributes:
// nothing here parses a string as markup, so nothing can be injected.

export type Child = Node | string | number | null | undefined | false;
export type Attributes = Record<string, string | number | boolean | null | undefined>;

const SVG = "http://www.w3.org/2000/svg";

/** Makes an HTML element: `html("button", { class: "quiet", type: "button" }, "Reset")`. */
export function html<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  set(node, attributes);
  append(node, children);
  return node;
}

/** Makes an SVG element: `svg("circle", { cx: 3, cy: 4, r: 5 })`. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const node = document.createElementNS(SVG, tag) as SVGElementTagNameMap[K];
  set(node, attributes);
  append(node, children);
  return node;
}

/** Sets attributes; `null`, `undefined` and `false` remove, `true` sets an empty one, numbers lose their noise digits. */
export function set(node: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) node.removeAttribute(name);
    else node.setAttribute(name, value === true ? "" : typeof value === "number" ? plain(value) : value);
  }
}

/** Replaces the text of a node, touching the document only when it differs (a live region speaks on every change). */
export function say(node: Element, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/** Replaces all children of a node. */
export function fill(node: Element, ...children: Child[]): void {
  node.replaceChildren();
  append(node, children);
}

function append(node: Element, children: Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : String(child));
  }
}

function plain(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
