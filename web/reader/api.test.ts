import assert from "node:assert/strict";
import { test } from "node:test";
import { Api, ApiError, cookie } from "./api.ts";

interface Call {
  url: string;
  init: RequestInit;
}

function api(answer: () => Response | Promise<Response>, calls: Call[] = [], online = true): Api {
  return new Api({
    root: new URL("http://host/user/a/learn/"),
    fetch: async (input, init) => {
      calls.push({ url: String(input), init: init ?? {} });
      return answer();
    },
    cookies: () => "a=1; _xsrf=2|abc=; b=2",
    online: () => online,
  });
}

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
const trouble = (name: string, said: unknown = null) => (error: unknown) =>
  error instanceof ApiError && error.trouble === name && JSON.stringify(error.said) === JSON.stringify(said);

test("a call goes under the site's api folder with Jupyter's XSRF cookie as a header", async () => {
  const calls: Call[] = [];
  await api(() => json({ ok: 1 }), calls).send("PUT", "progress/l/cells/c", { source: "x" }, true);
  assert.equal(calls[0]?.url, "http://host/user/a/learn/api/progress/l/cells/c");
  assert.equal((calls[0]?.init.headers as Record<string, string>)["X-XSRFToken"], "2|abc=");
  assert.equal(calls[0]?.init.keepalive, true);
  assert.equal(calls[0]?.init.body, '{"source":"x"}');
});

test("204 is an answer without a body", async () => {
  assert.equal(await api(() => new Response(null, { status: 204 })).send("DELETE", "x"), null);
});

test("each way to fail has its own name", async () => {
  await assert.rejects(api(() => json({}, 403)).get("x"), trouble("forbidden"));
  await assert.rejects(api(() => new Response("", { status: 503 })).get("x"), trouble("lost"));
  await assert.rejects(api(() => Promise.reject(new TypeError("fetch"))).get("x"), trouble("lost"));
  await assert.rejects(api(() => Promise.reject(new TypeError("fetch")), [], false).get("x"), trouble("offline"));
});

test("the server's own sentence is kept in both languages", async () => {
  const message = { en: "The disk is full.", zh: "磁盘已满。" };
  await assert.rejects(api(() => json({ message }, 507)).get("x"), trouble("refused", message));
});

test("a cookie's value may contain equals signs; one that is not there is null", () => {
  assert.equal(cookie("_xsrf=2|a=b=; c=d", "_xsrf"), "2|a=b=");
  assert.equal(cookie("x_xsrf=1", "_xsrf"), null);
});
