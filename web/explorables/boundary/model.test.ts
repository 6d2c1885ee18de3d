import assert from "node:assert/strict";
import test from "node:test";
import { close, readTable } from "../../kit/parity.ts";
import { arrange, ARRANGEMENTS } from "./data.ts";
import { border, isFenced, survey } from "./field.ts";
import { backprop, judge, makeNetwork, predict, step, type Activation } from "./model.ts";
import { opening, Trainer } from "./trainer.ts";

type Weights = Record<"W1" | "b1" | "W2" | "b2", number[]>;
interface Case { activation: Activation; hidden: number; classes: number; seed: number; eta: number; steps: number; X: number[]; y: number[]; start: Weights; gradient: Weights; losses: number[]; p: number[]; accuracy: number }

for (const one of readTable<Case>("boundary")) {
  test(`equals Python: ${one.activation}, ${one.hidden} hidden, ${one.steps} steps`, () => {
    const net = makeNetwork(one.hidden, one.classes, one.activation, one.seed);
    const points = { X: Float64Array.from(one.X), y: Uint8Array.from(one.y) };
    const first = backprop(net, points);
    for (const name of ["W1", "b1", "W2", "b2"] as const) {
      close(net[name], one.start[name], `start ${name}`);
      close(first[name], one.gradient[name], `gradient ${name}`);
    }
    close(one.losses.map(() => step(net, points, one.eta).loss), one.losses, "losses");
    const [h, p] = [new Float64Array(one.hidden), new Float64Array(one.classes)];
    const all = one.y.flatMap((_, i) => {
      predict(net, one.X[2 * i] ?? 0, one.X[2 * i + 1] ?? 0, h, p);
      return [...p];
    });
    close(all, one.p, "probabilities");
    close([backprop(net, points).accuracy], [one.accuracy], "accuracy");
    const { loss, accuracy } = judge(net, points);
    close([loss, accuracy], [backprop(net, points).loss, one.accuracy], "the forward pass alone");
  });
}

test("two hidden neurons never fence in the middle class, three can", () => {
  const fenced = (hidden: number, seed: number): boolean => {
    const trainer = new Trainer(opening({ hidden, seed }));
    trainer.run(1500);
    return trainer.fenced();
  };
  assert.deepEqual([1, 2, 3, 4, 5].map((seed) => fenced(2, seed)), [false, false, false, false, false]);
  assert.equal(fenced(3, 5), true);
});

test("every arrangement stays within the plane and holds all three classes", () => {
  for (const name of ARRANGEMENTS) {
    const dots = arrange(name, 3000, 1); // enough for the tails of the clouds to reach the edge
    assert.ok(dots.every(({ x, y }) => Math.abs(x) <= 2.9 && Math.abs(y) <= 2.9), name);
    assert.deepEqual([...new Set(dots.map(({ c }) => c))].sort(), [0, 1, 2], name);
    assert.deepEqual(dots, arrange(name, 3000, 1), name);
  }
});

test("the border of a class runs where its probability equals the best rival's", () => {
  const net = makeNetwork(3, 3, "tanh", 5);
  const size = 40;
  const pieces = border(survey(net, size, null), 0);
  assert.ok(pieces.length > 0);
  const [h, p] = [new Float64Array(3), new Float64Array(3)];
  for (let k = 0; k < pieces.length; k += 2) {
    predict(net, -3 + (6 * ((pieces[k] ?? 0) + 0.5)) / size, 3 - (6 * ((pieces[k + 1] ?? 0) + 0.5)) / size, h, p);
    assert.ok(Math.abs((p[0] ?? 0) - Math.max(p[1] ?? 0, p[2] ?? 0)) < 0.003); // linear interpolation on a cell of 0.15: the error goes with its square
  }
});

test("a region that touches the edge is not fenced", () => {
  const p = new Float64Array(9 * 2).map((_, k) => (k % 2 === 0 ? 0.2 : 0.8));
  p[8] = 0.9;
  p[9] = 0.1;
  assert.equal(isFenced({ size: 3, classes: 2, p }, 0), true);
  assert.equal(isFenced({ size: 3, classes: 2, p }, 1), false);
});

test("training rests after enough epochs and wakes when a point moves", () => {
  const trainer = new Trainer(opening({ count: 6, hidden: 1 }));
  assert.equal(trainer.run(5000), false);
  assert.equal(trainer.loss.length, 4000);
  trainer.touch();
  assert.equal(trainer.run(1), true);
});
