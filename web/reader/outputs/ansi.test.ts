import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAnsi, stripAnsi } from "./ansi.ts";

test("colours of all three kinds get the same eight names", () => {
  for (const code of ["31", "91", "38;5;1", "38;5;196", "38;2;200;10;10"]) {
    assert.deepEqual(parseAnsi(`\x1b[${code}mx`), [{ text: "x", classes: ["ansi-red"] }], code);
  }
});

test("greys take the colour of the text", () => {
  assert.deepEqual(parseAnsi("\x1b[38;5;240mx\x1b[38;2;90;92;91my"), [{ text: "xy", classes: [] }]);
});

test("a background changes nothing and does not shift the codes after it", () => {
  assert.deepEqual(parseAnsi("\x1b[48;5;22;32mx"), [{ text: "x", classes: ["ansi-green"] }]);
});

test("reset and the single resets end what they began", () => {
  assert.deepEqual(parseAnsi("\x1b[1;31ma\x1b[22mb\x1b[0mc"), [
    { text: "a", classes: ["ansi-red", "ansi-bold"] },
    { text: "b", classes: ["ansi-red"] },
    { text: "c", classes: [] },
  ]);
});

test("no text is lost, and no escape code is left", () => {
  const text = "a\x1b[2Jb\x1b]0;title\x07c\x1b[0;31md\x1b[0m\ne";
  assert.equal(parseAnsi(text).map((run) => run.text).join(""), "abcd\ne");
  assert.equal(stripAnsi(text), "abcd\ne");
});
