import assert from "node:assert/strict";
import test from "node:test";
import { close, readTable } from "../../kit/parity.ts";
import { gradient, jacobian, loss, softmax } from "./model.ts";

interface Case { z: number[]; y: number; T: number; a: number[]; loss: number; gradient: number[]; jacobian: number[][] }

for (const one of readTable<Case>("softmax-bars")) {
  test(`equals Python at z = [${one.z}], y = ${one.y}, T = ${one.T}`, () => {
    close(softmax(one.z, one.T), one.a, "a");
    close([loss(one.z, one.y, one.T)], [one.loss], "loss");
    close(gradient(one.z, one.y, one.T), one.gradient, "gradient");
    close(jacobian(one.z, one.T).flat(), one.jacobian.flat(), "jacobian");
  });
}

test("a shift of all logits changes nothing, and every column of the Jacobian sums to zero", () => {
  close(softmax([4.5, 2.5, -1.5], 0.7), softmax([3, 1, -3], 0.7), "shifted");
  const J = jacobian([3, 1, -3], 0.7);
  for (const i of [0, 1, 2]) assert.ok(Math.abs(J.reduce((sum, row) => sum + (row[i] ?? 0), 0)) < 1e-15);
});
