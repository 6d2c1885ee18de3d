// Light or dark? Ask the ground the explorable stands on: it works in our page, in Jupyter, VS Code and Colab alike.

/** Calls back with `true` for a dark ground, at once and whenever the page changes its mind. */
export function watchTheme(el: Element, signal: AbortSignal, onTheme: (dark: boolean) => void): void {
  let maybeDark: boolean | null = null;
  const look = (): void => {
    const dark = isDark(el);
    if (dark !== maybeDark) onTheme((maybeDark = dark));
  };
  const observer = new MutationObserver(look);
  for (const node of [document.documentElement, document.body]) observer.observe(node, { attributes: true });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", look, { signal });
  document.addEventListener("transitionend", look, { signal }); // a ground that fades is read again at its end
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  look();
}

function isDark(el: Element): boolean {
  for (let maybeNode: Element | null = el; maybeNode !== null; maybeNode = parent(maybeNode)) {
    const maybeLight = lightness(getComputedStyle(maybeNode).backgroundColor);
    if (maybeLight !== null) return maybeLight < 0.5;
  }
  const scheme = getComputedStyle(document.documentElement).colorScheme;
  return scheme.includes("dark") && (!scheme.includes("light") || matchMedia("(prefers-color-scheme: dark)").matches);
}

function parent(node: Element): Element | null {
  const root = node.getRootNode();
  return node.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}

/** Perceived lightness 0 … 1 of a CSS colour, or null where it lets the ground behind shine through. */
export function lightness(colour: string): number | null {
  const match = /^rgba?\(([\d.]+)[, ]+([\d.]+)[, ]+([\d.]+)(?:[,/ ]+([\d.]+))?/.exec(colour);
  if (match === null || (match[4] !== undefined && Number(match[4]) < 0.5)) return null;
  return (0.299 * Number(match[1]) + 0.587 * Number(match[2]) + 0.114 * Number(match[3])) / 255;
}
