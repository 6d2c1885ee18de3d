// The graph z → a → C: edges carry partial derivatives, the chosen logit's paths stand out, the others recede.
import { fill, set, svg } from "../../kit/dom.ts";
import { effect, fixed, probability, signed } from "../../kit/format.ts";
import { handle } from "../../kit/handle.ts";
import { mathSvg } from "../../kit/math.ts";
import type { View } from "./state.ts";

const Z_PX = 16; // how far the pointer moves for one unit of a logit
const Y_PX = 70; // … and for one unit of a label

interface Columns {
  z: number;
  a: number;
  y: number;
  C: number;
  row(k: number): number;
  middle: number;
}

/** The graph and its redraw for a width and a height. */
export function graph(view: View): { node: SVGGElement; draw(width: number, height: number): void } {
  const n = view.state.z.length;
  const [heads, edges, labels, stops, cost] = [svg("g"), svg("g"), svg("g", { class: "labels" }), svg("g"), svg("g", { class: "node cost-node" })];
  const logits = view.state.z.map((_, i) => logitNode(view, i));
  const chips = view.state.z.map((_, j) => labelChip(view, j));
  const node = svg("g", {}, heads, edges, labels, stops, cost, ...logits.map((one) => one.node), ...chips.map((one) => one.node));
  const draw = (width: number, height: number): void => {
    const row = (k: number): number => 62 + ((height - 100) / Math.max(1, n - 1)) * k;
    const at: Columns = { z: 40, a: width * 0.43, y: width * 0.7, C: width - 26, row, middle: row((n - 1) / 2) };
    fill(heads, ...(["logits", "probabilities", "labels", "cost"] as const).map((name, k) =>
      svg("text", { class: "head", x: [at.z, at.a, at.y, at.C][k], y: 14, "text-anchor": "middle" }, view.words[name])));
    fill(edges, ...faint(n, at), ...view.paths().a.map((_, j) => path(view, j, at)));
    fill(labels, ...view.paths().a.flatMap((_, j) => edgeLabels(view, j, at)));
    fill(stops, ...view.paths().a.map((a, j) => probabilityNode(a, j, at)));
    fill(cost, svg("circle", { class: "disc C", cx: at.C, cy: at.middle, r: 24 }), mathSvg("C", { x: at.C, y: at.middle + 1, "text-anchor": "middle" }),
      svg("text", { class: "sym-C number", x: at.C, y: at.middle + 16, "text-anchor": "middle", "font-size": 12 }, fixed(view.paths().cost, 2)));
    logits.forEach((one, i) => one.draw(at.z, row(i)));
    chips.forEach((one, j) => one.draw(at.y, chipY(at, j)));
  };
  return { node, draw };
}

/** A label sits on the line from its probability to C, nearer to the probability. */
function chipY(at: Columns, j: number): number {
  return at.row(j) + (at.middle - at.row(j)) * 0.3;
}

function faint(n: number, at: Columns): SVGPathElement[] {
  return Array.from({ length: n * n }, (_, k) => svg("path", { class: "faint", d: curve(at.z + 24, at.row(Math.floor(k / n)), at.a - 24, at.row(k % n)) }));
}

/** The whole way of one path: from the chosen z through a_j and y_j to C. */
function path(view: View, j: number, at: Columns): SVGGElement {
  const { i } = view.state;
  const { dadz, dCda, terms } = view.paths();
  const kind = j === i ? "diagonal" : "off-diagonal";
  const first = curve(at.z + 24, at.row(i), at.a - 24, at.row(j));
  const second = `M${at.a + 24} ${at.row(j)}L${at.y} ${chipY(at, j)}L${at.C - 22} ${at.middle}`;
  const dead = (terms[j] ?? 0) === 0;
  return svg("g", { class: `path ${dead ? "dead" : ""}` },
    svg("path", { class: `edge ${kind}`, d: first, "stroke-width": 1.6 + 22 * Math.abs(dadz[j] ?? 0) }),
    svg("path", { class: "edge dC-da", d: second, "stroke-width": dead ? 1.4 : 1.6 + 2 * Math.log1p(Math.abs(dCda[j] ?? 0)) }),
    !dead && svg("path", { class: "flow", d: first + second.replace("M", "L") }));
}

