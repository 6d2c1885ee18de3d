// The plane of weight and bias: the darker, the larger the output. Drag the starts A and B; the neurons run down the diagonal.
import { axisX, axisY, panelTitle } from "../../kit/axes.ts";
import { fill, set, svg } from "../../kit/dom.ts";
import { fixed } from "../../kit/format.ts";
import { handle } from "../../kit/handle.ts";
import { mathSvg } from "../../kit/math.ts";
import { line, linear, type Scale } from "../../kit/scale.ts";
import type { Panel } from "./curves.ts";
import { sigmoid } from "./model.ts";
import type { View } from "./state.ts";

const LOW = -3;
const HIGH = 4;
const LEVELS = [0.02, 0.1, 0.5, 0.82, 0.98]; // outputs whose lines w + b = ln(a / (1 − a)) are drawn

/** The panel with the two draggable starts. */
export function planePanel(view: View): Panel {
  let scales: [Scale, Scale] = [linear([LOW, HIGH], [0, 1]), linear([LOW, HIGH], [1, 0])];
  const ground = svg("rect", { class: "plane", rx: 4 });
  const frame = svg("g");
  const starts = [0, 1].map((k) => makeStart(view, k, () => scales));
  const node = svg("g", {}, shade(), ground, frame, ...starts.map((start) => start.node));
  const draw = (x: number, y: number, width: number, height: number): void => {
    const [xs, ys] = [linear([LOW, HIGH], [x + 24, x + width]), linear([LOW, HIGH], [y + height, y + 26])];
    scales = [xs, ys];
    set(ground, { x: x + 24, y: y + 26, width: width - 24, height: height - 26 });
    fill(frame, panelTitle(view.words.plane, x, y + 12),
      axisX({ scale: xs, at: y + height, grid: 0, ticks: [-2, 0, 2, 4], format: (v) => fixed(v, 0) }),
      axisY({ scale: ys, at: x + 24, grid: 0, ticks: [-2, 0, 2, 4], format: (v) => fixed(v, 0) }),
      mathSvg("w", { x: x + width, y: y + height - 6, "text-anchor": "end" }), mathSvg("b", { x: x + 30, y: y + 40 }),
      ...LEVELS.map((a) => levelLine(a, xs, ys)),
      ...view.racers().map((racer, k) => track(view, k, xs, ys)));
    for (const start of starts) start.draw(xs, ys);
  };
  return { node, draw };
}

function shade(): SVGDefsElement {
  const stops = [-5, -3, -1.5, 0, 1.5, 3, 5].map((z) => svg("stop", { offset: 0.5 + z / 14, "stop-color": "var(--a)", "stop-opacity": 0.03 + 0.3 * sigmoid(z) }));
  return svg("defs", {}, svg("linearGradient", { id: "shade", x1: 0, y1: 1, x2: 1, y2: 0 }, ...stops));
}

function levelLine(a: number, xs: Scale, ys: Scale): SVGGElement {
  const z = Math.log(a / (1 - a));
  const [low, high] = [Math.max(LOW, z - HIGH), Math.min(HIGH, z - LOW)];
  const at = high - 0.6;
  return svg("g", { class: `contour${a === 0.5 ? " half" : ""}` },
    svg("path", { d: line([[xs(low), ys(z - low)], [xs(high), ys(z - high)]]) }),
    svg("text", { x: xs(at) - 3, y: ys(z - at) - 4, "text-anchor": "end" }, fixed(a, a === 0.1 || a === 0.5 ? 1 : 2)));
}

/** The way a racer has come; the two costs run side by side, a hair apart. */
function track(view: View, k: number, xs: Scale, ys: Scale): SVGGElement {
  const racer = view.racers()[k];
  if (racer === undefined) return svg("g");
  const t = Math.floor(view.epoch());
  const aside = racer.kind === "quadratic" ? 2.5 : -2.5;
  const place = (step: number): [number, number] => [xs(racer.race.w[step] ?? 0) + aside, ys(racer.race.b[step] ?? 0) + aside];
  const [cx, cy] = place(t);
  return svg("g", { class: `${racer.kind} run-${racer.name}` },
    svg("path", { class: "run", d: line([place(0), [cx, cy]]) }),
    t > 0 && svg("circle", { class: "dot", cx, cy, r: 4.5 }));
}

function makeStart(view: View, k: number, scales: () => [Scale, Scale]): { node: SVGGElement; draw(xs: Scale, ys: Scale): void } {
  const { state, words } = view;
  const name = k === 0 ? "A" : "B";
  const [hit, disc, ring] = [svg("circle", { class: "hit", r: 22 }), svg("circle", { class: "start", r: 11 }), svg("circle", { class: "ring", r: 16 })];
  const letter = svg("text", { class: "start-letter", "text-anchor": "middle", "dominant-baseline": "central" }, name);
  const node = svg("g", {}, hit, disc, ring, letter);
  const w = (): number => state.w[k] ?? 0;
  const b = (): number => state.b[k] ?? 0;
  const put = (values: number[], value: number): number[] => values.map((old, at) => (at === k ? value : old));
  const range = { min: LOW, max: HIGH, step: 0.1, bigStep: 0.5 };
  const grabbed = handle({
    node, signal: view.stage.signal, label: words.start(name), maybeRole: words.pad,
    valueText: () => words.startValue(fixed(w(), 1), fixed(b(), 1), fixed(sigmoid(w() + b()), 2)),
    maybeX: { ...range, value: w, at: ({ x }) => scales()[0].invert(x) },
    maybeY: { ...range, value: b, at: ({ y }) => scales()[1].invert(y) },
    onInput: (x, y) => view.change({ w: put(state.w, x), b: put(state.b, y) }),
    maybeOnCommit: view.commit,
  });
  const draw = (xs: Scale, ys: Scale): void => {
    set(node, { transform: `translate(${xs(w()).toFixed(1)} ${ys(b()).toFixed(1)})` });
    grabbed.refresh();
  };
  return { node, draw };
}
