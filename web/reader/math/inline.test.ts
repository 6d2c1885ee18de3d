import assert from "node:assert/strict";
import { test } from "node:test";
import { splitInline } from "./inline.ts";

test("formulas, code and words are told apart", () => {
  assert.deepEqual(splitInline("At $z=[1,0]$ call `softmax(z)`."), [
    { kind: "text", text: "At " },
    { kind: "math", text: "z=[1,0]" },
    { kind: "text", text: " call " },
    { kind: "code", text: "softmax(z)" },
    { kind: "text", text: "." },
  ]);
});

test("an escaped dollar is a dollar, inside a formula too; a single one is itself", () => {
  assert.deepEqual(splitInline(String.raw`\$5 or $a\$b$`), [
    { kind: "text", text: "$5 or " },
    { kind: "math", text: String.raw`a\$b` },
  ]);
  assert.deepEqual(splitInline("5 $ a"), [{ kind: "text", text: "5 $ a" }]);
});

test("markup stays text", () => {
  assert.deepEqual(splitInline("<b>x</b>"), [{ kind: "text", text: "<b>x</b>" }]);
});
