import assert from "node:assert/strict";
import test from "node:test";
import { close, readTable } from "../../kit/parity.ts";
import { equalFirstStepRate, passes, race, slope, type Cost } from "./model.ts";

interface Case { cost: Cost; w: number; b: number; eta: number; steps: number; every: number; output: number[]; costs: number[]; weights: number[]; passes: number | null; equalFirstStepRate: number }

for (const one of readTable<Case>("learning-slowdown")) {
  test(`equals Python: ${one.cost}, w = ${one.w}, b = ${one.b}, eta = ${one.eta}`, () => {
    const run = race(one.cost, one, one.eta, one.steps);
    const thin = (values: number[]): number[] => values.filter((_, t) => t % one.every === 0);
    close(thin(run.output), one.output, "output");
    close(thin(run.cost), one.costs, "cost");
    close(thin(run.w), one.weights, "w");
    assert.equal(passes(run.output), one.passes);
    assert.equal(equalFirstStepRate(one, one.eta), one.equalFirstStepRate);
  });
}

test("the quadratic's slope peaks at a = 2/3, cross-entropy's is larger everywhere", () => {
  const grid = Array.from({ length: 299 }, (_, k) => (k + 1) / 300);
  const peak = grid.reduce((best, a) => (slope("quadratic", a) > slope("quadratic", best) ? a : best));
  assert.equal(peak, 2 / 3);
  for (const a of grid) assert.ok(slope("cross-entropy", a) > slope("quadratic", a));
});

test("with the fair rate the first steps from the start are equally long, to the three digits shown", () => {
  const start = { w: 0.6, b: 0.9 };
  const [slow, fast] = [race("quadratic", start, 0.15, 1), race("cross-entropy", start, equalFirstStepRate(start, 0.15), 1)];
  assert.ok(Math.abs(((slow.w[1] ?? 0) - 0.6) / ((fast.w[1] ?? 0) - 0.6) - 1) < 0.005); // the third digit of 0.0224
});
