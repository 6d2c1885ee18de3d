import assert from "node:assert/strict";
import { test } from "node:test";
import { cellAt, changed, readNotes, showable, toUnits } from "./source.ts";

const NOTEBOOK = JSON.stringify({
  cells: [
    { cell_type: "markdown", source: ["# One\n", "$$a = a$$"] },
    { cell_type: "code", source: "x = 1" },
    { cell_type: "markdown", source: "$$b = c$$\r\n" },
  ],
});

test("a notebook becomes the text of its Markdown cells, and each line knows its cell", () => {
  const { text, cells } = readNotes(NOTEBOOK);
  assert.equal(text, "# One\n$$a = a$$\n\n$$b = c$$\n\n");
  assert.deepEqual(cellAt(cells, 2), { cell: 1, line: 2 });
  assert.deepEqual(cellAt(cells, 4), { cell: 3, line: 1 });
});

test("a text that only looks like a notebook stays as it is", () => {
  assert.deepEqual(readNotes('{"cells": oops'), { text: '{"cells": oops', cells: [] });
  assert.deepEqual(readNotes("\ufeffa\r\nb\rc"), { text: "a\nb\nc", cells: [] });
  assert.equal(cellAt([], 3), null);
});

test("offsets of Python count a letter beyond sixteen bits once, JavaScript twice", () => {
  assert.equal(toUnits("𝑥 = y", 4), 5);
  assert.equal(toUnits("x = y", 4), 4);
  assert.equal(toUnits("𝑥", 9), 2);
});

test("a change is cut out between what stays", () => {
  assert.deepEqual(changed("a + b", "a - b"), { head: "a ", old: "+", new: "-", tail: " b" });
  assert.deepEqual(changed("aa", "aaa"), { head: "aa", old: "", new: "a", tail: "" });
});

test("a piece of a display is shown without its alignment and line end", () => {
  assert.equal(showable("&= a \\& b \\label{eq:x} \\\\[4pt] "), "= a \\& b");
});
