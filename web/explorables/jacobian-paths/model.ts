// The chain rule from C back to one logit, term by term: which paths carry ∂C/∂z_i, and what each of them weighs.
// The labels y need not sum to one here: that is the point of the last line.

/** All the values that stand on the graph for one chosen logit. */
export interface Paths {
  a: number[];
  /** ∂C/∂a_j = −y_j / a_j. */
  dCda: number[];
  /** ∂a_j/∂z_i for the chosen i: a_i(1 − a_i) where j = i, −a_i a_j elsewhere. */
  dadz: number[];
  /** The products: what path j carries. */
  terms: number[];
  /** Their sum: a_i Σ_j y_j − y_i. */
  result: number;
  /** a_i − y_i: equal to the result only when the labels sum to one. */
  shortcut: number;
  cost: number;
}

/** Computes every path from logit i to the cost. */
export function paths(z: readonly number[], y: readonly number[], i: number): Paths {
  const top = Math.max(...z);
  const logSum = Math.log(z.reduce((total, value) => total + Math.exp(value - top), 0)) + top;
  const a = z.map((value) => Math.exp(value - logSum));
  const ai = a[i] ?? 0;
  const dCda = a.map((aj, j) => -(y[j] ?? 0) / aj);
  const dadz = a.map((aj, j) => (j === i ? ai * (1 - ai) : -ai * aj));
  const terms = dCda.map((first, j) => first * (dadz[j] ?? 0));
  const total = y.reduce((sum, value) => sum + value, 0);
  const cost = z.reduce((sum, value, j) => sum + (y[j] ?? 0) * (logSum - value), 0);
  return { a, dCda, dadz, terms, result: terms.reduce((sum, term) => sum + term, 0), shortcut: ai - (y[i] ?? 0), cost: total === 0 ? 0 : cost };
}
