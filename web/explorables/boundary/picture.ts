// The plane on a canvas: soft regions of opinion, sharp borders, the lines along which neurons bend the plane, the points.
import { classColour } from "../../kit/palette.ts";
import { CLASSES } from "./data.ts";
import { border, REACH, type Field } from "./field.ts";
import type { Network } from "./model.ts";
import type { Dot } from "./data.ts";

/** What the canvas needs to know at each redraw. */
export interface Scene {
  field: Field;
  net: Network;
  dots: readonly Dot[];
  /** The class that the network gives to each point. */
  given: ArrayLike<number>;
  /** Index of the point in hand, or −1. */
  chosen: number;
}

/** A canvas that draws scenes; `resize` on a new width, `recolour` on a new theme. */
export interface Picture {
  canvas: HTMLCanvasElement;
  resize(side: number): void;
  /** Reads the colours again; on paper black on white, whatever the screen has. */
  recolour(paper: boolean): void;
  draw(scene: Scene): void;
  /** From CSS px to the plane. */
  toPlane(px: number, py: number): { x: number; y: number };
  /** One unit of the plane in CSS px. */
  unit(): number;
}

/** Makes the canvas inside a stage. */
export function makePicture(body: Element, canvas: HTMLCanvasElement): Picture {
  const context = canvas.getContext("2d", { alpha: false });
  if (context === null) throw new Error("boundary expected a canvas with a 2d context and got none; try another browser.");
  const small = document.createElement("canvas");
  let side = 0;
  let colours: [number, number, number][] = [];
  let ink = "#000";
  let ground = "#fff";
  const recolour = (paper: boolean): void => {
    const style = getComputedStyle(body);
    if (paper) [ink, ground] = ["#000", "#fff"];
    else [ink, ground] = [style.getPropertyValue("--ink").trim(), style.getPropertyValue("--ground").trim()];
    colours = Array.from({ length: CLASSES }, (_, c) => classColour(body, context, c));
  };
  recolour(false);
  return {
    canvas, recolour,
    resize: (wanted) => {
      side = wanted;
      const ratio = Math.min(2, devicePixelRatio || 1);
      canvas.width = canvas.height = Math.round(side * ratio);
      canvas.style.width = canvas.style.height = `${side}px`;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
    },
    draw: (scene) => {
      context.fillStyle = ground;
      context.fillRect(0, 0, side, side);
      drawRegions(context, small, scene.field, colours, side);
      drawBorders(context, scene.field, ink, side);
      drawNeurons(context, scene.net, ink, side);
      drawDots(context, scene, colours, { ink, ground }, side);
    },
    toPlane: (px, py) => ({ x: (px / side) * 2 * REACH - REACH, y: REACH - (py / side) * 2 * REACH }),
    unit: () => side / (2 * REACH),
  };
}

type Colours = readonly [number, number, number][];

function drawRegions(context: CanvasRenderingContext2D, small: HTMLCanvasElement, { size, classes, p }: Field, colours: Colours, side: number): void {
  if (small.width !== size) small.width = small.height = size;
  const soft = small.getContext("2d");
  if (soft === null) return;
  const image = soft.createImageData(size, size);
  for (let k = 0; k < size * size; k++) {
    for (let channel = 0; channel < 3; channel++) {
      let value = 0;
      for (let c = 0; c < classes; c++) value += p[k * classes + c]! * (colours[c]?.[channel] ?? 0);
      image.data[4 * k + channel] = value;
    }
    image.data[4 * k + 3] = 92;
  }
  soft.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  context.drawImage(small, 0, 0, side, side);
}

function drawBorders(context: CanvasRenderingContext2D, field: Field, ink: string, side: number): void {
  const scale = side / field.size;
  context.strokeStyle = ink;
  context.globalAlpha = 0.75;
  context.lineWidth = 1.6;
  context.beginPath();
  for (let c = 0; c < field.classes; c++) {
    const pieces = border(field, c);
    for (let k = 0; k < pieces.length; k += 4) {
      context.moveTo((pieces[k]! + 0.5) * scale, (pieces[k + 1]! + 0.5) * scale);
      context.lineTo((pieces[k + 2]! + 0.5) * scale, (pieces[k + 3]! + 0.5) * scale);
    }
  }
  context.stroke();
  context.globalAlpha = 1;
}

/** Each hidden neuron bends the plane along w·x + b = 0: a dashed line, fainter when there are many. */
function drawNeurons(context: CanvasRenderingContext2D, { hidden, W1, b1 }: Network, ink: string, side: number): void {
  const place = (x: number, y: number): [number, number] => [((x + REACH) / (2 * REACH)) * side, ((REACH - y) / (2 * REACH)) * side];
  context.strokeStyle = ink;
  context.globalAlpha = hidden <= 4 ? 0.6 : hidden <= 10 ? 0.3 : 0.14;
  context.lineWidth = 1.2;
  context.setLineDash([2, 6]);
  context.beginPath();
  for (let k = 0; k < hidden; k++) {
    const [wx, wy, b] = [W1[2 * k]!, W1[2 * k + 1]!, b1[k]!];
    const square = wx * wx + wy * wy;
    if (square < 1e-12) continue;
    const [fx, fy] = [(-b * wx) / square, (-b * wy) / square]; // the foot of the line
    const long = (4 * REACH) / Math.sqrt(square);
    context.moveTo(...place(fx - wy * long, fy + wx * long));
    context.lineTo(...place(fx + wy * long, fy - wx * long));
  }
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** Adds the outline of a class's shape to the current path: the shapes of the palette, without a parser in the way. */
function outline(context: CanvasRenderingContext2D, c: number, x: number, y: number, r: number): void {
  if (c === 0) {
    context.moveTo(x + r, y);
    context.arc(x, y, r, 0, 2 * Math.PI);
  } else if (c === 1) context.rect(x - 0.86 * r, y - 0.86 * r, 1.72 * r, 1.72 * r);
  else {
    context.moveTo(x, y - 1.15 * r);
    context.lineTo(x + 1.05 * r, y + 0.75 * r);
    context.lineTo(x - 1.05 * r, y + 0.75 * r);
    context.closePath();
  }
}

/** The points; one that the network takes for another class is larger and rimmed in ink. */
function drawDots(context: CanvasRenderingContext2D, { dots, given, chosen }: Scene, colours: Colours, { ink, ground }: { ink: string; ground: string }, side: number): void {
  const radius = dots.length > 600 ? 3 : 5;
  const unit = side / (2 * REACH);
  for (const [wrong, rim, width] of [[false, ground, 1], [true, ink, 1.8]] as const) {
    for (let c = 0; c < CLASSES; c++) {
      context.beginPath();
      dots.forEach((dot, k) => {
        if (dot.c === c && (given[k] !== c) === wrong) outline(context, c, (dot.x + REACH) * unit, (REACH - dot.y) * unit, radius + (wrong ? 1 : 0));
      });
      context.fillStyle = `rgb(${(colours[c] ?? [0, 0, 0]).join(",")})`;
      context.fill();
      context.strokeStyle = rim;
      context.lineWidth = width;
      context.stroke();
    }
  }
  const hand = dots[chosen];
  if (hand === undefined) return;
  context.strokeStyle = ink;
  context.lineWidth = 2;
  context.beginPath();
  context.arc((hand.x + REACH) * unit, (REACH - hand.y) * unit, radius + 6, 0, 7);
  context.stroke();
}
