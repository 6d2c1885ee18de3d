// Draws the gear's graph: nodes with a value and a slope, arrows that carry what is handed back.
import { fill, set, svg } from "../../kit/dom.ts";
import { handle } from "../../kit/handle.ts";
import { mathSvg } from "../../kit/math.ts";
import type { Stage } from "../../kit/widget.ts";
import { GEAR, type Walk } from "./model.ts";
import { plus, tidy } from "./numbers.ts";
import type { words as texts } from "./text.ts";

const RADIUS = 27;
const PER_UNIT_PX = 20; // how far the pointer moves for one unit of an input
type Places = readonly (readonly [number, number])[];
/** Places in a frame of 1 by 1, for a wide figure and for a narrow one. */
const WIDE: Places = [[0, 0.12], [0, 0.5], [0.27, 0.94], [0.8, 0.94], [0.27, 0.3], [0.53, 0.7], [0.76, 0.3], [1, 0.6]];
const NARROW: Places = [[0, 0.08], [0, 0.4], [0.13, 0.84], [0.63, 0.95], [0.34, 0.2], [0.52, 0.6], [0.78, 0.2], [1, 0.6]];
const ABOVE = new Set(["s", "p"]); // where the formula stands above its node
const FORMULAS: Readonly<Record<string, string>> = { s: "g · x", m: "s + b", p: "s · m", C: "½(p − y)^2" };

/** What the picture needs to know. */
export interface GraphOptions {
  stage: Stage;
  words: (typeof texts)["en"];
  inputs(): readonly number[];
  walk(): Walk;
  onInput(k: number, value: number): void;
  onCommit(): void;
}

/** The graph and its redraw for a width and a height. */
export function graph(options: GraphOptions): { node: SVGGElement; draw(width: number, height: number): void } {
  const [arrows, nodes] = [svg("g"), svg("g")];
  const drawn = GEAR.map((one, k) => (one.operation === "input" ? inputNode(options, k) : computedNode(options, k)));
  nodes.append(...drawn.map(({ node }) => node));
  const draw = (width: number, height: number): void => {
    const places = width >= 600 ? WIDE : NARROW;
    const at = (k: number): [number, number] => {
      const [x, y] = places[k] ?? [0, 0];
      return [RADIUS + 4 + x * (width - 2 * RADIUS - 8), RADIUS + 8 + y * (height - 2 * RADIUS - 28)];
    };
    fill(arrows, ...GEAR.flatMap((one, to) => one.inputs.map((from) => arrow(options, from, to, at(from), at(to)))));
    drawn.forEach((one, k) => one.draw(...at(k)));
  };
  return { node: svg("g", {}, arrows, nodes), draw };
}

/** An arrow from an input to its user; once a slope has come back along it, it says how much. */
function arrow({ walk }: GraphOptions, from: number, to: number, [x1, y1]: [number, number], [x2, y2]: [number, number]): SVGGElement {
  const { shares, values, at } = walk();
  const share = shares.find((one) => one.from === to && one.to === from);
  const length = Math.hypot(x2 - x1, y2 - y1);
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const [ax, ay, bx, by] = [x1 + ux * (RADIUS + 2), y1 + uy * (RADIUS + 2), x2 - ux * (RADIUS + 9), y2 - uy * (RADIUS + 9)];
  const kind = share !== undefined && at === to ? "back" : values[to] === null ? "" : "on";
  const tip = `M${bx + 7 * ux} ${by + 7 * uy}L${bx - 5 * uy} ${by + 5 * ux}L${bx + 5 * uy} ${by - 5 * ux}Z`;
  const [mx, my] = [x1 + 0.52 * (x2 - x1), y1 + 0.52 * (y2 - y1)];
  return svg("g", {},
    svg("path", { class: `arrow ${kind}`, d: `M${ax} ${ay}L${bx} ${by}` }),
    svg("path", { class: `head ${kind}`, d: tip }),
    share !== undefined && svg("text", { class: "share", x: mx, y: my + 4, "text-anchor": "middle" }, plus(share.amount)));
}

interface Drawn {
  node: SVGGElement;
  draw(x: number, y: number): void;
}

/** A node's value, and under it its slope. */
function face({ walk }: GraphOptions, k: number): { parts: SVGElement[]; refresh(): void } {
  const name = GEAR[k]?.name ?? "";
  const value = svg("text", { class: `number sym-${name}`, y: 6, "text-anchor": "middle" });
  const slope = svg("text", { class: "slope", y: 21, "text-anchor": "middle", "font-size": 12.5 });
  const refresh = (): void => {
    const now = walk();
    const [known, arrived] = [now.values[k] ?? null, now.slopes[k] ?? null];
    value.textContent = known === null ? "?" : tidy(known);
    slope.textContent = arrived === null ? "" : plus(arrived);
  };
  return { parts: [mathSvg(name, { y: -9, "text-anchor": "middle" }), value, slope], refresh };
}

function inputNode(options: GraphOptions, k: number): Drawn {
  const { stage, words } = options;
  const name = GEAR[k]?.name ?? "";
  const [body, ring, look] = [svg("circle", { class: "body", r: RADIUS }), svg("circle", { class: "ring", r: RADIUS + 5 }), face(options, k)];
  const node = svg("g", { class: `node-${name}` }, body, ring, ...look.parts);
  const grabbed = handle({
    node, signal: stage.signal, label: words.input(name),
    valueText: () => words.state(tidy(options.inputs()[k] ?? 0), slopeText(options.walk(), k)),
    maybeY: { min: -5, max: 5, step: 0.5, bigStep: 1, value: () => options.inputs()[k] ?? 0, at: ({ y }) => -y / PER_UNIT_PX },
    onInput: (_, value) => options.onInput(k, value), maybeOnCommit: options.onCommit,
  });
  return { node, draw: (x, y) => { set(node, { transform: `translate(${x} ${y})` }); look.refresh(); grabbed.refresh(); } };
}

function slopeText({ slopes }: Walk, k: number): string {
  const slope = slopes[k] ?? null;
  return slope === null ? "" : plus(slope);
}

function computedNode(options: GraphOptions, k: number): Drawn {
  const name = GEAR[k]?.name ?? "";
  const look = face(options, k);
  const node = svg("g", {}, svg("rect", { class: "body", x: -RADIUS, y: -RADIUS, width: 2 * RADIUS, height: 2 * RADIUS, rx: 10 }), ...look.parts,
    mathSvg(FORMULAS[name] ?? "", { class: "formula", y: ABOVE.has(name) ? -RADIUS - 8 : RADIUS + 17, "text-anchor": "middle" }));
  const draw = (x: number, y: number): void => {
    const { values, at, shares } = options.walk();
    set(node, { transform: `translate(${x} ${y})`, class: `${name === "C" ? "cost" : ""} ${values[k] === null ? "unknown" : ""} ${at === k ? "at" : ""} ${shares.length > 0 ? "back" : ""}` });
    look.refresh();
  };
  return { node, draw };
}
