// The id of a learner and the name of the file it goes into.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cleanLearner, fileName } from "./hand-in.ts";

test("an id keeps its letters, in any script, and loses the blanks around it", () => {
  assert.equal(cleanLearner("  李雷 "), "李雷");
  assert.equal(cleanLearner("Zoe\u0308"), "Zoë");
  assert.equal(cleanLearner("s 12-3"), "s 12-3");
});

test("what is no id is refused", () => {
  for (const typed of ["", "   ", "a\u0000b", "a\nb", "a\u202eb", "x".repeat(201)]) assert.equal(cleanLearner(typed), "", JSON.stringify(typed));
});

test("a file's name holds no path and no odd characters", () => {
  assert.equal(fileName("softmax", "ada"), "softmax-ada.json");
  assert.equal(fileName("softmax", "../../etc/passwd"), "softmax-.._.._etc_passwd.json");
  assert.equal(fileName("softmax", "李 雷"), "softmax-李_雷.json");
  assert.equal(fileName("softmax", "x".repeat(200)).length, "softmax-".length + 60 + ".json".length);
});
