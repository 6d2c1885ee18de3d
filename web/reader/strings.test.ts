import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { strings, translator, type Word } from "./strings.ts";

const words = Object.keys(strings.en) as Word[];
const holes = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "").sort();

test("both languages have the same words with the same holes", () => {
  assert.deepEqual(Object.keys(strings.zh).sort(), Object.keys(strings.en).sort());
  for (const word of words) assert.deepEqual(holes(strings.zh[word]), holes(strings.en[word]), word);
});

test("no sentence is empty, and a Chinese one has no Western comma or full stop between ideographs", () => {
  for (const word of words) {
    assert.notEqual(strings.en[word].trim(), "", word);
    assert.doesNotMatch(strings.zh[word], /[一-鿿][,;:.!?][一-鿿]/, word);
  }
});

test("the words that style 33 and look.md forbid do not occur", () => {
  for (const word of words) {
    assert.doesNotMatch(strings.en[word], /\b(simply|obviously|just|note that)\b/i, word);
    assert.doesNotMatch(strings.zh[word], /显然|易得/, word);
  }
});

test("values fill the holes; a hole without a value stays visible", () => {
  const t = translator("en");
  assert.equal(t("runCell", { n: 3 }), "Run cell 3");
  assert.equal(t("runCell"), "Run cell {n}");
  assert.equal(translator("zh")("runCell", { n: 2 }), "运行单元格 2");
});

test("every word is said somewhere", () => {
  const here = new URL(".", import.meta.url);
  const files = readdirSync(here, { recursive: true, encoding: "utf8" });
  const sources = files.filter((file) => file.endsWith(".ts") && !/^strings|[.]test[.]ts$/.test(file));
  const said = sources.map((file) => readFileSync(new URL(file, here), "utf8")).join("");
  const silent = words.filter((word) => !word.startsWith("status_") && !said.includes(`"${word}"`));
  assert.deepEqual(silent, []);
});
