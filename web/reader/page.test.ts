import assert from "node:assert/strict";
import { test } from "node:test";
import { choose, readPage } from "./page.ts";

const html = (lang: string, dataset: Record<string, string>) => ({ lang, dataset }) as unknown as HTMLElement;

test("under a hub's base address, site and server are found from the page's own", () => {
  const page = readPage(
    html("zh-Hans", { root: "..", lesson: "softmax", live: "yes" }),
    "http://hub.local/user/alice/learn/zh/softmax.html?token=1#eq",
  );
  assert.equal(page.root.href, "http://hub.local/user/alice/learn/");
  assert.equal(page.base.href, "http://hub.local/user/alice/");
  assert.deepEqual([page.lang, page.lesson, page.live], ["zh", "softmax", true]);
});

test("a static page is not live and the map has no lesson", () => {
  const page = readPage(html("en", { root: "..", live: "no" }), "https://example.org/course/en/index.html");
  assert.deepEqual([page.lang, page.lesson, page.live], ["en", "", false]);
  assert.equal(page.root.href, "https://example.org/course/");
});

test("a sentence is chosen by language; nothing is an empty one", () => {
  assert.equal(choose("zh", { en: "wrong", zh: "不对" }), "不对");
  assert.equal(choose("zh", "the same in both"), "the same in both");
  assert.equal(choose("en", null), "");
});
