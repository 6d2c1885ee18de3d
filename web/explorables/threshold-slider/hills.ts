// The upper picture: every window is one mark above or below the line, at its score; the threshold stands among them and can be dragged.
import { arrow, axisX } from "../../kit/axes.ts";
import { fill, set, svg } from "../../kit/dom.ts";
import { fixed } from "../../kit/format.ts";
import { handle } from "../../kit/handle.ts";
import { linear, type Scale } from "../../kit/scale.ts";
import { LOW, HIGH, type View } from "./index.ts";

const ACROSS = 3; // marks beside one another in a column
const SHAPES = { square: (x: number, y: number, r: number) => `M${(x - r).toFixed(1)} ${(y - r).toFixed(1)}h${(2 * r).toFixed(1)}v${(2 * r).toFixed(1)}h${(-2 * r).toFixed(1)}Z`,
  diamond: (x: number, y: number, r: number) => `M${x.toFixed(1)} ${(y - r).toFixed(1)}l${r.toFixed(1)} ${r.toFixed(1)}l${(-r).toFixed(1)} ${r.toFixed(1)}l${(-r).toFixed(1)} ${(-r).toFixed(1)}Z` };

/** Makes the picture; `draw` places it for a width and returns the scale of the scores. */
export function hillsPanel(view: View): { node: SVGGElement; height: number; draw(width: number): Scale } {
  const height = 250;
  let scale: Scale = linear([LOW, HIGH], [0, 1]);
  const frame = svg("g");
  const marks = { TN: svg("path", { class: "windows TN" }), FP: svg("path", { class: "windows FP" }), TP: svg("path", { class: "windows TP" }), FN: svg("path", { class: "windows FN" }) };
  const threshold = makeThreshold(view, () => scale, height);
  const node = svg("g", {}, frame, marks.TN, marks.FP, marks.TP, marks.FN, threshold.node);
  const draw = (width: number): Scale => {
    scale = linear([LOW, HIGH], [4, width - 4]);
    const { words, state } = view;
    const { strikes, quiet } = view.scores();
    const many = strikes.length > 100;
    const ground = many ? 140 : 186;
    const pitch = width < 500 ? 2.7 : 4.2;
    const paths = { TN: "", FP: "", TP: "", FN: "" };
    pile(quiet, scale, pitch, (s, x, row) => { paths[s >= state.t ? "FP" : "TN"] += SHAPES.square(x, ground - 5 - row * pitch, pitch * 0.4); });
    const [wide, r] = strikes.length > 10 ? [pitch, pitch * 0.5] : [9, 4.4];
    pile(strikes, scale, wide, (s, x, row) => { paths[s >= state.t ? "TP" : "FN"] += SHAPES.diamond(x, ground + 6 + row * wide, r); });
    for (const name of ["TN", "FP", "TP", "FN"] as const) set(marks[name], { d: paths[name] });
    fill(frame, svg("line", { class: "ground", x1: 0, x2: width, y1: ground, y2: ground }),
      svg("text", { class: "quiet", x: 0, y: ground - 92 < 34 ? 34 : 60 }, `■ ${words.quiet(quiet.length)}`),
      svg("text", { class: "quiet", x: 0, y: ground + 22 }, `◆ ${words.strikes(strikes.length)}`),
      axisX({ scale, at: height - 26, grid: 0, ticks: [-5, 0, 5, 10], format: (v) => fixed(v, 0) }),
      svg("text", { class: "quiet", x: width, y: height - 30, "text-anchor": "end", "font-size": 12 }, words.score));
    threshold.draw(width, scale);
    return scale;
  };
  return { node, height, draw };
}

/** Places marks in columns, as a stack of rows of three, the first ones nearest the ground. */
function pile(scores: readonly number[], scale: Scale, pitch: number, put: (score: number, x: number, row: number) => void): void {
  const column = ACROSS * pitch;
  const filled = new Map<number, number>();
  for (const s of scores) {
    const bin = Math.floor(scale(s) / column);
    const k = filled.get(bin) ?? 0;
    filled.set(bin, k + 1);
    put(s, scores.length > 10 ? (bin + ((k % ACROSS) + 0.5) / ACROSS) * column : scale(s), scores.length > 10 ? Math.floor(k / ACROSS) : 0);
  }
}

function makeThreshold(view: View, scale: () => Scale, height: number): { node: SVGGElement; draw(width: number, scale: Scale): void } {
  const { state, words } = view;
  const [hit, rule, knob, ring] = [svg("rect", { class: "hit", width: 44 }), svg("line", { class: "line" }), svg("rect", { class: "knob", rx: 12, width: 40, height: 24 }), svg("rect", { class: "ring", rx: 14, width: 48, height: 32 })];
  const heads = svg("path", { class: "arrow" });
  const [left, right] = [svg("text", { class: "quiet", "text-anchor": "end" }, words.silence), svg("text", { class: "quiet" }, words.alarm)];
  const node = svg("g", {}, hit, rule, knob, heads, ring, left, right);
  const grabbed = handle({
    node, signal: view.stage.signal, label: words.threshold, valueText: () => { const now = view.counts(); return words.thresholdValue(fixed(state.t, 1), now.TP, now.FP); },
    maybeX: { min: LOW, max: HIGH, step: 0.1, bigStep: 1, value: () => state.t, at: ({ x }) => scale().invert(x) },
    onInput: (t) => view.change({ t }), maybeOnCommit: view.commit,
  });
  const draw = (width: number, s: Scale): void => {
    const x = s(state.t);
    const bottom = height - 42;
    set(hit, { x: x - 22, y: 0, height: bottom });
    set(rule, { x1: x, x2: x, y1: 22, y2: bottom });
    set(knob, { x: x - 20, y: 2 });
    set(heads, { d: arrow(x - 3, 14, x - 15, 14, 6) + arrow(x + 3, 14, x + 15, 14, 6) });
    set(ring, { x: x - 24, y: -2 });
    set(left, { x: x - 28, y: 19, visibility: x < 90 ? "hidden" : null });
    set(right, { x: x + 28, y: 19, visibility: x > width - 90 ? "hidden" : null });
    grabbed.refresh();
  };
  return { node, draw };
}
