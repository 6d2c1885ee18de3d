// The left panel: one bar a logit, each bar is its own handle; a dashed line at their mean moves all of them at once.
import { arrow, axisY, panelTitle } from "../../kit/axes.ts";
import { fill, set, svg } from "../../kit/dom.ts";
import { fixed } from "../../kit/format.ts";
import { handle, type Handle } from "../../kit/handle.ts";
import { mathSvg } from "../../kit/math.ts";
import { clamp, linear, snap, type Scale } from "../../kit/scale.ts";
import type { View } from "./index.ts";

const RANGE = 6; // logits from −6 to 6

/** Makes the panel; `draw` places it for the state of the moment in the box x, y, width, height. */
export function logitPanel(view: View): { node: SVGGElement; draw(x: number, y: number, width: number, height: number): void } {
  let scale: Scale = linear([-RANGE, RANGE], [1, 0]);
  const frame = svg("g");
  const bars = view.state.z.map((_, i) => makeBar(view, i, () => scale));
  const mean = makeMean(view, () => scale);
  const hint = svg("path", { class: "hint" });
  const node = svg("g", {}, frame, mean.node, hint, ...bars.map((bar) => bar.node));
  const draw = (x: number, y: number, width: number, height: number): void => {
    scale = linear([-RANGE, RANGE], [y + height - 50, y + 36]);
    const left = x + 22;
    fill(frame, panelTitle(view.words.logits, x, y + 14), axisY({ scale, at: left, grid: width - 22, ticks: [-6, -3, 0, 3, 6], format: (v) => fixed(v, 0) }));
    const column = (width - 22 - 34) / bars.length;
    mean.draw(left, x + width, scale);
    bars.forEach((bar, i) => bar.draw(left + 34 + column * i, column, scale));
    set(hint, { d: view.fresh() ? hintPath(view.state.z, left + 34 + column * 1.5, scale) : "" });
  };
  return { node, draw };
}

/** An arrow from the second bar to above the first: the gesture that the invitation asks for. */
function hintPath([first = 0, second = 0]: readonly number[], x: number, scale: Scale): string {
  return first > second ? arrow(x, scale(second) - 26, x, scale(Math.min(RANGE, first + 0.8)), 9) : "";
}

interface Bar {
  node: SVGGElement;
  draw(x: number, column: number, scale: Scale): void;
}

function makeBar(view: View, i: number, scale: () => Scale): Bar {
  const { state, words } = view;
  const [hit, body, grip, ring] = [svg("rect", { class: "hit" }), svg("rect", { class: "bar sym-z" }), svg("path", { class: "grip" }), svg("rect", { class: "ring", rx: 6 })];
  const number = svg("text", { "text-anchor": "middle", class: "value sym-z" });
  const name = mathSvg(`z_${i + 1}`, { "text-anchor": "middle" });
  const bar = svg("g", {}, hit, body, grip, ring, number);
  const node = svg("g", {}, bar, name);
  const grabbed: Handle = handle({
    node: bar, signal: view.stage.signal, label: words.bar(i + 1), valueText: () => view.spoken(i),
    maybeY: { min: -RANGE, max: RANGE, step: 0.1, bigStep: 1, value: () => state.z[i] ?? 0, at: ({ y }) => scale().invert(y) },
    onInput: (_, value) => view.change({ z: state.z.map((z, k) => (k === i ? value : z)) }),
    maybeOnCommit: view.commit,
  });
  bar.addEventListener("focus", () => view.look(i), { signal: view.stage.signal });
  bar.addEventListener("pointerenter", () => view.look(i), { signal: view.stage.signal });
  const draw = (x: number, column: number, s: Scale): void => {
    const value = state.z[i] ?? 0;
    const wide = Math.min(column * 0.66, 56);
    const [tip, zero, middle] = [s(value), s(0), x + column / 2];
    const [top, bottom] = [Math.min(tip, zero), Math.max(tip, zero)];
    const up = value >= 0;
    set(body, { x: middle - wide / 2, width: wide, y: top, height: Math.max(1.5, bottom - top), rx: 2 });
    set(hit, { x: x + Math.min(0, (column - 44) / 2), width: Math.max(44, column), y: Math.min(top - 22, zero - 22), height: bottom - top + 44 });
    set(grip, { d: `M${middle - 8} ${tip + (up ? 6 : -6)}h16M${middle - 8} ${tip + (up ? 10 : -10)}h16`, visibility: bottom - top > 16 ? null : "hidden" });
    set(ring, { x: middle - wide / 2 - 4, width: wide + 8, y: top - 4, height: bottom - top + 8 });
    set(number, { x: middle, y: tip + (up ? -7 : 17) });
    number.textContent = fixed(value, 1);
    set(name, { x: middle, y: s(-RANGE) + 20 });
    grabbed.refresh();
  };
  return { node, draw };
}

function makeMean(view: View, scale: () => Scale): { node: SVGGElement; draw(left: number, right: number, scale: Scale): void } {
  const { state, words } = view;
  const mean = (): number => state.z.reduce((sum, z) => sum + z, 0) / state.z.length;
  const [hit, rule, knob, ring] = [svg("rect", { class: "hit" }), svg("line", { class: "mean" }), svg("path", { class: "knob" }), svg("rect", { class: "ring", rx: 14 })];
  const name = svg("text", { class: "quiet", "text-anchor": "middle" }, words.all);
  const node = svg("g", { class: "all" }, rule, hit, knob, ring, name);
  const shift = (by: number): number[] => {
    const room = clamp(by, -RANGE - Math.min(...state.z), RANGE - Math.max(...state.z));
    return state.z.map((z) => Number((z + room).toFixed(3)));
  };
  const grabbed = handle({
    node, signal: view.stage.signal, label: words.allSpoken, valueText: () => fixed(mean(), 1),
    maybeY: { min: -RANGE, max: RANGE, step: 0.1, bigStep: 1, value: mean, at: ({ y }) => scale().invert(y) },
    onInput: (_, value) => view.change({ z: shift(snap(value - mean(), 0.1)) }),
    maybeOnCommit: view.commit,
  });
  node.addEventListener("focus", () => view.look(-1), { signal: view.stage.signal });
  const draw = (left: number, right: number, s: Scale): void => {
    const y = s(mean());
    set(rule, { x1: left, x2: right, y1: y, y2: y });
    set(knob, { d: `M${left + 17} ${y - 12}l5 7h-10ZM${left + 17} ${y + 12}l5 -7h-10Z` });
    set(hit, { x: left - 5, width: 44, y: y - 22, height: 44 });
    set(ring, { x: left + 3, width: 28, y: y - 17, height: 34 });
    set(name, { x: left + 17, y: y + 27 });
    grabbed.refresh();
  };
  return { node, draw };
}
