import assert from "node:assert/strict";
import test from "node:test";
import { close, readTable } from "../../kit/parity.ts";
import { random } from "../../kit/random.ts";
import { arrange, PLANE, TELLING } from "./data.ts";
import { assign, cell, cost, move, run, spreadOut, square, type Place } from "./model.ts";
import { Run } from "./run.ts";

interface Case { seed: number; points: Place[]; start: Place[]; labels: number[]; centres: Place[]; costs: number[]; spread: Place[]; areas: number[] }

for (const one of readTable<Case>("k-means-steps")) {
  test(`equals Python: seed ${one.seed}, ${one.points.length} points, ${one.start.length} centres`, () => {
    const end = run(one.points, one.start);
    close(end.costs, one.costs, "costs");
    close(end.centres.flat(), one.centres.flat(), "centres");
    assert.deepEqual(end.labels, one.labels);
    close(spreadOut(one.points, one.start.length, random(one.seed)).flat(), one.spread.flat(), "spread");
    close(one.start.map((_, k) => area(cell(one.start, k, PLANE))), one.areas, "areas");
  });
}

test("neither half step raises the cost, and a centre without points stays", () => {
  const points = arrange("even", 3);
  let centres: Place[] = [...TELLING, [100, 100]];
  let [labels, before] = [assign(points, centres), Infinity];
  for (let round = 0; round < 20; round++) {
    for (const now of [cost(points, centres, labels), cost(points, (centres = move(points, centres, labels)), labels)]) {
      assert.ok(now <= before + 1e-9);
      before = now;
    }
    labels = assign(points, centres);
  }
  assert.deepEqual(centres[3], [100, 100]);
});

test("a point between two centres belongs to the earlier one", () => {
  assert.deepEqual(assign([[0, 0], [0, 3]], [[1, 0], [-1, 0]]), [0, 0]);
});

test("every corner of a cell is at least as near to its own centre as to any other; equal centres share nothing twice", () => {
  const centres: Place[] = [[2, 2], [7, 3], [5, 6], [5, 6]];
  const whole = centres.map((own, k) => {
    const corners = cell(centres, k, PLANE);
    for (const corner of corners) for (const rival of centres) assert.ok(square(corner, own) <= square(corner, rival) + 1e-9);
    return area(corners);
  });
  assert.ok(Math.abs(whole.reduce((sum, part) => sum + part, 0) - PLANE[0] * PLANE[1]) < 1e-9);
  assert.equal(whole[3], 0);
});

test("the telling start stops with two centres in one group, as the figure says", () => {
  const game = new Run(arrange("groups", 12), TELLING);
  while (game.step());
  assert.equal(game.centres.filter(([x]) => x > 5).length, 2);
  assert.ok(game.history.every((mark, t) => t === 0 || mark.cost <= (game.history[t - 1]?.cost ?? 0)));
  const better = run(game.points, [[2.1, 5.1], [2.1, 1.9], [7.9, 3.5]]);
  assert.ok((better.costs.at(-1) ?? 0) < 0.5 * game.cost());
});

test("a hand may raise the cost; the run then goes on from there", () => {
  const game = new Run(arrange("groups", 12), TELLING);
  while (game.step());
  const stuck = game.cost();
  game.byHand(game.points, [[0.3, 0.3], [2.1, 6.8], game.centres[2] ?? [8, 3]]);
  assert.ok(game.cost() > stuck);
  while (game.step());
  assert.ok(game.cost() < stuck);
  assert.deepEqual(game.history.filter((mark) => mark.kind === "hand").length, 1);
});

function area(corners: readonly Place[]): number {
  return Math.abs(corners.reduce((sum, [x, y], n) => {
    const [nx, ny] = corners[(n + 1) % corners.length] ?? [x, y];
    return sum + x * ny - nx * y;
  }, 0)) / 2;
}
