import assert from "node:assert/strict";
import { test } from "node:test";
import { telling, type Question, type Verdict } from "./verdict.ts";

const both = (text: string) => ({ en: text, zh: text });
const question = (title: string, passed: boolean, call?: string): Question => ({
  title: both(title),
  passed,
  ...(call === undefined ? {} : { counterexample: { call, got: "0", wanted: "1" } }),
});
const verdict = (...questions: Question[]): Verdict => ({ exercise: "l/e", passed: false, status: "wrong", message: both(""), questions });

test("the question shown is the first failed one that can show a case", () => {
  assert.equal(telling(verdict(question("a", true, "f(0)"), question("b", false), question("c", false, "f(1)")))?.title.en, "c");
  assert.equal(telling(verdict(question("a", false), question("b", false)))?.title.en, "a");
  assert.equal(telling(verdict(question("a", true)))?.title.en, undefined);
});
