// One sigmoid neuron with input 1 and target 0, trained by gradient descent with two costs.
// Quadratic: C = a²/2, slope a²(1 − a). Cross-entropy: C = −ln(1 − a), slope a. Both slopes are ∂C/∂z = ∂C/∂w = ∂C/∂b.

export type Cost = "quadratic" | "cross-entropy";

/** Where a neuron starts. */
export interface Start {
  w: number;
  b: number;
}

/** a = 1 / (1 + e^{−z}), without overflow on either side. */
export function sigmoid(z: number): number {
  return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
}

/** ∂C/∂z at output a: a²(1 − a) for the quadratic cost, a for cross-entropy. */
export function slope(cost: Cost, a: number): number {
  return cost === "quadratic" ? a * a * (1 - a) : a;
}

/** The cost at z = w + b (target 0); cross-entropy from z, so that it stays finite: ln(1 + e^z). */
export function costAt(cost: Cost, z: number): number {
  if (cost === "quadratic") return sigmoid(z) ** 2 / 2;
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}

/** What happened to a neuron: entry t is its state after t steps. */
export interface Race {
  w: number[];
  b: number[];
  output: number[];
  cost: number[];
}

/** Trains for so many steps with learning rate eta. */
export function race(cost: Cost, start: Start, eta: number, steps: number): Race {
  let { w, b } = start;
  const result: Race = { w: [], b: [], output: [], cost: [] };
  for (let t = 0; t <= steps; t++) {
    const a = sigmoid(w + b);
    result.w.push(w);
    result.b.push(b);
    result.output.push(a);
    result.cost.push(costAt(cost, w + b));
    const change = eta * slope(cost, a); // the input is 1: w and b get the same step
    w -= change;
    b -= change;
  }
  return result;
}

/** The first step after which the output is below a level, or null when it never is. */
export function passes(output: readonly number[], level = 0.5): number | null {
  const step = output.findIndex((a) => a < level);
  return step === -1 ? null : step;
}

/** The cross-entropy rate that makes its first step as long as the quadratic's: eta a(1 − a), to three digits. */
export function equalFirstStepRate(start: Start, eta: number): number {
  const a = sigmoid(start.w + start.b);
  return Number((eta * a * (1 - a)).toPrecision(3)); // rounded, so that the rate shown is the rate used
}
