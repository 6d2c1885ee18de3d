import assert from "node:assert/strict";
import { test } from "node:test";
import { Model } from "./model.ts";

test("a change is told once, to the name's own listeners, and only when it is one", () => {
  const model = new Model({ x: 1, y: 2 });
  const heard: unknown[] = [];
  model.on("change:x", (_, value) => heard.push(value));
  model.set("x", 1);
  model.set("y", 5);
  model.set("x", 3);
  assert.deepEqual(heard, [3]);
  assert.equal(model.get("x"), 3);
});

test("save_changes sends what changed here and not what came from there", () => {
  const sent: unknown[] = [];
  const model = new Model({}, (changes) => sent.push(changes));
  model.set("mine", 1);
  model.receive({ theirs: 2 });
  model.save_changes();
  model.save_changes();
  assert.deepEqual(sent, [{ mine: 1 }]);
});

test("off takes one listener, one event's, or all", () => {
  const model = new Model({});
  const heard: string[] = [];
  const first = (): void => void heard.push("first");
  model.on("change:x", first);
  model.on("change:x", () => heard.push("second"));
  model.on("change:y", () => heard.push("y"));
  model.off("change:x", first);
  model.set("x", 1);
  model.off("change:x");
  model.set("x", 2);
  model.off();
  model.set("y", 1);
  assert.deepEqual(heard, ["second"]);
});

test("a listener that leaves while it is told does not rob the others", () => {
  const model = new Model({});
  const heard: string[] = [];
  const first = (): void => {
    heard.push("first");
    model.off("change:x", first);
  };
  model.on("change:x", first);
  model.on("change:x", () => heard.push("second"));
  model.set("x", 1);
  assert.deepEqual(heard, ["first", "second"]);
});
