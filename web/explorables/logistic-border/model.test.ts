import assert from "node:assert/strict";
import { test } from "node:test";
import { close, readTable } from "../../kit/parity.ts";
import { FIXED, STARTS } from "./data.ts";
import { above, crossing, fit, leastSquares, score, sigmoid, type Place, type Reading } from "./model.ts";

interface Case {
  readings: Reading[];
  tau: number;
  border: number[];
  rival: number[];
  answers: number[];
  crossing: number;
}

const readings = (A: Place, B: Place): Reading[] => [...FIXED, [...A, 1], [...B, 0]];

for (const one of readTable<Case>("logistic-border")) {
  test(`equals Python on ${one.readings.length} readings with τ = ${one.tau}`, () => {
    const border = fit(one.readings, one.tau);
    const rival = leastSquares(one.readings);
    close([border.b, border.speed, border.load], one.border, "border");
    close([rival.b, rival.speed, rival.load], one.rival, "rival");
    close(one.readings.map(([V, n]) => sigmoid(score(border, [V, n]))), one.answers, "answers");
    close([crossing(border, 1)], [one.crossing], "crossing");
  });
}

test("dragging A to the far corner of its own side leaves the border and swings the rival", () => {
  const [A, B] = STARTS;
  const [before, after] = [fit(readings(A, B), 3), fit(readings([20, 3], B), 3)];
  assert.ok(Math.abs(crossing(before, 1) - crossing(after, 1)) < 0.5);
  assert.ok(Math.abs(crossing(before, 2) - crossing(after, 2)) < 1);
  const [was, is] = [leastSquares(readings(A, B)), leastSquares(readings([20, 3], B))];
  assert.ok(Math.abs(crossing(was, 2) - crossing(is, 2)) > 15);
});

test("a wrong label far out moves the border and makes the answers less sure", () => {
  const [A, B] = STARTS;
  const [before, after] = [fit(readings(A, B), 3), fit(readings([110, 1.2], B), 3)];
  assert.ok(crossing(after, 1) - crossing(before, 1) > 2);
  assert.ok(Math.abs(after.speed) < 0.6 * Math.abs(before.speed));
});

test("the half-planes of a level and of its opposite fill the picture", () => {
  const weights = { b: 0.3, speed: -1.2, load: 0.7 };
  const area = (corners: readonly Place[]): number => Math.abs(corners.reduce((sum, [x, y], k) => { const [u, v] = corners[(k + 1) % corners.length] as Place; return sum + x * v - u * y; }, 0)) / 2;
  const other = { b: -0.3, speed: 1.2, load: -0.7 };
  close([area(above(weights, 0.4, [20, 120], [0, 3])) + area(above(other, -0.4, [20, 120], [0, 3]))], [300], "area");
  assert.deepEqual(above(weights, 1e9, [20, 120], [0, 3]), []);
});

test("answers do not overflow", () => {
  assert.equal(sigmoid(-1e4), 0);
  assert.equal(sigmoid(1e4), 1);
});
