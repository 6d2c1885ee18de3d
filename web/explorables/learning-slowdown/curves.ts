// Output and cost against epochs, as far as the race has run; the epoch is a line that can be dragged.
import { axisX, axisY, panelTitle } from "../../kit/axes.ts";
import { fill, set, svg } from "../../kit/dom.ts";
import { fixed } from "../../kit/format.ts";
import { handle } from "../../kit/handle.ts";
import { clamp, line, linear, type Scale } from "../../kit/scale.ts";
import { passes } from "./model.ts";
import { STEPS, type Racer, type View } from "./state.ts";

/** A panel that draws itself into a box. */
export interface Panel {
  node: SVGGElement;
  draw(x: number, y: number, width: number, height: number): void;
}

/** The output a(t), with the level 0.5 and the epochs at which each neuron passes it. */
export function outputPanel(view: View): Panel {
  let xs: Scale = linear([0, STEPS], [0, 1]);
  const frame = svg("g");
  const cursor = makeCursor(view, () => xs);
  const node = svg("g", {}, frame, cursor.node);
  const draw = (x: number, y: number, width: number, height: number): void => {
    xs = linear([0, STEPS], [x + 30, x + width]);
    const ys = linear([0, 1], [y + height, y + 26]);
    fill(frame,
      panelTitle(view.words.output, x, y + 12),
      axisY({ scale: ys, at: x + 30, grid: width - 30, ticks: [0, 0.5, 1], format: (v) => (v === 1 && crowded(view) ? "" : fixed(v, v === 0.5 ? 1 : 0)) }),
      svg("line", { class: "level", x1: x + 30, x2: x + width, y1: ys(0.5), y2: ys(0.5) }),
      ...view.racers().map((racer) => curve(racer, racer.race.output, view.epoch(), xs, ys)),
      ...view.racers().map((racer) => startLabel(racer, xs, ys)),
      ...marks(view, xs, ys));
    cursor.draw(y + 26, y + height, xs);
  };
  return { node, draw };
}

/** Does a start stand where the tick "1" is written? */
function crowded(view: View): boolean {
  return view.racers().some(({ race }) => (race.output[0] ?? 0) > 0.9);
}

/** The cost C(t): the quadratic's at most 1/2, cross-entropy's without bound. */
export function costPanel(view: View): Panel {
  const node = svg("g");
  const draw = (x: number, y: number, width: number, height: number): void => {
    const xs = linear([0, STEPS], [x + 30, x + width]);
    const top = Math.max(1, ...view.racers().map(({ race }) => race.cost[0] ?? 0));
    const ys = linear([0, top], [y + height, y + 26]);
    fill(node,
      panelTitle(view.words.cost, x, y + 12),
      axisY({ scale: ys, at: x + 30, grid: width - 30, ticks: 3, format: (v) => fixed(v, top < 2 ? 1 : 0) }),
      axisX({ scale: xs, at: y + height, grid: 0, ticks: [0, 100, 200, 300], format: (v) => (v === STEPS ? "" : String(v)) }),
      svg("text", { class: "quiet", x: x + width, y: y + height + 15, "text-anchor": "end", "font-size": 12 }, view.words.epoch),
      ...view.racers().map((racer) => curve(racer, racer.race.cost, view.epoch(), xs, ys)));
  };
  return { node, draw };
}

function curve(racer: Racer, values: readonly number[], epoch: number, xs: Scale, ys: Scale): SVGGElement {
  const seen = values.slice(0, Math.floor(epoch) + 1);
  const last = seen.length - 1;
  return svg("g", { class: `${racer.kind} run-${racer.name}` },
    svg("path", { class: "run", d: line(seen.map((value, t) => [xs(t), ys(value)] as const)) }),
    svg("circle", { class: "dot", cx: xs(last), cy: ys(seen[last] ?? 0), r: 4.5 }));
}

function startLabel(racer: Racer, xs: Scale, ys: Scale): SVGTextElement | null {
  if (racer.kind !== "quadratic") return null;
  const start = racer.race.output[0] ?? 0;
  return svg("text", { class: "start-name", x: xs(0) - 7, y: ys(start) + 5, "text-anchor": "end" }, racer.name);
}

/** A mark where a curve has passed 0.5, with its epoch; neighbours are written on different rows. */
function marks(view: View, xs: Scale, ys: Scale): SVGGElement[] {
  const passed = view.racers()
    .map((racer) => ({ racer, at: passes(racer.race.output) }))
    .filter((one): one is { racer: Racer; at: number } => one.at !== null && one.at <= view.epoch())
    .sort((one, other) => one.at - other.at);
  let room = -Infinity;
  let row = 0;
  return passed.map(({ racer, at }) => {
    const x = xs(at);
    row = x < room ? row + 1 : 0;
    const text = `${racer.name} ${at}`;
    room = x + 9 * text.length;
    return svg("g", { class: racer.kind },
      svg("circle", { class: "pass", cx: x, cy: ys(0.5), r: 4 }),
      svg("text", { class: "pass-name", x: x + 6, y: ys(0.5) - 8 - 16 * row }, text));
  });
}

function makeCursor(view: View, xs: () => Scale): { node: SVGGElement; draw(top: number, bottom: number, xs: Scale): void } {
  const [hit, rule, knob, ring] = [svg("rect", { class: "hit" }), svg("line", { class: "cursor" }), svg("path", { class: "knob" }), svg("circle", { class: "ring", r: 15 })];
  const name = svg("text", { class: "cursor-name", "text-anchor": "middle" });
  const node = svg("g", {}, rule, hit, knob, ring, name);
  const grabbed = handle({
    node, signal: view.stage.signal, label: view.words.cursor, valueText: () => view.words.cursorValue(Math.floor(view.epoch())),
    maybeX: { min: 0, max: STEPS, step: 1, bigStep: 10, value: () => Math.floor(view.epoch()), at: ({ x }) => xs().invert(x) },
    onInput: (value) => view.goTo(value),
  });
  const draw = (top: number, bottom: number, scale: Scale): void => {
    const x = scale(Math.floor(view.epoch()));
    set(rule, { x1: x, x2: x, y1: top, y2: bottom });
    set(knob, { d: `M${x} ${bottom + 1}l7 8v9h-14v-9Z` });
    set(hit, { x: x - 22, y: bottom - 14, width: 44, height: 44 });
    set(ring, { cx: x, cy: bottom + 9 });
    set(name, { x: clamp(x, scale(0) + 10, scale(STEPS) - 10), y: bottom + 33 });
    name.textContent = String(Math.floor(view.epoch()));
    grabbed.refresh();
  };
  return { node, draw };
}
