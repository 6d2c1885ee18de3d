import assert from "node:assert/strict";
import { test } from "node:test";
import { RunQueue } from "./queue.ts";

test("items run one at a time in the order they were added", async () => {
  const seen: string[] = [];
  let busy = 0;
  const queue = new RunQueue<string>({
    run: async (item) => {
      assert.equal(++busy, 1);
      await Promise.resolve();
      seen.push(item);
      busy -= 1;
      return true;
    },
  });
  void queue.add("a", "b");
  await queue.add("c");
  assert.deepEqual(seen, ["a", "b", "c"]);
});

test("a failure drops what waits, and the queue works again after it", async () => {
  const seen: string[] = [];
  const queue = new RunQueue<string>({ run: async (item) => (seen.push(item), item !== "bad") });
  await queue.add("a", "bad", "c");
  assert.deepEqual(seen, ["a", "bad"]);
  await queue.add("d");
  assert.deepEqual(seen, ["a", "bad", "d"]);
});

test("a thrown error counts as a failure", async () => {
  const seen: number[] = [];
  const queue = new RunQueue<number>({ run: (item) => (seen.push(item), Promise.reject(new Error("died"))) });
  await queue.add(1, 2);
  assert.deepEqual(seen, [1]);
  assert.equal(queue.running, null);
});

test("an item that waits is not added twice; one that runs may be", async () => {
  const seen: string[] = [];
  let again: (() => void) | null = null;
  const queue: RunQueue<string> = new RunQueue<string>({
    run: async (item) => {
      again?.();
      again = null;
      seen.push(item);
      return true;
    },
  });
  again = () => void queue.add("a");
  await queue.add("a", "b", "b");
  assert.deepEqual(seen, ["a", "b", "a"]);
});

test("clear forgets what waits and leaves what runs", async () => {
  const seen: string[] = [];
  const states: string[] = [];
  const queue: RunQueue<string> = new RunQueue<string>({
    run: async (item) => {
      states.push(queue.state("a"), queue.state("b"));
      queue.clear();
      states.push(queue.state("b"));
      seen.push(item);
      return true;
    },
  });
  await queue.add("a", "b");
  assert.deepEqual(seen, ["a"]);
  assert.deepEqual(states, ["running", "waiting", "idle"]);
});
