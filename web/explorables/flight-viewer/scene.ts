// What is seen: sky and ground, the quadrotor with its thrusts and trail, the cross to hover at, the wind, the stick.
import { arrow } from "../../kit/axes.ts";
import { fill, set, svg } from "../../kit/dom.ts";
import { fixed } from "../../kit/format.ts";
import { handle, type Handle } from "../../kit/handle.ts";
import { clamp, line, linear, type Scale } from "../../kit/scale.ts";
import { THRUST_MAX_N, type Flight, type Moment, type Order } from "./model.ts";
import type { words as texts } from "./text.ts";

const HALF_M = 5;
const BIG = 3; // the machine is drawn this many times larger than it is
const ARM_M = 0.15 * BIG;
const PAD_PX = 44; // half a side of the stick's field
const TILT_MOST_DEG = 30;
const DEG = 180 / Math.PI;

/** What the scene shows. */
export interface View {
  moment: Moment;
  order: Order;
  trail: readonly Flight[];
  /** Tilt and lift that the pilot commands now: the stick shows them. */
  wanted: readonly [number, number];
}

/** What the scene needs to know. */
export interface SceneOptions {
  words: (typeof texts)["en"];
  label: string;
  signal: AbortSignal;
  view(): View;
  onTarget(x: number, z: number): void;
  onStick(tilt_rad: number, lift_N: number): void;
  onDone(): void;
}

/** The picture and its redraw. */
export interface Scene {
  node: SVGSVGElement;
  resize(width: number): void;
  draw(): void;
}

/** Makes the picture with its two handles: the stick and the cross. */
export function makeScene(options: SceneOptions): Scene {
  const node = svg("svg", { class: "scene", role: "group", "aria-label": options.label });
  const [ground, air, stick, cross] = [svg("g"), svg("g"), svg("g"), svg("g")];
  node.append(ground, air, stick, cross);
  const size = { width: 700, height: 320 };
  const xs = (): Scale => linear([-HALF_M, HALF_M], [0, size.width]);
  const zs = (): Scale => { const px = size.width / (2 * HALF_M); return linear([0, 1], [size.height - 18, size.height - 18 - px]); };
  const top = (): number => zs().invert(24);
  const padAt = (): { x: number; y: number } => ({ x: PAD_PX + 10, y: size.height - PAD_PX - 28 });
  stick.append(svg("rect", { class: "hit", x: -PAD_PX, y: -PAD_PX, width: 2 * PAD_PX, height: 2 * PAD_PX }), svg("rect", { class: "pad", x: -PAD_PX, y: -PAD_PX, width: 2 * PAD_PX, height: 2 * PAD_PX, rx: 8 }),
    svg("path", { class: "level", d: `M${-PAD_PX} 0H${PAD_PX}M0 ${-PAD_PX}V${PAD_PX}` }), svg("rect", { class: "ring", x: -PAD_PX, y: -PAD_PX, width: 2 * PAD_PX, height: 2 * PAD_PX, rx: 8 }));
  const knob = svg("circle", { class: "knob", r: 9 });
  stick.append(knob, svg("text", { class: "quiet", y: -PAD_PX - 6, "text-anchor": "middle" }, options.words.stick));
  cross.append(svg("circle", { class: "hit", r: 24 }), svg("circle", { class: "ring", r: 20 }), svg("path", { class: "cross", d: "M-12 0H12M0 -12V12" }));
  const { onStick, onTarget, words, signal } = options;
  const order = (): Order => options.view().order;
  const handles: Handle[] = [
    handle({
      node: stick, signal, label: words.stick, maybeRole: "2D", maybeOnCommit: options.onDone,
      valueText: () => words.stickAt(fixed(-order().stick[0] * DEG, 0), fixed(order().stick[1], 1)), // to the right is positive for the hand
      maybeX: { min: -TILT_MOST_DEG, max: TILT_MOST_DEG, step: 1, bigStep: 5, value: () => -order().stick[0] * DEG, at: ({ x }) => ((x - padAt().x) / PAD_PX) * TILT_MOST_DEG },
      maybeY: { min: 0, max: 2 * THRUST_MAX_N, step: 0.1, bigStep: 0.5, value: () => order().stick[1], at: ({ y }) => THRUST_MAX_N * (1 + (padAt().y - y) / PAD_PX) },
      onInput: (right_deg, lift) => onStick(-right_deg / DEG, lift),
    }),
    handle({
      node: cross, signal, label: words.target, maybeRole: "2D", maybeOnCommit: options.onDone,
      valueText: () => words.targetAt(fixed(order().target[0], 1), fixed(order().target[1], 1)),
      maybeX: { min: -4.5, max: 4.5, step: 0.1, bigStep: 1, value: () => order().target[0], at: ({ x }) => xs().invert(x) },
      maybeY: { min: 0.5, max: 3.5, step: 0.1, bigStep: 1, value: () => order().target[1], at: ({ y }) => zs().invert(y) },
      onInput: onTarget,
    }),
  ];
  const draw = (): void => {
    const { moment, order: now, trail, wanted } = options.view();
    const [sx, sz, pad] = [xs(), zs(), padAt()];
    fill(ground, svg("rect", { class: "sky", width: size.width, height: size.height - 18, rx: 8 }), svg("line", { class: "earth", x1: 0, x2: size.width, y1: sz(0), y2: sz(0) }), ...breeze(now.wind, size.width, sz(0)));
    fill(air, svg("path", { class: "trail", d: line(trail.map(([x, z]) => [sx(x), sz(Math.min(z, top()))] as const)) }), ...machine(moment, sx, sz));
    set(cross, { transform: `translate(${sx(now.target[0])} ${sz(now.target[1])})` });
    set(stick, { transform: `translate(${pad.x} ${pad.y})` });
    const [tilt, lift] = wanted;
    set(knob, { cx: clamp((-tilt * DEG) / TILT_MOST_DEG, -1, 1) * PAD_PX, cy: (1 - lift / THRUST_MAX_N) * PAD_PX });
    for (const one of handles) one.refresh();
  };
  return { node, draw, resize: (width) => { Object.assign(size, { width, height: Math.round(Math.max(210, width * 0.4)) }); set(node, { height: size.height, viewBox: `0 0 ${size.width} ${size.height}` }); } };
}

