// Seeded random numbers, the same in TypeScript and Python: mulberry32 (32-bit state, period 2^32).
// Good enough to place points and to start weights; the parity table `tests/cases/parity/random.json` pins the stream.

export interface Random {
  /** A number in [0, 1). */
  uniform(): number;
  /** A standard normal number (Box–Muller, two uniforms each). */
  normal(): number;
  /** A whole number in 0 … count − 1. */
  below(count: number): number;
}

/** Makes the stream of a seed. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const normal = (): number => {
    const radius = Math.sqrt(-2 * Math.log(1 - uniform())); // 1 − u is never 0
    return radius * Math.cos(2 * Math.PI * uniform());
  };
  return { uniform, normal, below: (count) => Math.floor(uniform() * count) };
}
