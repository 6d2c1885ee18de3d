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

/** The colour of class k as the page (or the kit) defines it, as red, green, blue in 0 … 255; the canvas reads any notation. */
export function classColour(body: Element, context: CanvasRenderingContext2D, k: number): [number, number, number] {
  context.fillStyle = getComputedStyle(body).getPropertyValue(`--k${k % shapes.length}`).trim();
  const hex = parseInt(context.fillStyle.slice(1), 16); // an opaque colour reads back as #rrggbb
  return [hex >> 16, (hex >> 8) & 255, hex & 255];
}
