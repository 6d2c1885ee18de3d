import assert from "node:assert/strict";
import { test } from "node:test";
import { summarise } from "./traceback.ts";

test("the headline names the error, the line is the one of the learner's cell", () => {
  const traceback = [
    "\x1b[31m------\x1b[39m",
    "\x1b[31mValueError\x1b[39m  Traceback (most recent call last)",
    "\x1b[36mCell\x1b[39m\x1b[36m \x1b[39m\x1b[32mIn[7]\x1b[39m\x1b[32m, line 4\x1b[39m\n      2 x",
    "File /site-packages/numpy/core.py:123, in dot(a, b)",
  ];
  const summary = summarise({ ename: "ValueError", evalue: "shapes (3,) and (2,)", traceback });
  assert.equal(summary.headline, "ValueError: shapes (3,) and (2,)");
  assert.equal(summary.line, 4);
  assert.equal(summary.interrupted, false);
});

test("a syntax error names its line from its own words, once", () => {
  const summary = summarise({ ename: "SyntaxError", evalue: "invalid syntax (3861042093.py, line 2)", traceback: [] });
  assert.deepEqual([summary.headline, summary.line], ["SyntaxError: invalid syntax", 2]);
});

test("an error without words is its name alone", () => {
  const summary = summarise({ ename: "AssertionError", evalue: "", traceback: [] });
  assert.deepEqual([summary.headline, summary.line], ["AssertionError", null]);
});

test("an interrupt is known as one", () => {
  assert.equal(summarise({ ename: "KeyboardInterrupt", evalue: "", traceback: [] }).interrupted, true);
});
