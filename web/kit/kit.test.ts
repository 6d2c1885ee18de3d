import assert from "node:assert/strict";
import test from "node:test";
import { arrow } from "./axes.ts";
import { effect, fixed, probability, signed, significant } from "./format.ts";
import { runs } from "./math.ts";
import { close, readTable } from "./parity.ts";
import { random } from "./random.ts";
import { clamp, line, linear, snap, ticks } from "./scale.ts";
import { lightness } from "./theme.ts";

for (const { seed, uniform, normal } of readTable<{ seed: number; uniform: number[]; normal: number[] }>("random")) {
  test(`the random stream of seed ${seed} is Python's`, () => {
    const [stream, other] = [random(seed), random(seed)];
    close(uniform.map(() => stream.uniform()), uniform, "uniform");
    close(normal.map(() => other.normal()), normal, "normal");
  });
}

test("whole random numbers stay below their bound and reach every value", () => {
  const { below } = random(1);
  assert.deepEqual([...new Set(Array.from({ length: 200 }, () => below(5)))].sort(), [0, 1, 2, 3, 4]);
});

test("a scale and its inverse undo each other", () => {
  const scale = linear([-6, 6], [300, 10]);
  for (const value of [-6, 0.02, 5.5]) assert.ok(Math.abs(scale.invert(scale(value)) - value) < 1e-12);
  assert.deepEqual([scale(-6), scale(0), scale(6)], [300, 155, 10]);
});

test("ticks are round, inside the domain and without noise digits", () => {
  assert.deepEqual(ticks([0, 1], 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.deepEqual(ticks([-6, 6], 4), [-6, -4, -2, 0, 2, 4, 6]);
  assert.deepEqual(ticks([300, 0], 3), [0, 100, 200, 300]);
});

test("snapping leaves no noise digits", () => {
  assert.equal(snap(0.30000000000000004, 0.1), 0.3);
  assert.equal(clamp(7, -6, 6), 6);
});

test("a broken number breaks the line", () => {
  assert.equal(line([[0, 0], [1, 1], [2, Number.NaN], [3, 3]]), "M0.0 0.0L1.0 1.0M3.0 3.0");
});

test("numbers are written as people read them", () => {
  assert.equal(fixed(-0.001), "0.00");
  assert.equal(fixed(-1.5, 1), "−1.5");
  assert.equal(fixed(Number.POSITIVE_INFINITY), "∞");
  assert.equal(signed(0.004), "0.00");
  assert.equal(signed(0.12), "+0.12");
  assert.equal(effect(-0.00026), "−0.0003");
  assert.equal(effect(0), "0.00");
  assert.equal(effect(1e-9), "≈0");
  assert.equal(significant(0.0223719, 3), "0.0224");
  assert.deepEqual([0.88, 0.0021, 0.0001, 0.9996, 1, 0].map(probability), ["0.88", "0.002", "<0.001", "0.999", "1.00", "0.00"]);
});

test("a formula is split into letters, subscripts and words, and symbols keep their colour", () => {
  const look = runs('∂C/∂z_i = a_{12} − "plain a" y^2').map((run) => [run.text, run.italic, run.shift, run.maybeSymbol]);
  assert.deepEqual(look, [
    ["∂", false, 0, null], ["C", true, 0, "C"], ["/∂", false, 0, null], ["z", true, 0, "z"], ["i", true, -1, "z"], [" = ", false, 0, null],
    ["a", true, 0, "a"], ["12", false, -1, "a"], [" − ", false, 0, null], ["plain a", false, 0, null], [" ", false, 0, null], ["y", true, 0, "y"], ["2", false, 1, "y"],
  ]);
});

test("an arrow too short to see is not drawn", () => {
  assert.equal(arrow(5, 5, 5, 5.4), "");
  assert.match(arrow(0, 10, 0, 0), /^M0\.0 10\.0L/);
});

test("the ground is read as light, dark or transparent", () => {
  assert.equal(lightness("rgba(0, 0, 0, 0)"), null);
  assert.equal(lightness("rgb(255, 255, 255)"), 1);
  assert.ok((lightness("rgb(24, 23, 21)") ?? 1) < 0.1);
});
