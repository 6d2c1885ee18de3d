// Points under the hand: drag, add, erase with mouse and touch; move, choose, add, delete, recolour with the keyboard.
import { clamp } from "../../kit/scale.ts";
import { CLASSES, type Dot } from "./data.ts";
import type { Picture } from "./picture.ts";

const EDGE = 2.95;
const STEP = 0.1;
const REACH_PX = { mouse: 14, touch: 24 };

/** What the editor needs to know. */
export interface EditorOptions {
  picture: Picture;
  signal: AbortSignal;
  dots(): Dot[];
  /** The class that a press on empty ground adds, or "erase". */
  brush(): number | "erase";
  /** New points; `done` when the gesture is over. */
  onChange(dots: Dot[], chosen: number, done: boolean): void;
}

/** Listens on the canvas. */
export function makeEditor(options: EditorOptions): void {
  listenToPointer(options);
  listenToKeys(options);
}

function listenToPointer({ picture, signal, dots, brush, onChange }: EditorOptions): void {
  const { canvas } = picture;
  let held = -1;
  const place = (event: PointerEvent): { x: number; y: number } => {
    const { x, y } = picture.toPlane(event.offsetX, event.offsetY);
    return { x: clamp(x, -EDGE, EDGE), y: clamp(y, -EDGE, EDGE) };
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    canvas.focus({ preventScroll: true });
    const at = place(event);
    const near = nearest(dots(), at, REACH_PX[event.pointerType === "mouse" ? "mouse" : "touch"] / picture.unit());
    const wanted = brush();
    if (wanted === "erase") {
      if (near >= 0) onChange(dots().filter((_, k) => k !== near), -1, true);
      return;
    }
    canvas.setPointerCapture(event.pointerId);
    held = near >= 0 ? near : dots().length;
    onChange(near >= 0 ? dots() : [...dots(), { ...at, c: wanted }], held, false);
  }, { signal });
  canvas.addEventListener("pointermove", (event) => {
    if (held < 0) {
      canvas.style.cursor = nearest(dots(), place(event), REACH_PX.mouse / picture.unit()) >= 0 ? "grab" : "crosshair";
      return;
    }
    const at = place(event);
    onChange(dots().map((dot, k) => (k === held ? { ...dot, ...at } : dot)), held, false);
  }, { signal });
  const release = (): void => {
    if (held >= 0) onChange(dots(), held, true);
    held = -1;
  };
  canvas.addEventListener("pointerup", release, { signal });
  canvas.addEventListener("pointercancel", release, { signal });
}

function nearest(dots: readonly Dot[], at: { x: number; y: number }, within: number): number {
  let best = -1;
  let least = within;
  dots.forEach((dot, k) => {
    const distance = Math.hypot(dot.x - at.x, dot.y - at.y);
    if (distance < least) [best, least] = [k, distance];
  });
  return best;
}

function listenToKeys({ picture, signal, dots, brush, onChange }: EditorOptions): void {
  let chosen = 0;
  const moves = new Map([["ArrowLeft", [-STEP, 0]], ["ArrowRight", [STEP, 0]], ["ArrowUp", [0, STEP]], ["ArrowDown", [0, -STEP]]] as const);
  picture.canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const all = dots();
    chosen = clamp(chosen, 0, Math.max(0, all.length - 1));
    const here = all[chosen] ?? { x: 0, y: 0, c: 0 };
    const [dx, dy] = moves.get(event.key as "ArrowUp") ?? [0, 0];
    const digit = Number(event.key) - 1;
    let next = all;
    if (dx !== 0 || dy !== 0) next = swap(all, chosen, { ...here, x: clamp(here.x + dx, -EDGE, EDGE), y: clamp(here.y + dy, -EDGE, EDGE) });
    else if (event.key === "PageDown" || event.key === "PageUp") chosen = (chosen + (event.key === "PageDown" ? 1 : all.length - 1)) % Math.max(1, all.length);
    else if (event.key === "Enter") {
      const wanted = brush();
      chosen = all.length;
      next = [...all, { x: clamp(here.x + 0.3, -EDGE, EDGE), y: here.y, c: wanted === "erase" ? here.c : wanted }];
    } else if (event.key === "Delete" || event.key === "Backspace") next = all.filter((_, k) => k !== chosen);
    else if (digit >= 0 && digit < CLASSES) next = swap(all, chosen, { ...here, c: digit });
    else return;
    event.preventDefault();
    onChange(next, Math.min(chosen, next.length - 1), true);
  }, { signal });
  picture.canvas.addEventListener("focus", () => {
    if (picture.canvas.matches(":focus-visible")) onChange(dots(), Math.min(chosen, dots().length - 1), false);
  }, { signal });
}

function swap(dots: readonly Dot[], at: number, dot: Dot): Dot[] {
  return dots.map((old, k) => (k === at ? dot : old));
}
