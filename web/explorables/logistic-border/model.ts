// Logistic regression with two inputs and an L2 price, by Newton's method; a least-squares line for comparison; half-planes to draw them.

/** A reading: airspeed in kt, load factor in g, label 1 when a stall is ahead. */
export type Reading = readonly [number, number, number];

/** Weights of z = b + w · ((V − 70) / 15, (n − 1.1) / 0.25). */
export interface Weights {
  b: number;
  speed: number;
  load: number;
}

/** A place in the plane: airspeed in kt, load factor in g. */
export type Place = readonly [number, number];

const [V_MIDDLE, V_SPREAD, N_MIDDLE, N_SPREAD] = [70, 15, 1.1, 0.25];
const STEPS = 60;

/** The score of a place. */
export function score({ b, speed, load }: Weights, [V, n]: Place): number {
  return b + speed * ((V - V_MIDDLE) / V_SPREAD) + load * ((n - N_MIDDLE) / N_SPREAD);
}

/** The answer: the sigmoid of a score, without overflow. */
export function sigmoid(z: number): number {
  return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
}

/** Minimises Σ C + |w|² / (2 τ²), the bias free: Newton's steps, halved while the price rises. */
export function fit(readings: readonly Reading[], tau: number): Weights {
  let w: Triple = [0, 0, 0];
  let now = price(readings, w, tau);
  for (let k = 0; k < STEPS; k++) {
    const [g, H] = slopes(readings, w, tau);
    const step = solve(H, g);
    let size = 1;
    let next = move(w, step, size);
    while (price(readings, next, tau) > now + 1e-12 * Math.abs(now) && size > 1e-6) next = move(w, step, (size /= 2));
    w = next;
    now = price(readings, w, tau);
    if (Math.hypot(...g) < 1e-12 * readings.length) break;
  }
  return { b: w[0], speed: w[1], load: w[2] };
}

/** The line that fits the labels themselves, less one half, in the sense of least squares. */
export function leastSquares(readings: readonly Reading[]): Weights {
  const H: Matrix = [[0, 0, 0], [0, 0, 0], [0, 0, 0]];
  const g: Triple = [0, 0, 0];
  for (const reading of readings) add(H, g, inputs(reading), 1, reading[2] - 0.5);
  const [b, speed, load] = solve(H, g);
  return { b, speed, load };
}

/** The airspeed at which the score is zero for a load factor, in kt. */
export function crossing({ b, speed, load }: Weights, n: number): number {
  return V_MIDDLE - (V_SPREAD * (b + load * ((n - N_MIDDLE) / N_SPREAD))) / speed;
}

/** The corners of the part of a rectangle where the score is at least a level. */
export function above(weights: Weights, level: number, [left, right]: Place, [low, high]: Place): Place[] {
  const corners: Place[] = [[left, low], [right, low], [right, high], [left, high]];
  const kept: Place[] = [];
  corners.forEach((from, k) => {
    const to = corners[(k + 1) % 4] as Place;
    const [s, t] = [score(weights, from) - level, score(weights, to) - level];
    if (s >= 0) kept.push(from);
    if (s >= 0 !== t >= 0) kept.push([from[0] + (s / (s - t)) * (to[0] - from[0]), from[1] + (s / (s - t)) * (to[1] - from[1])]);
  });
  return kept;
}

type Triple = [number, number, number];
type Matrix = [Triple, Triple, Triple];

function inputs([V, n]: Reading): Triple {
  return [1, (V - V_MIDDLE) / V_SPREAD, (n - N_MIDDLE) / N_SPREAD];
}

function dot(u: Triple, v: Triple): number {
  return u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
}

function move(w: Triple, step: Triple, size: number): Triple {
  return [w[0] - size * step[0], w[1] - size * step[1], w[2] - size * step[2]];
}

function add(H: Matrix, g: Triple, x: Triple, weight: number, error: number): void {
  for (let i = 0; i < 3; i++) {
    g[i]! += error * x[i]!;
    for (let j = 0; j < 3; j++) H[i]![j]! += weight * x[i]! * x[j]!;
  }
}

/** The price: ln(1 + e^z) − y z for each reading, and the price of the weights. */
function price(readings: readonly Reading[], w: Triple, tau: number): number {
  let sum = (w[1] ** 2 + w[2] ** 2) / (2 * tau ** 2);
  for (const reading of readings) {
    const z = dot(w, inputs(reading));
    sum += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - reading[2] * z;
  }
  return sum;
}

/** Slopes and Hessian: (a − y) x and a (1 − a) x xᵀ, summed, and what the price of the weights adds. */
function slopes(readings: readonly Reading[], w: Triple, tau: number): [Triple, Matrix] {
  const g: Triple = [0, w[1] / tau ** 2, w[2] / tau ** 2];
  const H: Matrix = [[0, 0, 0], [0, 1 / tau ** 2, 0], [0, 0, 1 / tau ** 2]];
  for (const reading of readings) {
    const x = inputs(reading);
    const a = sigmoid(dot(w, x));
    add(H, g, x, a * (1 - a), a - reading[2]);
  }
  return [g, H];
}

/** Solves H d = g by elimination; H is symmetric and positive definite, so no rows change places. */
function solve(H: Matrix, g: Triple): Triple {
  const rows = H.map((row, i) => [...row, g[i]!]);
  for (let k = 0; k < 3; k++) {
    for (let i = k + 1; i < 3; i++) {
      const factor = rows[i]![k]! / rows[k]![k]!;
      for (let j = k; j < 4; j++) rows[i]![j]! -= factor * rows[k]![j]!;
    }
  }
  const d: Triple = [0, 0, 0];
  for (let k = 2; k >= 0; k--) {
    let rest = rows[k]![3]!;
    for (let j = k + 1; j < 3; j++) rest -= rows[k]![j]! * d[j]!;
    d[k] = rest / rows[k]![k]!;
  }
  return d;
}
