// Under the hills: the cost along the same scores, the confusion matrix, the ROC curve with a point to drag, precision against recall.
import { axisX, axisY } from "../../kit/axes.ts";
import { fill, set, svg } from "../../kit/dom.ts";
import { fixed } from "../../kit/format.ts";
import { handle } from "../../kit/handle.ts";
import { mathSvg } from "../../kit/math.ts";
import { line, linear, type Scale } from "../../kit/scale.ts";
import { HIGH, LOW, type View } from "./index.ts";
import { cheapest, cost, falseAlarmRate, precision, recall, type Step } from "./model.ts";

/** The cost against the threshold, with its least place. */
export function costStrip(view: View): { node: SVGGElement; height: number; draw(y: number, width: number, scale: Scale): void } {
  const height = 78;
  const [frame, curve, dot, best] = [svg("g"), svg("path", { class: "curve sym-C" }), svg("circle", { class: "dot", r: 5 }), svg("path", { class: "best" })];
  const least = svg("text", { class: "sym-C", "text-anchor": "middle", "font-size": 12 });
  const node = svg("g", {}, frame, curve, best, least, dot);
  const draw = (y: number, width: number, scale: Scale): void => {
    const steps = view.curve();
    const low = cheapest(steps, view.state.miss);
    const top = Math.max(cost(steps[0] as Step, view.state.miss), 1.6 * cost(low, view.state.miss), 1);
    const rise = linear([0, top], [y + height - 6, y + 24]);
    const shown = steps.filter(({ t }) => t >= LOW && t <= HIGH).reverse();
    // Between two scores nothing changes: the curve is a staircase, flat to the left of each score.
    const stairs: [number, number][] = [[scale(LOW), Math.max(y + 20, rise(cost(steps[steps.length - 1] as Step, view.state.miss)))]];
    for (const step of [...shown, steps[0] as Step]) {
      const height_ = Math.max(y + 20, rise(cost(step, view.state.miss)));
      stairs.push([stairs[stairs.length - 1]?.[0] ?? 0, height_], [scale(Math.min(HIGH, step.t)), height_]);
    }
    set(curve, { d: line(stairs) });
    const x = scale(view.state.t);
    set(dot, { cx: x, cy: Math.max(y + 20, rise(cost(view.counts(), view.state.miss))) });
    const [bx, by] = [scale(Math.min(HIGH, low.t)), rise(cost(low, view.state.miss))];
    set(best, { d: `M${bx - 5} ${by + 7}L${bx} ${by + 1}L${bx + 5} ${by + 7}Z`, visibility: low.t > HIGH ? "hidden" : null });
    set(least, { x: bx, y: by + 20, visibility: low.t > HIGH ? "hidden" : null });
    least.textContent = view.words.least;
    fill(frame, mathSvg(view.words.cost, { x: 0, y: y + 10, "font-size": 13 }), svg("line", { class: "grid", x1: 0, x2: width, y1: y + height - 5, y2: y + height - 5 }));
  };
  return { node, height, draw };
}

/** Four counts in a square: rows are the truth, columns the answer. */
export function matrixPanel(view: View): { node: SVGGElement; draw(x: number, y: number, width: number): void } {
  const node = svg("g");
  const draw = (x: number, y: number, width: number): void => {
    const { words } = view;
    const now = view.counts();
    const left = x + 52;
    const w = (width - 52) / 2;
    const h = 56;
    const cells = [["TP", now.TP], ["FN", now.FN], ["FP", now.FP], ["TN", now.TN]] as const;
    fill(node, svg("text", { class: "title", x, y: y + 12 }, words.matrix),
      svg("text", { class: "name", x: left + w / 2, y: y + 34, "text-anchor": "middle" }, words.alarm), svg("text", { class: "name", x: left + 1.5 * w, y: y + 34, "text-anchor": "middle" }, words.silence),
      svg("text", { class: "name", x: left - 8, y: y + 42 + h / 2, "text-anchor": "end" }, words.truthStrike), svg("text", { class: "name", x: left - 8, y: y + 42 + 1.5 * h, "text-anchor": "end" }, words.truthQuiet),
      ...cells.flatMap(([name, value], k) => {
        const [cx, cy] = [left + (k % 2) * w, y + 40 + Math.floor(k / 2) * h];
        const mark = name === "TP" || name === "FN" ? "◆" : "■";
        return [svg("rect", { class: `cell${name === "TP" || name === "TN" ? " wash" : ""}`, x: cx, y: cy, width: w, height: h, rx: 4 }),
          svg("text", { class: "big", x: cx + w / 2, y: cy + 28, "text-anchor": "middle" }, String(value)),
          svg("text", { class: "name", x: cx + w / 2, y: cy + 46, "text-anchor": "middle" }, svg("tspan", { class: name === "FN" ? "" : name, style: name === "FN" ? "fill:var(--k5)" : "" }, `${mark} `), name)];
      }));
  };
  return { node, draw };
}

