import assert from "node:assert/strict";
import test from "node:test";
import { close, readTable } from "../../kit/parity.ts";
import { paths, type Paths } from "./model.ts";

interface Case extends Paths { z: number[]; y: number[]; i: number }

for (const one of readTable<Case>("jacobian-paths")) {
  test(`equals Python at z = [${one.z}], y = [${one.y}], i = ${one.i}`, () => {
    const p = paths(one.z, one.y, one.i);
    for (const name of ["a", "dCda", "dadz", "terms"] as const) close(p[name], one[name], name);
    for (const name of ["result", "shortcut", "cost"] as const) close([p[name]], [one[name]], name);
  });
}

test("the result is a − y when the labels sum to one, and only then", () => {
  const one = paths([3, 1, -3], [0.2, 0.5, 0.3], 1);
  assert.ok(Math.abs(one.result - one.shortcut) < 1e-15);
  const more = paths([3, 1, -3], [0.2, 0.9, 0.3], 1);
  assert.ok(Math.abs(more.result - more.shortcut) > 0.04);
});