function curve(x1: number, y1: number, x2: number, y2: number): string {
  const bend = (x2 - x1) * 0.45;
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

function edgeLabels(view: View, j: number, at: Columns): SVGTextElement[] {
  const { i } = view.state;
  const { dadz, dCda } = view.paths();
  return [
    svg("text", { class: `label ${j === i ? "diagonal" : "off-diagonal"}`, x: at.a - 32, y: at.row(j) - 8, "text-anchor": "end" }, effect(dadz[j] ?? 0)),
    svg("text", { class: "label dC-da", x: at.a + 28, y: at.row(j) + (at.row(j) > at.middle ? 20 : -8) }, signed(dCda[j] ?? 0, 2)),
  ];
}

function probabilityNode(a: number, j: number, at: Columns): SVGGElement {
  return svg("g", { class: "node" },
    svg("circle", { class: "disc a", cx: at.a, cy: at.row(j), r: 24 }),
    mathSvg(`a_${j + 1}`, { x: at.a, y: at.row(j) + 1, "text-anchor": "middle" }),
    svg("text", { class: "sym-a number", x: at.a, y: at.row(j) + 16, "text-anchor": "middle", "font-size": 12 }, probability(a)));
}

function logitNode(view: View, i: number): { node: SVGGElement; draw(x: number, y: number): void } {
  const { state, words } = view;
  const [disc, ring] = [svg("circle", { class: "disc z", r: 24 }), svg("circle", { class: "ring", r: 29 })];
  const number = svg("text", { class: "sym-z number", y: 16, "text-anchor": "middle", "font-size": 12 });
  const node = svg("g", { class: "node", "aria-current": "false" }, disc, ring, mathSvg(`z_${i + 1}`, { y: 1, "text-anchor": "middle" }), number);
  const choose = (): void => { if (state.i !== i) view.change({ i }); };
  const grabbed = handle({
    node, signal: view.stage.signal, label: words.z(i + 1),
    valueText: () => words.zValue(fixed(state.z[i] ?? 0, 1), signed(view.paths(i).result, 2)),
    maybeY: { min: -6, max: 6, step: 0.1, bigStep: 1, value: () => state.z[i] ?? 0, at: ({ y }) => -y / Z_PX },
    onInput: (_, value) => view.change({ i, z: state.z.map((old, k) => (k === i ? value : old)) }),
    maybeOnCommit: view.commit,
    maybeOnPress: () => { choose(); view.commit(); },
  });
  node.addEventListener("focus", choose, { signal: view.stage.signal });
  const draw = (x: number, y: number): void => {
    set(node, { transform: `translate(${x} ${y})`, "aria-current": String(state.i === i) });
    disc.classList.toggle("chosen", state.i === i);
    number.textContent = fixed(state.z[i] ?? 0, 1);
    grabbed.refresh();
  };
  return { node, draw };
}

/** A label as a little gauge to drag: full is 1. */
function labelChip(view: View, j: number): { node: SVGGElement; draw(x: number, y: number): void } {
  const { state, words } = view;
  const [hit, box, level, ring] = [svg("rect", { class: "hit", x: -24, y: -24, width: 48, height: 48 }), svg("rect", { class: "chip", x: -20, y: -20, width: 40, height: 40, rx: 8 }), svg("rect", { class: "level", x: -20, width: 40, rx: 8 }), svg("rect", { class: "ring", x: -25, y: -25, width: 50, height: 50, rx: 11 })];
  const number = svg("text", { class: "number", y: 14, "text-anchor": "middle", "font-size": 12 });
  const node = svg("g", {}, hit, box, level, ring, mathSvg(`y_${j + 1}`, { y: -1, "text-anchor": "middle" }), number);
  const sum = (): string => fixed(state.y.reduce((total, value) => total + value, 0), 2);
  const grabbed = handle({
    node, signal: view.stage.signal, label: words.y(j + 1), valueText: () => words.yValue(fixed(state.y[j] ?? 0, 2), sum()),
    maybeY: { min: 0, max: 1, step: 0.05, bigStep: 0.25, value: () => state.y[j] ?? 0, at: ({ y }) => -y / Y_PX },
    onInput: (_, value) => view.change({ y: state.y.map((old, k) => (k === j ? value : old)) }),
    maybeOnCommit: view.commit,
  });
  const draw = (x: number, y: number): void => {
    const value = state.y[j] ?? 0;
    set(node, { transform: `translate(${x} ${y})` });
    set(level, { y: 20 - 40 * value, height: 40 * value });
    number.textContent = fixed(value, value % 1 === 0 ? 0 : 2);
    grabbed.refresh();
  };
  return { node, draw };
}
