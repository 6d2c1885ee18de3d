// For tests only: reads a parity table and compares trees of numbers. Runs in Node, never in a bundle.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

// Math.exp, Math.tanh and NumPy's may differ in the last bit; training passes that on. Measured below 1e-12.
const TOLERANCE = 1e-9;

/** The cases of `tests/cases/parity/<name>.json`, written from NumPy by `tests/contracts/test_parity.py`. */
export function readTable<T>(name: string): T[] {
  return JSON.parse(readFileSync(new URL(`../../tests/cases/parity/${name}.json`, import.meta.url), "utf8")) as T[];
}

/** Asserts that two lists of numbers agree, relative to size and absolutely. */
export function close(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  assert.equal(actual.length, expected.length, `${what}: length`);
  for (let k = 0; k < expected.length; k++) {
    const [a, e] = [actual[k] as number, expected[k] as number];
    const within = TOLERANCE * Math.max(1, Math.abs(e));
    assert.ok(Math.abs(a - e) <= within, `${what}[${k}]: TypeScript gives ${a}, Python ${e}`);
  }
}
