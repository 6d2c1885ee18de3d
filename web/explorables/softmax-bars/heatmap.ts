// The right panel: the Jacobian as a table of coloured numbers. Blue lifts, orange lowers; the column of the bar in hand is framed.
import { panelTitle } from "../../kit/axes.ts";
import { fill, set, svg } from "../../kit/dom.ts";
import { effect, signed } from "../../kit/format.ts";
import { mathSvg } from "../../kit/math.ts";
import { jacobian } from "./model.ts";
import type { View } from "./index.ts";

/** Makes the panel; `draw` places it in a square at x, y. */
export function heatmapPanel(view: View): { node: SVGGElement; draw(x: number, y: number, size: number): void } {
  const n = view.state.z.length;
  const frame = svg("g");
  const cells = Array.from({ length: n * n }, () => ({ back: svg("rect", { rx: 3 }), number: svg("text", { "text-anchor": "middle", "dominant-baseline": "central" }) }));
  const column = svg("rect", { class: "column-mark", rx: 5 });
  const node = svg("g", { class: "heat" }, frame, ...cells.flatMap(({ back, number }) => [back, number]), column);
  const draw = (x: number, y: number, size: number): void => {
    const J = jacobian(view.state.z, view.state.T);
    const [left, top] = [x + 26, y + 48];
    const step = (size - 26) / n;
    const full = 0.25 / view.state.T; // the largest value an entry can have
    fill(frame, panelTitle(view.words.jacobian, x + 26, y + 14), svg("text", { class: "quiet", x: x + 84, y: y + 14, "font-size": 12 }, view.words.rows),
      ...view.state.z.flatMap((_, k) => [
        mathSvg(`z_${k + 1}`, { x: left + step * (k + 0.5), y: top - 7, "text-anchor": "middle" }),
        mathSvg(`a_${k + 1}`, { x: left - 8, y: top + step * (k + 0.5) + 4, "text-anchor": "end" }),
      ]));
    cells.forEach(({ back, number }, at) => {
      const [j, i] = [Math.floor(at / n), at % n];
      const value = J[j]?.[i] ?? 0;
      set(back, { x: left + step * i + 1, y: top + step * j + 1, width: step - 2, height: step - 2, class: value < 0 ? "lower" : "lift", "fill-opacity": 0.06 + 0.64 * Math.min(1, Math.abs(value) / full) });
      set(number, { x: left + step * (i + 0.5), y: top + step * (j + 0.5), "font-size": n > 4 ? 10 : 12 });
      number.textContent = n > 4 ? signed(value, 2) : effect(value);
    });
    set(column, { x: left + step * view.looked() - 1, y: top - 1, width: step + 2, height: step * n + 2, visibility: view.looked() < 0 ? "hidden" : null });
  };
  return { node, draw };
}
