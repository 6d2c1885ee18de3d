// What the network says on a grid over the plane, and where its opinion changes.
import { largest, predict, type Network } from "./model.ts";

/** Half the width of the plane that is shown: −3 … 3. */
export const REACH = 3;

/** Probabilities on `size` × `size` places, row by row from the upper left; `p` holds all classes of a place together. */
export interface Field {
  size: number;
  classes: number;
  p: Float64Array;
}

/** Asks the network at every place of the grid; writes into an old field of the same size. */
export function survey(net: Network, size: number, maybeOld: Field | null): Field {
  const { classes } = net;
  const field = maybeOld?.size === size && maybeOld.classes === classes ? maybeOld : { size, classes, p: new Float64Array(size * size * classes) };
  const h = new Float64Array(net.hidden);
  for (let row = 0, at = 0; row < size; row++) {
    const x2 = REACH - (2 * REACH * (row + 0.5)) / size;
    for (let column = 0; column < size; column++, at += classes) {
      const x1 = -REACH + (2 * REACH * (column + 0.5)) / size;
      predict(net, x1, x2, h, field.p.subarray(at, at + classes));
    }
  }
  return field;
}

/** Is the region of a class closed: somewhere inside, nowhere at the edge of the grid? */
export function isFenced({ size, classes, p }: Field, c: number): boolean {
  let found = false;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const at = (row * size + column) * classes;
      if (largest(p.subarray(at, at + classes)) !== c) continue;
      if (row === 0 || column === 0 || row === size - 1 || column === size - 1) return false;
      found = true;
    }
  }
  return found;
}

/** Border segments of one class as x1, y1, x2, y2 in grid units: marching squares on p_c − max of the others. */
export function border({ size, classes, p }: Field, c: number): number[] {
  const lead = new Float64Array(size * size);
  for (let k = 0; k < lead.length; k++) {
    let rival = 0;
    for (let other = 0; other < classes; other++) if (other !== c) rival = Math.max(rival, p[k * classes + other]!);
    lead[k] = p[k * classes + c]! - rival;
  }
  const segments: number[] = [];
  for (let row = 0; row + 1 < size; row++) {
    for (let column = 0; column + 1 < size; column++) cross(lead, size, row, column, segments);
  }
  return segments;
}

/** Adds the pieces of the zero line inside one square: the points where an edge changes sign, joined in pairs (they are even in number). */
function cross(lead: Float64Array, size: number, row: number, column: number, segments: number[]): void {
  const k = row * size + column;
  const [a, b, c, d] = [lead[k]!, lead[k + 1]!, lead[k + size + 1]!, lead[k + size]!];
  if (a > 0 === b > 0 && b > 0 === c > 0 && c > 0 === d > 0) return;
  if (a > 0 !== b > 0) segments.push(column + a / (a - b), row);
  if (b > 0 !== c > 0) segments.push(column + 1, row + b / (b - c));
  if (c > 0 !== d > 0) segments.push(column + d / (d - c), row + 1);
  if (d > 0 !== a > 0) segments.push(column, row + a / (a - d));
}
