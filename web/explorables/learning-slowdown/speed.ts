// The reason: how long a step is at each output. The quadratic's hump at a = 2/3 falls off on both sides.
import { axisX, axisY, panelTitle } from "../../kit/axes.ts";
import { fill, svg } from "../../kit/dom.ts";
import { fixed } from "../../kit/format.ts";
import { line, linear, type Scale } from "../../kit/scale.ts";
import type { Panel } from "./curves.ts";
import { slope } from "./model.ts";
import { crossEntropyRate, type View } from "./state.ts";

/** Step length eta ∂C/∂z against output a, with the racers riding on their curves. */
export function speedPanel(view: View): Panel {
  const node = svg("g");
  const draw = (x: number, y: number, width: number, height: number): void => {
    const { state, words } = view;
    const rate = crossEntropyRate(state);
    const top = 1.04 * Math.max(rate, (state.eta * 4) / 27); // 4/27 is the top of a²(1 − a)
    const xs = linear([0, 1], [x + 34, x + width]);
    const ys = linear([0, top], [y + height, y + 26]);
    const covered = !view.settled() && view.epoch() === 0;
    fill(node, panelTitle(words.speed, x, y + 12),
      axisX({ scale: xs, at: y + height, grid: 0, ticks: [0, 1], format: String }),
      axisY({ scale: ys, at: x + 34, grid: width - 34, ticks: 3, format: (v) => (v === 0 ? "0" : fixed(v, top < 0.05 ? 3 : 2)) }),
      covered ? svg("text", { class: "cover", x: x + width / 2, y: y + height / 2 + 20, "text-anchor": "middle" }, "?") : hump(view, xs, ys, rate));
  };
  return { node, draw };
}

function hump(view: View, xs: Scale, ys: Scale, rate: number): SVGGElement {
  const grid = Array.from({ length: 101 }, (_, k) => k / 100);
  const path = (f: (a: number) => number): string => line(grid.map((a) => [xs(a), ys(f(a))] as const));
  const peak = (view.state.eta * 4) / 27;
  const t = Math.floor(view.epoch());
  return svg("g", {},
    svg("g", { class: "crossEntropy" }, svg("path", { class: "run", d: path((a) => rate * slope("cross-entropy", a)) })),
    svg("g", { class: "quadratic" }, svg("path", { class: "run", d: path((a) => view.state.eta * slope("quadratic", a)) })),
    svg("line", { class: "level", x1: xs(2 / 3), x2: xs(2 / 3), y1: ys(0), y2: ys(peak) }),
    svg("text", { class: "quiet", "font-size": 12, x: xs(2 / 3), y: ys(0) + 15, "text-anchor": "middle" }, "2/3"),
    ...view.racers().map((racer) => {
      const a = racer.race.output[t] ?? 0;
      const height = racer.eta * slope(racer.kind === "quadratic" ? "quadratic" : "cross-entropy", a);
      return svg("g", { class: racer.kind },
        svg("circle", { class: "dot", cx: xs(a), cy: ys(height), r: 7.5 }),
        svg("text", { class: "dot-name", x: xs(a), y: ys(height), "text-anchor": "middle", "dominant-baseline": "central" }, racer.name));
    }));
}
