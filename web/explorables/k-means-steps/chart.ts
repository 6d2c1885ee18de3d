// The cost after each half step: it never rises, unless a hand comes in between.
import { axisY } from "../../kit/axes.ts";
import { fill, set, svg } from "../../kit/dom.ts";
import { fixed } from "../../kit/format.ts";
import { mathSvg } from "../../kit/math.ts";
import { line, linear } from "../../kit/scale.ts";
import type { Kind, Run } from "./run.ts";
import type { words as texts } from "./text.ts";

const SHOWN = 24; // half steps; older ones leave at the left
const LEFT = 34;
const MARKS: Record<Kind, string> = { assign: "M-4.4 -4.4H4.4V4.4H-4.4Z", move: "M5 0A5 5 0 1 1 -5 0A5 5 0 1 1 5 0Z", hand: "M0 -6.5L6 0L0 6.5L-6 0Z" };

/** Makes the chart; `draw` fits a width and a height in px. */
export function makeChart(words: (typeof texts)["en"]): { node: SVGSVGElement; draw(run: Run, width: number, height: number): void } {
  const frame = svg("g");
  const node = svg("svg", { role: "img", "aria-label": words.chart }, frame);
  const draw = (run: Run, width: number, height: number): void => {
    const marks = run.history.slice(-SHOWN);
    const top = Math.max(...(marks.length > 0 ? marks.map((mark) => mark.cost) : [run.foresight()])) * 1.06;
    const xs = linear([0, Math.max(7, marks.length - 1)], [LEFT + 12, width - 10]);
    const ys = linear([0, top], [height - 24, 30]);
    const at = marks.map((mark, t) => [xs(t), ys(mark.cost)] as const);
    set(node, { height });
    fill(frame,
      mathSvg(words.cost, { class: "title", x: 0, y: 13 }),
      axisY({ scale: ys, at: LEFT, grid: width - LEFT, ticks: 3, format: (v) => fixed(v, top < 5 ? 1 : 0) }),
      Number.isFinite(run.least) && marks.length > 0 && svg("line", { class: "least", x1: LEFT, x2: width, y1: ys(run.least), y2: ys(run.least) }),
      svg("path", { class: "curve", d: pieces(at, marks.map((mark) => mark.kind === "hand")) }),
      svg("path", { class: "curve by-hand", d: handPieces(at, marks.map((mark) => mark.kind === "hand")) }),
      ...marks.map((mark, t) => svg("path", { class: `mark ${mark.kind}`, d: MARKS[mark.kind], transform: `translate(${(at[t]?.[0] ?? 0).toFixed(1)} ${(at[t]?.[1] ?? 0).toFixed(1)})` })),
      ...key(words, height));
  };
  return { node, draw };
}

type Points = readonly (readonly [number, number])[];

/** The curve without the leaps that a hand made. */
function pieces(at: Points, hand: readonly boolean[]): string {
  return line(at.flatMap((point, t) => (hand[t] === true ? [[Number.NaN, 0] as const, point] : [point])));
}

function handPieces(at: Points, hand: readonly boolean[]): string {
  return line(at.flatMap((point, t) => (hand[t] === true && t > 0 ? [at[t - 1] ?? point, point, [Number.NaN, 0] as const] : [])));
}

function key(words: (typeof texts)["en"], height: number): SVGGElement[] {
  let x = LEFT;
  return (["assign", "move", "hand"] as const).map((kind) => {
    const entry = svg("g", { transform: `translate(${x + 6} ${height - 6})` }, svg("path", { class: `mark ${kind}`, d: MARKS[kind] }), svg("text", { class: "quiet", x: 10, y: 4, "font-size": 12 }, words.kinds[kind]));
    x += 30 + words.keyWidth * words.kinds[kind].length;
    return entry;
  });
}
