import assert from "node:assert/strict";
import { test } from "node:test";
import { Saver } from "./saver.ts";

/** A clock in the hand: timers fire when told. */
function clock() {
  const timers = new Map<number, () => void>();
  let next = 1;
  return {
    setTimer: (callback: () => void) => (timers.set(next, callback), next++),
    clearTimer: (timer: unknown) => void timers.delete(timer as number),
    fire: () => [...timers.entries()].forEach(([key, callback]) => (timers.delete(key), callback())),
    count: () => timers.size,
  };
}

test("many keystrokes make one save with the last text", async () => {
  const saved: unknown[] = [];
  const hand = clock();
  const saver = new Saver({ ...hand, save: async (...call) => void saved.push(call) });
  saver.change("a", "x");
  saver.change("a", "xy");
  assert.deepEqual([saved.length, hand.count()], [0, 1]);
  hand.fire();
  await Promise.resolve();
  assert.deepEqual(saved, [["a", "xy", false]]);
});

test("leaving the page saves at once and says so", async () => {
  const saved: unknown[] = [];
  const hand = clock();
  const saver = new Saver({ ...hand, save: async (...call) => void saved.push(call) });
  saver.change("a", "1");
  saver.change("b", "2");
  await saver.flush(true);
  assert.deepEqual(saved, [["a", "1", true], ["b", "2", true]]);
  assert.equal(hand.count(), 0);
  await saver.flush(true);
  assert.equal(saved.length, 2);
});

test("a failed save is tried again, unless something newer was typed", async () => {
  const saved: string[] = [];
  const failures: unknown[] = [];
  let works = false;
  const hand = clock();
  const save = async (_: string, value: string): Promise<void> => {
    if (!works) throw new Error("lost");
    saved.push(value);
  };
  const saver = new Saver({ ...hand, save, failed: (error) => void failures.push(error) });
  saver.change("a", "old");
  await saver.flush();
  assert.equal(failures.length, 1);
  assert.equal(hand.count(), 1, "it is tried again by itself");
  saver.change("a", "new");
  works = true;
  await saver.flush();
  await saver.flush();
  assert.deepEqual(saved, ["new"]);
});

test("a reset cell is not saved after all", async () => {
  const saved: unknown[] = [];
  const saver = new Saver({ ...clock(), save: async (...call) => void saved.push(call) });
  saver.change("a", "x");
  saver.forget("a");
  await saver.flush();
  assert.deepEqual(saved, []);
});
