// The loss so far, with the loss of pure guessing as a landmark.
import { axisX, axisY, panelTitle } from "../../kit/axes.ts";
import { fill, svg } from "../../kit/dom.ts";
import { fixed } from "../../kit/format.ts";
import { line, linear } from "../../kit/scale.ts";
import { CLASSES } from "./data.ts";
import type { words } from "./text.ts";

/** Draws the curve into a group of the given size. */
export function drawLoss(node: SVGGElement, loss: readonly number[], texts: (typeof words)["en"], width: number, height: number): void {
  const guess = Math.log(CLASSES);
  const epochs = Math.max(500, loss.length);
  const xs = linear([0, epochs], [28, width]);
  const ys = linear([0, guess * 1.25], [height - 20, 26]);
  const stride = Math.max(1, Math.floor(loss.length / 200)); // about 200 points draw any history
  const seen = loss.map((value, t) => [t, value] as const).filter(([t]) => t % stride === 0 || t === loss.length - 1);
  const last = seen[seen.length - 1];
  fill(node, panelTitle(texts.loss, 0, 14),
    axisY({ scale: ys, at: 28, grid: width - 28, ticks: [0, 0.5, 1], format: (v) => fixed(v, v === 0.5 ? 1 : 0) }),
    axisX({ scale: xs, at: height - 20, grid: 0, ticks: 3, format: String }),
    svg("line", { class: "guessing", x1: 28, x2: width, y1: ys(guess), y2: ys(guess) }),
    svg("text", { class: "quiet", x: width, y: ys(guess) - 5, "text-anchor": "end", "font-size": 12 }, texts.guessing(CLASSES)),
    svg("path", { class: "loss", d: line(seen.map(([t, value]) => [xs(t), ys(Math.min(value, guess * 1.3))] as const)) }),
    last !== undefined && svg("circle", { class: "loss-dot", cx: xs(last[0]), cy: ys(Math.min(last[1], guess * 1.3)), r: 4 }));
}
