// The plane: cells and points on a canvas, the centres above it as handles. It draws and listens, and decides nothing.
import { fill, html, set, svg } from "../../kit/dom.ts";
import { fixed } from "../../kit/format.ts";
import { handle, type Handle } from "../../kit/handle.ts";
import { classColour, shapes } from "../../kit/palette.ts";
import type { Stage } from "../../kit/widget.ts";
import { EDGE, PLANE } from "./data.ts";
import { cell, type Place } from "./model.ts";
import type { Run } from "./run.ts";
import type { words as texts } from "./text.ts";

/** What the plane needs to know. */
export interface PlaneOptions {
  stage: Stage;
  words: (typeof texts)["en"];
  run(): Run;
  /** The centres as they are shown, on their way to where they are. */
  shown(): readonly Place[];
  /** Index of the point in hand, or −1. */
  chosen(): number;
  onCentre(k: number, place: Place): void;
  onCommit(): void;
}

/** The parts of the plane. */
export interface Plane {
  node: HTMLElement;
  canvas: HTMLCanvasElement;
  /** Fits a width in px. */
  resize(width: number): void;
  /** Makes as many handles as there are centres. */
  renew(): void;
  draw(): void;
  recolour(paper: boolean): void;
  /** From px on the canvas to the plane. */
  toPlane(px: number, py: number): Place;
  /** One unit of the plane in px. */
  unit(): number;
}

/** Makes the plane. */
export function makePlane(options: PlaneOptions): Plane {
  const { stage, words } = options;
  const help = html("p", { class: "help", id: "keys" }, words.keys);
  const canvas = html("canvas", { tabindex: 0, role: "application", "aria-label": words.canvas, "aria-describedby": "keys" });
  const over = svg("svg", { class: "over", role: "group", "aria-label": words.centres });
  const node = html("div", { class: "plane" }, canvas, over, help);
  const context = canvas.getContext("2d", { alpha: false });
  if (context === null) throw new Error("k-means-steps expected a canvas with a 2d context and got none; try another browser.");
  const paths = shapes.map((shape) => new Path2D(shape));
  let unit = 1;
  let colours: string[] = [];
  let [ink, ground, soft] = ["#000", "#fff", "#888"];
  let handles: { node: SVGGElement; handle: Handle }[] = [];
  const recolour = (paper: boolean): void => {
    const style = getComputedStyle(stage.body);
    const read = (name: string): string => style.getPropertyValue(name).trim();
    [ink, ground, soft] = paper ? ["#000", "#fff", "#666"] : [read("--ink"), read("--ground"), read("--soft")];
    colours = shapes.map((_, k) => `rgb(${classColour(stage.body, context, k).join(",")})`);
  };
  recolour(false);
  const renew = (): void => {
    handles = options.run().centres.map((_, k) => makeCentre(options, k, () => unit));
    fill(over, ...handles.map((one) => one.node));
  };
  const draw = (): void => {
    const shown = options.shown();
    context.setTransform(canvas.width / PLANE[0], 0, 0, -canvas.height / PLANE[1], 0, canvas.height);
    context.fillStyle = ground;
    context.fillRect(0, 0, ...PLANE);
    drawCells(context, shown, colours, ground, 2 / unit);
    drawSpokes(context, options.run(), shown, colours, 1 / unit);
    drawPoints(context, options.run(), { colours, paths, ink, ground, soft, unit, chosen: options.chosen() });
    handles.forEach((one, k) => {
      const [x, y] = shown[k] ?? [0, 0];
      set(one.node, { transform: `translate(${(x * unit).toFixed(1)} ${((PLANE[1] - y) * unit).toFixed(1)})` });
      one.handle.refresh();
    });
  };
  const resize = (width: number): void => {
    unit = width / PLANE[0];
    const ratio = Math.min(2, devicePixelRatio || 1);
    const height = Math.round(unit * PLANE[1]);
    Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    set(over, { width, height });
    over.style.width = `${width}px`;
  };
  return { node, canvas, resize, renew, draw, recolour, toPlane: (px, py) => [px / unit, PLANE[1] - py / unit], unit: () => unit };
}