/** A unit square with a curve and a dot. */
function plot(node: SVGGElement, box: { x: number; y: number; size: number }, title: string, across: string, up: string, pairs: readonly (readonly [number, number])[], maybeFlat: number | null): { X: Scale; Y: Scale } {
  const { x, y, size } = box;
  const [X, Y] = [linear([0, 1], [x + 26, x + size]), linear([0, 1], [y + size - 4, y + 22])];
  fill(node, svg("text", { class: "title", x: x + 26, y: y + 12 }, title.replaceAll('"', "")),
    axisX({ scale: X, at: Y(0), grid: 0, ticks: [0, 0.5, 1], format: (v) => fixed(v, v === 0.5 ? 1 : 0) }), axisY({ scale: Y, at: X(0), grid: size - 26, ticks: [0, 0.5, 1], format: (v) => fixed(v, v === 0.5 ? 1 : 0) }),
    svg("line", maybeFlat === null ? { class: "chance", x1: X(0), x2: X(1), y1: Y(0), y2: Y(1) } : { class: "chance", x1: X(0), x2: X(1), y1: Y(maybeFlat), y2: Y(maybeFlat) }),
    svg("path", { class: "curve", d: line(pairs.map(([u, v]) => [X(u), Y(v)] as const)) }),
    svg("text", { class: "name", x: X(1), y: Y(0) + 32, "text-anchor": "end" }, across),
    svg("text", { class: "name", x: X(1) - 4, y: up === "" ? 0 : y + 12, "text-anchor": "end" }, up && `↑ ${up}`));
  return { X, Y };
}

/** Recall against false-alarm rate; its point is a handle, too. */
export function rocPanel(view: View): { node: SVGGElement; draw(x: number, y: number, size: number): void } {
  const { state, words } = view;
  const [back, hit, dot, ring] = [svg("g"), svg("rect", { class: "hit", width: 44, height: 44 }), svg("circle", { class: "dot", r: 7 }), svg("circle", { class: "ring", r: 12 })];
  const grip = svg("g", {}, hit, dot, ring);
  const node = svg("g", {}, back, grip);
  let Y: Scale = linear([0, 1], [1, 0]);
  const grabbed = handle({
    node: grip, signal: view.stage.signal, label: words.rocHandle,
    valueText: () => { const now = view.counts(); return words.rocValue(fixed(state.t, 1), fixed(recall(now)), fixed(falseAlarmRate(now), 3)); },
    // Up means more recall, so a lower threshold: the handle moves −t, along the smooth hill 1 / (1 + e^(t − d)).
    maybeY: { min: -HIGH, max: -LOW, step: 0.1, bigStep: 1, value: () => -state.t, at: ({ y }) => { const p = Math.min(0.999, Math.max(0.001, Y.invert(y))); return Math.log(p / (1 - p)) - state.d; } },
    onInput: (_, up) => view.change({ t: Number((-up).toFixed(1)) + 0 }), maybeOnCommit: view.commit,
  });
  const draw = (x: number, y: number, size: number): void => {
    const drawn = plot(back, { x, y, size }, words.roc, words.falseAlarms, words.recall, view.curve().map((step) => [falseAlarmRate(step), recall(step)] as const), null);
    Y = drawn.Y;
    const now = view.counts();
    const [cx, cy] = [drawn.X(falseAlarmRate(now)), Y(recall(now))];
    set(dot, { cx, cy });
    set(ring, { cx, cy });
    set(hit, { x: cx - 22, y: cy - 22 });
    grabbed.refresh();
  };
  return { node, draw };
}

/** Precision against recall: the picture in which rarity shows. */
export function precisionPanel(view: View): { node: SVGGElement; draw(x: number, y: number, size: number): void } {
  const [back, dot] = [svg("g"), svg("circle", { class: "dot", r: 5 })];
  const node = svg("g", {}, back, dot);
  const draw = (x: number, y: number, size: number): void => {
    const { words } = view;
    const base = view.scores().strikes.length / 1000;
    const { X, Y } = plot(back, { x, y, size }, words.pr, words.recall, "", view.curve().slice(1).map((step) => [recall(step), precision(step)] as const), base);
    const now = view.counts();
    set(dot, { cx: X(recall(now)), cy: Y(precision(now)), visibility: now.TP + now.FP === 0 ? "hidden" : null });
  };
  return { node, draw };
}
