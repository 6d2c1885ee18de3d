import assert from "node:assert/strict";
import { test } from "node:test";
import { tail, terminal } from "./stream.ts";

test("a progress bar leaves its last state", () => {
  assert.equal(terminal("10 %\r20 %\r100 %\ndone"), "100 %\ndone");
});

test("a shorter text leaves the end of the longer one, as a terminal does", () => {
  assert.equal(terminal("abcdef\rXY"), "XYcdef");
});

test("CRLF is a line end, a backspace goes one step and not beyond the start", () => {
  assert.equal(terminal("a\r\nb\bc\n\b\bd"), "a\nc\nd");
});

test("a carriage return at the end of one piece acts on the next", () => {
  assert.equal(terminal("50 %\r" + "60 %"), "60 %");
});

test("a long stream keeps its end from the start of a line and counts what went", () => {
  const lines = Array.from({ length: 100 }, (_, k) => `line ${k}\n`).join("");
  const { text, dropped } = tail(lines, 50);
  assert.ok(text.length <= 50 && text.startsWith("line ") && lines.endsWith(text));
  assert.equal(dropped + text.length, lines.length);
});

test("one endless line is cut, too", () => {
  assert.deepEqual(tail("x".repeat(30), 10), { text: "x".repeat(10), dropped: 20 });
});