function makeCentre({ stage, words, run, onCentre, onCommit }: PlaneOptions, k: number, unit: () => number): { node: SVGGElement; handle: Handle } {
  const number = svg("text", { class: "centre-number", "text-anchor": "middle", "dominant-baseline": "central" }, String(k + 1));
  const node = svg("g", { class: `centre k${k}` }, svg("circle", { class: "hit", r: 22 }), svg("circle", { class: "disc", r: 12 }), svg("circle", { class: "ring", r: 17 }), number);
  const range = (axis: 0 | 1) => ({ min: EDGE, max: PLANE[axis] - EDGE, step: 0.05, bigStep: 0.5, value: () => run().centres[k]?.[axis] ?? 0 });
  const made = handle({
    node, signal: stage.signal, label: words.centre(k + 1), maybeRole: words.pad,
    valueText: () => words.centreValue(fixed(run().centres[k]?.[0] ?? 0, 2), fixed(run().centres[k]?.[1] ?? 0, 2)),
    maybeX: { ...range(0), at: ({ x }) => x / unit() },
    maybeY: { ...range(1), at: ({ y }) => PLANE[1] - y / unit() },
    onInput: (x, y) => onCentre(k, [x, y]),
    maybeOnCommit: onCommit,
  });
  return { node, handle: made };
}

function trace(context: CanvasRenderingContext2D, corners: readonly Place[]): void {
  context.beginPath();
  corners.forEach(([x, y], n) => (n === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  context.closePath();
}

/** The cells, softly in the colours of their centres, with borders in the colour of the ground. */
function drawCells(context: CanvasRenderingContext2D, centres: readonly Place[], colours: readonly string[], ground: string, width: number): void {
  centres.forEach((_, k) => {
    trace(context, cell(centres, k, PLANE));
    context.globalAlpha = 0.17;
    context.fillStyle = colours[k] ?? "#888";
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = ground;
    context.lineWidth = width;
    context.stroke();
  });
}

/** A line from each point to the centre it belongs to: the squares of their lengths add up to the cost. */
function drawSpokes(context: CanvasRenderingContext2D, { points, labels }: Run, centres: readonly Place[], colours: readonly string[], width: number): void {
  context.lineWidth = width;
  context.globalAlpha = 0.55;
  labels.forEach((label, n) => {
    const [from, to] = [points[n], centres[label]];
    if (from === undefined || to === undefined) return;
    context.strokeStyle = colours[label] ?? "#888";
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    context.stroke();
  });
  context.globalAlpha = 1;
}

interface Looks {
  colours: readonly string[];
  paths: readonly Path2D[];
  ink: string;
  ground: string;
  soft: string;
  unit: number;
  chosen: number;
}

/** The points: colour and shape of their group; plain dots while they have none. */
function drawPoints(context: CanvasRenderingContext2D, { points, labels }: Run, { colours, paths, ink, ground, soft, unit, chosen }: Looks): void {
  points.forEach(([x, y], n) => {
    const label = labels[n];
    const path = paths[label ?? 0];
    if (path === undefined) return;
    const radius = (label === undefined ? 4 : 5.2) / unit;
    context.save();
    context.translate(x, y);
    context.scale(radius, -radius);
    context.fillStyle = label === undefined ? soft : (colours[label] ?? soft);
    context.strokeStyle = n === chosen ? ink : ground;
    context.lineWidth = (n === chosen ? 2.4 : 1) / (radius * unit);
    context.fill(path);
    context.stroke(path);
    context.restore();
    if (n !== chosen) return;
    context.beginPath();
    context.arc(x, y, 11 / unit, 0, 7);
    context.strokeStyle = ink;
    context.lineWidth = 2 / unit;
    context.stroke();
  });
}
