// The plane: bands of probability, two lines, the readings, and two of them as handles. It draws and listens, and decides nothing.
import { axisX, axisY } from "../../kit/axes.ts";
import { fill, set, svg } from "../../kit/dom.ts";
import { fixed } from "../../kit/format.ts";
import { handle, type Handle } from "../../kit/handle.ts";
import { shapes } from "../../kit/palette.ts";
import { linear, type Scale } from "../../kit/scale.ts";
import type { Stage } from "../../kit/widget.ts";
import { FIXED, LOAD, SPEED } from "./data.ts";
import { above, score, sigmoid, type Place, type Weights } from "./model.ts";
import type { words as texts } from "./text.ts";

const LEVELS = [Math.log(1 / 9), 0, Math.log(9)]; // scores of the answers 0.1, 0.5 and 0.9
const [DIAMOND, SQUARE] = [shapes[3] ?? "", shapes[1] ?? ""];

/** What the plane needs to know. */
export interface PlaneOptions {
  stage: Stage;
  words: (typeof texts)["en"];
  places(): readonly [Place, Place];
  weights(): { border: Weights; rival: Weights };
  onMove(k: 0 | 1, place: Place): void;
  onCommit(): void;
}

/** Makes the plane; `draw` fits a width in px. */
export function makePlane(options: PlaneOptions): { node: SVGSVGElement; draw(width: number): void } {
  const scales: { x: Scale; y: Scale } = { x: linear(SPEED, [0, 1]), y: linear(LOAD, [1, 0]) };
  const [bands, lines, marks] = [svg("g"), svg("g"), svg("g")];
  const hands = ([0, 1] as const).map((k) => makeHand(options, k, scales));
  const node = svg("svg", { role: "group", "aria-label": `${options.words.speed}; ${options.words.load}` }, bands, lines, marks, ...hands.map((hand) => hand.node));
  const draw = (width: number): void => {
    const height = width < 500 ? 300 : 340;
    scales.x = linear(SPEED, [24, width - 14]);
    scales.y = linear(LOAD, [height - 42, 14]);
    set(node, { height });
    drawBands(bands, options, scales);
    drawLines(lines, options, scales, height);
    fill(marks, ...FIXED.map(([V, n, y]) => mark(scales.x(V), scales.y(n), y, 5)));
    for (const hand of hands) hand.draw();
  };
  return { node, draw };
}

function mark(x: number, y: number, label: number, r: number): SVGPathElement {
  return svg("path", { class: label === 1 ? "ahead" : "flying", d: label === 1 ? DIAMOND : SQUARE, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${r})`, "vector-effect": "non-scaling-stroke" });
}

function polygon(corners: readonly Place[], { x, y }: { x: Scale; y: Scale }): string {
  return corners.length < 3 ? "" : `M${corners.map(([V, n]) => `${x(V).toFixed(1)} ${y(n).toFixed(1)}`).join("L")}Z`;
}

function negative({ b, speed, load }: Weights): Weights {
  return { b: -b, speed: -speed, load: -load };
}

/** From the surely flying to the surely stalling: four shades. */
function drawBands(node: SVGGElement, { weights }: PlaneOptions, scales: { x: Scale; y: Scale }): void {
  const { border } = weights();
  const shade = (name: string, side: Weights, level: number): SVGPathElement => svg("path", { class: `band ${name}`, d: polygon(above(side, level, SPEED, LOAD), scales) });
  fill(node, shade("likely", border, 0), shade("sure", border, LEVELS[2] ?? 0), shade("unlikely", negative(border), 0), shade("never", negative(border), LEVELS[2] ?? 0));
}

/** A line of constant score, where it enters and leaves the picture. */
function ends(weights: Weights, level: number): Place[] {
  return above(weights, level, SPEED, LOAD).filter((place) => Math.abs(score(weights, place) - level) < 1e-6);
}

function drawLines(node: SVGGElement, { words, weights }: PlaneOptions, scales: { x: Scale; y: Scale }, height: number): void {
  const { border, rival } = weights();
  const { x, y } = scales;
  const stroke = (kind: string, places: readonly Place[]): SVGLineElement | null => {
    const [from, to] = places;
    return from && to ? svg("line", { class: kind, x1: x(from[0]), y1: y(from[1]), x2: x(to[0]), y2: y(to[1]) }) : null;
  };
  const names = LEVELS.map((level, k) => {
    const top = [...ends(border, level)].sort((one, other) => other[1] - one[1])[0];
    return top && svg("text", { class: "level-name", x: x(top[0]), y: y(top[1]) - 3, "text-anchor": "middle" }, words.bands[k] ?? "");
  });
  fill(node, svg("rect", { class: "frame", x: x(SPEED[0]), y: y(LOAD[1]), width: x(SPEED[1]) - x(SPEED[0]), height: y(LOAD[0]) - y(LOAD[1]) }),
    axisX({ scale: x, at: y(0), grid: 0, ticks: [20, 40, 60, 80, 100, 120], format: (v) => fixed(v, 0) }),
    axisY({ scale: y, at: x(SPEED[0]), grid: 0, ticks: [0, 1, 2, 3], format: (v) => fixed(v, 0) }),
    svg("text", { class: "quiet", x: x(SPEED[1]), y: height - 6, "text-anchor": "end", "font-size": 12 }, words.speed),
    svg("text", { class: "quiet", x: x(SPEED[0]) + 6, y: y(0) - 8, "font-size": 12 }, `↑ ${words.load}`),
    ...LEVELS.map((level) => stroke(level === 0 ? "border sym-z" : "level sym-a", ends(border, level))), stroke("rival", ends(rival, 0)), ...names);
}

function makeHand({ stage, words, places, weights, onMove, onCommit }: PlaneOptions, k: 0 | 1, scales: { x: Scale; y: Scale }): { node: SVGGElement; draw(): void } {
  const body = mark(0, 0, 1 - k, 9);
  const letter = svg("text", { class: "letter", x: 13, y: -8 }, "AB"[k] ?? "");
  const node = svg("g", {}, svg("circle", { class: "hit", r: 22 }), body, svg("circle", { class: "ring", r: 15 }), letter);
  const say = (): string => { const at = places()[k]; return words.place(fixed(at[0], 1), fixed(at[1], 2), fixed(sigmoid(score(weights().border, at)), 3)); };
  const made: Handle = handle({
    node, signal: stage.signal, label: words.name[k] ?? "", maybeRole: words.kind, valueText: say,
    maybeX: { min: SPEED[0], max: SPEED[1], step: 0.5, bigStep: 5, value: () => places()[k][0], at: ({ x }) => scales.x.invert(x) },
    maybeY: { min: LOAD[0], max: LOAD[1], step: 0.05, bigStep: 0.25, value: () => places()[k][1], at: ({ y }) => scales.y.invert(y) },
    onInput: (V, n) => onMove(k, [V, n]), maybeOnCommit: onCommit,
  });
  const draw = (): void => {
    const [V, n] = places()[k];
    set(node, { transform: `translate(${scales.x(V).toFixed(1)} ${scales.y(n).toFixed(1)})` });
    set(letter, { x: V > 112 ? -24 : 13, y: n > 2.8 ? 20 : -8 });
    made.refresh();
  };
  return { node, draw };
}
