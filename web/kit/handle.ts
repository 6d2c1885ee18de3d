// Grab the thing itself: a bar, a point, an arrow becomes a slider for mouse, touch, pen, keyboard and screen reader.
import { set } from "./dom.ts";
import { clamp, snap } from "./scale.ts";

/** A place in the SVG's own units. */
export interface Place {
  x: number;
  y: number;
}

/** One quantity of a handle. */
export interface Quantity {
  min: number;
  max: number;
  /** Arrow keys move by this, and values snap to it. */
  step: number;
  /** Page Up, Page Down and Shift + arrow move by this. */
  bigStep: number;
  value(): number;
  /** The value that belongs to a place under the pointer. */
  at(place: Place): number;
}

/** What a handle needs to know; give `x`, `y` or both. */
export interface HandleOptions {
  /** The SVG element that becomes the handle: it gets role, focus and listeners. */
  node: SVGGraphicsElement;
  signal: AbortSignal;
  /** What a screen reader calls it. */
  label: string;
  /** What a screen reader says for the value, with unit. */
  valueText(): string;
  maybeX?: Quantity;
  maybeY?: Quantity;
  /** New values while dragging or on a key; a missing quantity repeats its value. */
  onInput(x: number, y: number): void;
  /** The gesture is over. */
  maybeOnCommit?: () => void;
  /** For a handle with two quantities: how a screen reader calls the kind of thing. */
  maybeRole?: string;
  /** Pressed without moving. */
  maybeOnPress?: () => void;
}

/** What the caller keeps: `refresh` after each change of state. */
export interface Handle {
  refresh(): void;
}

/** Makes an SVG element draggable and steerable. */
export function handle(options: HandleOptions): Handle {
  const { node, signal } = options;
  const main = options.maybeY ?? options.maybeX;
  if (main === undefined) throw new Error("handle expected maybeX, maybeY or both and got neither.");
  set(node, {
    role: "slider", tabindex: 0, "aria-label": options.label, "aria-valuemin": main.min, "aria-valuemax": main.max,
    "aria-orientation": options.maybeX && options.maybeY ? null : options.maybeY ? "vertical" : "horizontal",
    "aria-roledescription": options.maybeRole,
  });
  node.classList.add("handle");
  const move = (x: number | undefined, y: number | undefined): void => {
    options.onInput(fit(options.maybeX, x), fit(options.maybeY, y));
    refresh();
  };
  const refresh = (): void => set(node, { "aria-valuenow": main.value(), "aria-valuetext": options.valueText() });
  listenToPointer(options, move);
  node.addEventListener("keydown", (event) => {
    const step = keyStep(event, options);
    if (step === null) return;
    event.preventDefault();
    move(step.x, step.y);
    options.maybeOnCommit?.();
  }, { signal });
  refresh();
  return { refresh };
}

function listenToPointer(options: HandleOptions, move: (x?: number, y?: number) => void): void {
  const { node, signal, maybeX, maybeY } = options;
  let maybePointer: number | null = null;
  let grabbed = { x: 0, y: 0, valueX: 0, valueY: 0, moved: false };
  node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || maybePointer !== null) return;
    event.preventDefault();
    node.focus({ preventScroll: true });
    node.setPointerCapture(event.pointerId);
    node.classList.add("held");
    maybePointer = event.pointerId;
    const place = placeOf(node, event);
    grabbed = { ...place, valueX: (maybeX?.value() ?? 0) - (maybeX?.at(place) ?? 0), valueY: (maybeY?.value() ?? 0) - (maybeY?.at(place) ?? 0), moved: false };
  }, { signal });
  // `touch-action: none` is not heeded on parts of an SVG in a page longer than the screen: refuse the scroll by hand.
  node.addEventListener("touchmove", (event) => event.preventDefault(), { signal, passive: false });
  node.addEventListener("pointermove", (event) => {
    if (event.pointerId !== maybePointer) return;
    const place = placeOf(node, event);
    if (!grabbed.moved && Math.hypot(place.x - grabbed.x, place.y - grabbed.y) < 2) return;
    grabbed.moved = true;
    move(maybeX && maybeX.at(place) + grabbed.valueX, maybeY && maybeY.at(place) + grabbed.valueY);
  }, { signal });
  const release = (event: PointerEvent): void => {
    if (event.pointerId !== maybePointer) return;
    maybePointer = null;
    node.classList.remove("held");
    if (grabbed.moved) options.maybeOnCommit?.();
    else options.maybeOnPress?.();
  };
  node.addEventListener("pointerup", release, { signal });
  node.addEventListener("pointercancel", release, { signal });
}

function keyStep(event: KeyboardEvent, { maybeX, maybeY }: HandleOptions): { x?: number; y?: number } | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const both = maybeX !== undefined && maybeY !== undefined;
  const sideways = event.key === "ArrowLeft" || event.key === "ArrowRight";
  const quantity = both && sideways ? maybeX : (maybeY ?? maybeX);
  if (quantity === undefined) return null;
  const stride = event.shiftKey ? quantity.bigStep : quantity.step;
  const wanted = new Map([
    ["ArrowUp", quantity.value() + stride], ["ArrowRight", quantity.value() + stride],
    ["ArrowDown", quantity.value() - stride], ["ArrowLeft", quantity.value() - stride],
    ["PageUp", quantity.value() + quantity.bigStep], ["PageDown", quantity.value() - quantity.bigStep],
    ["Home", quantity.min], ["End", quantity.max],
  ]).get(event.key);
  if (wanted === undefined) return null;
  return quantity === maybeX ? { x: wanted } : { y: wanted };
}

function fit(maybeQuantity: Quantity | undefined, wanted: number | undefined): number {
  if (maybeQuantity === undefined) return Number.NaN;
  if (wanted === undefined) return maybeQuantity.value();
  return clamp(snap(wanted, maybeQuantity.step), maybeQuantity.min, maybeQuantity.max);
}

/** Where a pointer is, in the units of the SVG around a node. */
function placeOf(node: SVGGraphicsElement, event: PointerEvent): Place {
  const maybeMatrix = (node.ownerSVGElement ?? node as unknown as SVGSVGElement).getScreenCTM();
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(maybeMatrix?.inverse());
  return { x, y };
}
