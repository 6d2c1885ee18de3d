// Maps between what is measured and where it is drawn, and the round numbers worth a tick.

export interface Scale {
  (value: number): number;
  /** From the place back to the value. */
  invert(place: number): number;
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
}

/** A straight map: `linear([0, 1], [100, 0])(0.25)` is 75. */
export function linear(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const slope = (range[1] - range[0]) / (domain[1] - domain[0]);
  const scale = (value: number): number => range[0] + slope * (value - domain[0]);
  return Object.assign(scale, { invert: (place: number) => domain[0] + (place - range[0]) / slope, domain, range });
}

/** Round numbers inside a domain, about `count` of them: 1, 2 or 5 times a power of ten apart. */
export function ticks(domain: readonly [number, number], count: number): number[] {
  const [low, high] = domain[0] < domain[1] ? domain : [domain[1], domain[0]];
  const raw = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = raw / power;
  const step = power * (factor < 1.5 ? 1 : factor < 3.5 ? 2 : factor < 7.5 ? 5 : 10);
  const result: number[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) result.push(Number((k * step).toPrecision(12)));
  return result;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** Rounds to a multiple of a step without leaving noise digits behind. */
export function snap(value: number, step: number): number {
  return Number((Math.round(value / step) * step).toPrecision(12));
}

/** The `d` of a polyline through (x, y) pairs; a number that is not finite breaks the line. */
export function line(points: Iterable<readonly [number, number]>): string {
  let path = "";
  let pen = "M";
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      pen = "M";
      continue;
    }
    path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = "L";
  }
  return path;
}
