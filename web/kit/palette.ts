// One palette for classes, safe for colour-blind readers (Okabe–Ito), and a shape beside each colour.

/** The shape of class k, as a path around (0, 0) inside a circle of radius 1. */
export const shapes: readonly string[] = [
  "M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z",
  "M-.86 -.86H.86V.86H-.86Z",
  "M0 -1.15L1.05 .75H-1.05Z",
  "M0 -1.2L1.05 0L0 1.2L-1.05 0Z",
  "M-.4 -1.1H.4V-.4H1.1V.4H.4V1.1H-.4V.4H-1.1V-.4H-.4Z",
  "M0 1.15L1.05 -.75H-1.05Z",
];

/** The colour of class k as the page (or the kit) defines it, as red, green, blue in 0 … 255. */
export function classColour(body: Element, k: number): [number, number, number] {
  return parseColour(getComputedStyle(body).getPropertyValue(`--k${k % shapes.length}`));
}

/** Reads "#rgb", "#rrggbb" or "rgb(r, g, b)"; anything else is a middle grey. */
export function parseColour(text: string): [number, number, number] {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (hex !== undefined) {
    const wide = hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex;
    return [parseInt(wide.slice(0, 2), 16), parseInt(wide.slice(2, 4), 16), parseInt(wide.slice(4, 6), 16)];
  }
  const numbers = /^rgba?\(([\d.]+)[, ]+([\d.]+)[, ]+([\d.]+)/.exec(text.trim());
  return numbers === null ? [128, 128, 128] : [Number(numbers[1]), Number(numbers[2]), Number(numbers[3])];
}
