import assert from "node:assert/strict";
import { test } from "node:test";
import { toCodePoints, toUnits } from "./offsets.ts";

test("there and back again, across emoji and rare ideographs", () => {
  const text = "a✈️😀𠮷 = x.bit";
  const points = [...text];
  let units = 0;
  points.forEach((char, count) => {
    assert.equal(toCodePoints(text, units), count);
    assert.equal(toUnits(text, count), units);
    units += char.length;
  });
  assert.equal(toUnits(text, points.length), text.length);
});
