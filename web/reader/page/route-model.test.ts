import assert from "node:assert/strict";
import { test } from "node:test";
import { standings, type LessonProgress, type Waypoint } from "./route-model.ts";

const course: Waypoint[] = [
  { lesson: "a", prerequisites: [], exercises: 2 },
  { lesson: "b", prerequisites: ["a"], exercises: 0 },
  { lesson: "c", prerequisites: ["b", "elsewhere"], exercises: 3 },
];
const passed = (...slugs: string[]): LessonProgress => ({
  visited: true,
  exercises: Object.fromEntries(slugs.map((slug) => [slug, { passed: true, attempts: 1 }])),
});
const states = (progress: Record<string, LessonProgress>) => standings(course, progress).map(({ state, next }) => (next ? `${state}!` : state));

test("a beginner starts at the first waypoint", () => {
  assert.deepEqual(states({}), ["open!", "ahead", "ahead"]);
});

test("a lesson is done when its exercises are, one without exercises when it was read", () => {
  assert.deepEqual(states({ a: passed("x") }), ["begun!", "ahead", "ahead"]);
  assert.deepEqual(states({ a: passed("x", "y") }), ["done", "open!", "ahead"]);
  assert.deepEqual(states({ a: passed("x", "y"), b: passed() }), ["done", "done", "open!"]);
});

test("a prerequisite outside the course does not bar the way", () => {
  assert.equal(standings(course, { a: passed("x", "y"), b: passed() })[2]?.next, true);
});

test("percent counts passed exercises and never leaves 0 to 100", () => {
  const [a] = standings(course, { a: { visited: true, exercises: { x: { passed: true, attempts: 2 }, y: { passed: false, attempts: 9 } } } });
  assert.deepEqual([a?.passed, a?.percent], [1, 50]);
  const [more] = standings(course, { a: passed("x", "y", "from-an-older-course") });
  assert.deepEqual([more?.passed, more?.percent], [2, 100]);
});
