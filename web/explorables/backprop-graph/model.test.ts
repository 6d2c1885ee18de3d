import assert from "node:assert/strict";
import test from "node:test";
import { close, readTable } from "../../kit/parity.ts";
import { GEAR, stepsOf, walk } from "./model.ts";

interface Case { inputs: number[]; values: number[]; slopes: number[] }

const ALL = stepsOf(GEAR);

for (const one of readTable<Case>("backprop-graph")) {
  test(`equals Python's autograd at [${one.inputs}]`, () => {
    const { values, slopes } = walk(GEAR, one.inputs, ALL);
    close(values.map(Number), one.values, "values");
    close(slopes.map(Number), one.slopes, "slopes");
  });
}

test("the speed is used twice, and gets 3 directly and 2 by way of the torque", () => {
  const { shares, slopes } = walk(GEAR, [1, 2, 1, 5], ALL);
  assert.deepEqual(shares.filter(({ to }) => to === 4).map(({ amount }) => amount), [3, 2]);
  assert.equal(slopes[4], 5);
});

test("each slope is what a nudge does to the cost", () => {
  const inputs = [0.7, -1.3, 0.4, 2.1];
  const cost = (moved: number[]): number => Number(walk(GEAR, moved, ALL / 2).values[7]);
  inputs.forEach((value, k) => {
    const h = 1e-5;
    const [up, down] = [h, -h].map((nudge) => cost(inputs.map((old, n) => (n === k ? value + nudge : old))));
    assert.ok(Math.abs((Number(up) - Number(down)) / (2 * h) - Number(walk(GEAR, inputs, ALL).slopes[k])) < 1e-8);
  });
});

test("nothing is known before its step, and no slope before all values", () => {
  for (let steps = 0; steps <= ALL; steps++) {
    const { values, slopes } = walk(GEAR, [1, 2, 1, 5], steps);
    assert.equal(values.filter((value) => value !== null).length, 4 + Math.min(steps, ALL / 2));
    if (steps <= ALL / 2) assert.ok(slopes.every((slope) => slope === null));
  }
});
