// Quiet axes: a hairline where values are read off, few round ticks, labels with units. Nothing else.
import { svg } from "./dom.ts";
import { mathSvg } from "./math.ts";
import { ticks, type Scale } from "./scale.ts";

/** What an axis needs to know. */
export interface AxisOptions {
  scale: Scale;
  /** Where the axis lies on the other coordinate. */
  at: number;
  /** How far the light grid reaches, from `at`; 0 for none. */
  grid: number;
  /** About how many ticks, or which. */
  ticks: number | readonly number[];
  format(value: number): string;
}

/** Ticks and grid below a figure. */
export function axisX({ scale, at, grid, ticks: wanted, format }: AxisOptions): SVGGElement {
  const values = typeof wanted === "number" ? ticks(scale.domain, wanted) : wanted;
  return svg("g", { class: "axis" }, ...values.flatMap((value) => [
    grid !== 0 && svg("line", { class: "grid", x1: scale(value), x2: scale(value), y1: at, y2: at - grid }),
    svg("text", { x: scale(value), y: at + 15, "text-anchor": "middle" }, format(value)),
  ]));
}

/** Ticks and grid at the left of a figure. */
export function axisY({ scale, at, grid, ticks: wanted, format }: AxisOptions): SVGGElement {
  const values = typeof wanted === "number" ? ticks(scale.domain, wanted) : wanted;
  return svg("g", { class: "axis" }, ...values.flatMap((value) => [
    grid !== 0 && svg("line", { class: "grid", x1: at, x2: at + grid, y1: scale(value), y2: scale(value) }),
    svg("text", { x: at - 6, y: scale(value) + 4, "text-anchor": "end" }, format(value)),
  ]));
}

/** An arrow from one point to another, as a path with its head; nothing when it is too short to see. */
export function arrow(x1: number, y1: number, x2: number, y2: number, head = 6): string {
  const length = Math.hypot(x2 - x1, y2 - y1);
  if (length < 1) return "";
  const size = Math.min(head, length);
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const [bx, by] = [x2 - ux * size, y2 - uy * size];
  const wing = size * 0.6;
  const p = (x: number, y: number): string => `${x.toFixed(1)} ${y.toFixed(1)}`;
  return `M${p(x1, y1)}L${p(bx, by)}M${p(x2, y2)}L${p(bx - uy * wing, by + ux * wing)}L${p(bx + uy * wing, by - ux * wing)}Z`;
}

/** The title of a panel, at its upper left. */
export function panelTitle(formula: string, x: number, y: number): SVGTextElement {
  return mathSvg(formula, { class: "title", x, y });
}
