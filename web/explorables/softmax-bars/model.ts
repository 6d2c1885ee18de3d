// Softmax with temperature, its cross-entropy, its gradient and its Jacobian: pure numbers, no document.
// Written for logits of any size: the largest is taken away before the exponentials.

/** a_i = e^{z_i/T} / Σ_k e^{z_k/T}. */
export function softmax(z: readonly number[], T = 1): number[] {
  const top = Math.max(...z);
  const powers = z.map((value) => Math.exp((value - top) / T));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** C = −ln a_y, in nats, from the logits: never the logarithm of a zero. */
export function loss(z: readonly number[], y: number, T = 1): number {
  const top = Math.max(...z);
  const sum = z.reduce((total, value) => total + Math.exp((value - top) / T), 0);
  return Math.log(sum) - ((z[y] ?? 0) - top) / T;
}

/** ∂C/∂z_i = (a_i − y_i) / T, with y one-hot. */
export function gradient(z: readonly number[], y: number, T = 1): number[] {
  return softmax(z, T).map((a, i) => (a - (i === y ? 1 : 0)) / T);
}

/** ∂a_j/∂z_i = (a_i [i = j] − a_i a_j) / T: row j, column i; it is symmetric. */
export function jacobian(z: readonly number[], T = 1): number[][] {
  const a = softmax(z, T);
  return a.map((aj, j) => a.map((ai, i) => ((i === j ? ai : 0) - ai * aj) / T));
}
