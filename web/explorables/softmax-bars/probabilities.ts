// The middle panel: probabilities as bars, the target as a dashed outline, and between them the gradient a − y as an arrow.
import { arrow, axisY, panelTitle } from "../../kit/axes.ts";
import { fill, set, svg } from "../../kit/dom.ts";
import { effect, fixed, probability, signed } from "../../kit/format.ts";
import { mathSvg } from "../../kit/math.ts";
import { linear, type Scale } from "../../kit/scale.ts";
import type { View } from "./index.ts";

/** Makes the panel; a press on a column makes it the true class. */
export function probabilityPanel(view: View): { node: SVGGElement; draw(x: number, y: number, width: number, height: number): void } {
  const frame = svg("g");
  const columns = view.state.z.map((_, i) => makeColumn(view, i));
  const node = svg("g", {}, frame, ...columns.map((column) => column.node));
  const draw = (x: number, y: number, width: number, height: number): void => {
    const scale = linear([0, 1], [y + height - 50, y + 36]);
    const left = x + 26;
    fill(frame, panelTitle(view.words.probabilities, x, y + 14), axisY({ scale, at: left, grid: width - 26, ticks: [0, 0.5, 1], format: (v) => fixed(v, v === 0.5 ? 1 : 0) }));
    frame.append(mathSvg("a−y", { x: x + 22, y: scale(0) + 42, "text-anchor": "end", class: "small-name" }));
    const column = (width - 26) / columns.length;
    columns.forEach((one, i) => one.draw(left + column * i, column, scale));
  };
  return { node, draw };
}

function makeColumn(view: View, i: number): { node: SVGGElement; draw(x: number, column: number, scale: Scale): void } {
  const { state } = view;
  const [hit, bar, goal] = [svg("rect", { class: "hit" }), svg("rect", { class: "bar sym-a" }), svg("rect", { class: "goal sym-y", rx: 2 })];
  const stem = svg("path", { class: "arrow" });
  const value = svg("text", { "text-anchor": "middle", class: "value sym-a" });
  const gap = svg("text", { "text-anchor": "middle", class: "value gap" });
  const name = mathSvg(`a_${i + 1}`, { "text-anchor": "middle" });
  const node = svg("g", { class: "column" }, hit, bar, goal, stem, value, gap, name);
  node.addEventListener("click", () => {
    view.change({ y: i });
    view.commit();
  }, { signal: view.stage.signal });
  const draw = (x: number, column: number, s: Scale): void => {
    const a = view.a()[i] ?? 0;
    const truth = state.y === i;
    const wide = Math.min(column * 0.58, 46);
    const middle = x + column / 2 - 5;
    const side = middle + wide / 2 + 9; // the arrow stands beside the bar like a dimension line
    set(hit, { x, width: column, y: s(1) - 14, height: s(0) - s(1) + 58 });
    set(bar, { x: middle - wide / 2, width: wide, y: s(a), height: Math.max(1.5, s(0) - s(a)), rx: 2 });
    set(goal, { x: middle - wide / 2 - 3, width: wide + 6, y: truth ? s(1) : s(0) - 1, height: truth ? s(0) - s(1) : 2, visibility: truth ? null : "hidden" });
    set(stem, { d: arrow(side, s(truth ? 1 : 0), side, s(a), 8) });
    const inside = a > 0.86;
    set(value, { x: middle, y: s(a) + (inside ? 18 : -7), class: `value ${inside ? "inside" : "sym-a"}`, "font-size": wide < 26 ? 10.5 : wide < 34 ? 11.5 : null });
    value.textContent = probability(a);
    set(name, { x: middle, y: s(0) + 20, class: `math${truth ? " truth" : ""}` });
    set(gap, { x: middle + 4, y: s(0) + 42, "font-size": column < 44 ? 10.5 : column < 54 ? 12 : null });
    const slope = a - (truth ? 1 : 0);
    gap.textContent = column < 44 ? signed(slope, 2) : effect(slope);
  };
  return { node, draw };
}