/** Arrows of the wind, as long as it is strong. */
function breeze(wind: number, width: number, bottom: number): SVGPathElement[] {
  return [0.2, 0.5, 0.8].flatMap((across, i) => [0.12, 0.3].map((down, j) => {
    const [x, y, length] = [width * (across - 0.06 * j + 0.02 * i), bottom * down, wind * width * 0.009];
    return svg("path", { class: "breeze", d: arrow(x - length / 2, y, x + length / 2, y, 7) });
  }));
}

/** The bar, its rotors and an arrow of thrust above each. */
function machine({ x: [x, z, theta], u }: Moment, sx: Scale, sz: Scale): SVGElement[] {
  const place = (along: number, up: number): [number, number] => [sx(x + Math.cos(theta) * along - Math.sin(theta) * up), sz(z + Math.sin(theta) * along + Math.cos(theta) * up)];
  const [[x1, y1], [x2, y2]] = [place(-ARM_M, 0), place(ARM_M, 0)];
  const parts: SVGElement[] = [svg("line", { class: "body", x1, y1, x2, y2 })];
  u.forEach((thrust, k) => {
    const side = k === 0 ? -ARM_M : ARM_M;
    const [[a, b], [c, d], [e, f], [g, h]] = [place(side - 0.22, 0.12), place(side + 0.22, 0.12), place(side, 0.16), place(side, 0.16 + 0.25 * thrust)];
    parts.push(svg("line", { class: "rotor", x1: a, y1: b, x2: c, y2: d }), svg("path", { class: "thrust", d: arrow(e, f, g, h, 8) }));
  });
  return parts;
}

