// Builds elements from values. Text enters as text nodes only, so nothing a learner or a server writes can become markup.

export type Child = Node | string | number | null | undefined | false;
type Handler = (event: never) => unknown;
type Attribute = string | number | boolean | null | undefined | Handler;

/** Makes an element: functions under "on…" become listeners, true an empty attribute, null and false no attribute. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Attribute> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  append(element, children);
  return element;
}

/** Makes an SVG element; its attributes are strings and numbers. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | number> = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  append(element, children);
  return element;
}

/** Reads the JSON of the first `<script type="application/json">` inside an element; the fallback when there is none. */
export function readJson<T>(element: Element, fallback: T): T {
  const script = element.querySelector('script[type="application/json"]');
  if (script?.textContent == null || script.textContent.trim() === "") return fallback;
  return JSON.parse(script.textContent) as T;
}

/** Calls back once, when the element comes within `marginPx` of the viewport; returns a function that stops waiting. */
export function whenNear(element: Element, marginPx: number, callback: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      callback();
    },
    { rootMargin: `${marginPx}px 0px` },
  );
  observer.observe(element);
  return () => observer.disconnect();
}

/** True when a keystroke belongs to something the reader types into. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT", "MATH-FIELD"].includes(target.tagName);
}

function setAttribute(element: Element, name: string, value: Attribute): void {
  if (typeof value === "function") element.addEventListener(name.slice(2), value as unknown as EventListener);
  else if (value === true) element.setAttribute(name, "");
  else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, String(value));
}

function append(element: Element, children: Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}
