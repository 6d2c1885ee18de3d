// Points under the hand: drag with mouse and touch, choose and move with the keyboard.
import { inside } from "./data.ts";
import { square, type Place } from "./model.ts";
import type { Plane } from "./plane.ts";

const STEP = 0.1;
const REACH_PX = { mouse: 14, touch: 26 };

/** What the editor needs to know. */
export interface EditorOptions {
  plane: Plane;
  signal: AbortSignal;
  points(): readonly Place[];
  /** New points; `done` when the gesture is over. The same list means: only the choice has changed. */
  onChange(points: readonly Place[], chosen: number, done: boolean): void;
}

/** Listens on the canvas. */
export function makeEditor(options: EditorOptions): void {
  listenToPointer(options);
  listenToKeys(options);
}

function listenToPointer({ plane, signal, points, onChange }: EditorOptions): void {
  const { canvas } = plane;
  let held = -1;
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const reach = REACH_PX[event.pointerType === "mouse" ? "mouse" : "touch"] / plane.unit();
    held = nearest(points(), plane.toPlane(event.offsetX, event.offsetY), reach);
    if (held < 0) return;
    event.preventDefault();
    canvas.focus({ preventScroll: true });
    canvas.setPointerCapture(event.pointerId);
    onChange(points(), held, false);
  }, { signal });
  canvas.addEventListener("pointermove", (event) => {
    const at = plane.toPlane(event.offsetX, event.offsetY);
    if (held < 0) canvas.style.cursor = nearest(points(), at, REACH_PX.mouse / plane.unit()) >= 0 ? "grab" : "default";
    else onChange(swap(points(), held, inside(at)), held, false);
  }, { signal });
  const release = (): void => {
    if (held >= 0) onChange(points(), held, true);
    held = -1;
  };
  canvas.addEventListener("pointerup", release, { signal });
  canvas.addEventListener("pointercancel", release, { signal });
}

function listenToKeys({ plane, signal, points, onChange }: EditorOptions): void {
  let chosen = 0;
  const moves = new Map([["ArrowLeft", [-STEP, 0]], ["ArrowRight", [STEP, 0]], ["ArrowUp", [0, STEP]], ["ArrowDown", [0, -STEP]]] as const);
  plane.canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const all = points();
    chosen = Math.min(chosen, all.length - 1);
    const [x, y] = all[chosen] ?? [5, 3.5];
    const maybeStep = moves.get(event.key as "ArrowUp");
    let next = all;
    if (maybeStep !== undefined) next = swap(all, chosen, inside([x + maybeStep[0], y + maybeStep[1]]));
    else if (event.key === "PageDown") chosen = (chosen + 1) % all.length;
    else if (event.key === "PageUp") chosen = (chosen + all.length - 1) % all.length;
    else return;
    event.preventDefault();
    onChange(next, chosen, true);
  }, { signal });
  plane.canvas.addEventListener("focus", () => {
    if (plane.canvas.matches(":focus-visible")) onChange(points(), Math.min(chosen, points().length - 1), false);
  }, { signal });
  plane.canvas.addEventListener("blur", () => onChange(points(), -1, false), { signal });
}

function nearest(points: readonly Place[], at: Place, within: number): number {
  let best = -1;
  let least = within ** 2;
  points.forEach((point, n) => {
    const distance = square(point, at);
    if (distance < least) [best, least] = [n, distance];
  });
  return best;
}

function swap(points: readonly Place[], at: number, place: Place): Place[] {
  return points.map((old, n) => (n === at ? place : old));
}
